"""New claims find the stored ones that name somebody they name, in a time window, in few statements."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tasks.storage.articles import save_batch
from tasks.storage.candidates import CandidateRow, load_candidates
from tasks.storage.claims import save_embeddings
from tasks.storage.comparisons import load_component, load_relations, save_relations
from tasks.storage.copies import set_copy
from tasks.storage.database import reading, writing
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
    """Three articles, ten days apart, the second a copy of the first; claim ids by a short name."""
    parties = (("state:AA", "state:BB"), ("state:BB",), ("state:CC", "x" * 9000))
    ids: dict[str, str] = {}
    with writing(engine) as session:
        for place, names in enumerate(parties):
            day = NOON + timedelta(days=10 * place)
            url = f"https://{place}.example"
            article = make.article(
                f"Text {place}.", url=url, published_at=None if place == 2 else day, retrieved_at=day
            )
            claim, unembedded = make.claim(article, parties=names), make.claim(article, 30, parties=names)
            save_batch(session, "run-1", [make.extraction(article, claim, unembedded)], [])
            save_embeddings(session, {claim.id: bytes([place])}, "small")
            ids |= {f"article {place}": article.id, f"claim {place}": claim.id}
        set_copy(session, ids["article 1"], ids["article 0"])
    return ids


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param({"party_ids": {"state:BB"}}, {0, 1}, id="party"),
        pytest.param({"party_ids": {"body:union"}}, {0, 1, 2}, id="source"),
        pytest.param({"party_ids": {"state:AA", "state:CC"}}, {0, 2}, id="either"),
        pytest.param({"party_ids": {"x" * 9000}}, {2}, id="very-long-name"),
        pytest.param({"party_ids": {"state:ZZ"}}, set(), id="nobody-known"),
        pytest.param({"party_ids": set()}, set(), id="nobody"),
        pytest.param({"party_ids": None}, {0, 1, 2}, id="anybody"),
        pytest.param({"party_ids": {"body:union"}, "since": NOON + timedelta(days=10)}, {1, 2}, id="since"),
        pytest.param({"party_ids": {"body:union"}, "until": NOON + timedelta(days=10)}, {0, 1}, id="until"),
        pytest.param({"party_ids": {"body:union"}, "embedding_model": "other"}, set(), id="other-model"),
    ],
)
def test_candidates(engine: Engine, harbour: dict[str, str], asked: dict[str, Any], expected: set[int]) -> None:
    with reading(engine) as session:
        found = load_candidates(session, **{"embedding_model": "small", **asked})
    assert {row.claim_id for row in found} == {harbour[f"claim {place}"] for place in expected}


def test_a_candidate_brings_what_comparison_needs(engine: Engine, harbour: dict[str, str]) -> None:
    with reading(engine) as session:
        found = load_candidates(
            session, party_ids={"state:BB"}, exclude_articles={harbour["article 0"]}, embedding_model="small"
        )
    expected = CandidateRow(
        claim_id=harbour["claim 1"],
        article_id=harbour["article 1"],
        copy_of=harbour["article 0"],
        embedding=b"\1",
        entity_ids=frozenset({"body:union", "state:BB"}),
    )
    assert found == [expected]


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
            load_candidates(session, party_ids={"body:union", *asked}, embedding_model="small")
            load_relations(session, asked)
            load_findings(session, article_ids={article.id, *asked})
            load_component(session, asked)
            counts.append(len(seen))
    assert counts[1] <= counts[0] <= 20
