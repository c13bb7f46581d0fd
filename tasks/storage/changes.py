"""What is new against the runs before: noted in the transaction that ends a run, and never reckoned again.

How each finding stood when a run last ended is kept, one row for a finding, so that a run only looks at the findings
that its own articles speak of. What it finds otherwise is stored under the run: its report says the same for ever,
whatever later runs bring. A finding is known again by its id; one whose id led elsewhere since went into that finding.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tasks.model.change import Change, Difference, Since
from tasks.model.notice import Matter
from tasks.model.run import COMPLETED
from tasks.storage import queries
from tasks.storage.articles import load_articles, seen_by
from tasks.storage.change_tables import RunChangeRow
from tasks.storage.health import load_some
from tasks.storage.notice_tables import NoticeRow
from tasks.storage.standings import (
    Standing,
    drop_standings,
    find_heirs,
    find_touched,
    load_fallen,
    load_now,
    load_standings,
    portions,
    save_standings,
)
from tasks.storage.tables import ArticleRow, RunArticleRow, RunRow


def note_changes(session: Session, run_id: str) -> None:
    """Note how the findings of a run stand at its end, and, where a run came before, what is new against it."""
    run = session.get_one(RunRow, run_id)
    before = find_run_before(session, run_id)
    fallen = load_fallen(session)
    heirs = find_heirs(session, fallen)
    found: list[Difference] = []
    for ids in portions(sorted(find_touched(session, run_id) | set(heirs.values()))):
        now = load_now(session, ids)
        former = load_standings(session, ids)
        found += (one for standing in now for one in compare(standing, former, fallen, heirs))
        save_standings(session, [standing for standing in now if former.get(standing.finding_id) != standing])
    found += (ended(one) for key, one in fallen.items() if key not in heirs)
    drop_standings(session, fallen)
    if before is not None:
        found += [*find_edited(session, run_id), *find_failing(session, run.started_at)]
        queries.write_new(session, RunChangeRow, [values_of(run_id, one) for one in found])
    run.compared_with = "" if before is None else before.isoformat()


def find_run_before(session: Session, run_id: str) -> datetime | None:
    """Return when the run began that ended last before this one; None where none has."""
    others = sa.select(RunRow.started_at).where(RunRow.id != run_id, RunRow.status == COMPLETED)
    found: datetime | None = session.scalar(others.order_by(RunRow.finished_at.desc(), RunRow.id.desc()).limit(1))
    return found


def load_since(session: Session, run_id: str) -> Since | None:
    """Return what was noted as new at the end of a run; None where nothing was noted, since it did not end well."""
    told = session.scalar(sa.select(RunRow.compared_with).where(RunRow.id == run_id))
    if told is None:
        return None
    query = sa.select(RunChangeRow).where(RunChangeRow.run_id == run_id).order_by(RunChangeRow.subject)
    differences = tuple(difference_of(row) for row in session.scalars(query))
    return Since(before=datetime.fromisoformat(told) if told else None, differences=differences)


def compare(
    now: Standing, former: Mapping[str, Standing], fallen: Mapping[str, Standing], heirs: Mapping[str, str]
) -> Iterator[Difference]:
    """Yield what is otherwise with a finding.

    Where only its id is another, since an earlier report came to it, the first of those that went into it was itself.
    """
    joined = [fallen[key] for key in sorted(heirs) if heirs[key] == now.finding_id]
    before = former.get(now.finding_id) or next(iter(joined), None)
    if before is None:
        yield difference(Change.NEW, now)
        return
    known = [before, *joined]
    sources = without(now.sources, (name for one in known for name in one.sources))
    outlets = without(now.outlets, (name for one in known for name in one.outlets))
    if now.status is not before.status:
        yield difference(Change.STATUS, now, before.status, sources, outlets)
    elif sources or outlets:
        yield difference(Change.MORE, now, before.status, sources, outlets)
    for one in joined:
        if one is not before:
            yield Difference(change=Change.MERGED, subject=one.finding_id, words=one.statement, after=now.finding_id)


def difference(
    change: Change, now: Standing, before: str = "", sources: tuple[str, ...] = (), outlets: tuple[str, ...] = ()
) -> Difference:
    """Return what is otherwise with a finding that is there."""
    return Difference(
        change=change,
        subject=now.finding_id,
        words=now.statement,
        before=before,
        after=now.status,
        sources=sources,
        outlets=outlets,
    )


def without(names: Sequence[str], known: Iterable[str]) -> tuple[str, ...]:
    """Return the names that were not known before."""
    former = set(known)
    return tuple(name for name in names if name not in former)


def ended(one: Standing) -> Difference:
    """Return that nothing is left of a finding."""
    return Difference(change=Change.ENDED, subject=one.finding_id, words=one.statement, before=one.status)


def find_edited(session: Session, run_id: str) -> Iterator[Difference]:
    """Yield the articles of a run that are later texts of their page, and that no run which ended well had seen."""
    seen = sa.select(RunArticleRow.article_id).join(RunRow, RunRow.id == RunArticleRow.run_id)
    known = seen.where(RunRow.id != run_id, RunRow.status == COMPLETED)
    query = sa.select(ArticleRow.id).where(ArticleRow.id.in_(seen_by(run_id)), ~ArticleRow.id.in_(known))
    ids = session.scalars(query.where(ArticleRow.version > 1, ~ArticleRow.superseded)).all()
    for one in sorted(load_articles(session, ids=ids), key=lambda article: article.id):
        yield Difference(change=Change.EDITED, subject=one.id, words=one.title, outlets=(one.outlet,))


def find_failing(session: Session, began: datetime) -> Iterator[Difference]:
    """Yield the outlets that began to fail with the run that began at this time."""
    query = sa.select(NoticeRow.subject).where(NoticeRow.matter == Matter.FAILING, NoticeRow.noticed_at == began)
    for key, health in sorted(load_some(session, session.scalars(query).all()).items()):
        yield Difference(change=Change.FAILING, subject=key, words=health.name or health.host)


def values_of(run_id: str, one: Difference) -> dict[str, Any]:
    """Return the columns of something that a run found otherwise."""
    return {
        "run_id": run_id,
        "subject": one.subject,
        "change": one.change,
        "words": one.words,
        "before": one.before,
        "after": one.after,
        "sources": one.sources,
        "outlets": one.outlets,
    }


def difference_of(row: RunChangeRow) -> Difference:
    """Return what a row keeps."""
    return Difference(
        change=row.change,
        subject=row.subject,
        words=row.words,
        before=row.before,
        after=row.after,
        sources=row.sources,
        outlets=row.outlets,
    )
