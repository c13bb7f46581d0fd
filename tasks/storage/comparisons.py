"""Relations between claims: storing them, and the claims that hang together through them.

A comparison is stored in one transaction, in this order: `save_relations`, `mark_compared`, `load_component`, then
`save_findings` with what was built from the component.
"""

from collections.abc import Collection, Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tasks.model.finding import RelatedPair, Relation
from tasks.storage import queries
from tasks.storage.tables import ClaimRow, FindingMemberRow, RelationRow

ALL_RELATIONS = frozenset(Relation)


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


def load_component(
    session: Session, claim_ids: Collection[str], through: Collection[Relation] = ALL_RELATIONS
) -> tuple[set[str], list[RelatedPair]]:
    """Return the claims that hang together with the given ones, step by step, and all pairs among them.

    Claims hang together by a relation of the kinds to go through, and by a finding that they share: when claims are
    judged anew, their old findings must come along whole.
    """
    found = set(claim_ids)
    frontier = found
    while frontier:
        pairs = session.execute(
            sa.select(RelationRow.left_id, RelationRow.right_id).where(
                touching(session, frontier), RelationRow.relation.in_(through)
            )
        )
        frontier = {claim_id for pair in pairs for claim_id in pair} | find_fellows(session, frontier)
        frontier -= found
        found |= frontier
    # The other end is looked at here: SQLite would try every left id with every right one.
    own = queries.among(session, RelationRow.left_id, found)
    rows = session.scalars(sa.select(RelationRow).where(own).order_by(RelationRow.left_id, RelationRow.right_id))
    return found, [pair_of(row) for row in rows if row.right_id in found]


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
