"""The record of runs: when each began and ended, with what, and what it set aside."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tasks.model.article import SetAside, content_id
from tasks.model.run import CANCELLED, INTERRUPTED, RUNNING, Run
from tasks.storage import queries
from tasks.storage.columns import printable
from tasks.storage.tables import RunArticleRow, RunRow, RunSetAsideRow


def start_run(session: Session, run_id: str, flow: str, started_at: datetime, details: Mapping[str, str]) -> None:
    """Note that a run has begun; a run that is tried again keeps its first beginning."""
    row = {"id": run_id, "flow": flow, "started_at": started_at, "details": dict(details)}
    queries.write_over(session, RunRow, [row | {"finished_at": None, "status": RUNNING}], keep=["started_at"])


def finish_run(session: Session, run_id: str, status: str, finished_at: datetime) -> None:
    """Note how and when a run ended."""
    session.execute(sa.update(RunRow).where(RunRow.id == run_id).values(status=status, finished_at=finished_at))


def find_running(session: Session) -> list[Run]:
    """Return the runs that are noted as running, the oldest first; a killed one may be among them."""
    query = sa.select(RunRow).where(RunRow.status == RUNNING).order_by(RunRow.started_at, RunRow.id)
    return [run_of(row) for row in session.scalars(query)]


def settle_run(session: Session, run_id: str, status: str, finished_at: datetime) -> bool:
    """Note how a run ended that could not say it itself, and return whether that was news.

    What a run said itself stays, but that it was interrupted: why, only who did it can tell.
    """
    open_ends = {RUNNING, INTERRUPTED} - {status} if status == CANCELLED else {RUNNING}
    ended = sa.update(RunRow).where(RunRow.id == run_id, RunRow.status.in_(open_ends))
    result = session.execute(ended.values(status=status, finished_at=finished_at).returning(RunRow.id))
    return result.first() is not None


def started_at(session: Session, run_id: str) -> datetime:
    """Return when a run began."""
    began: datetime = session.scalars(sa.select(RunRow.started_at).where(RunRow.id == run_id)).one()
    return began


def load_run(session: Session, run_id: str | None = None) -> Run | None:
    """Return the run with this id, or the newest one; None where there is none."""
    query = sa.select(RunRow).order_by(RunRow.started_at.desc(), RunRow.id.desc()).limit(1)
    row = session.scalar(query if run_id is None else query.where(RunRow.id == run_id))
    return None if row is None else run_of(row)


def list_runs(session: Session) -> list[Run]:
    """Return all runs, the newest first."""
    query = sa.select(RunRow).order_by(RunRow.started_at.desc(), RunRow.id.desc())
    return [run_of(row) for row in session.scalars(query)]


def find_runs_of(session: Session, article_ids: Collection[str], most: int) -> list[Run]:
    """Return the newest runs that saw one of the articles, the newest first."""
    saw = sa.select(RunArticleRow.run_id).where(queries.among(session, RunArticleRow.article_id, article_ids))
    query = sa.select(RunRow).where(RunRow.id.in_(saw)).order_by(RunRow.started_at.desc(), RunRow.id.desc())
    return [run_of(row) for row in session.scalars(query.limit(most))]


def run_of(row: RunRow) -> Run:
    """Return the run that a row keeps."""
    return Run(
        id=row.id,
        flow=row.flow,
        started_at=row.started_at,
        finished_at=row.finished_at,
        status=row.status,
        details=row.details,
    )


def save_set_asides(session: Session, run_id: str, set_asides: Iterable[SetAside]) -> list[SetAside]:
    """Note what a run set aside, and return what was not noted before; the same input twice is one row."""
    given = {content_id(item.name, item.reason, item.detail, item.sha256): item for item in set_asides}
    mine = RunSetAsideRow.run_id == run_id
    noted = session.scalars(sa.select(RunSetAsideRow.id).where(mine, queries.among(session, RunSetAsideRow.id, given)))
    for key in noted.all():
        del given[key]
    rows = [
        {
            "run_id": run_id,
            "id": key,
            "name": printable(item.name),
            "reason": item.reason,
            "detail": printable(item.detail),
            "sha256": item.sha256,
        }
        for key, item in given.items()
    ]
    queries.write_new(session, RunSetAsideRow, rows)
    return list(given.values())


def load_set_asides(session: Session, run_id: str) -> list[SetAside]:
    """Return what a run set aside, by name."""
    order = (RunSetAsideRow.name, RunSetAsideRow.id)
    rows = session.scalars(sa.select(RunSetAsideRow).where(RunSetAsideRow.run_id == run_id).order_by(*order))
    return [SetAside(name=row.name, reason=row.reason, detail=row.detail, sha256=row.sha256) for row in rows]
