"""How long one address may hold a run, and how long a server may ask it to wait."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic

LONGEST = 30 * 86_400  # seconds; a server that asks for more may as well ask for ever
MINUTE, HOUR = 60, 3_600


@dataclass(slots=True)
class Patience:
    """The time for one address, all tries and redirects included, and within it the time for one try.

    Waiting until others have had their turn at a host is no fault of the address, and does not count.
    """

    end: float  # both in the time of `monotonic`
    try_end: float

    @classmethod
    def of(cls, seconds: float) -> "Patience":
        """Return the patience for an address that is asked for now."""
        end = monotonic() + seconds
        return cls(end=end, try_end=end)

    @property
    def left(self) -> float:
        """Return how many seconds are left in all."""
        return self.end - monotonic()

    def begin_try(self, seconds: float) -> None:
        """Give one try its seconds, or what is left of all."""
        self.try_end = min(monotonic() + seconds, self.end)

    def allow(self, seconds: float) -> None:
        """Let a wait for others pass uncounted."""
        self.end += seconds
        self.try_end += seconds


def retry_after(said: str, now: datetime) -> float:
    """Return for how many seconds a server asks to be left alone, 0 where it does not say so clearly."""
    said = said.strip()
    if re.fullmatch(r"[0-9]{1,12}", said):
        return min(float(said), LONGEST)
    try:
        moment = parsedate_to_datetime(said[:80])
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return min(max((moment - now).total_seconds(), 0.0), LONGEST)


def in_words(seconds: float) -> str:
    """Return a time as a person says it: "3 hours", "40 seconds"."""
    for unit, name in ((86_400, "day"), (HOUR, "hour"), (MINUTE, "minute")):
        if seconds >= 2 * unit:
            return f"{seconds / unit:.0f} {name}s"
    return f"{seconds:.0f} seconds"
