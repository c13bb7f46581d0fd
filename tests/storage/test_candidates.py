"""New claims find the stored ones of a time window and what these are known by, in few statements that use indexes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tasks.storage.articles import save_batch
from tasks.storage.candidates import (
    CandidateRow,
    find_in_window,
    find_unembedded,
    find_waiting,
    load_candidates,
    load_keys,
    save_names,
)
from tasks.storage.claims import save_embeddings
from tasks.storage.comparisons import load_component, load_relations, mark_compared, save_relations
from tasks.storage.database import open_database, reading, writing
from tasks.storage.findings import load_findings, save_findings

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """Give a list that fills with the statements that run."""
    seen: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:  # noqa: ARG001
        seen.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    yield seen
    sa.event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def harbour(engine: Engine, make: SimpleNamespace) -> dict[str, str]:
    """Three articles, ten days apart, stored the last one first; ids by a short name.

    Each has a claim with a vector and one without; this version has compared the first claim of all but the last.
    """
    parties = (("state:AA", "state:BB"), ("state:BB",), ("state:CC", "x" * 9000))
    ids: dict[str, str] = {}
    with writing(engine) as session:
        for place, names in reversed(list(enumerate(parties))):
            day = NOON + timedelta(days=10 * place)
            url = f"https://{place}.example"
            article = make.article(
                f"Text {place}.", url=url, published_at=None if place == 2 else day, retrieved_at=day
            )
            claim, bare = make.claim(article, parties=names), make.claim(article, 30, parties=names)
            save_batch(session, "run-1", [make.extraction(article, claim, bare)], [])
            save_embeddings(session, {claim.id: bytes([place])}, "small")
            ids |= {f"article {place}": article.id, f"claim {place}": claim.id, f"bare {place}": bare.id}
        mark_compared(session, {ids["claim 0"], ids["claim 1"]}, "2")
    return ids


@pytest.mark.parametrize(
    ("version", "model", "unembedded", "waiting"),
    [
        pytest.param("2", "small", {"bare 0", "bare 1", "bare 2"}, ["article 2"], id="this-version"),
        pytest.param("3", "small", {"bare 0", "bare 1", "bare 2"}, ["article 0", "article 1", "article 2"], id="newer"),
        pytest.param("2", "large", {"bare 0", "bare 1", "bare 2", "claim 2"}, [], id="another-model"),
    ],
)
def test_what_waits(
    engine: Engine, harbour: dict[str, str], *, version: str, model: str, unembedded: set[str], waiting: list[str]
) -> None:
    with reading(engine) as session:
        assert find_unembedded(session, version, model) == sorted(harbour[name] for name in unembedded)
        assert list(find_waiting(session, version, model).items()) == [(harbour[name], 1) for name in waiting]


@pytest.mark.parametrize(
    ("version", "since", "until", "expected"),
    [
        pytest.param("2", 0, 20, ["article 0", "article 1"], id="all"),
        pytest.param("2", 0, 9, ["article 0"], id="until"),
        pytest.param("2", 10, 10, ["article 1"], id="both-ends-count"),
        pytest.param("3", 0, 20, [], id="another-version"),
    ],
)
def test_the_window(
    engine: Engine, harbour: dict[str, str], *, version: str, since: int, until: int, expected: list[str]
) -> None:
    first, last = NOON + timedelta(days=since), NOON + timedelta(days=until)
    with reading(engine) as session:
        found = find_in_window(session, version, first, last)
    assert list(found) == [harbour[name] for name in expected]
    assert all(first <= at <= last for at in found.values())


def test_candidates_are_the_claims_with_a_vector(engine: Engine, harbour: dict[str, str]) -> None:
    articles = {harbour["article 1"], harbour["article 2"]}
    with reading(engine) as session:
        found = load_candidates(session, articles, version="2", embedding_model="small")
        assert load_candidates(session, articles, version="2", embedding_model="large") == []
    expected = [
        CandidateRow(
            claim_id=harbour[f"claim {place}"],
            article_id=harbour[f"article {place}"],
            embedding=bytes([place]),
            compared=compared,
        )
        for place, compared in ((1, True), (2, False))
    ]
    assert sorted(found, key=lambda row: row.embedding) == expected


def test_keys_are_ids_and_words_of_names(engine: Engine, harbour: dict[str, str]) -> None:
    first, last = harbour["claim 0"], harbour["claim 2"]
    asked = {"state:BB", "x" * 9000, "name:port", "y" * 9000, "state:ZZ"}
    with writing(engine) as session:
        save_names(session, {first: {"name:old"}})
        save_names(session, {first: {"name:port"}, last: {"y" * 9000}})
    with reading(engine) as session:
        assert load_keys(session, {first, last}, asked) == {
            first: {"state:BB", "name:port"},
            last: {"x" * 9000, "y" * 9000},
        }
        assert load_keys(session, {first}, {"name:old"}) == {}


def test_no_statement_reads_a_whole_table(tmp_path: Path) -> None:
    """What a search costs would grow with what is stored; PostgreSQL plans by the size of tables, SQLite by rules."""
    engine = open_database(f"sqlite:///{tmp_path / 'plans.db'}")
    with reading(engine) as session, statements(engine) as seen:
        find_unembedded(session, "2", "small")
        find_waiting(session, "2", "small")
        find_in_window(session, "2", NOON, NOON)
        load_candidates(session, {"a"}, version="2", embedding_model="small")
        load_keys(session, {"c"}, {"state:AA"})
        save_names(session, {"c": {"name:port"}})
    with engine.connect() as connection:
        plans = [
            connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {one}", blanks(one)).all() for one in seen if one != "BEGIN"
        ]
    steps = [step[-1] for plan in plans for step in plan]
    assert len(plans) == 8
    assert [step for step in steps if step.startswith("SCAN") and "VIRTUAL TABLE" not in step] == []
    window = [step[-1] for step in plans[3] if step[-1].startswith("SEARCH")]
    assert [step.split(" (")[0] for step in window] == [
        "SEARCH articles USING INDEX ix_articles_dated_at",
        "SEARCH claims USING INDEX ix_claims_article_id",
    ]


def blanks(statement: str) -> tuple[str, ...]:
    """Return a value for each place of a statement; lists travel as JSON."""
    return ("[]",) * statement.count("?")


def test_the_number_of_statements_does_not_grow(engine: Engine, make: SimpleNamespace) -> None:
    """Forty thousand ids are more than either database takes as single parameters."""
    article = make.article()
    claims = [make.claim(article, start) for start in range(0, 600, 10)]
    ids = {claim.id for claim in claims}
    with writing(engine) as session:
        save_batch(session, "run-1", [make.extraction(article, *claims)], [])
        save_embeddings(session, dict.fromkeys(ids, b"\0"), "small")
        pairs = [make.pair(one.id, other.id) for one, other in pairwise(claims)]
        save_relations(session, pairs, "1")
        save_findings(session, [make.finding(*sorted(ids), pairs=tuple(pairs))], ids)
    many = ids | {f"unknown {place}" for place in range(40_000)}
    counts = []
    for asked in (set(list(ids)[:3]), many):
        with reading(engine) as session, statements(engine) as seen:
            load_candidates(session, {article.id, *asked}, version="1", embedding_model="small")
            load_keys(session, asked, {"body:union", *asked})
            load_relations(session, asked)
            load_findings(session, article_ids={article.id, *asked})
            load_component(session, asked, lambda _pair: True)
            counts.append(len(seen))
    assert counts[1] <= counts[0] <= 20
