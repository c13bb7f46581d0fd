"""Findings: one matter, its statement, the side that each claim takes, and its status."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tasks.comparison.carriers import find_carriers, reckon
from tasks.comparison.clusters import find_clusters, never_compared
from tasks.comparison.origins import count_origins
from tasks.comparison.setting import Setting
from tasks.comparison.sides import assign_sides, find_core
from tasks.comparison.stakes import Holding, find_stakes
from tasks.comparison.statement import choose_anchor
from tasks.model.claim import Act, Claim, Position, Voice
from tasks.model.finding import TAKEN, Finding, Kind, Member, Origin, RelatedPair, Relation, Side, Stake, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What findings are built from: claims and settings by id, and the pairs that each claim is part of."""

    claims: Mapping[str, Claim]
    settings: Mapping[str, Setting]
    pairs_of: Mapping[str, Sequence[RelatedPair]]


def build_findings(
    claims: Iterable[Claim],
    pairs: Iterable[RelatedPair],
    settings: Iterable[Setting],
    beside: Collection[str] = (),
) -> tuple[Finding, ...]:
    """Return the findings in the order in which they were first seen; the same input gives the same findings.

    Of the claims in `beside` none are built: pairs lead to them, and they may decline in a finding of the others.
    """
    material = _material(claims, pairs, settings)
    own = [claim for claim in material.claims.values() if claim.id not in beside]
    clusters = find_clusters(
        _pairs_inside(frozenset(claim.id for claim in own), material),
        never_compared((one.id, one.article_id, material.settings[one.article_id].root) for one in own),
    )
    taken = frozenset().union(*clusters)
    lone = [frozenset((claim.id,)) for claim in own if claim.id not in taken and _denial(claim)]
    findings = (_finding(cluster, material) for cluster in (*clusters, *lone))
    return tuple(sorted(findings, key=lambda finding: (finding.first_seen, finding.id)))


def _material(claims: Iterable[Claim], pairs: Iterable[RelatedPair], settings: Iterable[Setting]) -> Material:
    by_id = {claim.id: claim for claim in sorted(claims, key=lambda claim: claim.id)}
    pairs_of: defaultdict[str, list[RelatedPair]] = defaultdict(list)
    for pair in sorted(pairs, key=lambda pair: (pair.left, pair.right)):
        if pair.left in by_id and pair.right in by_id:
            pairs_of[pair.left].append(pair)
            pairs_of[pair.right].append(pair)
    return Material(claims=by_id, settings={item.article_id: item for item in settings}, pairs_of=pairs_of)


def _denial(claim: Claim) -> bool:
    """Return whether a claim is news by itself: a source denies something that can be told, whoever said it."""
    proposition = claim.proposition
    told = bool(proposition.predicates) or len(proposition.terms) > 1
    return claim.act is Act.DENY and claim.voice is Voice.SOURCE and told


def _finding(cluster: frozenset[str], material: Material) -> Finding:
    """Return the finding that a cluster of claims makes, with those who decline to speak about the same."""
    inside = _pairs_inside(cluster, material)
    members = sorted((material.claims[claim_id] for claim_id in cluster), key=lambda claim: _order(claim, material))
    anchor = choose_anchor(find_core(members, inside), inside)
    sides = assign_sides(anchor, members, inside)
    sides |= dict.fromkeys(_declining(cluster, material), Side.DECLINES)
    taking_part = sorted((material.claims[claim_id] for claim_id in sides), key=lambda claim: _order(claim, material))
    origins = _origins(taking_part, sides, material)
    pairs = _pairs_touching(sides, material)
    seen = [material.settings[claim.article_id].seen_at for claim in taking_part]
    return Finding(
        id=members[0].id,  # who declines may stand in several findings, and gives its id to none
        statement=anchor.proposition.statement,
        status=status_of(sides, pairs, origins, _positions_beside(members, sides)),
        members=_members(taking_part, sides),
        origins=origins,
        pairs=pairs,
        first_seen=min(seen),
        last_seen=max(seen),
        carriers=find_carriers(origins, material.claims, material.settings),
        reckoning=reckon(origins, material.claims, material.settings),
    )


