"""What a report is made from: one run with its articles, claims and findings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tasks.model.article import Article, SetAside
from tasks.model.change import Since
from tasks.model.claim import Claim
from tasks.model.evidence import Capture
from tasks.model.finding import Finding
from tasks.model.health import OutletHealth
from tasks.model.run import Provenance, Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """How much there is of a run of which only the foremost part is shown."""

    articles: int
    findings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything that one report shows; it holds each article and each claim that its findings point at."""

    run: Run
    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]
    set_asides: tuple[SetAside, ...]
    method: tuple[tuple[str, str], ...]  # label and text: versions of models, thresholds
    generated_at: datetime
    scope: str  # what was asked for: "examples/", "3 feeds"
    component: str = "attribution"  # what made the claims, for the exports
    component_version: str = ""
    provenance: Mapping[str, Provenance] = field(default_factory=dict)  # by claim; where unknown, the above and the run
    earlier: tuple[Article, ...] = ()  # the versions before those articles that were edited
    earlier_claims: tuple[Claim, ...] = ()
    captures: Mapping[str, Capture] = field(default_factory=dict)  # by article: from which bytes it was read
    health: tuple[OutletHealth, ...] = ()  # of all outlets, over all runs
    whole: Whole | None = None  # None: nothing is left out
    since: Since | None = None  # what is new against the run before; None: nothing was noted
    contact: str = ""  # whom to write to: a mail address or a web address
    whole_texts: bool = True  # False: only the sentences in which a shown claim stands

    def __post_init__(self) -> None:
        if self.generated_at.tzinfo is None:
            raise ValueError("times are aware: give a time zone")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPaths:
    """Where a report and the index of all reports were written."""

    report: Path
    index: Path
