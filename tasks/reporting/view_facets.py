"""By what a reader finds a finding again: who speaks, how, where and when; and the choices that this makes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tasks.model.finding import READING_ORDER, Finding, Side
from tasks.reporting.evidence import Evidence
from tasks.reporting.speakers import speaker_of
from tasks.reporting.words import act_words, stamp, status_label

CHOICES = 60  # sources, and outlets, to choose from; the search finds the others
BETWEEN = "|"  # between the names in an attribute: a sign that no name of ours holds


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetsView:
    """What is asked of one finding, as its element carries it; names stand between bars."""

    acts: str
    sources: str
    outlets: str
    first: str  # days of publication, "" where no article is dated
    last: str
    weight: int  # origins of all sides


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolsView:
    """What a reader can choose from; each choice is a value and its words."""

    statuses: tuple[tuple[str, str], ...]
    acts: tuple[str, ...]
    sources: tuple[str, ...]
    outlets: tuple[str, ...]


def facets_view(finding: Finding, evidence: Evidence) -> FacetsView:
    """Return who speaks in a finding, how, in which outlets, and in which days."""
    claims = [evidence.claims[member.claim_id] for member in finding.members if member.side is not Side.BESIDE]
    articles = [evidence.article_of(claim) for claim in claims]
    days = sorted(stamp(article.published_at)[:10] for article in articles if article.published_at)
    names = (name for claim in claims for _, name, _ in speaker_of(claim, evidence.article_of(claim)).rows)
    return FacetsView(
        acts=_listed(act_words(claim.act) for claim in claims),
        sources=_listed(names),
        outlets=_listed(article.outlet for article in articles),
        first=days[0] if days else "",
        last=days[-1] if days else "",
        weight=len(finding.origins),
    )


def _listed(names: Iterable[str]) -> str:
    """Return the names, each once, between bars: "|says|denies|"."""
    kept = dict.fromkeys(name.replace(BETWEEN, " ") for name in names if name.strip())
    return f"{BETWEEN}{BETWEEN.join(kept)}{BETWEEN}" if kept else ""


def tools_view(findings: Iterable[Finding], facets: Iterable[FacetsView]) -> ToolsView:
    """Return the choices that the findings give, the sources and outlets that stand in most of them."""
    held, shown = {finding.status for finding in findings}, list(facets)
    return ToolsView(
        statuses=tuple((status.value, status_label(status)) for status in READING_ORDER if status in held),
        acts=tuple(sorted(_counted(one.acts for one in shown))),
        sources=_foremost(one.sources for one in shown),
        outlets=_foremost(one.outlets for one in shown),
    )


def _counted(lists: Iterable[str]) -> Counter[str]:
    return Counter(name for names in lists for name in names.split(BETWEEN) if name)


def _foremost(lists: Iterable[str]) -> tuple[str, ...]:
    counted = _counted(lists)
    chosen = sorted(counted, key=lambda name: (-counted[name], name.casefold(), name))[:CHOICES]
    return tuple(sorted(chosen, key=lambda name: (name.casefold(), name)))
