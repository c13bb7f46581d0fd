"""What a run did: its record, and what extraction hands to storage for one article."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tasks.model.article import Article
from tasks.model.claim import Claim
from tasks.model.evidence import Capture

RUNNING = "running"
COMPLETED = "completed"  # all is stored and compared
FAILED = "failed"  # by an error, which Prefect and the terminal show
INTERRUPTED = "interrupted"  # stopped or killed: what it stored stays, and the next run goes on from there
CANCELLED = "cancelled"  # by a person, in Prefect


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of one flow, from start to finish; `details` names the versions and settings it ran with."""

    id: str
    flow: str
    started_at: datetime
    finished_at: datetime | None = None  # None: still running, or killed and not noticed yet
    status: str = RUNNING
    details: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse times without a zone."""
        for moment in (self.started_at, self.finished_at):
            if moment is not None and moment.tzinfo is None:
                raise ValueError("times are aware: give a time zone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What one article gave: its claims, and its shingles, by which copies of it are found.

    `claims` is None where this version of the component had read the article before: then storage only notes that the
    run saw it.
    """

    article: Article
    claims: tuple[Claim, ...] | None
    shingles: frozenset[int]  # 64-bit hashes, signed, so that every database can hold them
    component: str
    component_version: str
    capture: Capture | None = None  # what the text was read from, where it is at hand


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What found a claim: the component, its version, and the run in which it did."""

    component: str
    version: str
    run_id: str
    run_started_at: datetime | None = None  # None: the record of that run was purged
