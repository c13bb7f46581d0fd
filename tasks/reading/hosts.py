"""The hosts that were asked: one request at a time for each, at a distance, none while one is to be left alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic, sleep

from tasks.model.errors import FetchError
from tasks.reading.patience import Patience, in_words

KEPT = 5_000  # hosts that are remembered; the one that was met first is forgotten first
FAULTS = 6  # in a row, after which a host is left alone: two addresses with three tries each
REST = 600.0  # seconds for which it is left alone then
LONG_AGO = -1e12


class LeftAloneError(FetchError):
    """A host is not asked now, for a time that nobody here waits: another try would be the same."""


@dataclass(slots=True)
class Host:
    """What is known of one host."""

    name: str
    turn: Lock = field(default_factory=Lock)
    asked_at: float = LONG_AGO  # all in the time of `monotonic`
    free_at: float = LONG_AGO
    why: str = "asks for a distance between two requests"
    faults: int = 0  # in a row

    def wait(self, delay: float, patience: Patience) -> None:
        """Wait until the host may be asked; raise where that is later than anybody here waits."""
        pause = max(self.asked_at + delay, self.free_at) - monotonic()
        if pause > patience.left:
            raise LeftAloneError(f"{self.name} {self.why}: it is not asked for another {in_words(pause)}")
        if pause > 0:
            sleep(pause)

    def leave(self, seconds: float, why: str) -> None:
        """Leave the host alone for a time."""
        if seconds > 0:
            self.free_at, self.why = max(self.free_at, monotonic() + seconds), why

    def note(self, *, well: bool) -> None:
        """Note whether a try went well; a host that fails again and again is left alone for a while."""
        self.faults = 0 if well else self.faults + 1
        if self.faults >= FAULTS:
            self.faults = 0
            self.leave(REST, f"failed {FAULTS} times in a row")


@dataclass(slots=True)
class Hosts:
    """Every host met so far."""

    known: dict[str, Host] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def of(self, name: str) -> Host:
        """Return what is known of a host."""
        with self.lock:
            if name not in self.known and len(self.known) >= KEPT:
                del self.known[next(iter(self.known))]
            return self.known.setdefault(name, Host(name))

    @contextmanager
    def turn(self, name: str, patience: Patience) -> Iterator[Host]:
        """Have the host for oneself inside the block; the wait for it is not counted."""
        host, before = self.of(name), monotonic()
        with host.turn:
            patience.allow(monotonic() - before)
            try:
                yield host
            finally:
                host.asked_at = monotonic()
