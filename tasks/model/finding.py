"""What the sources make of one matter: related pairs, origins, findings."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Relation(StrEnum):
    """How two claims about the same thing stand to each other; unrelated pairs are not kept."""

    AGREE = "agree"
    CONFLICT = "conflict"
    COMPATIBLE = "compatible"
    UNSURE = "unsure"


class Kind(StrEnum):
    """Of what kind a conflict is, or why a pair that looks like one is none."""

    NONE = ""
    DENIAL = "denial"
    EVIDENCE = "evidence"  # "denied any evidence that" is not "denied that"
    NEGATION = "negation"
    NUMBER = "number"
    TIME = "time"
    ROLE = "role"  # who did it to whom
    OPPOSITE = "opposite"
    DIFFERENT_TIME = "different-time"
    DIFFERENT_SCOPE = "different-scope"
    FORECAST = "forecast"
    COMPATIBLE_NUMBERS = "compatible-numbers"
    SHIFT = "shift"  # one source, two positions
    SAME_MATTER = "same-matter"  # one matter; how the two stand to each other is not told


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedPair:
    """Two claims, how they stand to each other, and why. `left` is the smaller id."""

    left: str
    right: str
    relation: Relation
    kind: Kind
    confidence: float  # 0 to 1: how sure of the relation
    reasons: tuple[str, ...]
    kinship: float = 0.0  # 0 to 1: how likely, by their likeness alone, both speak of one matter

    def __post_init__(self) -> None:
        if not self.left < self.right:
            raise ValueError("the left claim of a pair has the smaller id")


class Side(StrEnum):
    """Where a claim stands in a finding."""

    FOR = "for"
    AGAINST = "against"
    DECLINES = "declines"
    BESIDE = "beside"  # on the same matter; how it stands to the statement is not told


TAKEN = (Side.FOR, Side.AGAINST, Side.DECLINES)  # sides that somebody takes; the origins of these are counted


class Status(StrEnum):
    """What can be said of a finding without saying what is true."""

    DISPUTED = "disputed"
    SEVERAL_ORIGINS = "several-origins"
    SINGLE_ORIGIN = "single-origin"
    DENIED = "denied"
    SHIFTED = "shifted"
    UNCLEAR = "unclear"


# What a reader should meet first.
READING_ORDER = (
    Status.DISPUTED,
    Status.SHIFTED,
    Status.SEVERAL_ORIGINS,
    Status.DENIED,
    Status.UNCLEAR,
    Status.SINGLE_ORIGIN,
)


class Stake(StrEnum):
    """What a source has to do with the matter that it speaks of."""

    PARTY = "party"  # the matter is what it does or takes part in
    OPPONENT = "opponent"  # it was done to the source, or the source stands against a party
    THIRD_PARTY = "third-party"
    UNKNOWN = "unknown"  # nobody knows who speaks, or the outlet itself does


class Contribution(StrEnum):
    """What an outlet brings to a finding."""

    ADDS = "adds"  # an origin begins with it
    REPEATS = "repeats"  # all that it carries began elsewhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One claim of a finding, the side it takes, and what its source has to do with the matter, with the reason."""

    claim_id: str
    side: Side
    stake: Stake = Stake.UNKNOWN
    stake_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A beginning of one side that may be independent, the claims that go back to it, and why they count as one."""

    side: Side
    claim_ids: tuple[str, ...]
    reason: str
    confidence: float = 1.0  # 0 to 1: how sure that they are one

    def __post_init__(self) -> None:
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"a confidence lies between 0 and 1, got {self.confidence}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """One outlet in a finding: whether it adds a source of its own or only repeats, and why that is said."""

    outlet: str
    contribution: Contribution
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One matter with its claims, sides, origins and reasons. The id is that of its earliest claim."""

    id: str
    statement: str
    status: Status
    members: tuple[Member, ...]
    origins: tuple[Origin, ...]
    pairs: tuple[RelatedPair, ...]
    first_seen: datetime
    last_seen: datetime
    carriers: tuple[Carrier, ...] = ()
    reckoning: str = ""  # how articles come down to origins, as one sentence
