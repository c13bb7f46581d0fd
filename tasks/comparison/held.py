"""What is compared and what comes out: a proposition as its source holds it, the verdict on two, the thresholds."""

from dataclasses import dataclass

from tasks.model.claim import Act, Claim, Entity, Position, Proposition, position
from tasks.model.finding import Kind, Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """From which score of one matter (0 to 1) a pair counts; set like the weights in `matter.py`."""

    conflict: float = 0.60  # one denies, the other says so
    negation: float = 0.66  # "did not": its scope is read less surely than a denial
    agree: float = 0.62
    number: float = 0.55
    opposite: float = 0.75  # neither side denies: only where all but the opposite words is the same
    unsure: float = 0.50  # below it the pair is left out


THRESHOLDS = Thresholds()


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A proposition and what its source does with it."""

    proposition: Proposition
    act: Act = Act.ASSERT
    sources: tuple[Entity, ...] = ()

    @property
    def position(self) -> Position:
        """Return whether the source holds it to be so."""
        return position(self.act, negated=self.proposition.negated)


def held_of(claim: Claim) -> Held:
    """Return what a claim's source holds."""
    return Held(proposition=claim.proposition, act=claim.act, sources=claim.entities)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How two propositions stand to each other, how surely, and why."""

    relation: Relation
    kind: Kind = Kind.NONE
    confidence: float
    reasons: tuple[str, ...]


def verdict(relation: Relation, kind: Kind, score: float, reasons: tuple[str, ...]) -> Verdict:
    """Return a verdict whose confidence is the score of one matter."""
    return Verdict(relation=relation, kind=kind, confidence=round(min(1.0, score), 3), reasons=reasons)
