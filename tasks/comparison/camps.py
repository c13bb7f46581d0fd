"""Camps: for whom a source counts beside itself, and by which words a text names somebody."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import takewhile

from tasks.comparison.concepts import SHORT
from tasks.comparison.lexicon import load_lexicon
from tasks.comparison.names import same_entity
from tasks.comparison.remembered import remembered
from tasks.comparison.stake_words import load_stake_words
from tasks.model.claim import Claim, Entity, EntityKind, Voice
from tasks.model.countries import read_countries

Words = tuple[str, ...]
_TOKEN = re.compile(r"[^\W_]+(?:[-'.][^\W_]+)*'?|[,;]")
_OWNED = re.compile(r"(?:[Tt]he )?[A-Z][\w-]*['\u2019]s\b")
_NOBODY = frozenset({EntityKind.GROUP, EntityKind.UNKNOWN})
ADJECTIVE = ("an", "ese", "ish", "i")
LONGER = 3  # letters that an adjective may have more than the name it is made from ("Kestria", "Kestrian")


def tokens_of(text: str) -> Words:
    """Return the words of a text in small letters, with its commas, a possessive split off ("kestria", "'s")."""
    found: list[str] = []
    for token in _TOKEN.findall(text.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")):
        owner = token.removesuffix("'s").removesuffix("'")
        found += [owner, "'s"] if owner != token else [token]
    return tuple(found)


@remembered(4096)
def aliases_of(entity: Entity) -> tuple[Words, ...]:
    """Return the word sequences by which a text may name somebody, the longest first."""
    name = tuple(word for word in tokens_of(entity.name) if word != "'s")
    if entity.name.islower() and load_lexicon().texts["generic"].issuperset(name):
        return ()  # "group" and "the militant group" are hardly one
    names = {name, name[1:] if name[:1] == ("the",) else name}
    if entity.kind is EntityKind.PERSON:
        names.add(name[-1:])
    if entity.kind is EntityKind.STATE:
        names |= _country_names().get(entity.id, frozenset())
    if entity.kind is EntityKind.BODY and entity.name[:1].isupper() and _goes_by_its_first_word(name):
        names.add(name[:1])
    return tuple(sorted(filter(None, names), key=lambda words: (-len(words), words)))


def _goes_by_its_first_word(name: Words) -> bool:
    """Return whether the rest of a name only says what the body is: "Orvane Chemicals", and not "World Bank"."""
    kinds = load_lexicon().texts["generic"] - load_stake_words().organs
    return len(name) > 1 and name[0] not in kinds and kinds.issuperset(name[1:]) and name[:1] not in _demonyms()


@lru_cache(maxsize=1)
def _demonyms() -> frozenset[Words]:
    return frozenset(name for names in _country_names().values() for name in names)


@lru_cache(maxsize=1)
def _country_names() -> dict[str, frozenset[Words]]:
    return {
        f"state:{country.code}": frozenset(
            tokens_of(name) for name in (country.name, *country.names, *country.demonyms, *country.capitals)
        )
        for country in read_countries()
    }


def places_of(entity: Entity, words: Words) -> list[tuple[int, int]]:
    """Return where a text names somebody, as half-open ranges of its words, none inside another."""
    found: list[tuple[int, int]] = []
    for alias in aliases_of(entity):
        size, initial = len(alias), alias[0][0]
        for start, first in enumerate(words):
            if not first.startswith(initial) or not _named_at(words[start : start + size], alias):
                continue
            if all(start + size <= known or end <= start for known, end in found):
                found.append((start, start + size))
    return sorted(found)


def _named_at(words: Words, alias: Words) -> bool:
    """Return whether the words are the name or, for a name of one word, the adjective made from it ("Kestrian")."""
    if words == alias or len(alias) > 1:
        return words == alias
    word, stem = words[0], alias[0][:-1]
    made = len(stem) > SHORT and word.startswith(stem) and len(word) <= len(alias[0]) + LONGER
    return made and word.endswith(ADJECTIVE)


@remembered(16_384)  # the same few names meet again and again
def same_being(left: Entity, right: Entity) -> bool:
    """Return whether two names mean one, even where they were taken for different kinds ("Orvane" for a person)."""
    if left.kind is right.kind or {left.kind, right.kind} & {EntityKind.STATE, EntityKind.GROUP}:
        return same_entity(left, right)
    return same_entity(replace(left, kind=EntityKind.BODY), replace(right, kind=EntityKind.BODY))


def camp_of(claim: Claim, others: Iterable[Claim], known: Iterable[Entity]) -> tuple[Entity, ...]:
    """Return who the source is and for whom it counts: itself, its body and its state; nobody where it is not known.

    A person counts for the body that any of the other claims names beside that person. "Kestria's navy" counts for
    Kestria where that is somebody known.
    """
    if claim.voice is Voice.OUTLET or not claim.resolved:
        return ()
    own = _speaking(claim.entities)
    persons = [entity for entity in own if entity.kind is EntityKind.PERSON]
    linked = [
        body
        for other in others
        if len([one for one in other.entities if one.kind is EntityKind.PERSON]) == 1
        and any(same_entity(one, person) for one in other.entities for person in persons)
        for body in _speaking(other.entities)
    ]
    organs = [entity for entity in own if _is_organ(entity)]
    owners = [one for one in (*known, *_states()) if one not in own and any(_owns(one, organ) for organ in organs)]
    named = [entity for entity in (*own, *linked, *owners) if entity.kind not in _NOBODY]
    whole = [entity for entity in organs if _OWNED.match(entity.name)]  # somebody in particular, whatever its kind
    return tuple(dict.fromkeys((*named, *whole)))


def _speaking(entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """Return who speaks: of "the ministers, Kim among them" not Kim, nor those whom Kim speaks for."""
    if entities and entities[0].kind is EntityKind.GROUP:
        return tuple(takewhile(lambda entity: entity.kind is not EntityKind.PERSON, entities))
    return tuple(entities)


def _is_organ(entity: Entity) -> bool:
    """Return whether a name is that of something which acts for another ("Kestria's navy", "Ministry of Kestria")."""
    return entity.kind is not EntityKind.PERSON and bool(load_stake_words().organs & set(tokens_of(entity.name)))


@remembered(16_384)
def _owns(owner: Entity, organ: Entity) -> bool:
    """Return whether the name of an organ names its owner, and more."""
    words = tokens_of(organ.name)
    seats = _capitals()  # the police of a capital are the city's
    return any(end - start < len(words) and words[start:end] not in seats for start, end in places_of(owner, words))


@lru_cache(maxsize=1)
def _capitals() -> frozenset[Words]:
    return frozenset(tokens_of(name) for country in read_countries() for name in country.capitals)


@lru_cache(maxsize=1)
def _states() -> tuple[Entity, ...]:
    countries = read_countries()
    return tuple(Entity(id=f"state:{one.code}", name=one.name, kind=EntityKind.STATE) for one in countries)
