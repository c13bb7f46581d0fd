"""The tables of reading: what articles were read from, what feeds have shown, how outlets do."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tasks.storage.tables import Base, owned_by


class RawRow(Base):
    """The bytes of one document, packed, once for all articles that were read from them."""

    __tablename__ = "raw_bytes"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    packed: Mapped[bytes]


class CaptureRow(Base):
    """From which bytes an article was read, and how they came; the bytes themselves may not be kept."""

    __tablename__ = "article_captures"

    article_id: Mapped[str] = owned_by("articles.id")
    sha256: Mapped[str] = mapped_column(index=True)
    size: Mapped[int]
    fetched_at: Mapped[datetime]
    parser: Mapped[str]
    url_final: Mapped[str]
    status: Mapped[int]
    headers: Mapped[dict[str, str]]


class FeedRow(Base):
    """A feed, and what its server said when it was last read in full."""

    __tablename__ = "feeds"

    id: Mapped[str] = mapped_column(primary_key=True)  # made from the address
    url: Mapped[str]
    etag: Mapped[str]
    last_modified: Mapped[str]
    sha256: Mapped[str]  # of its body: some servers know neither of the two


class FeedEntryRow(Base):
    """An entry that a feed has shown; one whose page is yet to be read keeps what the feed said of it."""

    __tablename__ = "feed_entries"
    __table_args__ = (sa.Index(None, "due_at"),)

    feed_id: Mapped[str] = owned_by("feeds.id")
    key: Mapped[str] = mapped_column(primary_key=True, index=True)  # made from the address of its page, or its text
    stamp: Mapped[str]  # made from what the feed says of it: another one, and its page is read again
    seen_at: Mapped[datetime]
    said: Mapped[dict[str, Any] | None]  # None: nothing is left to do
    due_at: Mapped[datetime | None]  # when its page may be asked for again
    tries: Mapped[int]  # that failed
    reason: Mapped[str]  # of the last failure


class OutletHealthRow(Base):
    """How reading one outlet has gone; an article counts when it is stored first, a failure once in each run."""

    __tablename__ = "outlet_health"

    id: Mapped[str] = mapped_column(primary_key=True)  # made from the host, or from the name where there is none
    name: Mapped[str]
    host: Mapped[str]
    fetched: Mapped[int]
    failed: Mapped[int]
    empty: Mapped[int]
    other: Mapped[int]
    characters: Mapped[int] = mapped_column(sa.BigInteger)
    last_success_at: Mapped[datetime | None]
    last_failure_at: Mapped[datetime | None]
    last_reason: Mapped[str]
    failing_runs: Mapped[int]  # in a row, in which something of it failed and nothing new came
    troubled_at: Mapped[datetime | None]  # when the last of them began


class InHandRow(Base):
    """An article that a process is extracting, or was when it ended; the article itself may not be stored yet."""

    __tablename__ = "articles_in_hand"

    article_id: Mapped[str] = mapped_column(primary_key=True)
    process: Mapped[str]  # machine, number and beginning
    since: Mapped[datetime]


class PurgedRow(Base):
    """An article of a file that was purged: its file may still lie in the inbox, and is not new."""

    __tablename__ = "purged_articles"

    article_id: Mapped[str] = mapped_column(primary_key=True)
