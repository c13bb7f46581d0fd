"""Who speaks in a claim, in the words that a reader needs: the name, what the article called them, their rows."""

import re
from dataclasses import dataclass

from tasks.model.article import Article, words_of
from tasks.model.claim import Claim, Entity, EntityKind, Voice
from tasks.reporting.words import CLOSING, OPENING, joined, kind_words

EDGE = f" ,.:;{OPENING}{CLOSING}"  # signs at the ends of a source that are no part of the name
JOINT = re.compile(r"\b(and|with)\b|[,&]")  # what joins several in one source
UNNAMED = "somebody not named"


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A source as the report names it."""

    name: str
    note: str  # the words of the article where they differ from the name
    rows: tuple[tuple[str, str, str], ...]  # key, name and kind of each row of the matrix; empty: nobody known


def speaker_of(claim: Claim, article: Article) -> Speaker:
    """Return who speaks: the outlet itself, the linked people or bodies, or the bare words of the article."""
    if claim.voice is Voice.OUTLET:
        name = article.outlet or "The outlet"
        return Speaker(name=name, note="", rows=((f"outlet:{name}", name, "the outlet itself"),))
    words = words_of(article.text, claim.source)
    if not claim.resolved:
        return Speaker(name=f"{words or UNNAMED} (unresolved)", note="", rows=())
    if not claim.entities:
        key = f"words:{words.casefold()}"
        return Speaker(name=words or UNNAMED, note="", rows=((key, words, "as the article has it"),) if words else ())
    speaking = speaking_entities(claim.entities, words)
    name = entities_name(claim.entities, speaking)
    note = "" if not words or _plain(words) == _plain(name) else words
    return Speaker(name=name, note=note.strip(EDGE), rows=tuple(_row(entity) for entity in speaking))


def _plain(words: str) -> str:
    """Return the words as far as they name somebody: "The Water Board," is the Water Board."""
    return words.casefold().removeprefix("the ").strip(EDGE)


def entities_name(entities: tuple[Entity, ...], speaking: tuple[Entity, ...]) -> str:
    """Return the names of those who speak, with those whom they speak for in brackets."""
    behind = [entity.name for entity in entities if entity not in speaking]
    name = joined([entity.name for entity in speaking])
    return f"{name} ({', '.join(behind)})" if behind else name


def speaking_entities(entities: tuple[Entity, ...], words: str) -> tuple[Entity, ...]:
    """Return who opens the mouth; the others are whom they speak for.

    A lone person beside bodies speaks for them. "The Kremlin" speaks for Russia, which its words do not name; where
    the words join several ("Oslo and the Kremlin"), all speak.
    """
    people = tuple(entity for entity in entities if entity.kind is EntityKind.PERSON)
    if entities[0].kind is EntityKind.GROUP:
        return entities[:1]  # "the ministers, Kim among them" are the ministers
    if len(people) == 1:
        return people
    named = tuple(entity for entity in entities if entity.name.casefold() in words.casefold())
    return named if named and not JOINT.search(words) else entities


def _row(entity: Entity) -> tuple[str, str, str]:
    return entity.id, entity.name, kind_words(entity.kind)
