"""What is known of an article's talk so far: who is in it, who spoke last, and what a source was resolved to."""

from collections import defaultdict
from dataclasses import dataclass, field

from spacy.tokens import Token

from tasks.attribution.cast import Cast
from tasks.attribution.people import Mention
from tasks.model.claim import Entity, EntityKind

LOOK_BACK = 700  # characters: about two paragraphs
SHORT_PHRASE = 3  # words of "the interior ministry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """The entities of a source, and whether it is known who they are."""

    entities: tuple[Entity, ...]
    known: bool
    members: tuple[tuple[Entity, ...], ...] = ()  # where several speak jointly: each with whom it speaks for


NOBODY = Resolved(entities=(), known=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A source that was resolved, and where it stands."""

    place: int
    who: Resolved
    head: Token  # of its phrase
    words: frozenset[str]

    @property
    def one(self) -> bool:
        """Return whether it is one person."""
        return self.who.entities[0].kind is EntityKind.PERSON and len(self.who.members) < 2  # noqa: PLR2004


@dataclass(slots=True, kw_only=True)
class Discourse:
    """The cast of one article, and who has spoken up to here."""

    cast: Cast
    article: str  # its id: keeps its nameless people its own
    spoken: list[Spoken] = field(default_factory=list)
    _near: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))  # by stretch of the text
    _by_head: dict[tuple[int, int], Spoken] = field(default_factory=dict)

    def before(self, place: int) -> tuple[Mention, ...]:
        """Return who was named before a place of the text."""
        return self.cast.before(place)

    def add(self, spoken: Spoken) -> None:
        """Note who spoke."""
        self._near[spoken.place // LOOK_BACK].append(len(self.spoken))
        self._by_head[id(spoken.head.doc), spoken.head.i] = spoken
        self.spoken.append(spoken)

    def said_by(self, head: Token) -> Spoken | None:
        """Return the last source whose head is this token."""
        return self._by_head.get((id(head.doc), head.i))

    def spoken_before(self, place: int, reach: int = LOOK_BACK) -> list[Spoken]:
        """Return who spoke before a place of the text, not too far from it, the last one last."""
        stretches = range((place - reach) // LOOK_BACK, place // LOOK_BACK + 1)
        numbers = sorted(number for stretch in stretches for number in self._near.get(stretch, ()))
        near = map(self.spoken.__getitem__, numbers)  # in the order in which they were found, not of their places
        return [spoken for spoken in near if place - reach <= spoken.place < place]
