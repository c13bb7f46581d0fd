from collections.abc import Callable, Mapping, Sequence

import pytest

from tasks.comparison.compare import compare_new
from tasks.comparison.embeddings import Embedder
from tasks.comparison.findings import build_findings
from tasks.comparison.setting import Setting
from tasks.model.claim import Act, Claim, Proposition
from tasks.model.finding import Finding, Kind, Relation, Side, Status

Make = Callable[..., Claim]
Place = Callable[..., Setting]


@pytest.fixture
def findings_of(embedder: Embedder) -> Callable[..., tuple[Finding, ...]]:
    def build(
        claims: Sequence[Claim], settings: Sequence[Setting], roots: Mapping[str, str] | None = None
    ) -> tuple[Finding, ...]:
        vectors = embedder.embed([claim.proposition.statement for claim in claims])
        return build_findings(claims, compare_new(claims, vectors, copy_roots=roots), settings)

    return build


Build = Callable[..., tuple[Finding, ...]]


def test_a_disputed_matter(
    make_claim: Make, make_setting: Place, matters: Mapping[str, Proposition], findings_of: Build
) -> None:
    claims = [
        make_claim("South Korea", matters["trading weapons"], article="a"),
        make_claim("Ukraine", matters["transfer of arms"], Act.JUDGE, article="b"),
        make_claim("Russia", matters["arms deals"], Act.DENY, article="c"),
        make_claim("Kremlin, Russia", matters["evidence of arms"], Act.DENY, article="d"),
        make_claim("G7", matters["arms deals"], Act.DECLINE, article="e"),
        make_claim("South Korea", matters["aid to Gaza"], article="a", place=60),
    ]
    settings = [make_setting(name, day=day) for day, name in enumerate("bacde")]
    (finding,) = findings_of(claims, settings)
    sides = {member.claim_id: member.side for member in finding.members}
    expected = [Side.FOR, Side.FOR, Side.AGAINST, Side.AGAINST, Side.DECLINES]
    assert [sides.get(claim.id) for claim in claims] == [*expected, None]
    assert finding.status is Status.DISPUTED
    assert finding.id == claims[1].id == finding.members[0].claim_id  # the earliest
    assert finding.statement == matters["trading weapons"].statement  # asserted, where the other is presupposed
    assert (finding.first_seen, finding.last_seen) == (settings[0].seen_at, settings[4].seen_at)
    assert sum(origin.side is Side.FOR for origin in finding.origins) == 2
    assert sum(origin.side is Side.AGAINST for origin in finding.origins) == 1  # Kremlin and Russia: one
    assert {pair.relation for pair in finding.pairs} >= {Relation.AGREE, Relation.CONFLICT}
    assert findings_of(claims[::-1], settings[::-1]) == (finding,)


def test_one_source_in_many_articles_is_one_origin(
    make_claim: Make, make_setting: Place, matters: Mapping[str, Proposition], findings_of: Build
) -> None:
    claims = [make_claim("Ilse Karran", matters["transfer of arms"], article=name) for name in "abc"]
    (finding,) = findings_of(claims, [make_setting(name) for name in "abc"], {"b": "a"})
    assert finding.status is Status.SINGLE_ORIGIN
    assert len(finding.members) == 3


def test_two_sources_are_several_origins(
    make_claim: Make, make_setting: Place, matters: Mapping[str, Proposition], findings_of: Build
) -> None:
    claims = [make_claim(who, matters["transfer of arms"], article=at) for who, at in (("G7", "a"), ("Ukraine", "b"))]
    (finding,) = findings_of(claims, [make_setting("a"), make_setting("b")])
    assert finding.status is Status.SEVERAL_ORIGINS


def test_a_lone_denial_is_a_finding_and_a_lone_assertion_is_none(
    make_claim: Make, make_setting: Place, matters: Mapping[str, Proposition], findings_of: Build
) -> None:
    denied = make_claim("Russia", matters["arms deals"], Act.DENY)
    said = make_claim("South Korea", matters["aid to Gaza"], place=30)
    (finding,) = findings_of([denied, said], [make_setting("a")])
    assert finding.status is Status.DENIED
    assert [(member.claim_id, member.side) for member in finding.members] == [(denied.id, Side.AGAINST)]


def test_a_source_that_takes_back_has_shifted(
    make_claim: Make, make_setting: Place, matters: Mapping[str, Proposition], findings_of: Build
) -> None:
    claims = [
        make_claim("Ilse Karran", matters["transfer of arms"], article="a"),
        make_claim("Ilse Karran", matters["transfer of arms"], Act.RETRACT, article="b"),
    ]
    (finding,) = findings_of(claims, [make_setting("a"), make_setting("b", day=3)])
    assert finding.status is Status.SHIFTED
    assert [member.side for member in finding.members] == [Side.FOR, Side.AGAINST]


def test_numbers_stand_against_each_other_though_both_are_asserted(
    make_claim: Make,
    make_setting: Place,
    make_proposition: Callable[..., Proposition],
    findings_of: Build,
) -> None:
    def toll(number: str) -> Proposition:
        return make_proposition(
            f"{number} people were killed in Lorvania", "kill", "", "Lorvania", numbers=(f"{number} person",)
        )

    claims = [
        make_claim("Ministry", toll("12"), article="a"),
        make_claim("Police", toll("12"), article="b"),
        make_claim("Nadia Sorel", toll("30"), article="c"),
    ]
    (finding,) = findings_of(claims, [make_setting(name) for name in "abc"])
    assert finding.status is Status.DISPUTED
    sides = {member.claim_id: member.side for member in finding.members}
    assert sides[claims[0].id] == sides[claims[1].id] != sides[claims[2].id]


def test_what_nobody_holds_is_stated_as_it_is_worded(
    make_claim: Make,
    make_setting: Place,
    make_proposition: Callable[..., Proposition],
    findings_of: Build,
) -> None:
    content = make_proposition("Alto did not pay the fine in Lorvania", "pay", "fine", "Alto, Lorvania", negated=True)
    claims = [make_claim(who, content, article=at) for who, at in (("Ministry", "a"), ("Nadia Sorel", "b"))]
    (finding,) = findings_of(claims, [make_setting("a"), make_setting("b")])
    assert [member.side for member in finding.members] == [Side.FOR, Side.FOR]
    assert finding.status is Status.SEVERAL_ORIGINS


def test_a_near_conflict_is_kept_with_its_reason(
    make_claim: Make, make_setting: Place, matters: Mapping[str, Proposition], findings_of: Build
) -> None:
    claims = [
        make_claim("Russia", matters["arms deals"], Act.DENY, article="a"),
        make_claim("Ukraine", matters["transfer of arms"], Act.URGE, article="b"),
    ]
    (finding,) = findings_of(claims, [make_setting("a"), make_setting("b")])
    assert [(pair.relation, pair.kind) for pair in finding.pairs] == [(Relation.COMPATIBLE, Kind.FORECAST)]
    sides = {member.claim_id: member.side for member in finding.members}
    assert sides == {claims[0].id: Side.AGAINST, claims[1].id: Side.BESIDE}


def test_nothing_makes_nothing() -> None:
    assert build_findings([], [], []) == ()
