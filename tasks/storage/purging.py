"""Purging: what is old, and taking it out with all that hangs on it.

The age of an article is the time since it was last met: retrieved, or seen by a run. The date that a page gives itself
may be wrong, and an old page that was read yesterday is news here.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tasks.model.run import RUNNING
from tasks.storage import queries
from tasks.storage.notice_tables import NoticedClaimRow, NoticeRow
from tasks.storage.reading_tables import CaptureRow, FeedEntryRow, InHandRow, PurgedRow, RawRow
from tasks.storage.tables import ArticleRow, Base, ClaimRow, FindingMemberRow, RelationRow, RunArticleRow, RunRow
from tasks.storage.versions import number_versions, supersede

ABANDONED: Final = timedelta(days=7)  # a run that says for so long that it is running was killed


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """What counts as old: everything last met before a moment, but for the runs that are at work."""

    before: datetime
    now: datetime

    def is_recent(self) -> sa.ColumnElement[bool]:
        """Return the condition that a run is not old."""
        at_work = sa.and_(RunRow.status == RUNNING, RunRow.started_at >= self.now - ABANDONED)
        return sa.or_(RunRow.started_at >= self.before, at_work)

    def is_old(self) -> sa.ColumnElement[bool]:
        """Return the condition that an article was retrieved long ago and met by no recent run."""
        met = sa.exists().where(
            RunArticleRow.article_id == ArticleRow.id, RunArticleRow.run_id == RunRow.id, self.is_recent()
        )
        return sa.and_(ArticleRow.retrieved_at < self.before, ~met)


def find_old_articles(session: Session, age: Age) -> list[str]:
    """Return the ids of the articles that are old, the oldest first."""
    query = sa.select(ArticleRow.id).where(age.is_old())
    return list(session.scalars(query.order_by(ArticleRow.retrieved_at, ArticleRow.id)))


def still_old(session: Session, age: Age, article_ids: Collection[str]) -> set[str]:
    """Return those of the articles that are stored and old: since they were found, a run may have met them."""
    query = sa.select(ArticleRow.id).where(queries.among(session, ArticleRow.id, article_ids), age.is_old())
    return set(session.scalars(query))


def find_old_runs(session: Session, age: Age) -> list[str]:
    """Return the ids of the runs that are old, the oldest first; the newest of all stays, to tell what is stored."""
    newest = sa.select(RunRow.id).order_by(RunRow.started_at.desc(), RunRow.id.desc()).limit(1).scalar_subquery()
    query = sa.select(RunRow.id).where(~age.is_recent(), RunRow.id != newest)
    return list(session.scalars(query.order_by(RunRow.started_at, RunRow.id)))


def find_claims(session: Session, article_ids: Collection[str]) -> set[str]:
    """Return the ids of the claims of articles."""
    return set(session.scalars(sa.select(ClaimRow.id).where(queries.among(session, ClaimRow.article_id, article_ids))))


def find_findings(session: Session, claim_ids: Collection[str]) -> set[str]:
    """Return the ids of the findings in which one of the claims stands."""
    member = FindingMemberRow
    return set(session.scalars(sa.select(member.finding_id).where(queries.among(session, member.claim_id, claim_ids))))


def count_relations(session: Session, claim_ids: Collection[str]) -> int:
    """Return in how many pairs one of the claims stands."""
    left = queries.among(session, RelationRow.left_id, claim_ids)
    right = queries.among(session, RelationRow.right_id, claim_ids)
    return count(session, RelationRow, sa.or_(left, right))


def count_bytes(session: Session, article_ids: Collection[str]) -> int:
    """Return how many documents only these articles were read from."""
    own = queries.among(session, CaptureRow.article_id, article_ids)
    theirs = sa.select(CaptureRow.sha256).where(own)
    others = sa.exists().where(CaptureRow.sha256 == RawRow.sha256, ~own)
    return count(session, RawRow, sa.and_(RawRow.sha256.in_(theirs), ~others))


def count(session: Session, table: type[Base], which: sa.ColumnElement[bool]) -> int:
    """Return how many rows of a table these are."""
    return session.scalar(sa.select(sa.func.count()).select_from(table).where(which)) or 0


def find_orphans(session: Session, article_ids: Collection[str]) -> dict[str, set[str]]:
    """Return for each of the articles with which a text began the copies of it that are not among them."""
    copies = queries.among(session, ArticleRow.copy_of, article_ids)
    staying = ~queries.among(session, ArticleRow.id, article_ids)
    found: dict[str, set[str]] = {}
    for root, copy in session.execute(sa.select(ArticleRow.copy_of, ArticleRow.id).where(copies, staying)):
        found.setdefault(root, set()).add(copy)
    return found


def remove_articles(session: Session, article_ids: Collection[str]) -> None:
    """Remove articles with their claims, relations and bytes; an older text of a page may be its newest again.

    Their findings must have been built anew before: what is left of one would otherwise count what is gone.
    """
    own = queries.among(session, ArticleRow.id, article_ids)
    rows = session.execute(sa.select(ArticleRow.id, ArticleRow.url_key, ArticleRow.path).where(own)).all()
    captured = queries.among(session, CaptureRow.article_id, article_ids)
    digests = set(session.scalars(sa.select(CaptureRow.sha256).where(captured)))
    told_of = queries.among(session, NoticedClaimRow.claim_id, find_claims(session, article_ids))
    session.execute(sa.delete(NoticedClaimRow).where(told_of))
    queries.write_new(session, PurgedRow, [{"article_id": row.id} for row in rows if row.path])
    session.execute(sa.delete(ArticleRow).where(own))
    named = sa.exists().where(CaptureRow.sha256 == RawRow.sha256)
    session.execute(sa.delete(RawRow).where(queries.among(session, RawRow.sha256, digests), ~named))
    pages = {row.url_key for row in rows} - {""}
    number_versions(session, pages)
    supersede(session, pages)


def find_purged(session: Session, article_ids: Collection[str]) -> set[str]:
    """Return those of the articles that were purged and have not been stored again since."""
    stored = sa.exists().where(ArticleRow.id == PurgedRow.article_id)
    mine = queries.among(session, PurgedRow.article_id, article_ids)
    return set(session.scalars(sa.select(PurgedRow.article_id).where(mine, ~stored)))


def remove_runs(session: Session, run_ids: Collection[str]) -> None:
    """Remove the records of runs, with what they set aside; no article goes with them."""
    session.execute(sa.delete(RunRow).where(queries.among(session, RunRow.id, run_ids)))


def is_stale(age: Age) -> sa.ColumnElement[bool]:
    """Return the condition that an entry of a feed has waited for so long that nobody will read it."""
    return sa.and_(FeedEntryRow.due_at.is_not(None), FeedEntryRow.seen_at < age.before)


def count_stale_entries(session: Session, age: Age) -> int:
    """Return how many entries of feeds wait in vain."""
    return count(session, FeedEntryRow, is_stale(age))


def close_stale_entries(session: Session, age: Age) -> int:
    """Drop what feeds said of entries that nobody will read, and return how many there were.

    What names an entry stays, here and where its article is purged: a feed that still shows it would bring it as new.
    `tasks.storage.feeds.forget` drops the names that a feed shows no longer.
    """
    closed: Any = session.execute(sa.update(FeedEntryRow).where(is_stale(age)).values(said=None, due_at=None))
    return int(closed.rowcount)


def forget_traces(session: Session, age: Age) -> None:
    """Drop what was told long ago and no claim is left of, and which process had an article in hand then."""
    known = sa.exists().where(NoticedClaimRow.notice_id == NoticeRow.id)
    told = NoticeRow.told_at.is_not(None), NoticeRow.noticed_at < age.before
    session.execute(sa.delete(NoticeRow).where(*told, ~known))
    session.execute(sa.delete(InHandRow).where(InHandRow.since < age.before))
