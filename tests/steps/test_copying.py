"""Copies are grouped as they come, whatever the order, and the origin is the one that is named, or the earliest."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from tasks.comparison.copies import shingles
from tasks.model.article import Article, DateSource
from tasks.model.run import Extraction
from tasks.steps.copying import note_copies
from tasks.storage.articles import load_articles, save_batch
from tasks.storage.database import Engine, open_database, reading, writing
from tasks.storage.runs import start_run

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)
SENTENCES = [
    f"On day {day} the council of Larden heard witness {day * 7} about the flood of year {day + 1900}, which took "
    f"{day * 3} barns and left the road to mill {day * 11} under water for weeks."
    for day in range(1, 13)
]
BODY = " ".join(SENTENCES)


@pytest.fixture
def engine() -> Iterator[Engine]:
    opened = open_database("sqlite://")
    with writing(opened) as session:
        start_run(session, "run", "verify-articles", NOON, {})
    yield opened
    opened.dispose()


def article(outlet: str, text: str, hours: int = 0, *, place: str = "") -> Article:
    return Article(
        url=f"https://{place or outlet.lower().replace(' ', '-')}.example/flood",
        path="",
        outlet=outlet,
        title="Flood",
        published_at=NOON + timedelta(hours=hours),
        date_source=DateSource.METADATA,
        retrieved_at=NOON,
        language="en",
        sha256="",
        text=text,
    )


def origins(engine: Engine, *articles: Article) -> dict[str, str]:
    """Store articles one after the other, and return for each outlet's newest text the outlet it began with."""
    for one in articles:
        with writing(engine) as session:
            item = Extraction(
                article=one, claims=(), shingles=shingles(one.text), component="none", component_version="1"
            )
            save_batch(session, "run", [item], [])
            note_copies(session, [one.id])
    with reading(engine) as session:
        stored = {one.id: one for one in load_articles(session)}
    newest = {one.url: one for one in sorted(stored.values(), key=lambda one: one.version)}
    return {one.outlet: stored[one.copy_of].outlet if one.copy_of else one.outlet for one in newest.values()}


EARLY, LATE = article("Larden Daily", f"{BODY} It is over."), article("River Post", f"So we hear: {BODY}", 3)
WIRE = article("Reuters", f"LARDEN (Reuters) - {BODY}", 2)
NAMED, NAMING = article("North Wire", BODY, 5), article("Hill Echo", f"LARDEN (North Wire) - {BODY}", 1)


@pytest.mark.parametrize(
    ("articles", "origin"),
    [
        pytest.param((EARLY, LATE), "Larden Daily", id="the-earliest"),
        pytest.param((EARLY, LATE, WIRE), "Reuters", id="the-agency"),
        pytest.param((EARLY, NAMING, NAMED), "North Wire", id="the-one-that-is-named"),
        pytest.param((LATE, NAMING), "Hill Echo", id="named-and-not-here"),
    ],
)
def test_the_origin_does_not_hang_on_the_order(articles: tuple[Article, ...], origin: str) -> None:
    for order in permutations(articles):
        engine = open_database("sqlite://")
        with writing(engine) as session:
            start_run(session, "run", "verify-articles", NOON, {})
        assert set(origins(engine, *order).values()) == {origin}
        engine.dispose()


def test_versions_of_a_page_are_no_copies_of_each_other(engine: Engine) -> None:
    edited = article("Larden Daily", f"{BODY} It is not over.", 1)
    assert origins(engine, EARLY, edited) == {"Larden Daily": "Larden Daily"}
    with reading(engine) as session:
        assert [one.copy_of for one in load_articles(session)] == ["", ""]


def test_what_copied_an_earlier_version_belongs_to_the_page(engine: Engine) -> None:
    other = " ".join(f"Nobody in village {day} wants road number {day * 3} any more, says {day}." for day in range(40))
    rewritten = article("Larden Daily", other, 9)
    assert origins(engine, EARLY, rewritten, LATE) == {"Larden Daily": "Larden Daily", "River Post": "Larden Daily"}


def test_an_edited_copy_is_found_by_its_sentences(engine: Engine) -> None:
    words = BODY.split(" ")
    edited = " ".join("indeed" if place % 6 == 3 else word for place, word in enumerate(words[: len(words) // 2]))
    copy = article("River Post", f"{edited} {' '.join(words[len(words) // 2 : len(words) * 2 // 3])}", 3)
    assert origins(engine, EARLY, copy)["River Post"] == "Larden Daily"


def test_articles_that_share_a_quotation_stay_apart(engine: Engine) -> None:
    quote = f"“{' '.join(SENTENCES[:3])}”"
    mine = " ".join(f"In spring {day} nobody in village {day * 5} believed report {day}." for day in range(30))
    theirs = " ".join(f"Every child of school {day} has seen painting {day * 9} in town." for day in range(30))
    one, other = article("A", f"{quote} {mine}"), article("B", f"{theirs} {quote}", 1)
    assert origins(engine, one, other) == {"A": "A", "B": "B"}
