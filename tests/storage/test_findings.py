"""Findings come back as they were, are replaced as wholes, and old ids lead to where their claims went."""

from types import SimpleNamespace

import pytest
from sqlalchemy import Engine

from tasks.model.finding import Relation, Status
from tasks.storage.articles import save_batch
from tasks.storage.comparisons import save_relations
from tasks.storage.database import reading, writing
from tasks.storage.findings import load_findings, resolve_finding, save_findings
from tasks.storage.runs import start_run


@pytest.fixture
def ids(engine: Engine, make: SimpleNamespace) -> list[str]:
    """Six stored claims, three of each of two articles, the second article seen by another run."""
    ids = []
    with writing(engine) as session:
        for place in range(2):
            article = make.article(f"Text {place}.", url=f"https://{place}.example")
            claims = [make.claim(article, start) for start in (0, 10, 20)]
            start_run(session, f"run-{place + 1}", "verify-articles", article.retrieved_at, {})
            save_batch(session, f"run-{place + 1}", [make.extraction(article, *claims)], [])
            ids += [claim.id for claim in claims]
    return ids


def test_a_finding_comes_back_as_it_was(engine: Engine, make: SimpleNamespace, ids: list[str]) -> None:
    pairs = (make.pair(ids[2], ids[3]), make.pair(ids[0], ids[3], Relation.AGREE))
    finding = make.finding(ids[3], ids[0], ids[2], pairs=pairs)
    with writing(engine) as session:
        save_relations(session, [*pairs, make.pair(ids[4], ids[5])], "1")
        for _ in range(2):
            save_findings(session, [finding], set(ids))
    with reading(engine) as session:
        assert load_findings(session) == [finding]


def test_findings_of_a_run_and_of_articles(engine: Engine, make: SimpleNamespace, ids: list[str]) -> None:
    first, both, second = make.finding(ids[0]), make.finding(ids[1], ids[4]), make.finding(ids[5])
    with writing(engine) as session:
        save_findings(session, [first, both, second], set(ids))
    with reading(engine) as session:
        assert {item.id for item in load_findings(session, run_id="run-1")} == {first.id, both.id}
        assert {item.id for item in load_findings(session, run_id="run-2")} == {both.id, second.id}
        assert load_findings(session, article_ids=[]) == []
        assert len(load_findings(session)) == 3


@pytest.mark.parametrize(
    ("before", "after", "leads"),
    [
        pytest.param([(0,), (1,)], [(0, 1)], {0: 0, 1: 0}, id="merged"),
        pytest.param([(0, 1)], [(0,), (1,)], {0: 0, 1: 1}, id="split"),
        pytest.param([(1, 2)], [(0, 1, 2)], {1: 0, 0: 0}, id="an-earlier-claim"),
        pytest.param([(0, 1, 2)], [(1, 2)], {0: 1, 1: 1}, id="its-claim-is-gone"),
        pytest.param([(0, 1, 2)], [(3, 1), (4, 2, 0)], {0: 4}, id="the-finding-with-its-claim"),
        pytest.param([(5, 1, 2, 3)], [(4, 1), (2, 3)], {5: 2}, id="else-with-most-of-its-claims"),
        pytest.param([(0, 1)], [], {0: None}, id="gone"),
        pytest.param([], [(0,)], {0: 0, 1: None}, id="new"),
    ],
)
def test_old_ids_lead_on(  # noqa: PLR0917  one row of the table
    engine: Engine,
    make: SimpleNamespace,
    ids: list[str],
    before: list[tuple[int, ...]],
    after: list[tuple[int, ...]],
    leads: dict[int, int | None],
) -> None:
    with writing(engine) as session:
        for state in (before, after):
            findings = [make.finding(*(ids[place] for place in members)) for members in state]
            save_findings(session, findings, set(ids))
    with reading(engine) as session:
        assert {item.id for item in load_findings(session)} == {ids[members[0]] for members in after}
        for old, new in leads.items():
            assert resolve_finding(session, ids[old]) == (None if new is None else ids[new])


def test_an_id_that_lives_again_leads_nowhere_else(engine: Engine, make: SimpleNamespace, ids: list[str]) -> None:
    merged, split = [make.finding(ids[0], ids[1], ids[2])], [make.finding(place) for place in ids[:3]]
    with writing(engine) as session:
        for state in (split, merged, split, merged, [make.finding(ids[3], *ids[:3])]):
            save_findings(session, state, set(ids))
        assert {resolve_finding(session, old) for old in ids[:4]} == {ids[3]}
        save_findings(session, split, set(ids))
        assert [resolve_finding(session, old) for old in ids[:4]] == [*ids[:3], min(ids[:3])]


def test_a_finding_is_not_replaced_in_part(engine: Engine, make: SimpleNamespace, ids: list[str]) -> None:
    with writing(engine) as session:
        save_findings(session, [make.finding(ids[0], ids[1])], set(ids))
        with pytest.raises(ValueError, match="1 of their claims"):
            save_findings(session, [make.finding(ids[0])], {ids[0]})
        save_findings(session, [make.finding(ids[3], status=Status.DENIED)], {ids[3]})
        assert len(load_findings(session)) == 2
