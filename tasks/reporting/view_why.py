"""Why a finding has its status, in two to four plain sentences, the last of them saying what is missing."""

import re
from collections.abc import Iterable, Iterator, Sequence

from tasks.model.claim import Act, Claim, Entity, EntityKind, Position, Role, Speech, Voice
from tasks.model.finding import Finding, Kind, RelatedPair, Relation, Side, Status
from tasks.reporting.evidence import Evidence
from tasks.reporting.plain import numbers_in, plain_reasons, sign_of
from tasks.reporting.speakers import speaker_of
from tasks.reporting.view_claims import are_several
from tasks.reporting.words import count, joined, sentence

TOLD = 2  # sentences that say who stands where; the others of a finding say the same of others
NAMES = 3
STEM = 5  # signs in which names that may be one agree
GAPS = 2  # what is missing, the weightiest first
SAYING = re.compile(r" (?:says?|den(?:y|ies)) (?:so|it|that it is not so)\b")
ONE_SOURCE = "both report "  # how the reason of two reports of one source begins
VERBS = {
    Side.FOR: ("says so", "say so"),
    Side.AGAINST: ("denies it", "deny it"),
    Side.DECLINES: ("declines to comment", "decline to comment"),
}
NO_WORDS = "Nobody is quoted on it in their own words."
ACCUSING = frozenset({Act.ACCUSE, Act.ALLEGE})
ACCUSABLE = frozenset({EntityKind.PERSON, EntityKind.BODY, EntityKind.STATE})


def why_sentences(finding: Finding, evidence: Evidence) -> tuple[str, ...]:
    """Return who stands where, at most two sentences, and why the reports are taken for one matter."""
    pairs = sorted((pair for pair in finding.pairs if _tells(pair)), key=lambda pair: _order(pair, finding, evidence))
    opposed = [pair for pair in pairs if pair.relation is not Relation.AGREE]
    across = opposed or [pair for pair in pairs if not _of_one_source(pair)]
    told = _distinct(words for pair in _both_kinds(across) for words in _standing(pair, finding, evidence))
    signs = next((found for pair in pairs if (found := [s for s in map(sign_of, pair.reasons) if s])), [])
    ground = sentence(f"the reports are taken for one matter because both {joined(signs)}") if signs else ""
    return tuple(filter(None, (*(told[:TOLD] or _who_speaks(finding, evidence)), ground)))


def _both_kinds(pairs: Sequence[RelatedPair]) -> Sequence[RelatedPair]:
    """Return the pairs with the first change of a position among conflicts, or conflict among changes, as the second.

    Only a reader who hears of both knows that one who denies it also said so.
    """
    other = [pair for pair in pairs if (pair.kind is Kind.SHIFT) != (pairs[0].kind is Kind.SHIFT)]
    return [*pairs[:1], *other[:1], *(pair for pair in pairs[1:] if pair not in other[:1])]


def _tells(pair: RelatedPair) -> bool:
    return pair.relation in {Relation.CONFLICT, Relation.AGREE} or pair.kind is Kind.SHIFT


def _order(pair: RelatedPair, finding: Finding, evidence: Evidence) -> tuple[bool, bool, bool, float, str, str]:
    """Return the key by which conflicts come first, or what a source changed if that is the matter; then the named."""
    sides = (evidence.claims.get(pair.left), evidence.claims.get(pair.right))
    outlet = any(claim is not None and claim.voice is Voice.OUTLET for claim in sides)
    changed = (pair.kind is Kind.SHIFT) != (finding.status is Status.SHIFTED)
    return pair.relation is Relation.AGREE, changed, outlet, -pair.confidence, pair.left, pair.right


def _of_one_source(pair: RelatedPair) -> bool:
    return any(reason.startswith(ONE_SOURCE) for reason in pair.reasons)


def _distinct(sentences: Iterable[str]) -> tuple[str, ...]:
    """Return the sentences without those that an earlier one says more fully: "Stane says so" after his full name."""
    found: list[str] = []
    for words in sentences:
        if not any(words.casefold() in known.casefold() for known in found):
            found.append(words)
    return tuple(found)


def _standing(pair: RelatedPair, finding: Finding, evidence: Evidence) -> tuple[str, ...]:
    """Return what the pair says beside the signs that it is one matter; of two numbers, who gives which."""
    numbers = next((found for found in map(numbers_in, pair.reasons) if found), ())
    if pair.relation is Relation.CONFLICT and pair.kind is Kind.NUMBER and numbers:
        who = [_name(evidence.claims[key], evidence) for key in (pair.left, pair.right)]
        left, right = (number.lower() if number.istitle() else number for number in numbers)
        return (sentence(f"{who[0]} speaks of {left}, {who[1]} of {right}"),)
    told = [reason for reason in pair.reasons if not sign_of(reason)]
    if told and SAYING.search(told[0]):
        told[0] = _by_sides(pair, finding, evidence) or told[0]
    return plain_reasons(told)


