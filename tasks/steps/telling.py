"""Notices -> what is to be sent now: what still holds of what was noted; free of Prefect.

What was noted is not yet told: findings merge, a conflict may be gone again, an outlet may be back. So what waits is
looked at once more when it is to be sent, and what holds no longer is forgotten, so that it is new should it return.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from tasks.model.notice import Announcement, Matter, Notice, event_id, find_news
from tasks.settings import Settings
from tasks.steps.announcing import Standing, announce
from tasks.steps.database import open_once
from tasks.storage.database import Session, reading, writing
from tasks.storage.findings import load_findings, load_member_ids
from tasks.storage.health import load_some
from tasks.storage.notices import (
    drop_notices,
    find_waiting,
    holders_of,
    load_marked,
    load_marks,
    mark_sent,
    mark_told,
    merge_notice,
    set_events,
)

KEPT_BY_SERVER: Final = timedelta(days=5)  # Prefect removes events after a week; what is older is not looked for


def find_unsure(settings: Settings) -> list[str]:
    """Return the events that may have been sent, and that nobody has seen on the server yet."""
    with reading(open_once(settings.database_url)) as session:
        return sorted({notice.told_in for notice in find_waiting(session)} - {""})


def count_waiting(settings: Settings) -> int:
    """Return how much is noted that the server does not have, as far as is known."""
    with reading(open_once(settings.database_url)) as session:
        return len(find_waiting(session))


def take_news(settings: Settings, known: Collection[str], now: datetime) -> list[Announcement]:
    """Return what is to be sent, again until the server is known to have it; `known` are events that it has."""
    with reading(open_once(settings.database_url)) as session:
        if not find_waiting(session):
            return []
    with writing(open_once(settings.database_url)) as session:
        mark_told(session, known, now, sent_before=now - KEPT_BY_SERVER)
        waiting = find_waiting(session)
        standing = [*standing_findings(session, waiting), *standing_outlets(session, waiting)]
        forget_fallen(session, waiting, {one.notice.id for one in standing}, now)
        events = choose_events(standing, settings.alerts.single_events)
        set_events(session, events)
        return announce(session, standing, events, settings)


def note_sent(settings: Settings, events: Collection[str], now: datetime) -> None:
    """Note that these events were handed to the server."""
    with writing(open_once(settings.database_url)) as session:
        mark_sent(session, events, now)


def standing_findings(session: Session, waiting: Sequence[Notice]) -> Iterator[Standing]:
    """Yield the notices about findings that hold; of those that tell the same, the later go into the first."""
    marked = load_marked(session, [notice.id for notice in waiting])
    owners = load_member_ids(session, {claim_id for claim_ids in marked.values() for claim_id in claim_ids})
    told = {
        (news.matter, claim_id): (news, finding)
        for finding in load_findings(session, ids=owners)
        for news in find_news(finding)
        for claim_id in news.claim_ids
    }
    open_ones = {notice.id for notice in waiting}
    for notice in waiting:
        keys = ((notice.matter, claim_id) for claim_id in sorted(marked.get(notice.id, ())))
        news, finding = next((told[key] for key in keys if key in told), (None, None))
        if news is None:
            continue
        others = holders_of(news, load_marks(session, news.claim_ids)) - open_ones
        if others:
            merge_notice(session, notice.id, min(others))
        else:
            open_ones.discard(notice.id)  # what follows goes into this one
            yield Standing(notice=notice, finding=finding, claim_ids=news.claim_ids)


def standing_outlets(session: Session, waiting: Sequence[Notice]) -> Iterator[Standing]:
    """Yield the last word on each outlet, unless it only takes back what was not told either."""
    outlets: dict[str, list[Notice]] = {}
    for notice in waiting:
        if notice.matter in {Matter.FAILING, Matter.RECOVERED}:
            outlets.setdefault(notice.subject, []).append(notice)
    for key, health in sorted(load_some(session, outlets).items()):
        fresh = [notice for notice in outlets[key] if not notice.told_in]
        sent = [notice for notice in outlets[key] if notice.told_in]
        # Failing and recovered take turns: an even number of them ends where it began.
        for notice in [*sent, *fresh[-1:]] if len(fresh) % 2 else sent:
            yield Standing(notice=notice, health=health)


def forget_fallen(session: Session, waiting: Sequence[Notice], standing: Collection[str], now: datetime) -> None:
    """Forget what does not hold any more; what may have been sent already counts as told."""
    fallen = [notice for notice in waiting if notice.id not in standing]
    sent = {notice.told_in for notice in fallen if notice.told_in and notice.told_in == notice.id}
    mark_told(session, sent, now, sent_before=now - KEPT_BY_SERVER)
    drop_notices(session, [notice.id for notice in fallen if not notice.told_in])


def choose_events(standing: Sequence[Standing], single: int) -> dict[str, str]:
    """Return by which event each notice is told: its own, or, past the bound, one that tells many."""
    chosen = {one.notice.id: one.notice.told_in for one in standing if one.notice.told_in}
    fresh = [one.notice for one in standing if not one.notice.told_in]
    room = [notice.id for notice in fresh if notice.alone][:single]
    rest = sorted(notice.id for notice in fresh if notice.id not in room)
    return chosen | {key: key for key in room} | dict.fromkeys(rest, event_id(*rest))
