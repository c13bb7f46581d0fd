"""What stands beside: claims of a finding that no relation connects with its statement."""

from collections.abc import Callable, Sequence

import pytest

from tasks.comparison.findings import build_findings
from tasks.comparison.setting import Setting
from tasks.model.claim import Act, Claim, Proposition
from tasks.model.finding import Finding, Kind, RelatedPair, Relation, Side, Stake, Status

Make = Callable[..., Claim]
Say = Callable[..., Proposition]


@pytest.fixture
def claims(make_claim: Make, make_proposition: Say) -> list[Claim]:
    """Give two who say that a dam leaked, one who denies what is like it, one who declines, one who demands."""

    def say(words: str) -> Proposition:
        return make_proposition(words, "leak", "dam", "Alto")

    return [
        make_claim("Ministry", say("The Alto dam leaked on Monday"), article="a"),
        make_claim("Police", say("The dam of Alto leaked"), article="b"),
        make_claim("Nordbank", say("Leaks at dams of Alto"), Act.DENY, article="c"),
        make_claim("Court", say("Whether the dam leaked"), Act.DECLINE, article="d"),
        make_claim("Union", say("Alto to mend the leaking dam"), Act.URGE, article="e"),
    ]


@pytest.fixture
def finding_of(make_setting: Callable[..., Setting]) -> Callable[..., Finding]:
    def build(claims: Sequence[Claim], pairs: Sequence[RelatedPair]) -> Finding:
        settings = [make_setting(claim.article_id, day=day) for day, claim in enumerate(claims)]
        (finding,) = build_findings(claims, pairs, settings)
        return finding

    return build


def pair(one: Claim, other: Claim, relation: Relation, kind: Kind = Kind.NONE) -> RelatedPair:
    left, right = sorted((one.id, other.id))
    return RelatedPair(
        left=left, right=right, relation=relation, kind=kind, confidence=0.8, reasons=("because",), kinship=0.8
    )


def kin(one: Claim, other: Claim) -> RelatedPair:
    return pair(one, other, Relation.UNSURE, Kind.SAME_MATTER)


def test_who_is_only_alike_takes_no_side(claims: list[Claim], finding_of: Callable[..., Finding]) -> None:
    first, second, _, declining, urging = claims
    told = [pair(first, second, Relation.AGREE)]
    alike = [kin(one, other) for one in (first, second) for other in (declining, urging)]
    finding = finding_of([first, second, declining, urging], [*told, *alike, kin(declining, urging)])

    sides = {member.claim_id: member.side for member in finding.members}
    assert [sides[one.id] for one in (first, second, declining, urging)] == [
        Side.FOR, Side.FOR, Side.DECLINES, Side.BESIDE,
    ]  # fmt: skip
    assert finding.status is Status.SEVERAL_ORIGINS
    assert urging.id not in {claim_id for origin in finding.origins for claim_id in origin.claim_ids}
    assert next(member.stake for member in finding.members if member.claim_id == urging.id) is Stake.UNKNOWN
    shown = {frozenset((one.left, one.right)) for one in finding.pairs if one.kind is Kind.SAME_MATTER}
    assert shown == {frozenset((urging.id, other.id)) for other in (first, second, declining)}


def test_a_denial_beside_makes_no_dispute_and_no_agreement(
    claims: list[Claim], finding_of: Callable[..., Finding]
) -> None:
    first, second, denying = claims[:3]
    finding = finding_of(
        [first, second, denying],
        [pair(first, second, Relation.AGREE), kin(first, denying), kin(second, denying)],
    )
    assert {member.claim_id: member.side for member in finding.members}[denying.id] is Side.BESIDE
    assert finding.status is Status.UNCLEAR


def test_what_is_merely_alike_hides_no_dispute(claims: list[Claim], finding_of: Callable[..., Finding]) -> None:
    first, second, denying, _, urging = claims
    dispute = [pair(first, denying, Relation.CONFLICT, Kind.DENIAL)]
    alike = [kin(one, other) for one in (first, denying) for other in (second, urging)]
    finding = finding_of([first, second, denying, urging], [*dispute, *alike, kin(second, urging)])

    assert finding.status is Status.DISPUTED
    assert finding.statement == first.proposition.statement
    sides = {member.claim_id: member.side for member in finding.members}
    assert [sides[one.id] for one in (first, denying, second)] == [Side.FOR, Side.AGAINST, Side.BESIDE]


def test_one_who_declines_on_two_matters_gives_its_id_to_neither(
    make_claim: Make, make_proposition: Say, make_setting: Callable[..., Setting]
) -> None:
    def say(words: str, thing: str) -> Proposition:
        return make_proposition(words, "leak", f"{thing} water", "Alto")

    declining = make_claim("Court", say("What leaked", "thing"), Act.DECLINE, article="a")
    dams = [make_claim(who, say("The dam leaked", "dam"), article=at) for who, at in (("Ministry", "b"), ("Vela", "c"))]
    pipes = [make_claim(who, say("A pipe leaked", "pipe"), article=at) for who, at in (("Police", "d"), ("G7", "e"))]
    told = [pair(one, other, Relation.AGREE) for one, other in (dams, pipes)]
    near = [
        RelatedPair(
            left=min(declining.id, one.id),
            right=max(declining.id, one.id),
            relation=Relation.COMPATIBLE,
            kind=Kind.NONE,
            confidence=0.7,
            reasons=("because",),
        )
        for one in (dams[0], pipes[0])
    ]
    settings = [make_setting(name, day=day) for day, name in enumerate("abcde")]
    findings = build_findings([declining, *dams, *pipes], [*told, *near], settings)
    assert sorted(finding.id for finding in findings) == sorted((dams[0].id, pipes[0].id))
    assert all(Side.DECLINES in {member.side for member in finding.members} for finding in findings)
