"""Sides: which claims of a finding hold its statement to be so, and which do not."""

from collections.abc import Sequence

from tasks.model.claim import Act, Claim, Position
from tasks.model.finding import Kind, RelatedPair, Relation, Side

DENYING = frozenset({Kind.DENIAL, Kind.EVIDENCE, Kind.NEGATION})
OTHER = {Side.FOR: Side.AGAINST, Side.AGAINST: Side.FOR}


def assign_sides(anchor: Claim, claims: Sequence[Claim], pairs: Sequence[RelatedPair]) -> dict[str, Side]:
    """Return the side of each claim towards the anchor's statement, in the order of the claims.

    Where somebody denies what others say, the position decides. Else, from the anchor on, the surest pair does:
    agreement keeps the side, conflict and a change of position turn it. So "12 died" and "30 died" stand against each
    other although both are asserted.
    """
    if any(pair.kind in DENYING and pair.relation is Relation.CONFLICT for pair in pairs):
        return {claim.id: side_by_position(claim) for claim in claims}
    sides = {anchor.id: side_of_anchor(anchor)}
    waiting = sorted(filter(_tells, pairs), key=lambda pair: (-pair.confidence, pair.left, pair.right))
    while (pair := next((one for one in waiting if (one.left in sides) != (one.right in sides)), None)) is not None:
        known, other = (pair.left, pair.right) if pair.left in sides else (pair.right, pair.left)
        sides[other] = OTHER[sides[known]] if _turns(pair) else sides[known]
    for claim in claims:
        sides.setdefault(claim.id, side_by_position(claim))
    return {claim.id: sides[claim.id] for claim in claims}


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
