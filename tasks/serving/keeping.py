"""Watches over one child: one that dies is started again after a growing pause, and given up after several deaths."""

import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from os import killpg
from signal import SIGTERM
from threading import Event
from typing import Any

from tasks.model.errors import RashomonError
from tasks.serving.child import Child, Plan, last_lines

QUICK = 120  # seconds: a child that lived longer has not failed at its start
WRONG_USE = 2  # exit status of a child that starting again would not help
PAUSES = (1, 2, 5, 10)  # seconds before it is started again; given up after one death more in a row
FAREWELL = 10  # seconds that what a dead child has left behind gets to tell Prefect how it ended


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing that an operator is told: the kind of event, the sentence, and its parts as plain values."""

    event: str
    text: str
    fields: Mapping[str, Any] = field(default_factory=dict)


Tell = Callable[[Notice], None]


class Kept:
    """One child, however often it has to be started."""

    def __init__(self, plan: Plan, tell: Tell, ready: Callable[[], bool] = lambda: True) -> None:
        self.plan, self.tell, self.ready = plan, tell, ready
        self.deaths = 0
        self.due = 0.0  # when it is to be started
        self.begun = 0.0
        self.child: Child | None = None

    def look(self) -> None:
        """Start the child if that is due and all is ready for it; tell of its death, and raise if it died too often."""
        if self.child is not None and self.child.status is not None:
            self.mourn(self.child)
        elif self.child is None and time.monotonic() >= self.due and self.ready():
            self.begun = time.monotonic()
            self.child = Child(self.plan)

    def pass_on(self) -> None:
        """Show on standard error what the child has logged."""
        if self.child is not None:
            self.child.pass_on(sys.stderr)

    def stop(self, hurry: Event) -> None:
        """Stop the child and what it started: in good order where it can, at once where somebody is in a hurry."""
        if self.child is None:
            return
        self.child.ask_to_stop()
        until = time.monotonic() + self.plan.patience
        while time.monotonic() < until and not hurry.is_set():
            if self.child.wait(0.2):
                break
        else:
            text = f"{self.plan.name} did not stop in time, and was ended; runs at work are settled at the next start"
            self.tell(Notice(event="ended", text=text, fields={"what": self.plan.name}))
        self.child.end()

    def mourn(self, child: Child) -> None:
        """Clear away what a dead child left, and set the time at which it is started again."""
        status = child.status
        clear_away(child)
        self.child = None
        self.deaths = self.deaths + 1 if time.monotonic() - self.begun < QUICK else 1
        ended = how_it_ended(status)
        if self.deaths > len(PAUSES) or status == WRONG_USE:
            times = f" {self.deaths} times in a row" if self.deaths > 1 else ""
            raise RashomonError(
                f"{self.plan.name} ended{times} ({ended}); the end of {self.plan.log}:\n{last_lines(self.plan.log)}"
            )
        pause = PAUSES[self.deaths - 1]
        self.due = time.monotonic() + pause
        text = f"{self.plan.name} ended by itself ({ended}); it is started again in {pause} s; see {self.plan.log}"
        self.tell(Notice(event="died", text=text, fields={"what": self.plan.name, "status": status, "again_in": pause}))


def clear_away(child: Child) -> None:
    """End what a dead child has started: first by a word, which lets a run tell Prefect that it ends."""
    with suppress(ProcessLookupError):
        killpg(child.process.pid, SIGTERM)
        until = time.monotonic() + FAREWELL
        while time.monotonic() < until:
            killpg(child.process.pid, 0)  # raises where nobody of the group is left
            time.sleep(0.2)
    child.end()


def how_it_ended(status: int | None) -> str:
    """Return an exit status in words."""
    return f"killed by signal {-status}" if status is not None and status < 0 else f"exit status {status}"
