"""Sides: which claims of a finding hold its statement to be so, and which do not."""

from collections.abc import Sequence

from tasks.comparison.groups import Groups
from tasks.model.claim import Act, Claim, Position
from tasks.model.finding import Kind, RelatedPair, Relation, Side

DENYING = frozenset({Kind.DENIAL, Kind.EVIDENCE, Kind.NEGATION})
OTHER = {Side.FOR: Side.AGAINST, Side.AGAINST: Side.FOR}


def find_core(claims: Sequence[Claim], pairs: Sequence[RelatedPair]) -> list[Claim]:
    """Return the claims of a finding that its statement is chosen from: of those that relations connect, most.

    A group that holds a conflict comes first, so that no dispute is hidden behind what is merely like it. Where no
    relation connects anything, all claims are asked.
    """
    told = [pair for pair in pairs if _tells(pair)]
    if not told:
        return list(claims)
    groups = _groups(claims, told)
    disputed = {groups.find(pair.left) for pair in told if pair.relation is Relation.CONFLICT}
    best = max(
        (groups.find(claim.id) for claim in claims),
        key=lambda head: (head in disputed, len(groups.members(head)), head),
    )
    return [claim for claim in claims if groups.find(claim.id) == best]


def _groups(claims: Sequence[Claim], told: Sequence[RelatedPair]) -> Groups[str]:
    groups = Groups(sorted(claim.id for claim in claims))
    for pair in told:
        groups.join(pair.left, pair.right, "")
    return groups


def assign_sides(anchor: Claim, claims: Sequence[Claim], pairs: Sequence[RelatedPair]) -> dict[str, Side]:
    """Return the side of each claim towards the anchor's statement, in the order of the claims.

    Where somebody denies what others say, the position decides. Else, from the anchor on, the surest pair does:
    agreement keeps the side, conflict and a change of position turn it. So "12 died" and "30 died" stand against each
    other although both are asserted. What no relation connects with the anchor stands beside, unless it declines.
    """
    groups = _groups(claims, [pair for pair in pairs if _tells(pair)])
    held = {claim.id for claim in claims if groups.find(claim.id) == groups.find(anchor.id)}
    if any(pair.kind in DENYING and pair.relation is Relation.CONFLICT and pair.left in held for pair in pairs):
        return {claim.id: side_by_position(claim) if claim.id in held else _beside(claim) for claim in claims}
    sides = {anchor.id: side_of_anchor(anchor)}
    waiting = sorted(filter(_tells, pairs), key=lambda pair: (-pair.confidence, pair.left, pair.right))
    while (pair := next((one for one in waiting if (one.left in sides) != (one.right in sides)), None)) is not None:
        known, other = (pair.left, pair.right) if pair.left in sides else (pair.right, pair.left)
        sides[other] = OTHER[sides[known]] if _turns(pair) else sides[known]
    return {claim.id: sides[claim.id] if claim.id in sides else _beside(claim) for claim in claims}


def _beside(claim: Claim) -> Side:
    """Return the side of a claim that is like the others, without a relation that would tell how it stands."""
    return Side.DECLINES if claim.act is Act.DECLINE else Side.BESIDE


def side_by_position(claim: Claim) -> Side:
    """Return the side of a claim towards the matter made positive."""
    if claim.act is Act.DECLINE:
        return Side.DECLINES
    return Side.AGAINST if claim.position is Position.AGAINST else Side.FOR


def side_of_anchor(anchor: Claim) -> Side:
    """Return the side of the claim whose words the statement is.

    A denial is against its own content. "It did not happen" is for the statement as it is worded.
    """
    against = anchor.position is Position.AGAINST and not anchor.proposition.negated
    return Side.AGAINST if against else Side.FOR


def _tells(pair: RelatedPair) -> bool:
    kept = {Kind.SHIFT, Kind.COMPATIBLE_NUMBERS}
    return pair.relation in {Relation.AGREE, Relation.CONFLICT} or pair.kind in kept


def _turns(pair: RelatedPair) -> bool:
    return pair.relation is Relation.CONFLICT or pair.kind is Kind.SHIFT
