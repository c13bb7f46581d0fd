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


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedPair:
    """Two claims, how they stand to each other, and why. `left` is the smaller id."""

    left: str
    right: str
    relation: Relation
    kind: Kind
    confidence: float  # 0 to 1: how sure of the relation
    reasons: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.left < self.right:
            raise ValueError("the left claim of a pair has the smaller id")


class Side(StrEnum):
    """Where a claim stands in a finding."""

    FOR = "for"
    AGAINST = "against"
    DECLINES = "declines"


class Status(StrEnum):
    """What can be said of a finding without saying what is true."""

    DISPUTED = "disputed"
    SEVERAL_ORIGINS = "several-origins"
    SINGLE_ORIGIN = "single-origin"
    DENIED = "denied"
    SHIFTED = "shifted"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One claim of a finding and the side it takes."""

    claim_id: str
    side: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A beginning of one side that may be independent, the claims that go back to it, and why they count as one."""

    side: Side
    claim_ids: tuple[str, ...]
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
