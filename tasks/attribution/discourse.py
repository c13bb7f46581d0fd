"""What is known of an article's talk so far: who is in it, who spoke last, and what a source was resolved to."""

from dataclasses import dataclass, field

from tasks.attribution.cast import Cast, Mention
from tasks.model.claim import Entity

LOOK_BACK = 700  # characters: about two paragraphs
SHORT_PHRASE = 3  # words of "the interior ministry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """The entities of a source, and whether it is known who they are."""

    entities: tuple[Entity, ...]
    known: bool


NOBODY = Resolved(entities=(), known=False)


@dataclass(slots=True, kw_only=True)
class Discourse:
    """The cast of one article, and who has spoken up to here."""

    cast: Cast
    article: str  # its id: keeps its nameless people its own
    spoken: list[tuple[int, Resolved, bool]] = field(default_factory=list)  # where, who, whether it is one person

    def before(self, place: int) -> list[Mention]:
        """Return who was named before a place of the text."""
        return [mention for mention in self.cast.mentions if mention.start < place]
