"""Tell: what was noted and nobody was told of -> events of Prefect, each once."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from threading import Thread
from typing import Final
from uuid import UUID

from httpx import HTTPError
from prefect.client.orchestration import get_client
from prefect.events import emit_event
from prefect.events.worker import EventsWorker
from prefect.logging import get_logger
from prefect.settings import get_current_settings

from tasks.model.notice import Announcement
from tasks.settings import Settings
from tasks.steps.telling import find_unsure, note_sent, take_news

PATIENCE: Final = 20  # seconds for the server to take what was sent; what it did not take is sent again by the next run
ASKED: Final = 50  # events that the server is asked for at a time


def tell_news(settings: Settings) -> int:
    """Send what is to be told to the Prefect server, and return how many events that was.

    Without a server that stays, all of it waits for the next run that has one: a temporary server tells nobody. An
    event that is sent twice has the same id, and the server passes over it. A run does not fail for its news.
    """
    if not get_current_settings().api.url:
        return 0
    try:
        known = find_on_server(find_unsure(settings))
    except HTTPError as error:
        get_logger(__name__).warning("the server was not told what is new, the next run tells it: %r", error)
        return 0
    news = take_news(settings, known, datetime.now(UTC))
    for one in news:
        send(one)
    if news and all_taken():
        note_sent(settings, [one.id for one in news], datetime.now(UTC))
    return len(news)


def send(one: Announcement) -> None:
    """Hand one event to Prefect, which adds the flow run that it comes from."""
    emit_event(
        event=one.event,
        resource=dict(one.resource),
        occurred=one.occurred_at,
        related=[dict(resource) for resource in one.related],
        payload=dict(one.payload),
        id=UUID(one.id),
    )


def all_taken() -> bool:
    """Return whether Prefect has sent all that it was handed, within some seconds; its own waiting has no end."""
    waiting = Thread(target=EventsWorker.instance().wait_until_empty, daemon=True)
    waiting.start()
    waiting.join(PATIENCE)
    return not waiting.is_alive()


def find_on_server(events: Sequence[str]) -> Collection[str]:
    """Return which of these events the server has stored."""
    found: set[str] = set()
    with get_client(sync_client=True) as client:
        for start in range(0, len(events), ASKED):
            wanted = {"filter": {"id": {"id": list(events[start : start + ASKED])}}, "limit": ASKED}
            answer = client.request("POST", "/events/filter", json=wanted)
            found |= {event["id"] for event in answer.json()["events"]}
    return found
