"""Two claims laid side by side, and everything about them that can be weighed, as named numbers."""

from dataclasses import dataclass

from tasks.comparison.held import Verdict
from tasks.comparison.judge import Judgement, Label
from tasks.comparison.pairs import log
from tasks.comparison.signals import (
    Pairing,
    different_times,
    numbers_apart,
    numbers_meet,
    same_parties,
    same_predicates,
    same_things,
    swapped_objects,
    swapped_roles,
)
from tasks.model.claim import Act, Certainty, Claim, Position, Voice
from tasks.model.finding import Kind, Relation

DENYING = frozenset({Act.DENY, Act.RETRACT})
FEW = 4  # concepts and parties
SIGNALS = {
    "same parties": same_parties,
    "same predicates": same_predicates,
    "same things": same_things,
    "numbers apart": numbers_apart,
    "numbers meet": numbers_meet,
    "different times": different_times,
    "roles swapped": swapped_roles,
    "objects swapped": swapped_objects,
}
KINDS = {
    "a denial": {Kind.DENIAL, Kind.EVIDENCE},
    "a negation": {Kind.NEGATION},
    "numbers or opposites": {Kind.NUMBER, Kind.OPPOSITE},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """Two claims laid side by side, and what structure says of them."""

    left: Claim
    right: Claim
    cosine: float
    pairing: Pairing
    verdict: Verdict | None

    @property
    def turned(self) -> bool:
        """Return whether one source denies what its words say, so that the words agree where the sources do not."""
        return (self.left.act in DENYING) != (self.right.act in DENYING)

    @property
    def texts(self) -> tuple[str, str]:
        """Return the two statements."""
        return self.left.proposition.statement, self.right.proposition.statement


def features_of_pair(looked: Looked, judgement: Judgement) -> dict[str, float]:
    """Return the named features of a pair; the table of weights has a row for each."""
    left, right, pairing = looked.left, looked.right, looked.pairing
    shares = sorted((pairing.left_met.share, pairing.right_met.share))
    values = _proposal(looked.verdict) | {name: signal(pairing).strength for name, signal in SIGNALS.items()}
    values |= {"similar": looked.cosine, "met less": shares[0], "met more": shares[1]}
    values |= _reading(looked, judgement)
    held = {left.position, right.position}
    values |= {
        "opposite words": float(bool(pairing.opposites)),
        "opposite positions": float(held == {Position.FOR, Position.AGAINST}),
        "both against": float(held == {Position.AGAINST}),
        "no position": float(Position.NONE in held),
        "one is a forecast": float(left.proposition.forecast != right.proposition.forecast),
        "one article": float(left.article_id == right.article_id),
        "outlets speak": (left.voice is Voice.OUTLET) / 2 + (right.voice is Voice.OUTLET) / 2,
        "only possible": float(Certainty.POSSIBLE in {left.certainty, right.certainty}),
        "sure of the claims": min(left.confidence, right.confidence),
        "says little": float(min(map(_length, (left, right))) < FEW),
    }
    return values


def _length(claim: Claim) -> int:
    proposition = claim.proposition
    return len(proposition.predicates) + len(proposition.terms) + len(proposition.parties)


def _proposal(proposed: Verdict | None) -> dict[str, float]:
    """Return what structure proposes, and how strongly."""
    relation, kind = (None, Kind.NONE) if proposed is None else (proposed.relation, proposed.kind)
    score = 0.0 if proposed is None else proposed.confidence
    found = {f"proposed: {one}": float(relation is one) for one in Relation}
    found |= {f"proposed: {name}": float(kind in kinds) for name, kinds in KINDS.items()}
    found |= {f"score of {one}": score * (relation is one) for one in (Relation.AGREE, Relation.CONFLICT)}
    return found


def _reading(looked: Looked, judgement: Judgement) -> dict[str, float]:
    """Return what the judge reads, as logarithms, turned round where one source denies its own words."""
    chances = judgement.probabilities
    alike, apart = log(chances[Label.AGREE]), log(chances[Label.CONFLICT])
    if looked.turned:
        alike, apart = apart, alike
    found = {"read: alike": alike, "read: apart": apart, "read: neither": log(chances[Label.NEUTRAL])}
    return found | {f"turned, {name}": value * looked.turned for name, value in found.items()}
