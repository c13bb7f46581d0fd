"""What the doctor says of one thing that it looked at."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a check came out."""

    OK = "ok"
    NOTE = "note"  # the work goes on, and somebody should know
    FAULT = "FAULT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at: what was found, whether the work can go on with it, and what to do."""

    name: str
    found: str
    good: bool = True
    advice: str = ""

    @property
    def verdict(self) -> Verdict:
        """Return how it came out: with something to do it is no longer just right."""
        if not self.good:
            return Verdict.FAULT
        return Verdict.NOTE if self.advice else Verdict.OK

    @property
    def line(self) -> str:
        """Return all of it in one line."""
        told = f"{self.found}; {self.advice}" if self.advice else self.found
        return f"{self.verdict:<8} {self.name:<20} {told}"
