"""Relations are kept once for each pair, renewed by new versions, and followed from claim to claim."""

from types import SimpleNamespace

import pytest
from sqlalchemy import Engine

from tasks.model.finding import Kind, RelatedPair, Relation
from tasks.storage.articles import save_batch
from tasks.storage.comparisons import load_component, load_relations, mark_compared, save_relations
from tasks.storage.database import reading, writing
from tasks.storage.findings import save_findings


@pytest.fixture
def ids(engine: Engine, make: SimpleNamespace) -> list[str]:
    """Six stored claims."""
    article = make.article()
    claims = [make.claim(article, start) for start in range(0, 60, 10)]
    with writing(engine) as session:
        save_batch(session, "run-1", [make.extraction(article, *claims)], [])
    return [claim.id for claim in claims]


def test_a_pair_comes_back_as_it_was(engine: Engine, make: SimpleNamespace, ids: list[str]) -> None:
    pairs = [make.pair(ids[0], ids[1]), make.pair(ids[2], ids[3], Relation.AGREE, Kind.NONE)]
    with writing(engine) as session:
        save_relations(session, pairs, "1")
        save_relations(session, pairs, "1")
        save_relations(session, [], "1")
    with reading(engine) as session:
        assert load_relations(session) == sorted(pairs, key=lambda pair: pair.left)
        assert load_relations(session, {ids[1], ids[5]}) == [pairs[0]]


def test_a_pair_that_is_judged_again_gets_its_new_judgement(
    engine: Engine, make: SimpleNamespace, ids: list[str]
) -> None:
    later = make.pair(ids[0], ids[1], Relation.COMPATIBLE, Kind.DIFFERENT_TIME)
    with writing(engine) as session:
        save_relations(session, [make.pair(ids[0], ids[1])], "1")
        save_relations(session, [later], "2")
        assert load_relations(session) == [later]


def test_a_new_version_drops_what_it_did_not_find_again(engine: Engine, make: SimpleNamespace, ids: list[str]) -> None:
    kept, again, dropped = (make.pair(ids[one], ids[other]) for one, other in ((4, 5), (0, 1), (1, 2)))
    with writing(engine) as session:
        save_relations(session, [kept, again, dropped], "1")
        save_relations(session, [again], "2")
        mark_compared(session, {ids[1]}, "2")
        assert set(map(ends, load_relations(session))) == {ends(kept), ends(again)}


def ends(pair: RelatedPair) -> tuple[str, str]:
    return pair.left, pair.right


def sure(pair: RelatedPair) -> bool:
    """Return whether a pair binds: what that means is the comparison's business."""
    return pair.relation is not Relation.UNSURE


@pytest.mark.parametrize(
    ("start", "claims", "beside", "pairs"),
    [
        pytest.param({0}, {0, 1, 2}, {3}, 3, id="a-chain"),
        pytest.param({2}, {0, 1, 2, 3}, set(), 3, id="from-what-is-given-every-pair-leads-on"),
        pytest.param({3}, {0, 1, 2, 3}, set(), 3, id="from-its-other-end"),
        pytest.param({4}, {4}, set(), 0, id="likeness-leads-nowhere"),
        pytest.param({0, 4}, {0, 1, 2, 4}, {3}, 3, id="two-starts"),
        pytest.param({4, 5}, {4, 5}, set(), 1, id="likeness-inside"),
        pytest.param(set(), set(), set(), 0, id="nothing"),
    ],
)
def test_component(  # noqa: PLR0917  one row of the table
    engine: Engine,
    make: SimpleNamespace,
    ids: list[str],
    start: set[int],
    claims: set[int],
    beside: set[int],
    pairs: int,
) -> None:
    chain = (
        *((0, 1, Relation.AGREE, Kind.NONE), (1, 2, Relation.CONFLICT, Kind.DENIAL)),
        *((2, 3, Relation.UNSURE, Kind.NONE), (4, 5, Relation.UNSURE, Kind.SAME_MATTER)),
    )
    with writing(engine) as session:
        save_relations(session, [make.pair(ids[one], ids[other], *how) for one, other, *how in chain], "1")
    with reading(engine) as session:
        found = load_component(session, {ids[place] for place in start}, sure)
    assert found.claims == {ids[place] for place in claims}
    assert found.beside == {ids[place] for place in beside}
    assert len(found.pairs) == pairs


def test_claims_of_an_old_finding_come_along(engine: Engine, make: SimpleNamespace, ids: list[str]) -> None:
    """Their relation may be gone, but their finding is replaced as a whole."""
    with writing(engine) as session:
        save_findings(session, [make.finding(ids[0], ids[1])], set(ids[:2]))
        save_relations(session, [make.pair(ids[1], ids[5])], "1")
        assert load_component(session, {ids[0]}, sure).claims == {ids[0], ids[1], ids[5]}
