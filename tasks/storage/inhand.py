"""Which articles are being extracted, and by which process: what is left over tells on what a process ended."""

from collections.abc import Collection, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tasks.storage import queries
from tasks.storage.reading_tables import InHandRow

Holder = tuple[str, datetime]  # which process, and since when


def find_holders(session: Session, article_ids: Collection[str]) -> Mapping[str, Holder]:
    """Return who had which of these articles in hand last, those that are stored since left out."""
    rows = session.scalars(sa.select(InHandRow).where(queries.among(session, InHandRow.article_id, article_ids)))
    return {row.article_id: (row.process, row.since) for row in rows}


def take_in_hand(session: Session, article_ids: Collection[str], process: str, now: datetime) -> None:
    """Note that a process extracts these articles from now on."""
    rows = [{"article_id": article, "process": process, "since": now} for article in sorted(article_ids)]
    queries.write_over(session, InHandRow, rows, keep=[])


def let_go(session: Session, article_ids: Collection[str]) -> None:
    """Forget who had these articles in hand: they are stored."""
    session.execute(sa.delete(InHandRow).where(queries.among(session, InHandRow.article_id, article_ids)))