def _by_sides(pair: RelatedPair, finding: Finding, evidence: Evidence) -> str:
    """Return who stands where as the columns have it; empty where the words of the pair say the same already.

    A pair speaks of what is held to be so, a column of the statement, which may be negative: "received no letter".
    """
    sides = {member.claim_id: member.side for member in finding.members}
    named = {key: _name(evidence.claims[key], evidence) for key in (pair.left, pair.right)}
    held = {sides.get(key) for key in named}
    if pair.relation is Relation.AGREE and len(held) == 1 and held <= {Side.FOR, Side.AGAINST}:
        return f"{joined(sorted(named.values()))} both {'say so' if Side.FOR in held else 'say that it is not so'}"
    turned = [key for key in named if sides.get(key) is Side.FOR and evidence.claims[key].position is Position.AGAINST]
    if held == {Side.FOR, Side.AGAINST} and turned:
        return f"{named.pop(turned[0])} says so; {named.popitem()[1]} says otherwise"
    return ""


def _who_speaks(finding: Finding, evidence: Evidence) -> tuple[str, ...]:
    """Return who speaks on each side and through whom, for a finding whose pairs tell nothing."""
    found = ((side, _claims(finding, side, evidence)) for side in VERBS)
    return tuple(_speaking(side, claims, evidence) for side, claims in found if claims)[:TOLD]


def _speaking(side: Side, claims: Sequence[Claim], evidence: Evidence) -> str:
    names = sorted({_name(claim, evidence) for claim in claims})
    outlets = sorted({evidence.article_of(claim).outlet or "an outlet that is not known" for claim in claims})
    verb = VERBS[side][len(names) > 1 or are_several(claims[0], names[0])]
    return sentence(f"{_listed(names)} {verb}, in {_listed(outlets)}")


def _listed(names: Sequence[str]) -> str:
    more = len(names) - NAMES
    return joined([*names[:NAMES], *([f"{more:,} more"] if more > 0 else [])])


def _name(claim: Claim, evidence: Evidence) -> str:
    return speaker_of(claim, evidence.article_of(claim)).name


def _claims(finding: Finding, side: Side, evidence: Evidence) -> list[Claim]:
    return [evidence.claims[member.claim_id] for member in finding.members if member.side is side]


def missing_sentences(finding: Finding, evidence: Evidence) -> str:
    """Return what a reader would ask for and these articles do not hold; empty where nothing is known to miss."""
    sides = {side: _claims(finding, side, evidence) for side in VERBS}
    quoted = [claim for held in sides.values() for claim in held if claim.voice is Voice.SOURCE]
    indirect = quoted and all(claim.speech is Speech.INDIRECT for claim in quoted)
    found = list(_gaps(finding, sides, evidence))[:GAPS] or ([NO_WORDS] if indirect else [])
    return " ".join(found)


def _gaps(finding: Finding, sides: dict[Side, list[Claim]], evidence: Evidence) -> Iterator[str]:
    claims = [claim for held in sides.values() for claim in held]
    yield from _unheard(sides, claims)
    for side, verb in ((Side.FOR, "says so"), (Side.AGAINST, "denies it")):
        if sides[side] and all(map(_is_nameless, sides[side])):
            yield f"No person is named who {verb}."
    yield from _one_sided(finding, sides)
    articles = [evidence.articles[key] for key in sorted({claim.article_id for claim in claims})]
    if articles and not any(article.published_at for article in articles):
        yield "None of it has a date."
    elif finding.status is Status.SHIFTED and any(article.published_at is None for article in articles):
        yield "Not all of it has a date, so what came first is not sure."
    if finding.status is Status.DISPUTED:
        yield from _narrow(finding, len(articles))
    outlets = {article.outlet for article in articles}
    if finding.status is Status.SINGLE_ORIGIN and len(outlets) == 1:
        yield f"Only one outlet here carries it{_times(len(articles))}."


def _is_nameless(claim: Claim) -> bool:
    return claim.voice is Voice.SOURCE and all(entity.kind is EntityKind.GROUP for entity in claim.entities)


def _narrow(finding: Finding, articles: int) -> Iterator[str]:
    """Yield on how little both sides rest."""
    if articles == 1:
        yield "Both sides are known from one article alone."
    elif all(sum(origin.side is side for origin in finding.origins) == 1 for side in (Side.FOR, Side.AGAINST)):
        yield "Each side goes back to one origin alone."


def _times(articles: int) -> str:
    return f", in {count(articles, 'article')}" if articles > 1 else ""


def _unheard(sides: dict[Side, list[Claim]], claims: Sequence[Claim]) -> Iterator[str]:
    """Yield who is accused and does not speak, not even by declining."""
    heard = [entity for claim in claims for entity in claim.entities]
    accused = {
        party.entity.name
        for claim in sides[Side.FOR]
        for party in claim.proposition.parties
        if claim.act in ACCUSING and party.role is Role.AGENT and party.entity.kind in ACCUSABLE
        if not any(_same(party.entity, entity) for entity in heard)
    }
    if accused:
        names = sorted(accused)
        yield f"{_listed(names)} {'is' if len(names) == 1 else 'are'} accused of it and not quoted on it here."


def _same(one: Entity, other: Entity) -> bool:
    """Return whether the two may be one: "Kestrian" and "Kestria"; silence is said of nobody who may have spoken."""
    return one.id == other.id or one.name.casefold()[:STEM] == other.name.casefold()[:STEM]


def _one_sided(finding: Finding, sides: dict[Side, list[Claim]]) -> Iterator[str]:
    if finding.status is Status.DENIED and not sides[Side.FOR]:
        yield "Whoever says so is not quoted here, so it cannot be told whom the denial answers."
    elif finding.status is Status.SINGLE_ORIGIN and not sides[Side.AGAINST] and not sides[Side.DECLINES]:
        yield "Nobody is quoted here who denies it or was asked about it."
