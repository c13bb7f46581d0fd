"""The gold standards of `bench.matters`: which claims belong together, as far as somebody has marked it."""

import tomllib
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tasks.comparison.groups import Groups
from tasks.model.article import Article, DateSource, Span
from tasks.model.claim import Claim
from tasks.reading.inputs import Input, ReadingLimits, find_inputs
from tasks.reading.read import read_input

ROOT = Path(__file__).parents[1]
MARKS = ROOT / "tests" / "stories" / "harbour.toml"
DAY = datetime(2025, 3, 8, tzinfo=UTC)
SIDES = ("for", "against", "declines")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """The marked items: which claim each one met, and the kind that it belongs to."""

    claims: Mapping[str, str]
    kinds: Mapping[str, Hashable]


def article_of(story: Mapping[str, Any], place: int) -> Article:
    """Return an article of a story; bare claims stand in it one to a line."""
    row = story["articles"][place]
    text = row["text"] if "text" in row else "\n".join(claim["text"] for claim in row["claims"])
    return Article(
        url=f"https://{story['id']}-{place}.example/",
        path="",
        outlet=f"outlet {story['id']} {place}",
        title="",
        published_at=DAY,
        date_source=DateSource.METADATA,
        retrieved_at=DAY,
        language="en",
        sha256="0" * 64,
        text=text,
    )


def by_story(claims: Sequence[Claim], owners: Mapping[str, str], gathered: Collection[str]) -> Gold:
    """Return the claims that share a group, each with its story."""
    kept = [claim for claim in claims if claim.id in gathered]
    return Gold(
        claims={claim.id: claim.id for claim in kept}, kinds={claim.id: owners[claim.article_id] for claim in kept}
    )


def by_pairs(claims: Sequence[Claim], stories: Mapping[Article, Mapping[str, Any]]) -> Gold:
    """Return the bare claims that were found, each with those that it is related to, directly or through others."""
    kinds: dict[str, Hashable] = {}
    met: dict[str, str] = {}
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        found.setdefault(claim.article_id, []).append(claim)
    for article, story in stories.items():
        if "pairs" not in story:
            continue
        groups = Groups(claim["cid"] for row in story["articles"] for claim in row["claims"])
        for pair in story["pairs"]:
            if pair["relation"] != "none":
                groups.join(pair["a"], pair["b"], pair["relation"])
        for cid, line in lines_of(article, story):
            claim_id = longest(found.get(article.id, ()), line)
            if claim_id:
                met[f"{story['id']} {cid}"] = claim_id
                kinds[f"{story['id']} {cid}"] = (story["id"], groups.find(cid))
    return Gold(claims=met, kinds=kinds)


def lines_of(article: Article, story: Mapping[str, Any]) -> list[tuple[str, Span]]:
    """Return where each bare claim of the article stands."""
    place = next(place for place in range(len(story["articles"])) if article_of(story, place).url == article.url)
    found, start = [], 0
    for claim in story["articles"][place]["claims"]:
        found.append((claim["cid"], Span(start=start, end=start + len(claim["text"]))))
        start += len(claim["text"]) + 1
    return found


def longest(claims: Sequence[Claim], place: Span) -> str:
    """Return the claim that shares most characters with a place; "" where none does."""

    def shared(claim: Claim) -> int:
        return sum(max(0, min(span.end, place.end) - max(span.start, place.start)) for span in claim.content)

    best = max(claims, key=shared, default=None)
    return best.id if best is not None and shared(best) else ""


def sample_gold() -> tuple[list[Article], Callable[[Sequence[Claim]], Gold]]:
    """Return the articles of the sample story, and what gives its marked matters once their claims are found."""
    marks = tomllib.loads(MARKS.read_text(encoding="utf-8"))
    limits = ReadingLimits()
    items = [item for item in find_inputs([str(ROOT / "examples")], limits=limits) if isinstance(item, Input)]
    articles = [read_input(item, limits=limits, now=DAY, fetch=_no_network) for item in items]
    named = {Path(article.path).name: article for article in articles}
    matters = {key: matter["name"] for matter in marks["matters"] for side in SIDES for key in matter[side]}

    def gold_of(claims: Sequence[Claim]) -> Gold:
        met = {}
        for row in marks["articles"].values():
            article = named[row["file"]]
            own = [claim for claim in claims if claim.article_id == article.id]
            for mark in row["claims"]:
                start = article.text.find(mark["excerpt"])
                fitting = [claim for claim in own if claim.voice.value == mark.get("voice", "source")]
                if mark["key"] in matters and start >= 0:
                    met[mark["key"]] = longest(fitting, Span(start=start, end=start + len(mark["excerpt"])))
        kept = {key: claim_id for key, claim_id in met.items() if claim_id}
        return Gold(claims=kept, kinds={key: matters[key] for key in kept})

    return articles, gold_of


def _no_network(address: str) -> Any:
    raise AssertionError(f"the examples need no network, and asked for {address}")
