"""Every claim comes back as it was written, and is compared once for each version of the comparison."""

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from tasks.model.article import Span
from tasks.model.claim import Claim, Proposition, Quantity, TimeRange
from tasks.model.run import Provenance
from tasks.storage.articles import save_batch
from tasks.storage.claims import (
    find_uncompared,
    find_uncompared_ids,
    load_claims,
    load_embeddings,
    load_provenance,
    save_embeddings,
)
from tasks.storage.comparisons import mark_compared
from tasks.storage.database import reading, writing
from tasks.storage.runs import started_at
from tasks.storage.tables import ClaimRow

SPANS = st.builds(
    lambda start, length: Span(start=start, end=start + length),
    st.integers(min_value=0, max_value=10**6),
    st.integers(min_value=1, max_value=500),
)
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
QUANTITIES = st.builds(Quantity, low=st.floats(allow_nan=False), high=st.floats(allow_nan=False))
PROPOSITIONS = st.builds(Proposition, quantities=st.lists(QUANTITIES, max_size=3).map(tuple))
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.timezones())  # noqa: DTZ001
CLAIMS = st.builds(
    Claim,
    source=st.lists(SPANS, max_size=2).map(tuple),
    cue=st.lists(SPANS, max_size=2).map(tuple),
    content=st.lists(SPANS, min_size=1, max_size=3).map(tuple),
    basis=st.lists(SPANS, max_size=2).map(tuple),
    proposition=PROPOSITIONS,
    parent=WORDS,
    rule=WORDS,
    said_at=st.none() | MOMENTS.map(lambda moment: moment.astimezone(UTC)),
    confidence=st.floats(0, 1),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(claim=CLAIMS)
def test_every_claim_comes_back_as_it_was(engine: Engine, make: SimpleNamespace, claim: Claim) -> None:
    article = make.article()
    claim = replace(claim, article_id=article.id)
    with writing(engine) as session:
        save_batch(session, "run-1", [make.extraction(article, claim)], [])
        assert load_claims(session, ids=[claim.id]) == [claim]
        session.rollback()


@pytest.mark.parametrize(
    "proposition",
    [
        pytest.param(
            Proposition(
                statement="At least 10,000 came.",
                quantities=(Quantity(low=10_000, high=float("inf"), unit="guest", approximate=False, text="10,000"),),
            ),
            id="open-range",
        ),
        pytest.param(Proposition(statement="„Zeile\n\0\u2028'\"\\", core="\U0001f600"), id="odd-characters"),
        pytest.param(
            Proposition(statement="In May.", times=(TimeRange(start=date(2025, 5, 1), end=date(2025, 5, 31)),)),
            id="time",
        ),
    ],
)
def test_a_proposition_comes_back_as_it_was(engine: Engine, make: SimpleNamespace, proposition: Proposition) -> None:
    article = make.article()
    claim = make.claim(article, proposition=proposition)
    with writing(engine) as session:
        save_batch(session, "run-1", [make.extraction(article, claim)], [])
    with reading(engine) as session:
        assert load_claims(session) == [claim]


def test_claims_come_in_reading_order_with_their_provenance(engine: Engine, make: SimpleNamespace) -> None:
    late = make.article("Late.", published_at=datetime(2025, 3, 9, tzinfo=UTC))
    early = make.article("Early.", url="https://b.example", published_at=datetime(2025, 3, 1, tzinfo=UTC))
    claims = [make.claim(early, 3), make.claim(early, 40), make.claim(late, 0)]
    with writing(engine) as session:
        save_batch(
            session, "run-1", [make.extraction(late, claims[2]), make.extraction(early, claims[1], claims[0])], []
        )
    with reading(engine) as session:
        assert load_claims(session) == claims
        assert load_claims(session, article_ids=[early.id]) == claims[:2]
        assert load_claims(session, ids=[]) == []
        found = Provenance(component="rules", version="1", run_id="run-1", run_started_at=started_at(session, "run-1"))
        assert load_provenance(session, [claims[0].id]) == {claims[0].id: found}


def test_a_claim_outlives_the_record_of_its_run(engine: Engine, make: SimpleNamespace) -> None:
    article = make.article()
    claim = make.claim(article)
    with writing(engine) as session:
        save_batch(session, "run-1", [make.extraction(article, claim)], [])
        session.execute(sa.update(ClaimRow).values(run_id="purged"))
    with reading(engine) as session:
        found = Provenance(component="rules", version="1", run_id="purged", run_started_at=None)
        assert load_provenance(session, [claim.id]) == {claim.id: found}


def test_a_claim_is_new_to_each_version_of_the_comparison(engine: Engine, make: SimpleNamespace) -> None:
    article = make.article()
    first, second = make.claim(article), make.claim(article, 20)
    with writing(engine) as session:
        save_batch(session, "run-1", [make.extraction(article, first, second)], [])
        assert find_uncompared(session, "2") == [first, second]
        mark_compared(session, [first.id], "2")
        assert find_uncompared(session, "2") == [second]
        assert find_uncompared(session, "1") == [first, second]
        assert find_uncompared(session, "3") == [first, second]
        assert find_uncompared(session, "3", limit=1) == [first]
        assert find_uncompared_ids(session, "2") == {second.id}


def test_vectors_belong_to_their_model(engine: Engine, make: SimpleNamespace) -> None:
    article = make.article()
    first, second = make.claim(article), make.claim(article, 20)
    with writing(engine) as session:
        save_batch(session, "run-1", [make.extraction(article, first, second)], [])
        save_embeddings(session, {first.id: b"\0\xff", second.id: b"\1\2"}, "small-1")
        save_embeddings(session, {second.id: b"\3\4"}, "small-2")
        save_embeddings(session, {}, "small-2")
        assert load_embeddings(session, [first.id, second.id], "small-1") == {first.id: b"\0\xff"}
        assert load_embeddings(session, [first.id, second.id], "small-2") == {second.id: b"\3\4"}
