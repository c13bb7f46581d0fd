"""Findings: replacing those that new claims have changed, and following the ids of those that merged."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tasks.model.finding import READING_ORDER, Finding, Member, RelatedPair
from tasks.storage import queries
from tasks.storage.articles import seen_by
from tasks.storage.comparisons import pair_of
from tasks.storage.tables import (
    ClaimRow,
    FindingAliasRow,
    FindingMemberRow,
    FindingPairRow,
    FindingRow,
    RelationRow,
)


def save_findings(session: Session, findings: Iterable[Finding], over_claims: Collection[str]) -> None:
    """Replace the findings of these claims; an id that goes leads to the finding that now holds its claims.

    The pairs that findings show must be stored already. `over_claims` holds the members of the findings to replace, as
    `load_component` gives them: a finding replaced by half would lose claims unseen.
    """
    fresh = {finding.id: finding for finding in findings}
    old = load_member_ids(session, over_claims)
    lost = set().union(*old.values()) - set(over_claims)
    if lost:
        raise ValueError(f"findings would be replaced in part: {len(lost)} of their claims are not among those given")
    # One of the same id can be left over from an article that was read anew; its claims wait to be compared again.
    session.execute(sa.delete(FindingRow).where(queries.among(session, FindingRow.id, old.keys() | fresh.keys())))
    queries.write(session, sa.insert(FindingRow), [values_of(finding) for finding in fresh.values()])
    queries.write(session, sa.insert(FindingMemberRow), [row for item in fresh.values() for row in members_of(item)])
    queries.write(session, sa.insert(FindingPairRow), [row for item in fresh.values() for row in pairs_of(item)])
    gone = {finding_id: members for finding_id, members in old.items() if finding_id not in fresh}
    save_aliases(session, gone, fresh.values())


def load_member_ids(session: Session, claim_ids: Collection[str]) -> dict[str, set[str]]:
    """Return all members of each finding in which one of the claims stands."""
    own = sa.select(FindingMemberRow.finding_id).where(queries.among(session, FindingMemberRow.claim_id, claim_ids))
    query = sa.select(FindingMemberRow.finding_id, FindingMemberRow.claim_id)
    found: dict[str, set[str]] = {}
    for finding_id, claim_id in session.execute(query.where(FindingMemberRow.finding_id.in_(own))):
        found.setdefault(finding_id, set()).add(claim_id)
    return found


def values_of(finding: Finding) -> dict[str, Any]:
    """Return the columns of a finding."""
    return {
        "id": finding.id,
        "statement": finding.statement,
        "status": finding.status,
        "first_seen": finding.first_seen,
        "last_seen": finding.last_seen,
        "origins": finding.origins,
        "carriers": finding.carriers,
        "reckoning": finding.reckoning,
    }


def members_of(finding: Finding) -> list[dict[str, Any]]:
    """Return the rows of the finding's claims."""
    return [
        {
            "finding_id": finding.id,
            "claim_id": member.claim_id,
            "side": member.side,
            "stake": member.stake,
            "stake_reason": member.stake_reason,
            "place": place,
        }
        for place, member in enumerate(finding.members)
    ]


def pairs_of(finding: Finding) -> list[dict[str, Any]]:
    """Return the rows of the pairs that the finding shows."""
    return [
        {"finding_id": finding.id, "left_id": pair.left, "right_id": pair.right, "place": place}
        for place, pair in enumerate(finding.pairs)
    ]


def find_members(session: Session, article_ids: Collection[str]) -> set[str]:
    """Return those of the articles' claims that take part in a finding."""
    own = sa.select(ClaimRow.id).where(queries.among(session, ClaimRow.article_id, article_ids))
    return set(session.scalars(sa.select(FindingMemberRow.claim_id).where(FindingMemberRow.claim_id.in_(own))))


def save_aliases(session: Session, gone: Mapping[str, set[str]], fresh: Iterable[Finding]) -> None:
    """Make each id that is gone, and what led to it, lead to its heir; an id that lives again leads nowhere else."""
    fresh = list(fresh)
    owners = {member.claim_id: finding.id for finding in fresh for member in finding.members}
    found = {finding_id: find_heir(finding_id, members, owners) for finding_id, members in sorted(gone.items())}
    rows = [{"old": finding_id, "heir": heir} for finding_id, heir in found.items() if heir]
    moved = sa.update(FindingAliasRow).where(FindingAliasRow.finding_id == sa.bindparam("old"))
    queries.write(session, moved.values(finding_id=sa.bindparam("heir")), rows)
    aliases = [{"alias": row["old"], "finding_id": row["heir"]} for row in rows]
    queries.write_over(session, FindingAliasRow, aliases, keep=[])
    alive = queries.among(session, FindingAliasRow.alias, [finding.id for finding in fresh])
    heirless = queries.among(session, FindingAliasRow.finding_id, [key for key, heir in found.items() if not heir])
    session.execute(sa.delete(FindingAliasRow).where(sa.or_(alive, heirless)))


