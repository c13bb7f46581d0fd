from hypothesis import given
from hypothesis import strategies as st

from tasks.comparison.clusters import find_clusters, never_compared
from tasks.model.finding import Kind, RelatedPair, Relation


def pair(left: str, right: str, relation: Relation = Relation.AGREE, confidence: float = 0.8) -> RelatedPair:
    return RelatedPair(
        left=left, right=right, relation=relation, kind=Kind.NONE, confidence=confidence, reasons=("because",)
    )


def all_pairs(names: str) -> list[RelatedPair]:
    return [pair(one, other) for place, one in enumerate(names) for other in names[place + 1 :]]


def sets(*names: str) -> list[frozenset[str]]:
    return [frozenset(name) for name in names]


def test_one_weak_link_joins_no_two_matters() -> None:
    bridge = pair("c", "x", confidence=0.6)
    assert find_clusters([*all_pairs("abc"), *all_pairs("xyz"), bridge]) == sets("abc", "xyz")


def test_pairs_that_nobody_looked_at_do_not_count_against() -> None:
    links = [pair("a", "b"), pair("b", "c")]
    apart = never_compared([("a", "one", "one"), ("c", "one", "one"), ("b", "two", "two")])
    assert apart == {("a", "c")}
    assert find_clusters(links, apart) == sets("abc")


def test_what_is_unsure_or_weak_joins_nothing() -> None:
    assert find_clusters([pair("a", "b", Relation.UNSURE), pair("a", "c", confidence=0.3)]) == []
    assert find_clusters([pair("a", "b", Relation.COMPATIBLE)]) == []


def test_a_conflict_joins() -> None:
    assert find_clusters([pair("a", "b", Relation.CONFLICT)]) == sets("ab")


EDGES = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"), st.floats(0.5, 0.9)).filter(
        lambda edge: edge[0] < edge[1]
    ),
    unique_by=lambda edge: edge[:2],
    max_size=20,
)


@given(edges=EDGES)
def test_every_claim_is_in_one_cluster_at_most_whatever_the_order(edges: list[tuple[str, str, float]]) -> None:
    links = [pair(left, right, confidence=confidence) for left, right, confidence in edges]
    clusters = find_clusters(links)
    assert clusters == find_clusters(links[::-1])
    members = [one for cluster in clusters for one in cluster]
    assert len(members) == len(set(members))
    assert all(len(cluster) > 1 for cluster in clusters)
