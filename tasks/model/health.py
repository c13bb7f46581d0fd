"""How reading one outlet has gone, over all runs."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from tasks.model.article import SetAsideReason

# More often than any single page is asked for (`tasks/storage/feeds.py`): one bad page makes no failing outlet.
FAILING_RUNS: Final = 6


class Trouble(StrEnum):
    """What an outlet's health counts apart: nothing came, nothing was in it, or it is none that is read here."""

    FAILED = "failed"
    EMPTY = "empty"
    OTHER = "other"


TROUBLES = {
    SetAsideReason.EMPTY: Trouble.EMPTY,
    SetAsideReason.NO_ARTICLE: Trouble.EMPTY,
    SetAsideReason.LANGUAGE: Trouble.OTHER,
    SetAsideReason.BINARY: Trouble.OTHER,
    SetAsideReason.UNSUPPORTED: Trouble.OTHER,
    SetAsideReason.TOO_LARGE: Trouble.OTHER,
}


def trouble_of(reason: SetAsideReason) -> Trouble:
    """Return under which heading a reason counts; what is not named above is a failure."""
    return TROUBLES.get(reason, Trouble.FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletHealth:
    """What came of an outlet: an article counts when it is stored first, a failure once in each run."""

    name: str
    host: str  # "" where its articles came without an address
    fetched: int = 0
    failed: int = 0
    empty: int = 0
    other: int = 0
    characters: int = 0  # of all articles together
    last_success_at: datetime | None = None
    last_failure_at: datetime | None = None
    last_reason: str = ""
    failing_runs: int = 0  # in a row, in which something of it failed and nothing new came
    troubled_at: datetime | None = None  # when the last of them began

    @property
    def is_failing(self) -> bool:
        """Return whether it has failed for so long that somebody should know."""
        return self.failing_runs >= FAILING_RUNS

    @property
    def average(self) -> int:
        """Return how many characters an article has on average; 0 where there is none."""
        return round(self.characters / self.fetched) if self.fetched else 0
