"""The memory of feeds: what servers said of them, which entries were seen, and which are still to be read."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tasks.model.article import SetAsideReason, content_id
from tasks.storage import queries
from tasks.storage.columns import printable
from tasks.storage.tables import ArticleRow, FeedEntryRow, FeedRow

# How often a page is asked for in all; what is not named here does not pass by itself, and one failure is the last.
TRIES: Final = {SetAsideReason.FETCH_FAILED: 5, SetAsideReason.NOT_FOUND: 3, SetAsideReason.FAILED: 3}
FIRST_WAIT: Final = timedelta(minutes=25)  # doubled after each failure: a schedule of half an hour meets it
KEPT_FOR: Final = timedelta(days=90)  # that an entry is remembered which its feed shows no longer


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What a server said of a feed when it was last read in full."""

    etag: str = ""
    last_modified: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryNote:
    """What is remembered of one entry: what names it, and what it takes to read it."""

    key: str
    stamp: str
    said: Mapping[str, Any]
    is_stored: bool = False  # an article is stored under its address


def load_feed(session: Session, url: str) -> FeedState:
    """Return what is known of a feed."""
    row = session.get(FeedRow, content_id(url))
    return FeedState(etag=row.etag, last_modified=row.last_modified, sha256=row.sha256) if row else FeedState()


def save_feed(session: Session, url: str, state: FeedState, notes: Sequence[EntryNote], now: datetime) -> None:
    """Keep what a feed shows: entries that are new, or told otherwise than before, are still to be read.

    A new entry whose page is stored already is done: somebody named the page before.
    """
    feed = content_id(url)
    queries.write_over(session, FeedRow, [{"id": feed, "url": printable(url), **asdict(state)}], keep=[])
    seen = stamps_of(session, feed)
    given = {note.key: note for note in notes}
    changed = [note for key, note in given.items() if seen.get(key) != note.stamp]
    rows = [row_of(feed, note, now, is_open=note.key in seen or not note.is_stored) for note in changed]
    queries.write_over(session, FeedEntryRow, rows, keep=["seen_at"])
    forget(session, feed, given, now - KEPT_FOR)


def row_of(feed: str, note: EntryNote, now: datetime, *, is_open: bool) -> dict[str, Any]:
    """Return the columns of an entry."""
    return {
        "feed_id": feed,
        "key": note.key,
        "stamp": note.stamp,
        "seen_at": now,
        "said": dict(note.said) if is_open else None,
        "due_at": now if is_open else None,
        "tries": 0,
        "reason": "",
    }


def stamps_of(session: Session, feed: str) -> dict[str, str]:
    """Return the stamp of each entry that a feed has shown."""
    query = sa.select(FeedEntryRow.key, FeedEntryRow.stamp).where(FeedEntryRow.feed_id == feed)
    return dict(session.execute(query).tuples().all())


def forget(session: Session, feed: str, shown: Collection[str], before: datetime) -> None:
    """Remove entries that are done, that the feed shows no longer, and that it showed first long ago."""
    entry = FeedEntryRow
    old = sa.select(entry.key).where(entry.feed_id == feed, entry.due_at.is_(None), entry.seen_at < before)
    gone = set(session.scalars(old)) - set(shown)
    session.execute(sa.delete(entry).where(entry.feed_id == feed, queries.among(session, entry.key, gone)))


def find_due(session: Session, urls: Iterable[str], now: datetime) -> list[dict[str, Any]]:
    """Return what it takes to read each entry of the feeds whose time has come, the first seen first."""
    feeds = queries.among(session, FeedEntryRow.feed_id, {content_id(url) for url in urls})
    query = sa.select(FeedEntryRow.said).where(feeds, FeedEntryRow.due_at <= now)
    return [said for said in session.scalars(query.order_by(FeedEntryRow.seen_at, FeedEntryRow.key)) if said]


def save_tries(session: Session, outcomes: Iterable[tuple[str, str, SetAsideReason | None]], now: datetime) -> None:
    """Note how entries came out, by key, article and reason: done, to be tried again later, or given up."""
    tried = {key: (article_id, reason) for key, article_id, reason in outcomes}
    articles = queries.among(session, ArticleRow.id, {article for article, _ in tried.values() if article})
    stored = set(session.scalars(sa.select(ArticleRow.id).where(articles)))
    open_ones = FeedEntryRow.due_at.is_not(None)
    for row in session.scalars(
        sa.select(FeedEntryRow).where(open_ones, queries.among(session, FeedEntryRow.key, tried))
    ):
        article_id, reason = tried[row.key]
        if article_id in stored:
            row.said, row.due_at, row.reason = None, None, ""
        else:
            put_off(row, reason or SetAsideReason.ENCODING, now)


def put_off(row: FeedEntryRow, reason: SetAsideReason, now: datetime) -> None:
    """Note a failure, and when the entry is tried again, if it is."""
    row.tries, row.reason = row.tries + 1, reason.value
    if row.tries < TRIES.get(reason, 1):
        row.due_at = now + FIRST_WAIT * 2 ** (row.tries - 1)
    else:
        row.said, row.due_at = None, None