def find_heir(finding_id: str, members: Collection[str], owners: Mapping[str, str]) -> str:
    """Return the finding that holds the claim of this id, else the one that holds most of its claims, "" for none."""
    if finding_id in owners:
        return owners[finding_id]
    shares = Counter(owners[claim_id] for claim_id in sorted(members) if claim_id in owners)
    return min(shares, key=lambda heir: (-shares[heir], heir), default="")


def resolve_finding(session: Session, finding_id: str) -> str | None:
    """Return the id under which the finding is kept today; None where there is none."""
    alias = session.scalar(sa.select(FindingAliasRow.finding_id).where(FindingAliasRow.alias == finding_id))
    return session.scalar(sa.select(FindingRow.id).where(FindingRow.id == (alias or finding_id)))


def load_findings(
    session: Session,
    *,
    article_ids: Collection[str] | None = None,
    run_id: str | None = None,
    ids: Collection[str] | None = None,
) -> list[Finding]:
    """Return findings by time: those that speak of some articles, or of those a run saw, those named, or all."""
    query = sa.select(FindingRow).order_by(FindingRow.first_seen, FindingRow.id)
    if ids is not None:
        query = query.where(queries.among(session, FindingRow.id, ids))
    if article_ids is not None:
        query = query.where(FindingRow.id.in_(speaking_of(queries.among(session, ClaimRow.article_id, article_ids))))
    if run_id is not None:
        query = query.where(FindingRow.id.in_(speaking_of(ClaimRow.article_id.in_(seen_by(run_id)))))
    rows = session.scalars(query).all()
    ids = [row.id for row in rows]
    members, pairs = load_members(session, ids), load_pairs(session, ids)
    return [finding_of(row, members.get(row.id, []), pairs.get(row.id, [])) for row in rows]


def rank_findings(session: Session, run_id: str) -> list[str]:
    """Return the ids of the findings that the articles of a run speak of: contested ones first, then large ones."""
    order = sa.case({status: place for place, status in enumerate(READING_ORDER)}, value=FindingRow.status)
    size = sa.func.count(FindingMemberRow.claim_id)
    query = sa.select(FindingRow.id).join(FindingMemberRow, FindingMemberRow.finding_id == FindingRow.id)
    query = query.where(FindingRow.id.in_(speaking_of(ClaimRow.article_id.in_(seen_by(run_id)))))
    return list(session.scalars(query.group_by(FindingRow.id).order_by(order, size.desc(), FindingRow.id)))


def speaking_of(claims: sa.ColumnElement[bool]) -> sa.Select[tuple[str]]:
    """Return the query for the findings in which one of the claims stands."""
    return sa.select(FindingMemberRow.finding_id).join(ClaimRow, ClaimRow.id == FindingMemberRow.claim_id).where(claims)


def load_members(session: Session, finding_ids: Collection[str]) -> dict[str, list[Member]]:
    """Return the members of each finding in their order."""
    query = sa.select(FindingMemberRow).order_by(FindingMemberRow.finding_id, FindingMemberRow.place)
    found: dict[str, list[Member]] = {}
    for row in session.scalars(query.where(queries.among(session, FindingMemberRow.finding_id, finding_ids))):
        found.setdefault(row.finding_id, []).append(member_of(row))
    return found


def member_of(row: FindingMemberRow) -> Member:
    """Return the member that a row keeps."""
    return Member(claim_id=row.claim_id, side=row.side, stake=row.stake, stake_reason=row.stake_reason)


def load_pairs(session: Session, finding_ids: Collection[str]) -> dict[str, list[RelatedPair]]:
    """Return the pairs of each finding in their order."""
    same = sa.and_(FindingPairRow.left_id == RelationRow.left_id, FindingPairRow.right_id == RelationRow.right_id)
    query = sa.select(FindingPairRow.finding_id, RelationRow).join(RelationRow, same)
    wanted = queries.among(session, FindingPairRow.finding_id, finding_ids)
    found: dict[str, list[RelatedPair]] = {}
    for finding_id, row in session.execute(
        query.where(wanted).order_by(FindingPairRow.finding_id, FindingPairRow.place)
    ):
        found.setdefault(finding_id, []).append(pair_of(row))
    return found


def finding_of(row: FindingRow, members: Sequence[Member], pairs: Sequence[RelatedPair]) -> Finding:
    """Return the finding that a row keeps, with its members and pairs.

    A claim that left it, and waits for the next comparison to build it anew, counts among its origins no longer.
    """
    held = {member.claim_id for member in members}
    kept = [(origin, tuple(filter(held.__contains__, origin.claim_ids))) for origin in row.origins]
    return Finding(
        id=row.id,
        statement=row.statement,
        status=row.status,
        members=tuple(members),
        origins=tuple(replace(origin, claim_ids=ids) for origin, ids in kept if ids),
        pairs=tuple(pairs),
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        carriers=row.carriers,
        reckoning=row.reckoning,
    )
