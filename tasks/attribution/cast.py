"""Who is in an article: people, bodies and states as they are mentioned, with titles and whom they speak for."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from tasks.attribution.mentions import find_mentions, find_people, named_spans
from tasks.attribution.names import is_bodily
from tasks.attribution.offices import learn
from tasks.attribution.parsing import Paragraph
from tasks.attribution.people import Mention, People, Person
from tasks.model.claim import Entity, EntityKind

WORD_FLAGS: list[int | str] = ["ORTH", "IS_ALPHA", "IS_LOWER", "IS_TITLE", "SENT_START"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everybody in the article, and each place where they are named, in order."""

    people: People
    mentions: tuple[Mention, ...]
    names: frozenset[str] = frozenset()  # words that are capitalised within sentences, and never written small
    kinds: dict[str, set[str]] = field(default_factory=dict)  # what each body is called: "bank", "rival"
    holders: dict[str, Person] = field(default_factory=dict)  # the people by the ids of their entities
    starts: tuple[int, ...] = ()
    places: dict[int, list[Mention]] = field(default_factory=dict)  # the mentions of each parsed paragraph
    naming: dict[tuple[int, int], Mention] = field(default_factory=dict)  # the first one that each token belongs to

    def person(self, words: Iterable[str]) -> Person | None:
        """Return the one person that a name or a part of it means, None where nobody or several could be meant."""
        return self.people.one(words)

    def holder(self, entity: Entity) -> Person | None:
        """Return the person of the article that an entity stands for."""
        return self.holders.get(entity.id)

    def before(self, place: int) -> tuple[Mention, ...]:
        """Return who was named before a place of the text."""
        return self.between(0, place)

    def between(self, start: int, end: int) -> tuple[Mention, ...]:
        """Return who is named from one place of the text to another."""
        return self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def inside(self, doc: Doc) -> list[Mention]:
        """Return who is named in a paragraph."""
        return self.places.get(id(doc), [])

    def named(self, token: Token) -> Mention | None:
        """Return who is named by a token or the name that it belongs to."""
        return self.naming.get((id(token.doc), token.i))


def build_cast(paragraphs: tuple[Paragraph, ...]) -> Cast:
    """Return who is named in the article; a surname counts as the full name it belongs to."""
    ents = [named_spans(paragraph.doc) for paragraph in paragraphs]
    people = find_people(ent for own in ents for ent in own)
    mentions = tuple(find_mentions(paragraphs, ents, people))
    places: dict[int, list[Mention]] = {}
    naming: dict[tuple[int, int], Mention] = {}
    for mention in mentions:
        doc = id(mention.token.doc)
        places.setdefault(doc, []).append(mention)
        for number in range(mention.first, mention.last + 1):
            naming.setdefault((doc, number), mention)
    cast = Cast(
        people=people,
        mentions=mentions,
        names=_names(paragraphs),
        holders={person.entity.id: person for person in people},
        starts=tuple(mention.start for mention in mentions),
        places=places,
        naming=naming,
    )
    for mention in mentions:
        if mention.person is not None:
            learn(mention.person, mention.token, cast.named)
        elif mention.entities[0].kind in (EntityKind.BODY, EntityKind.OUTLET):
            cast.kinds.setdefault(mention.entities[0].id, set()).update(_kinds(mention.token))
    return cast


def _kinds(token: Token) -> Iterator[str]:
    """Yield what a body is called beside its name: "the company's rival, Vesta", "the broadcaster SRK"."""
    nouns = [child for child in token.children if child.dep_ in ("appos", "compound", "nmod")]
    for noun in (*nouns, token.head) if token.dep_ == "appos" else nouns:
        if noun.pos_ == "NOUN" and is_bodily(noun):
            yield noun.lemma_.lower()


def _names(paragraphs: tuple[Paragraph, ...]) -> frozenset[str]:
    """Return the capitalised words that cannot be common nouns."""
    small: set[int] = set()
    inner: set[int] = set()
    for paragraph in paragraphs:
        if not paragraph.heading:
            table = paragraph.doc.to_array(WORD_FLAGS)
            alpha = table[:, 1] == 1
            small.update(table[alpha & (table[:, 2] == 1), 0].tolist())
            inner.update(table[alpha & (table[:, 3] == 1) & (table[:, 4] != 1), 0].tolist())
    strings = paragraphs[0].doc.vocab.strings if paragraphs else None
    lowered = {strings[word] for word in small} if strings else set()
    return (
        frozenset(word for word in map(strings.__getitem__, inner) if word.lower() not in lowered)
        if strings
        else frozenset()
    )
