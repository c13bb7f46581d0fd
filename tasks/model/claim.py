"""Who said what: one claim with its act, its position, its source and its place in one article."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from tasks.model.article import Span, content_id


class Act(StrEnum):
    """What the source does with the content."""

    ASSERT = "assert"
    DENY = "deny"
    ALLEGE = "allege"
    ACCUSE = "accuse"
    CONFIRM = "confirm"
    JUDGE = "judge"
    HEDGE = "hedge"
    URGE = "urge"
    PROMISE = "promise"
    DECLINE = "decline"
    RETRACT = "retract"
    ATTITUDE = "attitude"


class Position(StrEnum):
    """Whether the source holds the content, made positive, to be so."""

    FOR = "for"
    AGAINST = "against"
    NONE = "none"


class Certainty(StrEnum):
    """How sure the source says it is."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"


class Speech(StrEnum):
    """How much of the content stands between quotation marks: all, none or some."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Voice(StrEnum):
    """Who speaks: a source that the article names or describes, or the outlet itself."""

    SOURCE = "source"
    OUTLET = "outlet"


class EntityKind(StrEnum):
    """What a source or a party is."""

    PERSON = "person"
    STATE = "state"  # a country or its government
    BODY = "body"  # an organisation, institution or alliance
    GROUP = "group"  # officials, analysts, critics, residents: unnamed people
    OUTLET = "outlet"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Entity:
    """Somebody who speaks or is spoken of. The id is stable: `state:RU`, `person:antony-blinken`, `body:nato`."""

    id: str
    name: str
    kind: EntityKind


class Role(StrEnum):
    """What a party does in the proposition."""

    AGENT = "agent"
    PATIENT = "patient"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An entity named in the content and what it does there."""

    entity: Entity
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number in the content: `low` to `high` of `unit` (a lemma such as "soldier", or "percent", "USD").

    An open end is minus or plus infinity ("at least 10,000"); `approximate` marks "about", "nearly", "some".
    """

    low: float
    high: float
    unit: str
    approximate: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRange:
    """A time named in the content, as the first and the last day it can mean."""

    start: date
    end: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposition:
    """What is claimed, prepared for comparison without the text at hand.

    `statement` stands alone: linked pronouns are replaced and, for a denial such as "denied any arms deals", the
    parties that deny are named. `core` is the head phrase of the content ("arms deals").
    """

    statement: str
    core: str = ""
    predicates: tuple[str, ...] = ()  # lemmas of verbs and of the nouns that stand for events
    terms: tuple[str, ...] = ()  # lemmas of the other content words
    parties: tuple[Party, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    times: tuple[TimeRange, ...] = ()
    negated: bool = False  # the source asserts a negated content: "said it did not supply"
    forecast: bool = False  # about what is to come
    evidence: bool = False  # about the evidence for a thing, not the thing: "denied any evidence of"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One attribution: who said it, with which cue, and what was said; or a statement of the outlet itself."""

    article_id: str
    voice: Voice
    source: tuple[Span, ...]  # empty: nobody is named
    entities: tuple[Entity, ...]  # who the source is; more than one where several speak jointly
    resolved: bool  # False: "he (unresolved)"
    cue: tuple[Span, ...]  # empty: a quotation that goes on, or the outlet's own voice
    content: tuple[Span, ...]  # more than one where the cue interrupts it
    speech: Speech
    act: Act
    certainty: Certainty
    proposition: Proposition
    distanced: bool = False
    basis: tuple[Span, ...] = ()  # the evidence that the source offers
    via: tuple[str, ...] = ()  # the chain that the claim came through, nearest first
    parent: str = ""  # id of the claim that this one sits in
    said_at: datetime | None = None
    confidence: float = 1.0
    rule: str = ""  # the rule that found it
    id: str = field(init=False)

    def __post_init__(self) -> None:
        if not self.content:
            raise ValueError("a claim needs a content")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"a confidence lies between 0 and 1, got {self.confidence}")
        offsets = (offset for span in (*self.content, *self.cue) for offset in (span.start, span.end))
        object.__setattr__(self, "id", content_id(self.article_id, self.voice, *offsets))

    @property
    def position(self) -> Position:
        """Return whether the source holds the content, made positive, to be so."""
        return position(self.act, negated=self.proposition.negated)


def position(act: Act, *, negated: bool) -> Position:
    """Return the position that an act takes towards a content: the one place where this is decided.

    A denial keeps its content positive: content "supplying weapons", act `deny`. "Says it did not supply" asserts
    a negated content. Both are against supplying; a denied negation is for it.
    """
    match act:
        case Act.ASSERT | Act.ALLEGE | Act.ACCUSE | Act.CONFIRM | Act.HEDGE | Act.JUDGE:
            return Position.AGAINST if negated else Position.FOR
        case Act.DENY | Act.RETRACT:
            return Position.FOR if negated else Position.AGAINST
        case Act.URGE | Act.PROMISE | Act.DECLINE | Act.ATTITUDE:
            return Position.NONE
