"""Relations between claims: storing them, and the claims that hang together through them.

A comparison is stored in one transaction, in this order: `save_relations`, `mark_compared`, `load_component`, then
`save_findings` with what was built from the component.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tasks.model.finding import Kind, RelatedPair
from tasks.storage import queries
from tasks.storage.tables import ClaimRow, FindingMemberRow, RelationRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """What findings are built from, when some claims are new or have changed."""

    claims: frozenset[str]  # whose findings are built anew, all together
    beside: frozenset[str]  # to whom pairs lead from them; their own findings stay
    pairs: tuple[RelatedPair, ...]  # among `claims`, and from them to `beside`


def save_relations(session: Session, pairs: Iterable[RelatedPair], version: str) -> None:
    """Write how claims stand to each other; a pair that was judged before gets its new judgement."""
    rows = [
        {
            "left_id": pair.left,
            "right_id": pair.right,
            "relation": pair.relation,
            "kind": pair.kind,
            "confidence": pair.confidence,
            "reasons": pair.reasons,
            "kinship": pair.kinship,
            "version": version,
        }
        for pair in pairs
    ]
    queries.write_over(session, RelationRow, rows, keep=[])


def mark_compared(session: Session, claim_ids: Collection[str], version: str) -> None:
    """Note that this version of the comparison has handled the claims; what older ones said of them is dropped."""
    handled = queries.among(session, ClaimRow.id, claim_ids)
    session.execute(sa.update(ClaimRow).where(handled).values(compared_with=version))
    session.execute(sa.delete(RelationRow).where(touching(session, claim_ids), RelationRow.version != version))


def load_relations(session: Session, claim_ids: Collection[str] | None = None) -> list[RelatedPair]:
    """Return the pairs in which one of the claims stands, or all pairs."""
    query = sa.select(RelationRow).order_by(RelationRow.left_id, RelationRow.right_id)
    if claim_ids is not None:
        query = query.where(touching(session, claim_ids))
    return [pair_of(row) for row in session.scalars(query)]


def load_component(session: Session, claim_ids: Collection[str], binds: Callable[[RelatedPair], bool]) -> Component:
    """Return the claims whose findings may change with the given ones, and what else these findings show.

    From the given claims every pair leads on, but for mere likeness that does not bind; from there on only the pairs
    that bind, without which no two claims come into one finding, and the findings that claims share: when claims are
    judged anew, their old findings must come along whole. So it stays small where many are loosely alike.
    """
    touched: dict[tuple[str, str], RelatedPair] = {}
    found: set[str] = set()
    frontier = set(claim_ids)
    while frontier:
        pairs = load_relations(session, frontier)
        touched |= {(pair.left, pair.right): pair for pair in pairs}
        leading = [pair for pair in pairs if binds(pair) or (not found and pair.kind is not Kind.SAME_MATTER)]
        found |= frontier
        frontier = {end for pair in leading for end in (pair.left, pair.right)} | find_fellows(session, frontier)
        frontier -= found
    inside = {ends for ends in touched if found.issuperset(ends)}
    # Likeness to a claim of another finding is not shown.
    kept = {ends: pair for ends, pair in touched.items() if ends in inside or pair.kind is not Kind.SAME_MATTER}
    return Component(
        claims=frozenset(found),
        beside=frozenset(claim_id for ends in kept for claim_id in ends) - found,
        pairs=tuple(kept[ends] for ends in sorted(kept)),
    )


def find_fellows(session: Session, claim_ids: Collection[str]) -> set[str]:
    """Return the claims that share a finding with one of these."""
    own = sa.select(FindingMemberRow.finding_id).where(queries.among(session, FindingMemberRow.claim_id, claim_ids))
    return set(session.scalars(sa.select(FindingMemberRow.claim_id).where(FindingMemberRow.finding_id.in_(own))))


def touching(session: Session, claim_ids: Collection[str]) -> sa.ColumnElement[bool]:
    """Return the condition that one of the claims stands in the pair."""
    return sa.or_(
        queries.among(session, RelationRow.left_id, claim_ids), queries.among(session, RelationRow.right_id, claim_ids)
    )


def pair_of(row: RelationRow) -> RelatedPair:
    """Return the pair that a row keeps."""
    return RelatedPair(
        left=row.left_id,
        right=row.right_id,
        relation=row.relation,
        kind=row.kind,
        confidence=row.confidence,
        reasons=row.reasons,
        kinship=row.kinship,
    )
