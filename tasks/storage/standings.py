"""How findings stand, and how they stood when a run last ended: one row for a finding, kept while it lives."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tasks.model.claim import Entity, EntityKind, Voice
from tasks.model.finding import Status
from tasks.storage import queries
from tasks.storage.articles import seen_by
from tasks.storage.change_tables import StandingRow
from tasks.storage.findings import speaking_of
from tasks.storage.tables import ArticleRow, ClaimRow, FindingAliasRow, FindingMemberRow, FindingRow

AT_ONCE = 500  # findings that are held at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a finding stands: its status, who is named as its sources, and which outlets carry it."""

    finding_id: str
    statement: str
    status: Status
    sources: tuple[str, ...]
    outlets: tuple[str, ...]


def find_touched(session: Session, run_id: str) -> set[str]:
    """Return the findings that the articles of a run speak of."""
    return set(session.scalars(speaking_of(ClaimRow.article_id.in_(seen_by(run_id)))))


def portions(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the ids, some at a time."""
    yield from (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def load_now(session: Session, ids: Collection[str]) -> list[Standing]:
    """Return how findings stand now, those that are there."""
    query = (
        sa.select(FindingRow.id, FindingRow.statement, FindingRow.status, ArticleRow.outlet)
        .add_columns(ClaimRow.entities, ClaimRow.resolved, ClaimRow.voice)
        .join(FindingMemberRow, FindingMemberRow.finding_id == FindingRow.id)
        .join(ClaimRow, ClaimRow.id == FindingMemberRow.claim_id)
        .join(ArticleRow, ArticleRow.id == ClaimRow.article_id)
        .where(queries.among(session, FindingRow.id, ids))
    )
    told: dict[str, tuple[str, Status]] = {}
    names: dict[str, set[str]] = {}
    outlets: dict[str, set[str]] = {}
    for row in session.execute(query):
        told[row.id] = (row.statement, row.status)
        outlets.setdefault(row.id, set()).add(row.outlet)
        spoken = names.setdefault(row.id, set())
        if row.voice is Voice.SOURCE and row.resolved and row.entities:
            spoken.add(name_of(row.entities))
    return [
        Standing(
            finding_id=key,
            statement=statement,
            status=status,
            sources=tuple(sorted(names[key])),
            outlets=tuple(sorted(outlets[key] - {""})),
        )
        for key, (statement, status) in sorted(told.items())
    ]


def name_of(entities: Sequence[Entity]) -> str:
    """Return who speaks: the one person among those named, who speaks for the others, else the first of them."""
    people = [entity.name for entity in entities if entity.kind is EntityKind.PERSON]
    return people[0] if len(people) == 1 else entities[0].name


def load_standings(session: Session, ids: Collection[str]) -> dict[str, Standing]:
    """Return how findings stood when a run last ended, by their ids."""
    rows = session.scalars(sa.select(StandingRow).where(queries.among(session, StandingRow.finding_id, ids)))
    return {row.finding_id: standing_of(row) for row in rows}


def load_fallen(session: Session, ids: Collection[str] | None = None) -> dict[str, Standing]:
    """Return how those findings stood that are there no longer, by their ids in order: some, or all."""
    alive = sa.exists().where(FindingRow.id == StandingRow.finding_id)
    query = sa.select(StandingRow).where(~alive).order_by(StandingRow.finding_id)
    if ids is not None:
        query = query.where(queries.among(session, StandingRow.finding_id, ids))
    rows = session.scalars(query)
    return {row.finding_id: standing_of(row) for row in rows}


def find_heirs(session: Session, ids: Collection[str]) -> dict[str, str]:
    """Return for each id that leads to a finding which is there that finding."""
    query = sa.select(FindingAliasRow.alias, FindingAliasRow.finding_id)
    there = query.join(FindingRow, FindingRow.id == FindingAliasRow.finding_id)
    return dict(session.execute(there.where(queries.among(session, FindingAliasRow.alias, ids))).tuples().all())


def standing_of(row: StandingRow) -> Standing:
    """Return the standing that a row keeps."""
    return Standing(
        finding_id=row.finding_id,
        statement=row.statement,
        status=row.status,
        sources=row.sources,
        outlets=row.outlets,
    )


def save_standings(session: Session, standings: Iterable[Standing]) -> None:
    """Note how findings stand."""
    queries.write_over(session, StandingRow, [asdict(one) for one in standings], keep=[])


def drop_standings(session: Session, ids: Collection[str]) -> None:
    """Forget how findings stood."""
    session.execute(sa.delete(StandingRow).where(queries.among(session, StandingRow.finding_id, ids)))


def follow_purge(session: Session, gone: Collection[str], built: Collection[str]) -> None:
    """Let what was known of findings that a purge took go to those that hold the rest of their claims.

    A finding whose earliest claim was purged has another id, and is not new for that; one that is gone is no news, and
    neither is how those stand that were built anew without what was purged.
    """
    fallen = load_fallen(session, gone)
    heirs = find_heirs(session, fallen)
    known = load_standings(session, set(heirs.values()))
    for key in sorted(heirs, reverse=True):  # of several the smallest id stays, as a comparison would have it
        if heirs[key] not in known:
            save_standings(session, [replace(fallen[key], finding_id=heirs[key])])
    drop_standings(session, fallen)
    noted = load_standings(session, built)
    save_standings(session, [standing for standing in load_now(session, built) if standing.finding_id in noted])