def _members(claims: Sequence[Claim], sides: Mapping[str, Side]) -> tuple[Member, ...]:
    """Return the claims with their sides; what stands beside tells nothing of who has a part in the matter."""
    stakes = find_stakes([claim for claim in claims if sides[claim.id] is not Side.BESIDE])
    unknown = Holding(stake=Stake.UNKNOWN, reason="")
    held = {claim.id: stakes.get(claim.id, unknown) for claim in claims}
    return tuple(
        Member(claim_id=key, side=sides[key], stake=holding.stake, stake_reason=holding.reason)
        for key, holding in held.items()
    )


def _order(claim: Claim, material: Material) -> tuple[object, str]:
    return material.settings[claim.article_id].seen_at, claim.id


def _origins(claims: Sequence[Claim], sides: Mapping[str, Side], material: Material) -> tuple[Origin, ...]:
    return tuple(
        origin
        for side in TAKEN
        for origin in count_origins(side, [one for one in claims if sides[one.id] is side], material.settings)
    )


def _pairs_inside(cluster: frozenset[str], material: Material) -> tuple[RelatedPair, ...]:
    found = {pair for claim_id in cluster for pair in material.pairs_of[claim_id]}
    kept = (pair for pair in found if pair.left in cluster and pair.right in cluster)
    return tuple(sorted(kept, key=lambda pair: (pair.left, pair.right)))


def _pairs_touching(sides: Mapping[str, Side], material: Material) -> tuple[RelatedPair, ...]:
    """Return all relations among the members, and those to others that only look like a conflict or cannot be told.

    Of the pairs that are merely alike only those count by which a member stands beside.
    """
    found = {pair for claim_id in sides for pair in material.pairs_of[claim_id]}
    kept = (pair for pair in found if _shown(pair, sides))
    return tuple(sorted(kept, key=lambda pair: (pair.left, pair.right)))


def _shown(pair: RelatedPair, sides: Mapping[str, Side]) -> bool:
    inside = pair.left in sides and pair.right in sides
    if pair.kind is Kind.SAME_MATTER:
        return inside and Side.BESIDE in {sides[pair.left], sides[pair.right]}
    return inside or pair.relation in {Relation.COMPATIBLE, Relation.UNSURE}


def _positions_beside(claims: Iterable[Claim], sides: Mapping[str, Side]) -> set[Position]:
    return {claim.position for claim in claims if sides[claim.id] is Side.BESIDE}


def _declining(cluster: frozenset[str], material: Material) -> list[str]:
    """Return the claims outside the cluster whose sources decline to speak about what a member says."""
    found = set()
    for claim_id in cluster:
        for pair in material.pairs_of[claim_id]:
            other = pair.right if pair.left == claim_id else pair.left
            related = pair.kind is not Kind.SAME_MATTER
            if related and other not in cluster and material.claims[other].act is Act.DECLINE:
                found.add(other)
    return sorted(found)


def status_of(
    sides: Mapping[str, Side],
    pairs: Iterable[RelatedPair],
    origins: Sequence[Origin],
    beside: Collection[Position] = (),
) -> Status:
    """Return what can be said of a finding from its sides, without saying what is true.

    Where all who take a side are of one, but a claim beside them is of the other, it is unclear.
    """
    taken = set(sides.values())
    if {Side.FOR, Side.AGAINST} <= taken:
        within = [pair for pair in pairs if pair.left in sides and pair.right in sides]
        if any(pair.relation is Relation.CONFLICT for pair in within):
            return Status.DISPUTED
        return Status.SHIFTED if any(pair.kind is Kind.SHIFT for pair in within) else Status.UNCLEAR
    if Side.FOR not in taken:
        return Status.UNCLEAR if Position.FOR in beside else Status.DENIED
    if Position.AGAINST in beside:
        return Status.UNCLEAR
    several = sum(origin.side is Side.FOR for origin in origins) > 1
    return Status.SEVERAL_ORIGINS if several else Status.SINGLE_ORIGIN
