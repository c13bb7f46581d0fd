"""What a run found otherwise than the runs before it had left it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Change(StrEnum):
    """How something stands otherwise than before."""

    NEW = "new"  # a finding that no run had
    STATUS = "status"  # a finding has another status
    MORE = "more"  # a finding has sources or outlets that it had not
    MERGED = "merged"  # a finding went into another one
    ENDED = "ended"  # nothing is left of a finding
    EDITED = "edited"  # an outlet changed the text of an article
    FAILING = "failing"  # an outlet can no longer be read


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that changed; which of the fields say something follows from the kind of change."""

    change: Change
    subject: str  # the id of the finding or the article, the key of the outlet
    words: str  # what the finding states, the title of the article, the name of the outlet
    before: str = ""  # the status it had
    after: str = ""  # the status it has, or the finding into which it went
    sources: tuple[str, ...] = ()  # that came to it, by name
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What is new against the run before; `before` is None where there was none."""

    before: datetime | None
    differences: tuple[Difference, ...] = ()
