from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.comparison.compare import VERSION, compare_claims, compare_new
from tasks.comparison.embeddings import Embedder
from tasks.model.claim import Act, Certainty, Claim, Proposition
from tasks.model.finding import Kind, RelatedPair, Relation

Make = Callable[..., Claim]


def compare(left: Claim, right: Claim, embedder: Embedder) -> RelatedPair | None:
    one, other = embedder.embed([left.proposition.statement, right.proposition.statement])
    return compare_claims(left, right, float(one @ other))


def test_the_reasons_name_both_sources(
    make_claim: Make, matters: Mapping[str, Proposition], embedder: Embedder
) -> None:
    said = make_claim("South Korea", matters["trading weapons"], article="a")
    denied = make_claim("Kremlin, Russia", matters["evidence of arms"], Act.DENY, article="b")
    pair = compare(said, denied, embedder)
    assert pair is not None
    assert (pair.relation, pair.kind) == (Relation.CONFLICT, Kind.EVIDENCE)
    assert pair.reasons[0] == "South Korea says so; Kremlin denies evidence of it"
    assert "both speak of North Korea and Russia" in pair.reasons


@pytest.mark.parametrize(
    ("source", "relation"),
    [("a source close to the board", Relation.UNSURE), ("an official", Relation.CONFLICT)],
)
def test_one_description_of_an_unnamed_source_leaves_it_unsure(
    source: str, relation: Relation, make_claim: Make, matters: Mapping[str, Proposition], embedder: Embedder
) -> None:
    said = make_claim(source, matters["transfer of arms"], article="a")
    denied = make_claim(source, matters["arms deals"], Act.DENY, article="b")
    pair = compare(said, denied, embedder)
    assert pair is not None
    assert pair.relation is relation


def test_one_source_in_two_articles_shifts_and_never_conflicts(
    make_claim: Make, matters: Mapping[str, Proposition], embedder: Embedder
) -> None:
    said = make_claim("Ilse Karran", matters["transfer of arms"], article="a")
    taken_back = make_claim("Ilse Karran", matters["arms deals"], Act.RETRACT, article="b")
    pair = compare(said, taken_back, embedder)
    assert pair is not None
    assert (pair.relation, pair.kind) == (Relation.COMPATIBLE, Kind.SHIFT)
    again = compare(said, make_claim("Ilse Karran", matters["transfer of arms"], article="c"), embedder)
    assert again is not None
    assert again.relation is Relation.AGREE
    assert "one origin" in again.reasons[0]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param({"source": "Ilse Karran"}, {"source": "Ilse Karran", "place": 40}, id="one-source-one-article"),
        pytest.param({"source": "Ilse Karran"}, {"source": "Ilse Karran"}, id="itself"),
    ],
)
def test_there_is_no_relation(
    left: dict[str, str], right: dict[str, str], make_claim: Make, matters: Mapping[str, Proposition]
) -> None:
    one, other = make_claim(content=matters["arms deals"], **left), make_claim(content=matters["arms deals"], **right)
    assert compare_claims(one, other, 1.0) is None


def test_a_nested_claim_has_no_relation_to_its_frame(make_claim: Make, matters: Mapping[str, Proposition]) -> None:
    frame = make_claim("Ilse Karran", matters["arms deals"])
    inner = make_claim("Orvane", matters["arms deals"], Act.DENY, place=5, parent=frame.id)
    assert compare_claims(frame, inner, 1.0) is None


def test_what_is_only_possible_conflicts_less_surely(make_claim: Make, matters: Mapping[str, Proposition]) -> None:
    denied = make_claim("Russia", matters["arms deals"], Act.DENY, article="b")
    sure = compare_claims(make_claim("Ukraine", matters["transfer of arms"]), denied, 0.6)
    maybe = compare_claims(
        make_claim("Ukraine", matters["transfer of arms"], certainty=Certainty.POSSIBLE), denied, 0.6
    )
    assert sure is not None
    assert maybe is not None
    assert maybe.confidence < sure.confidence <= 0.9


ACTS = st.sampled_from(list(Act))
NAMES = st.sampled_from(["Russia", "South Korea", "Ilse Karran", "officials", ""])
MATTERS = st.sampled_from(
    ["evidence of arms", "arms deals", "trading weapons", "exchanging technology", "transfer of arms", "military ties"]
)
SIDES = st.tuples(NAMES, MATTERS, ACTS, st.sampled_from(["a", "b"]), st.integers(0, 3))


@pytest.fixture(scope="session")
def build() -> Callable[[tuple[str, str, Act, str, int], Make, Mapping[str, Proposition]], Claim]:
    def one(side: tuple[str, str, Act, str, int], make: Make, known: Mapping[str, Proposition]) -> Claim:
        source, matter, act, article, place = side
        return make(source, known[matter], act, article=article, place=place * 20)

    return one


@given(one=SIDES, other=SIDES, cosine=st.floats(0.0, 1.0))
def test_the_order_makes_no_difference(
    one: tuple[str, str, Act, str, int],
    other: tuple[str, str, Act, str, int],
    cosine: float,
    property_tools: tuple[Make, Mapping[str, Proposition]],
    build: Callable[..., Claim],
) -> None:
    make, known = property_tools
    left, right = build(one, make, known), build(other, make, known)
    pair = compare_claims(left, right, cosine)
    assert pair == compare_claims(right, left, cosine)
    assert compare_claims(left, left, 1.0) is None
    if pair is not None:
        assert pair.left < pair.right
        assert 0.0 <= pair.confidence <= 0.9
        assert all(pair.reasons)


def test_new_claims_meet_one_another_and_stored_ones_but_stored_ones_do_not_meet(
    make_claim: Make, matters: Mapping[str, Proposition], embedder: Embedder
) -> None:
    claims = [
        make_claim("South Korea", matters["trading weapons"], article="a"),
        make_claim("Ukraine", matters["transfer of arms"], Act.JUDGE, article="b"),
        make_claim("Russia", matters["arms deals"], Act.DENY, article="c"),
    ]
    vectors = embedder.embed([claim.proposition.statement for claim in claims])
    whole = compare_new(claims, vectors)
    assert len(whole) == 3
    assert whole == compare_new(claims[::-1], vectors[::-1])
    later = compare_new(claims[2:], vectors[2:], claims[:2], vectors[:2])
    assert later == [pair for pair in whole if claims[2].id in {pair.left, pair.right}]
    assert compare_new([], vectors[:0], claims, vectors) == []
    assert VERSION


def test_copies_relate_only_where_they_repeat(
    make_claim: Make, matters: Mapping[str, Proposition], embedder: Embedder
) -> None:
    claims = [
        make_claim("South Korea", matters["trading weapons"], article="a"),
        make_claim("Russia", matters["arms deals"], Act.DENY, article="a", place=50),
        make_claim("South Korea", matters["trading weapons"], article="b"),
        make_claim("Russia", matters["arms deals"], Act.DENY, article="b", place=50),
    ]
    vectors = embedder.embed([claim.proposition.statement for claim in claims])
    pairs = compare_new(claims, vectors, copy_roots={"b": "a"})
    articles = {claim.id: claim.article_id for claim in claims}
    conflicts = [pair for pair in pairs if pair.relation is Relation.CONFLICT]
    assert [articles[pair.left] == articles[pair.right] for pair in conflicts] == [True, True]
    assert sum(pair.relation is Relation.AGREE for pair in pairs) == 2
