"""Who can be meant: a person of the article, and one place where somebody is named."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import islice

from spacy.tokens import Token

from tasks.attribution.gazetteer import BODIES, GENDERS, GOVERNMENT, slug
from tasks.model.claim import Entity, EntityKind

NO_FIRM = frozenset({"nations", "congress", "house", "duma"})


@dataclass(slots=True, kw_only=True)
class Person:
    """One person of the article: the longest name seen, what was said of the office, whom the person speaks for."""

    name: str
    words: frozenset[str]
    office: set[str] = field(default_factory=set)
    speaks_for: tuple[Entity, ...] = ()
    gender: str = ""  # the pronoun: "he", "she", "" where unknown

    @classmethod
    def named(cls, words: tuple[str, ...]) -> "Person":
        """Return a person of that name; a first name that only women or only men bear tells the pronoun."""
        return cls(name=" ".join(words), words=frozenset(words), gender=GENDERS.get(words[0], ""))

    @property
    def entity(self) -> Entity:
        """Return the person as an entity."""
        return Entity(id=f"person:{slug(self.name)}", name=self.name, kind=EntityKind.PERSON)

    @property
    def entities(self) -> tuple[Entity, ...]:
        """Return the person, then whom the person speaks for."""
        return (self.entity, *self.speaks_for)

    def fits(self, gender: str) -> bool:
        """Return whether "he" or "she" can mean the person."""
        return self.gender in ("", gender)


@dataclass(slots=True)
class People:
    """The people of an article, found by the words of their names: an article of a megabyte names thousands."""

    everyone: list[Person] = field(default_factory=list)
    _bearers: dict[str, list[Person]] = field(default_factory=dict)  # of each word

    def __iter__(self) -> Iterator[Person]:
        return iter(self.everyone)

    def add(self, person: Person) -> None:
        """Add one more."""
        self.everyone.append(person)
        for word in person.words:
            self._bearers.setdefault(word, []).append(person)

    @property
    def words(self) -> AbstractSet[str]:
        """Return every word of every name."""
        return self._bearers.keys()

    def bearing(self, words: Iterable[str]) -> Iterator[Person]:
        """Yield those whose names have all of the words, nobody where there are no words."""
        wanted = frozenset(words)
        fewest = min((self._bearers.get(word, []) for word in wanted), key=len, default=[])
        return (person for person in fewest if wanted <= person.words)

    def one(self, words: Iterable[str]) -> Person | None:
        """Return the one person that a name or a part of it means, None where nobody or several could be meant."""
        found = list(islice(self.bearing(words), 2))
        return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place where somebody is named."""

    start: int  # in the whole text
    token: Token
    first: int  # token numbers of the name in its paragraph
    last: int
    person: Person | None
    entities: tuple[Entity, ...]  # where it is no person
    words: frozenset[str]
    role: Token  # the word that stands for the name in its clause: "chair" in "the chair, Hugo Lind, said"
    quoted: bool = False

    @property
    def subject(self) -> bool:
        """Return whether the one named is the subject of a clause."""
        return self.role.dep_ in ("nsubj", "nsubjpass")

    @property
    def who(self) -> tuple[Entity, ...]:
        """Return who is named: a person with those spoken for, or what the name stands for."""
        return self.person.entities if self.person else self.entities

    @property
    def firm(self) -> bool:
        """Return whether "the company" can mean it: a body of its own, no ministry, union, court or outlet."""
        ours = bool(self.entities) and self.entities[0].kind is EntityKind.BODY and len(self.entities) == 1
        placed = self.token.ent_type_ in ("GPE", "LOC", "FAC")
        return ours and not placed and not self.words & ((BODIES - {"bank", "group"}) | GOVERNMENT | NO_FIRM)
