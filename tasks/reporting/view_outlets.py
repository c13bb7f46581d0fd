"""What outlets do with a matter, and the list of outlets: kept apart from what sources say."""

from collections.abc import Iterable
from dataclasses import dataclass

from tasks.model.article import Article
from tasks.model.claim import Claim, Voice
from tasks.model.finding import Finding, Side, Status
from tasks.reporting.evidence import Evidence
from tasks.reporting.words import count

STATES = "States it itself"
CONTRARY = "States the contrary itself"
BOTH = "Carries both sides"
FOR_ALONE = "Carries only those who say so"
AGAINST_ALONE = "Carries only those who deny"
DECLINES_ALONE = "Carries only those who decline"
SILENT = "Writes about the same parties and leaves it out"
ROLES = (STATES, CONTRARY, BOTH, FOR_ALONE, AGAINST_ALONE, DECLINES_ALONE, SILENT)
SHARED = 2  # parties that an article must share with a matter before its silence means anything


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


def outlet_roles(finding: Finding, evidence: Evidence) -> tuple[OutletRole, ...]:
    """Return what each outlet does with the matter of the finding."""
    sides: dict[str, set[tuple[Voice, Side]]] = {}
    for member in finding.members:
        if member.side is Side.BESIDE:
            continue
        claim = evidence.claims[member.claim_id]
        outlet = evidence.article_of(claim).outlet
        sides.setdefault(outlet, set()).add((claim.voice, member.side))
    roles = {outlet: _role(seen) for outlet, seen in sides.items() if outlet}
    if finding.status is Status.DISPUTED:
        roles.update({outlet: SILENT for outlet in _silent(finding, evidence) if outlet not in sides})
    found = ((role, tuple(sorted(o for o, held in roles.items() if held == role))) for role in ROLES)
    return tuple(OutletRole(role=role, outlets=outlets) for role, outlets in found if outlets)


def _role(seen: set[tuple[Voice, Side]]) -> str:
    carried = {side for voice, side in seen if voice is Voice.SOURCE}
    if (Voice.OUTLET, Side.FOR) in seen:
        return STATES
    if (Voice.OUTLET, Side.AGAINST) in seen:
        return CONTRARY
    if {Side.FOR, Side.AGAINST} <= carried:
        return BOTH
    if Side.FOR in carried:
        return FOR_ALONE
    return AGAINST_ALONE if Side.AGAINST in carried else DECLINES_ALONE


def _silent(finding: Finding, evidence: Evidence) -> set[str]:
    """Return the outlets with an article in which at least two of the parties of the finding are spoken of."""
    parties = _parties(evidence.claims[member.claim_id] for member in finding.members)
    named: dict[str, set[str]] = {}
    for claim in evidence.claims.values():
        named.setdefault(claim.article_id, set()).update(_parties((claim,)) & parties)
    return {evidence.articles[key].outlet for key, shared in named.items() if len(shared) >= SHARED} - {""}


def _parties(claims: Iterable[Claim]) -> set[str]:
    return {party.entity.id for claim in claims for party in claim.proposition.parties}


def outlet_views(evidence: Evidence) -> tuple[OutletView, ...]:
    """Return the outlets in alphabetical order with what each brought."""
    articles: dict[str, list[Article]] = {}
    for article in evidence.articles.values():
        articles.setdefault(article.outlet or "outlet unknown", []).append(article)
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
