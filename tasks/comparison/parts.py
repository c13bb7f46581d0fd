"""Parts: what somebody does in what a claim says, from the roles that were found and from the place of the name."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from tasks.comparison.camps import Words, places_of, same_being, tokens_of
from tasks.comparison.names import shared
from tasks.comparison.remembered import remembered
from tasks.comparison.stake_words import StakeWords, load_stake_words
from tasks.model.claim import Act, Claim, Entity, EntityKind, Proposition, Role

NEAR = 3  # words before the event in which "was" turns it round
CLOSE = 2  # words behind the event in which "its" means the source ("bombed its embassy")
JOINED = 5  # words before a name joined by "and" in which the word that leads to both stands
OWN = frozenset({"its", "their", "his", "her", "our", "my", "us", "me"})
SELF = frozenset({"i", "we"})
AIMED = frozenset({"against", "on", "upon"})  # "sanctions against X broke the treaty"
ACCUSED_OF = frozenset({"of", "for", "with"})  # "accused X of hiding it"
# What a source's own body is called in its claim: "denied that the company had polluted the river".
BODIES = frozenset({"company", "firm", "group", "bank", "club", "union", "airline", "party", "agency", "operator"})
ARTICLES = frozenset({"the", "a", "an", "both", "former", "president", "minister"})


class Part(Enum):
    """What somebody does in a matter, strongest first."""

    ACTS = 1
    SUFFERS = 2  # acted upon in a hostile event
    SHARES = 3  # acted upon in another one, or has a share in it
    NAMED = 4  # as a place, or in a clause about something else


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The words of a statement and the event that it is about."""

    words: Words
    event: int  # place of the event among the words; -1: not found
    lemma: str
    hostile: bool
    perceiving: bool  # the event is one of perceiving alone
    perceived_at: int  # place of a word of perceiving before the event; -1: none


@remembered(4096)
def read_event(proposition: Proposition) -> Reading:
    """Return the words of a proposition with its event: the first one at the head that is none of perceiving."""
    table, words = load_stake_words(), tokens_of(proposition.statement)
    core = set(tokens_of(proposition.core)) or set(words)
    lemmas = [lemma.casefold() for lemma in (*proposition.predicates, *proposition.terms)]
    events = [lemma for lemma in lemmas if lemma in proposition.predicates or lemma in table.nouns]
    at_head = [(place, lemma) for lemma in events if (place := _place(lemma, words, core)) >= 0]
    told = at_head or [(place, lemma) for lemma in events if (place := _place(lemma, words, words)) >= 0]
    # "Wants to sell" is about the sale.
    willing = {place for place, _ in told if words[place + 1 : place + 2] == ("to",)}
    doing = sorted(pair for pair in told if pair[1] not in table.perceiving or pair[0] in willing)
    seeing = sorted(pair for pair in told if pair[1] in table.perceiving and pair[0] not in willing)
    event, lemma = (doing or seeing or [(-1, next(iter(events), ""))])[0]
    before = [place for place, _ in seeing if doing and place < event and not _turned(words, 0, place, table)]
    before += [place for place, word in enumerate(words[: max(0, event)]) if word in table.minds]
    return Reading(
        words=words,
        event=event,
        lemma=lemma,
        hostile=bool({lemma for _, lemma in doing} & table.hostile) or (event < 0 and lemma in table.hostile),
        perceiving=not doing and lemma in table.perceiving,
        perceived_at=max(before, default=-1),
    )


def _place(lemma: str, words: Words, core: Collection[str]) -> int:
    """Return the first place of a form of the lemma at the head; -1 where there is none.

    "struck" is taken for "strike": it begins with the same letter and is of nearly the same length.
    """
    stem = lemma[:-1] if lemma.endswith(("e", "y")) and len(lemma) > len("by") else lemma
    forms = [place for place, word in enumerate(words) if word in core and word.startswith(stem)]
    irregular = (
        place
        for place, word in enumerate(words)
        if word in core and word[:1] == lemma[:1] and len(word) > len("by") and abs(len(word) - len(lemma)) < NEAR
    )
    return forms[0] if forms else next(irregular, -1)


def part_of(entity: Entity, claim: Claim) -> Part | None:
    """Return what somebody does in what a claim says; None where it does not name them."""
    reading = read_event(claim.proposition)
    roles = [party.role for party in claim.proposition.parties if same_being(party.entity, entity)]
    places = places_of(entity, reading.words)
    if not places and shared([entity], claim.entities):
        places = _called(entity, claim, reading.words)
    if not places and shared([entity], claim.entities):
        own = _own_part(claim, reading)
        if own is not None:
            return own
    if not places or reading.event < 0:
        return _part_by_role(roles, reading) if roles else None
    parts = [_part_at(entity, start, end, claim, reading) for start, end in places]
    return min(parts, key=lambda part: (part is Part.NAMED, parts.index(part)))


