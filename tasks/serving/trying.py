"""A test of the whole way to a person: an event, the automation that hears it, and what became of its actions."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import BAD_REQUEST
from typing import Any, Final
from uuid import uuid4

from prefect.client.orchestration import get_client
from prefect.events import emit_event

PATIENCE: Final = 30  # seconds; the server stores events some seconds after they came
EVENT: Final = "rashomon.alert.tested"
AUTOMATION: Final = "rashomon-test-alert"
DONE: Final = ["prefect.automation.action.executed", "prefect.automation.action.failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What became of one action."""

    action: str
    reached: bool
    detail: str


def try_alerts() -> list[Tried]:
    """Send a test and return what became of each action, as far as the server tells within some seconds."""
    began, key = datetime.now(UTC), uuid4()
    with get_client(sync_client=True) as client:
        found = next(iter(client.read_automations_by_name(AUTOMATION)), None)
        if found is None or not found.enabled:
            return []
        message = "This is a test of Rashomon's alerts. Whoever reads it will be told of new conflicts."
        emit_event(
            event=EVENT,
            id=key,
            resource={"prefect.resource.id": f"rashomon.alert.{key}", "prefect.resource.name": "A test"},
            payload={"subject": "Rashomon: a test", "message": message},
        )
        actions = {str(place): action.type for place, action in enumerate(found.actions)}
        seen: dict[str, Tried] = {}
        until = time.monotonic() + PATIENCE
        while len(seen) < len(actions) and time.monotonic() < until:
            time.sleep(1)
            wanted = {
                "filter": {
                    "event": {"name": DONE},
                    "occurred": {"since": began.isoformat()},
                    "related": {"id": [f"prefect.event.{key}"]},
                }
            }
            for event in client.request("POST", "/events/filter", json=wanted).json()["events"]:
                seen[str(event["payload"]["action_index"])] = tried_of(event)
    missing = [Tried(action=kind, reached=False, detail="no answer") for at, kind in actions.items() if at not in seen]
    return [*(seen[at] for at in sorted(seen)), *missing]


def tried_of(event: dict[str, Any]) -> Tried:
    """Return what an event of the server says of an action."""
    payload = event["payload"]
    status = payload.get("status_code")
    reached = event["event"] == DONE[0] and (status is None or status < BAD_REQUEST)
    detail = f"HTTP {status}" if status else str(payload.get("reason", "handed to the mail server"))
    return Tried(action=payload["action_type"], reached=reached, detail=detail)
