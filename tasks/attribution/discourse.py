"""What is known of an article's talk so far: who is in it, who spoke last, and what a source was resolved to."""

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

    def before(self, place: int) -> tuple[Mention, ...]:
        """Return who was named before a place of the text."""
        return self.cast.before(place)

    def spoken_before(self, place: int, reach: int = LOOK_BACK) -> list[Spoken]:
        """Return who spoke before a place of the text, not too far from it, the last one last."""
        return [spoken for spoken in self.spoken if place - reach <= spoken.place < place]
