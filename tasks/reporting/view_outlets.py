"""What outlets do with a matter, and the list of outlets: kept apart from what sources say."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from tasks.model.article import Article
from tasks.model.claim import Voice
from tasks.model.finding import Finding, Side, Status
from tasks.reporting.evidence import Evidence
from tasks.reporting.words import count

NO_OUTLET = "outlet unknown"
SHARED = 2  # parties that an article must share with a matter before its silence means anything


class Part(StrEnum):
    """What an outlet does with a matter, in the order in which a reader meets it."""

    STATES = "States it itself"
    STATES_ALONE = "States it itself and leaves the denial out"
    CONTRARY = "States the contrary itself"
    CONTRARY_ALONE = "States the contrary itself and leaves out those who say so"
    BOTH = "Carries both sides"
    FOR_BEFORE = "Carries those who say so, and appeared before any denial known here"
    FOR_ALONE = "Carries those who say so and leaves the denial out"
    FOR = "Carries those who say so"
    AGAINST_ALONE = "Carries the denial and leaves out those who say so"
    AGAINST = "Carries those who deny"
    DECLINES = "Carries only those who decline"
    SILENT = "Writes about the same parties and leaves it out"


# Where nobody denies, the sides give two accounts.
OTHERWISE = {
    Part.STATES_ALONE: "States it itself and leaves the other account out",
    Part.CONTRARY: "States another account itself",
    Part.CONTRARY_ALONE: "States another account itself and leaves this one out",
    Part.FOR_BEFORE: "Carries this account, and appeared before the other one is known here",
    Part.FOR_ALONE: "Carries this account and leaves the other one out",
    Part.AGAINST_ALONE: "Carries the other account and leaves this one out",
    Part.AGAINST: "Carries the other account",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletRole:
    """One thing that outlets do with a matter, and which outlets do it."""

    role: str
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletView:
    """One outlet of the report and what it brought."""

    name: str
    articles: str
    claims: str
    note: str


def outlet_roles(finding: Finding, evidence: Evidence, *, denied: bool = True) -> tuple[OutletRole, ...]:
    """Return what each outlet does with the matter of the finding."""
    carried = _carried(finding, evidence)
    first = _first_denial(finding, evidence)
    sides = {member.side for member in finding.members}
    parts = {outlet: _part(held, sides, first) for outlet, held in carried.items() if outlet}
    if finding.status is Status.DISPUTED:
        parts.update({outlet: Part.SILENT for outlet in _silent(finding, evidence) if outlet not in carried})
    found = ((part, tuple(sorted(o for o, held in parts.items() if held is part))) for part in Part)
    names = {} if denied else OTHERWISE
    return tuple(OutletRole(role=names.get(part, part.value), outlets=outlets) for part, outlets in found if outlets)


@dataclass(slots=True)
class _Carried:
    """What one outlet carries of a matter, and the last day on which it does."""

    seen: set[tuple[Voice, Side]] = field(default_factory=set)
    days: list[datetime | None] = field(default_factory=list)


def _carried(finding: Finding, evidence: Evidence) -> dict[str, _Carried]:
    found: dict[str, _Carried] = {}
    for member in finding.members:
        if member.side is not Side.BESIDE:
            claim = evidence.claims[member.claim_id]
            article = evidence.article_of(claim)
            own = found.setdefault(article.outlet, _Carried())
            own.seen.add((claim.voice, member.side))
            own.days.append(article.published_at)
    return found


def _first_denial(finding: Finding, evidence: Evidence) -> datetime | None:
    """Return when the first denial here was published; None where a denial has no date, which may be the first."""
    against = [evidence.claims[member.claim_id] for member in finding.members if member.side is Side.AGAINST]
    days = [evidence.article_of(claim).published_at for claim in against]
    known = [moment for moment in days if moment is not None]
    return min(known) if known and len(known) == len(days) else None


def _part(carried: _Carried, sides: set[Side], denial: datetime | None) -> Part:
    """Return what the outlet does; that it leaves one side out is said only where the other side is known here."""
    speaking = {side for voice, side in carried.seen if voice is Voice.SOURCE}
    every = {side for _, side in carried.seen}
    half = {Side.FOR, Side.AGAINST} <= sides and not {Side.FOR, Side.AGAINST} <= every
    early = denial is not None and all(moment is not None and moment < denial for moment in carried.days)
    if (Voice.OUTLET, Side.FOR) in carried.seen:
        return Part.STATES_ALONE if half and not early else Part.STATES
    if (Voice.OUTLET, Side.AGAINST) in carried.seen:
        return Part.CONTRARY_ALONE if half else Part.CONTRARY
    if {Side.FOR, Side.AGAINST} <= speaking:
        return Part.BOTH
    if Side.FOR in speaking:
        return (Part.FOR_BEFORE if early else Part.FOR_ALONE) if half else Part.FOR
    if Side.AGAINST in speaking:
        return Part.AGAINST_ALONE if half else Part.AGAINST
    return Part.DECLINES


def _silent(finding: Finding, evidence: Evidence) -> set[str]:
    """Return the outlets with an article in which at least two of the parties of the finding are spoken of."""
    claims = (evidence.claims[member.claim_id] for member in finding.members)
    parties = {party.entity.id for claim in claims for party in claim.proposition.parties}
    shared = Counter(article for party in parties for article in evidence.naming[party])
    return {evidence.articles[key].outlet for key, number in shared.items() if number >= SHARED} - {""}


def outlet_views(evidence: Evidence) -> tuple[OutletView, ...]:
    """Return the outlets in alphabetical order with what each brought."""
    articles: dict[str, list[Article]] = {}
    for article in evidence.articles.values():
        articles.setdefault(article.outlet or NO_OUTLET, []).append(article)
    return tuple(_outlet(name, articles[name], evidence) for name in sorted(articles))


def _outlet(name: str, articles: list[Article], evidence: Evidence) -> OutletView:
    ids = {article.id for article in articles}
    quoted = sum(c.article_id in ids and c.voice is Voice.SOURCE for c in evidence.claims.values())
    copies = sum(bool(article.copy_of) for article in articles)
    return OutletView(
        name=name,
        articles=count(len(articles), "article"),
        claims=count(quoted, "quoted claim"),
        note=f"{count(copies, 'article')} repeating another outlet" if copies else "",
    )
