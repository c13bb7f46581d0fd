"""Two claims laid side by side, and everything about them that can be weighed, as named numbers."""

from dataclasses import dataclass

from tasks.comparison.held import Verdict
from tasks.comparison.judge import Judgement, Label
from tasks.comparison.pairs import log
from tasks.comparison.signals import Pairing
from tasks.model.claim import Act, Claim, Position
from tasks.model.finding import Relation

DENYING = frozenset({Act.DENY, Act.RETRACT})


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
    """Return the named features of a pair; the table of weights has a row for each.

    More were tried (single signals, kinds, voices, certainty): with some hundred labelled pairs they only added noise.
    """
    shares = sorted((looked.pairing.left_met.share, looked.pairing.right_met.share))
    held = {looked.left.position, looked.right.position}
    return {
        **_proposal(looked.verdict),
        **_reading(looked, judgement),
        "similar": looked.cosine,
        "met less": shares[0],
        "met more": shares[1],
        "opposite positions": float(held == {Position.FOR, Position.AGAINST}),
        "no position": float(Position.NONE in held),
    }


def _proposal(proposed: Verdict | None) -> dict[str, float]:
    """Return what structure proposes, and how strongly."""
    relation, score = (None, 0.0) if proposed is None else (proposed.relation, proposed.confidence)
    found = {f"proposed: {one}": float(relation is one) for one in Relation}
    return found | {f"score of {one}": score * (relation is one) for one in (Relation.AGREE, Relation.CONFLICT)}


def _reading(looked: Looked, judgement: Judgement) -> dict[str, float]:
    """Return what the judge reads, as logarithms, turned round where one source denies its own words."""
    chances = judgement.probabilities
    alike, apart = log(chances[Label.AGREE]), log(chances[Label.CONFLICT])
    if looked.turned:
        alike, apart = apart, alike
    return {"read: alike": alike, "read: apart": apart, "read: neither": log(chances[Label.NEUTRAL])}
