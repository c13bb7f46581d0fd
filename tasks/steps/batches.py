"""What goes from verb to verb: a batch on its way from inputs to stored claims.

A task's result gets `weakref_slot`: Prefect tracks results by address, and only a weak reference tells it that an
address was taken over by another object.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tasks.model.article import Article, SetAside, SetAsideReason
from tasks.model.evidence import Capture
from tasks.model.run import Extraction
from tasks.reading.inputs import Input
from tasks.steps.handed import Handed


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class RunInfo:
    """One run as its verbs see it: the id under which all is stored, and the time it began."""

    id: str
    flow: str
    started_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class Batch:
    """Local inputs that one task reads."""

    label: str
    inputs: tuple[Input, ...]


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class Found:
    """What the sources of a run hold: batches of local inputs, pages to fetch, and what was set aside at once."""

    batches: tuple[Batch, ...]
    pages: tuple[Input, ...]
    set_asides: tuple[SetAside, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """How an input came out that a feed may have named: the article that it gave, or the reason why it gave none."""

    key: str  # as the memory of feeds names it
    article_id: str = ""
    reason: SetAsideReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class Reading:
    """What was read from one batch or page: articles, and inputs set aside with their reasons."""

    label: str
    articles: tuple[Article, ...]
    set_asides: tuple[SetAside, ...]
    captures: tuple[Capture, ...] = ()
    tried: tuple[Tried, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class Extracted:
    """What extraction made of one batch: an Extraction per article, and the articles that failed."""

    label: str
    extractions: Sequence[Extraction]
    set_asides: tuple[SetAside, ...]
    tried: tuple[Tried, ...] = ()

    def __post_init__(self) -> None:
        """Keep Prefect from looking into what is by far the most."""
        if not isinstance(self.extractions, Handed):
            object.__setattr__(self, "extractions", Handed(self.extractions))


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class Stored:
    """How much of one batch is stored now."""

    articles: int = 0
    claims: int = 0
    set_asides: int = 0

    def __add__(self, other: "Stored") -> "Stored":
        """Return the sum of two counts."""
        return Stored(
            articles=self.articles + other.articles,
            claims=self.claims + other.claims,
            set_asides=self.set_asides + other.set_asides,
        )


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class Compared:
    """How much was compared, and what came of it."""

    claims: int = 0
    relations: int = 0
    findings: int = 0  # made or renewed

    def __add__(self, other: "Compared") -> "Compared":
        """Return the sum of two counts."""
        return Compared(
            claims=self.claims + other.claims,
            relations=self.relations + other.relations,
            findings=self.findings + other.findings,
        )


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class Published:
    """Where a report is, and what it says in one line."""

    report: str
    index: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What is shown of a report where it is not the report itself: in Markdown, as rows, as an address."""

    summary: str
    conflicts: tuple[dict[str, str], ...]  # each a row with its columns in order; the cells are Markdown
    link: str  # empty where the report folder is not served


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class Outcome:
    """What a run did: the report it wrote ("" where there was nothing new) and how much went through."""

    run_id: str
    report: str = ""
    index: str = ""
    summary: str = ""
    articles: int = 0
    claims: int = 0
    set_asides: int = 0
