"""Notices: what is to be told is noted in the transaction that stores it, and kept until the server has its event.

A finding is known again by its claims, not by its id: findings merge, split and get the id of an earlier claim. What
shares a claim with something noticed before is the same matter, and is not told again.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tasks.model.finding import Finding
from tasks.model.notice import Matter, News, Notice, event_id, find_news
from tasks.storage import queries
from tasks.storage.notice_tables import NoticedClaimRow, NoticeRow

Marks = dict[tuple[Matter, str], str]  # kind of matter and claim -> the notice


def note_findings(session: Session, findings: Iterable[Finding], at: datetime) -> None:
    """Note what these findings have to tell that was not noted before."""
    found = [news for finding in findings for news in find_news(finding)]
    marks = load_marks(session, {claim_id for news in found for claim_id in news.claim_ids})
    for news in found:
        holder = min(holders_of(news, marks), default="")
        if not holder:
            holder = event_id(news.matter, min(news.claim_ids), at.isoformat())
            save_notice(session, holder, news.matter, news.finding_id, at)
        new = [claim_id for claim_id in sorted(news.claim_ids) if (news.matter, claim_id) not in marks]
        rows = [{"claim_id": claim_id, "matter": news.matter, "notice_id": holder} for claim_id in new]
        queries.write_new(session, NoticedClaimRow, rows)
        marks |= {(news.matter, claim_id): holder for claim_id in new}


def note_outlet(session: Session, matter: Matter, outlet: str, at: datetime) -> None:
    """Note that an outlet fails, or can be read again."""
    save_notice(session, event_id(matter, outlet, at.isoformat()), matter, outlet, at)


def save_notice(session: Session, notice_id: str, matter: Matter, subject: str, at: datetime) -> None:
    """Store one notice that is still to be told, unless it is there."""
    row = {"id": notice_id, "matter": matter, "subject": subject, "noticed_at": at, "alone": True, "told_in": ""}
    queries.write_new(session, NoticeRow, [row | {"sent_at": None, "told_at": None}])


def load_marks(session: Session, claim_ids: Collection[str]) -> Marks:
    """Return by which notices these claims are marked."""
    wanted = queries.among(session, NoticedClaimRow.claim_id, claim_ids)
    rows = session.scalars(sa.select(NoticedClaimRow).where(wanted))
    return {(row.matter, row.claim_id): row.notice_id for row in rows}


def holders_of(news: News, marks: Marks) -> set[str]:
    """Return the notices that know one of these claims."""
    return {marks[news.matter, claim_id] for claim_id in news.claim_ids if (news.matter, claim_id) in marks}


def find_waiting(session: Session) -> list[Notice]:
    """Return what the server does not have, as far as is known, the oldest first."""
    order = (NoticeRow.noticed_at, NoticeRow.matter, NoticeRow.id)
    query = sa.select(NoticeRow).where(NoticeRow.told_at.is_(None)).order_by(*order)
    return [
        Notice(
            id=row.id,
            matter=row.matter,
            subject=row.subject,
            noticed_at=row.noticed_at,
            alone=row.alone,
            told_in=row.told_in,
        )
        for row in session.scalars(query)
    ]


def load_marked(session: Session, notice_ids: Collection[str]) -> dict[str, set[str]]:
    """Return the claims by which each notice is known again."""
    wanted = queries.among(session, NoticedClaimRow.notice_id, notice_ids)
    found: dict[str, set[str]] = {}
    for row in session.scalars(sa.select(NoticedClaimRow).where(wanted)):
        found.setdefault(row.notice_id, set()).add(row.claim_id)
    return found


def set_events(session: Session, events: dict[str, str]) -> None:
    """Note which event tells each notice; a notice that is sent again keeps its event."""
    rows = [{"notice": notice_id, "event": event} for notice_id, event in events.items()]
    matching = NoticeRow.id == sa.bindparam("notice")
    queries.write(session, sa.update(NoticeRow).where(matching).values(told_in=sa.bindparam("event")), rows)


def mark_sent(session: Session, events: Collection[str], at: datetime) -> None:
    """Note that events were handed to the server."""
    session.execute(sa.update(NoticeRow).where(queries.among(session, NoticeRow.told_in, events)).values(sent_at=at))


def mark_told(session: Session, events: Collection[str], at: datetime, sent_before: datetime) -> None:
    """Note that the server has these events; what was handed to it before a time is not asked for any more."""
    theirs = sa.or_(queries.among(session, NoticeRow.told_in, events), NoticeRow.sent_at < sent_before)
    session.execute(sa.update(NoticeRow).where(NoticeRow.told_at.is_(None), theirs).values(told_at=at))


def merge_notice(session: Session, notice_id: str, into: str) -> None:
    """Let one notice go into another that tells the same."""
    matching = NoticedClaimRow.notice_id == notice_id
    session.execute(sa.update(NoticedClaimRow).where(matching).values(notice_id=into))
    drop_notices(session, [notice_id])


def drop_notices(session: Session, notice_ids: Collection[str]) -> None:
    """Forget what is no longer so and was never told; should it come back, it is new."""
    session.execute(sa.delete(NoticedClaimRow).where(queries.among(session, NoticedClaimRow.notice_id, notice_ids)))
    session.execute(sa.delete(NoticeRow).where(queries.among(session, NoticeRow.id, notice_ids)))
