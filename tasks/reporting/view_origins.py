"""How the origins of a finding were counted: a line for each, with who speaks, through which outlets, and why once."""

from collections.abc import Sequence
from dataclasses import dataclass

from tasks.model.claim import Claim, Voice
from tasks.model.finding import TAKEN, Finding, Origin
from tasks.reporting.evidence import Evidence
from tasks.reporting.plain import why_once
from tasks.reporting.speakers import speaker_of
from tasks.reporting.view_outlets import NO_OUTLET
from tasks.reporting.words import count, joined, sentence, side_title

NAMES = 3  # who speaks in one origin; the cards show all
LINES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginLine:
    """One origin in a line; `why` is empty where there is but one report of it."""

    side: str
    who: str
    through: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountingView:
    """The lines, and how many more there are."""

    summary: str  # "6 articles, at most 4 origins."
    lines: tuple[OriginLine, ...]
    more: str


def counting_view(finding: Finding, evidence: Evidence, *, denied: bool) -> CountingView:
    """Return the origins of the sides that somebody takes, in the order of the sides."""
    ordered = [origin for side in TAKEN for origin in finding.origins if origin.side is side]
    lines = tuple(_line(origin, evidence, denied=denied) for origin in ordered[:LINES])
    more = len(ordered) - len(lines)
    return CountingView(
        summary=sentence(finding.reckoning.partition(":")[0]),
        lines=lines,
        more=f"{count(more, 'more origin')} not shown" if more else "",
    )


def _line(origin: Origin, evidence: Evidence, *, denied: bool) -> OriginLine:
    claims = [evidence.claims[key] for key in dict.fromkeys(origin.claim_ids)]
    return OriginLine(
        side=side_title(origin.side, denied=denied),
        who=_who(claims, evidence),
        through=_through(claims, evidence),
        why=why_once(origin.reason) if len(claims) > 1 else "",
    )


def _who(claims: Sequence[Claim], evidence: Evidence) -> str:
    """Return who speaks; the people of a body and the body itself are one origin, and each is named."""
    names = dict.fromkeys(speaker_of(claim, evidence.article_of(claim)).name for claim in claims)
    more = len(names) - NAMES
    return joined([*list(names)[:NAMES], *([f"{more:,} more"] if more > 0 else [])])


def _through(claims: Sequence[Claim], evidence: Evidence) -> str:
    """Return through which outlets the origin comes, those last that only copy another article."""
    if all(claim.voice is Voice.OUTLET for claim in claims):
        return "in its own words"
    copies: dict[str, bool] = {}
    for claim in claims:
        article = evidence.article_of(claim)
        outlet = article.outlet or NO_OUTLET
        copies[outlet] = copies.get(outlet, True) and bool(article.copy_of)
    ordered = sorted(copies, key=lambda outlet: (copies[outlet], outlet))
    named = joined([f"{outlet} (a copy)" if copies[outlet] else outlet for outlet in ordered])
    return f"through {named}"
