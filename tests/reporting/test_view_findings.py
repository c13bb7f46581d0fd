"""What the section of a finding says."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from tasks.model.claim import Claim
from tasks.model.finding import Finding, Side, Status
from tasks.reporting.evidence import Evidence, gather_evidence
from tasks.reporting.material import Material
from tasks.reporting.view_bar import bar_view
from tasks.reporting.view_findings import FindingView, finding_view, order_findings


@pytest.fixture
def views(material: Material) -> Mapping[str, FindingView]:
    evidence = gather_evidence(material)
    ordered = order_findings(material.findings)
    return {finding.status.value: finding_view(n, finding, evidence) for n, finding in enumerate(ordered, 1)}


@pytest.fixture
def evidence(material: Material) -> Evidence:
    return gather_evidence(material)


def test_disputes_come_first_and_are_open(material: Material, views: Mapping[str, FindingView]) -> None:
    statuses = [finding.status for finding in order_findings(reversed(material.findings))]
    assert statuses[:2] == [Status.DISPUTED, Status.SHIFTED]
    assert [name for name, view in views.items() if view.head.is_open] == ["disputed", "shifted"]
    assert views["disputed"].head.number == 1


def test_sides_count_origins_first(views: Mapping[str, FindingView]) -> None:
    assert [(side.title, side.counts) for side in views["disputed"].sides] == [
        ("Says so", ("at most 2 independent origins", "2 sources", "5 articles", "5 outlets")),
        ("Denies", ("at most 1 independent origin", "2 sources", "3 articles", "3 outlets")),
        ("Declines", ("at most 1 independent origin", "1 source", "1 article", "1 outlet")),
    ]


def test_side_without_claims_is_no_column(views: Mapping[str, FindingView]) -> None:
    assert [side.title for side in views["denied"].sides] == ["Denies"]


def test_claims_of_one_origin_stand_together(views: Mapping[str, FindingView]) -> None:
    first = views["disputed"].sides[0].origins[0]
    assert first.leads[0].outlet == "National Wire"  # no copy, no chain, the earliest
    assert first.others_words == "3 more reports of the same origin"
    assert first.reason == "4 articles carry what Ada Holm says, and one of them is a near copy."


def test_telling_words_stand_for_an_origin(views: Mapping[str, FindingView]) -> None:
    lead = views["disputed"].sides[1].origins[0].leads[0]
    assert "".join(piece.text for piece in lead.pieces if piece.quoted) == "Not one litre has left our site,"


def test_claim_without_an_origin_is_shown_and_not_counted(views: Mapping[str, FindingView]) -> None:
    declines = views["unclear"].sides[-1]
    assert declines.counts == ("1 source", "1 article", "1 outlet")
    assert [origin.leads[0].speaker for origin in declines.origins] == ["He (unresolved)"]


def test_near_conflicts_and_doubts_are_listed(views: Mapping[str, FindingView]) -> None:
    view = views["disputed"]
    assert [pair.reasons for pair in view.near.shown] == [
        ("One is about what was done, the other about what is to come.",)
    ]
    assert [pair.reasons for pair in view.unsure.shown] == [
        ("The samples and the tanks may be about different places.",)
    ]


def test_remarks_tell_how_a_claim_came_here(views: Mapping[str, FindingView], claims: Mapping[str, Claim]) -> None:
    cards = {
        card.id: card
        for view in views.values()
        for side in view.sides
        for origin in side.origins
        for card in (*origin.leads, *origin.others)
    }
    told = {key: cards[claim.id].remarks for key, claim in claims.items() if claim.id in cards}
    assert told["review_holm"] == ("through National Wire", "in version 2 of the text")
    assert told["radio_holm"] == ()
    assert told["review_thirty"] == ("reported at a distance (allegedly)", "in version 2 of the text")
    assert told["copy_holm"] == (
        "near copy of “Minister says plant fouled the Lune; company denies it” (National Wire)",
    )
    assert cards[claims["release_denial"].id].basis == "All nine tanks are tight"
    assert cards[claims["wire_fish"].id].act == "the outlet itself states"
    assert cards[claims["herald_twelve"].id].act == "says, as probable"
    assert cards[claims["radio_holm"].id].published.words == "date unknown"
    assert cards[claims["radio_holm"].id].live_url == ""


def test_outlets_are_told_apart_from_sources(views: Mapping[str, FindingView]) -> None:
    roles = {role.role: role.outlets for role in views["disputed"].outlets}
    assert roles == {
        "Carries both sides": ("Harbour Post", "National Wire"),
        "Carries those who say so and leaves the denial out": ("Brenna Herald", "Inland Review", "Radio Lune"),
        "Carries the denial and leaves out those who say so": ("Kestrel Works",),
    }
    assert views["several-origins"].outlets[0].role == "States it itself"


def test_each_source_is_shown_with_its_stake(views: Mapping[str, FindingView]) -> None:
    cards = [card for side in views["disputed"].sides for origin in side.origins for card in origin.leads]
    assert {(card.speaker, card.stake) for card in cards} == {
        ("Ada Holm (Environment Ministry)", "third party"),
        ("Mira Solt (plant workers' union)", "opponent of a party"),
        ("Jonas Weir (Kestrel Works)", "party to the matter"),
        ("Kestrel Works", "party to the matter"),
        ("Piet Arends", "third party"),
    }
    assert [(view.label, len(view.rows)) for view in views["disputed"].stakes] == [
        ("Party to the matter", 2),
        ("Opponent of a party", 1),
        ("Third party", 2),
    ]
    assert views["shifted"].stakes == ()


def test_outlets_that_add_stand_before_those_that_repeat(views: Mapping[str, FindingView]) -> None:
    brought = [(view.label, [row.name for row in view.rows]) for view in views["disputed"].brought]
    assert brought == [
        ("Adds a source of its own", ["National Wire", "Brenna Herald"]),
        ("Repeats what began elsewhere", ["Harbour Post"]),
    ]
    assert views["shifted"].brought == ()


def test_silence_counts_where_the_parties_are_named(material: Material, claims: Mapping[str, Claim]) -> None:
    dispute = material.findings[0]
    without = [m for m in dispute.members if claims["review_holm"].id != m.claim_id]
    smaller = replace(dispute, members=tuple(without), origins=(), pairs=())
    view = finding_view(1, smaller, gather_evidence(replace(material, findings=(smaller,))))
    assert ("Writes about the same parties and leaves it out", ("Inland Review",)) in [
        (role.role, role.outlets) for role in view.outlets
    ]


@pytest.mark.parametrize(
    ("origins", "blocks", "words"),
    [
        pytest.param({Side.FOR: 2, Side.AGAINST: 1}, 3, "Origins, at most: 2 say so, 1 deny", id="two sides"),
        pytest.param({Side.DECLINES: 1}, 1, "Origins, at most: 1 decline", id="one side"),
        pytest.param({}, 0, "No origin counted", id="none"),
        pytest.param({Side.FOR: 500}, 500, "Origins, at most: 500 say so", id="very many"),
    ],
)
def test_bar_has_a_block_for_each_origin(origins: dict[Side, int], blocks: int, words: str) -> None:
    view = bar_view(origins)
    assert (len(view.blocks), view.words) == (blocks, words)
    assert view.width <= 250
    assert all(left.x + left.width <= right.x for left, right in zip(view.blocks, view.blocks[1:], strict=False))


def test_order_does_not_hang_on_the_order_given(material: Material) -> None:
    same: Finding = material.findings[0]
    findings = (*material.findings, replace(same, id="0000"))
    assert order_findings(findings) == order_findings(tuple(reversed(findings)))


def test_what_stands_beside_is_a_column_of_its_own_and_counts_no_origin(material: Material, evidence: Evidence) -> None:
    disputed = next(finding for finding in material.findings if finding.status is Status.DISPUTED)
    moved = {member.claim_id for member in disputed.members if member.side is Side.DECLINES}
    members = tuple(
        replace(member, side=Side.BESIDE) if member.claim_id in moved else member for member in disputed.members
    )
    origins = tuple(origin for origin in disputed.origins if origin.side is not Side.DECLINES)
    view = finding_view(1, replace(disputed, members=members, origins=origins), evidence)
    assert [(side.name, side.title, side.counts) for side in view.sides][-1] == (
        "beside", "Also on this matter", ("1 source", "1 article", "1 outlet"),
    )  # fmt: skip
    assert "decline" not in view.head.bar.words