def _called(entity: Entity, claim: Claim, words: Words) -> list[tuple[int, int]]:
    """Return where a claim says "the company" of the one body that its source speaks for, and names no other body."""
    others = (party.entity for party in claim.proposition.parties)
    named = any(other.kind is EntityKind.BODY and not same_being(other, entity) for other in others)
    bodies = [own for own in claim.entities if own.kind is EntityKind.BODY]
    if named or bodies != [entity] or entity.name.casefold() in BODIES:
        return []
    return [(place, place + 2) for place, pair in enumerate(pairwise(words)) if pair[0] == "the" and pair[1] in BODIES]


def _part_by_role(roles: Collection[Role], reading: Reading) -> Part:
    if Role.AGENT in roles:
        return Part.NAMED if reading.perceiving else Part.ACTS
    return _acted_upon(reading) if Role.PATIENT in roles else Part.NAMED


def _acted_upon(reading: Reading) -> Part:
    return Part.SUFFERS if reading.hostile else Part.SHARES


def _part_at(entity: Entity, start: int, end: int, claim: Claim, reading: Reading) -> Part:
    """Return the part that a name has by its place: before the event it acts, behind it is acted upon."""
    table, words = load_stake_words(), reading.words
    before = _word_before(words[:start], table)
    if before in table.placing:
        # "In Orvane's depot" is at its own, "in Rome's streets" or "in Karran's view" says nothing of the kind.
        own = words[end : end + 1] == ("'s",) and entity.kind is EntityKind.BODY
        return Part.SHARES if own else Part.NAMED
    if end > reading.event >= 0 and start <= reading.event:  # the name is the word of the event
        return Part.NAMED
    if start < reading.event:
        aimed = before in AIMED and any(table.nouns & {word, word.removesuffix("s")} for word in words[:start])
        return Part.SUFFERS if aimed else _part_of_subject(end, claim, reading)
    between = words[reading.event + 1 : start]
    if table.breaking & set(between) or (",", "and") in pairwise(between):
        return Part.NAMED
    return Part.ACTS if before in table.acting else _acted_upon(reading)


def _word_before(words: Words, table: StakeWords) -> str:
    """Return the word that leads to a name: in "by Alto and Vela" it is "by" for both."""
    small = table.acting | table.placing | AIMED
    led = next((word for word in reversed(words) if word not in ARTICLES), "")
    if led == "of" and table.regions & set(words[-NEAR:]):
        led = next((word for word in reversed(words[-JOINED:]) if word in table.placing), led)
    if led not in {"and", "or", ","}:
        return led
    return next((word for word in reversed(words[-JOINED:]) if word in small), led)


def _part_of_subject(end: int, claim: Claim, reading: Reading) -> Part:
    """Return the part of a name before the event."""
    table, words = load_stake_words(), reading.words
    accused = claim.act in {Act.ACCUSE, Act.DENY} and words[end : end + 1] and words[end] in ACCUSED_OF
    if accused:
        return Part.ACTS
    if reading.perceiving:
        turned = _turned(words, end, reading.event, table)
        return Part.SHARES if turned else Part.NAMED
    if end <= reading.perceived_at:
        return Part.NAMED
    if _turned(words, end, reading.event, table):
        return Part.NAMED if words[end : end + 1] == ("'s",) and not reading.hostile else _acted_upon(reading)
    return Part.ACTS


def _turned(words: Words, start: int, event: int, table: StakeWords) -> bool:
    """Return whether the event is done to what stands before it: "was severely beaten", not "was beating"."""
    near = words[max(start, event - NEAR) : event]
    return bool(table.passive & set(near)) and not words[event].endswith("ing")


def _own_part(claim: Claim, reading: Reading) -> Part | None:
    """Return the part of a source that its own claim names by a pronoun alone ("we sank it", "bombed its embassy")."""
    words, event = reading.words, reading.event
    subject = words[:1] and (words[0] in SELF or (words[0] == "it" and words[1:2] in {("had",), ("has",), ("would",)}))
    if event > 0 and subject:
        return _part_of_subject(1, claim, reading)
    behind = words[event + 1 : event + 1 + CLOSE] if event >= 0 else ()
    owned = any(word in OWN and after != "own" for word, after in pairwise((*behind, "")))
    return Part.SUFFERS if owned and reading.hostile and claim.act is not Act.DENY else None
