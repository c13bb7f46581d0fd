from hypothesis import given
from hypothesis import strategies as st

from tasks.comparison.clusters import find_clusters, never_compared
from tasks.model.finding import Kind, RelatedPair, Relation


def pair(
    left: str,
    right: str,
    relation: Relation = Relation.AGREE,
    confidence: float = 0.8,
    *,
    kind: Kind = Kind.NONE,
    kinship: float = 0.0,
) -> RelatedPair:
    return RelatedPair(
        left=left,
        right=right,
        relation=relation,
        kind=kind,
        confidence=confidence,
        reasons=("because",),
        kinship=kinship,
    )


def kin(left: str, right: str, kinship: float) -> RelatedPair:
    return pair(left, right, Relation.UNSURE, kinship, kind=Kind.SAME_MATTER, kinship=kinship)


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


def test_a_claim_joins_those_that_it_is_likely_of_one_matter_with() -> None:
    likely = [kin("a", "x", 0.7), kin("b", "x", 0.6), kin("c", "x", 0.6)]
    assert find_clusters([*all_pairs("abc"), *likely]) == sets("abcx")


def test_a_claim_that_is_like_one_member_alone_stays_outside() -> None:
    assert find_clusters([*all_pairs("abc"), kin("a", "x", 0.7)]) == sets("abc")


def test_a_chain_of_likeness_grows_into_no_giant() -> None:
    chain = [kin(one, other, 0.7) for one, other in zip("abcdefgh", "bcdefgh", strict=False)]
    assert max(map(len, find_clusters(chain))) == 2


def test_two_disputes_become_one_by_a_relation_alone() -> None:
    disputes = [pair("a", "b", Relation.CONFLICT), pair("x", "y", Relation.CONFLICT)]
    alike = [kin(one, other, 0.9) for one in "ab" for other in "xy"]
    assert find_clusters([*disputes, *alike]) == sets("ab", "xy")
    assert find_clusters([*disputes, *alike[1:], pair("a", "x")]) == sets("abxy")


def test_the_same_words_on_two_times_are_two_matters() -> None:
    twice = pair("a", "b", Relation.COMPATIBLE, kind=Kind.DIFFERENT_TIME, kinship=0.95)
    assert find_clusters([twice]) == []


def test_a_relation_that_stays_unsure_joins_by_likeness() -> None:
    assert find_clusters([pair("a", "b", Relation.UNSURE, 0.4, kinship=0.7)]) == sets("ab")


EDGES = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"), st.floats(0.5, 0.9)).filter(
        lambda edge: edge[0] < edge[1]
    ),
    unique_by=lambda edge: edge[:2],
    max_size=20,
)


@given(edges=EDGES)
def test_every_claim_is_in_one_cluster_at_most_whatever_the_order(edges: list[tuple[str, str, float]]) -> None:
    links = [
        kin(left, right, sure) if sure < 0.7 else pair(left, right, confidence=sure) for left, right, sure in edges
    ]
    clusters = find_clusters(links)
    assert clusters == find_clusters(links[::-1])
    members = [one for cluster in clusters for one in cluster]
    assert len(members) == len(set(members))
    assert all(len(cluster) > 1 for cluster in clusters)
