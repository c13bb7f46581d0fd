"""One matter or two: whether a pair of propositions speaks of the same thing, and how surely."""

from collections.abc import Sequence
from dataclasses import dataclass

from tasks.comparison.concepts import Concept, Coverage, cover, names_apart
from tasks.comparison.signals import (
    Pairing,
    Signal,
    head_met,
    same_parties,
    same_predicates,
    same_things,
    similar_content,
)
from tasks.model.claim import Proposition

# What each signal adds. Set by hand on the tables of pairs in tests/comparison and on pairs read from development
# stories; not fitted: there is no corpus of claim pairs with these features yet. A score ranks; it is no probability.
WEIGHTS = {"same parties": 0.25, "same things": 0.45, "similar content": 0.30}
NEARLY_ONE_SENTENCE = 0.80  # cosine from which the words need not be in the table
CONTAINED = 0.55  # cosine that a claim which is wholly met must have at least
ENOUGH_PARTS = 2  # concepts and numbers; two parties count as one more
MOST_THINGS = 0.60
ENOUGH_CONTENT = 0.34  # share of the content that must be met even then
APART = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """How surely two propositions speak of one thing, 0 for two things, and what speaks for it."""

    score: float
    signals: tuple[Signal, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return what there is to say for it, in plain words."""
        return tuple(signal.reason for signal in self.signals if signal.reason)


def same_matter(pairing: Pairing, *, asked: Coverage | None = None) -> Matter:
    """Return how surely both speak of one thing.

    `asked` is the coverage of the side that is against: a denial is short, and what it denies must be met in the
    other claim. Without it the better covered side counts.
    """
    parties, content = same_parties(pairing), same_things(pairing)
    if asked is not None:
        content = Signal(name=content.name, strength=asked.share, reason=content.reason)
    signals = (parties, same_predicates(pairing), content, similar_content(pairing))
    two_names = names_apart(pairing.left_concepts, pairing.right_concepts)
    if parties.strength == 0.0 or two_names or not _gate(pairing, asked):
        return Matter(score=APART, signals=signals)
    score = sum(WEIGHTS.get(signal.name, 0.0) * signal.strength for signal in signals)
    return Matter(score=round(score, 4), signals=signals)


def _gate(pairing: Pairing, asked: Coverage | None) -> bool:
    """Return whether the event and one of the things are met: alike in topic is not yet one matter."""
    share = same_things(pairing).strength if asked is None else asked.share
    if not both_say_enough(pairing):
        return False
    if pairing.cosine >= NEARLY_ONE_SENTENCE and share >= ENOUGH_CONTENT:
        return True
    if asked is None and _contained(pairing):
        return True
    return _event_met(pairing, asked) and _thing_met(pairing, asked)


def both_say_enough(pairing: Pairing) -> bool:
    """Return whether each side holds enough to tell what it is about."""
    sides = ((pairing.left, pairing.left_concepts), (pairing.right, pairing.right_concepts))
    return all(_says_enough(*side) for side in sides)


def _says_enough(proposition: Proposition, concepts: Sequence[Concept]) -> bool:
    """Return whether there is enough to match: "the commitment" or "the attack" alone may be any."""
    several = len({party.entity.id for party in proposition.parties}) > 1
    return len(concepts) + len(proposition.quantities) + several >= ENOUGH_PARTS


def _contained(pairing: Pairing) -> bool:
    """Return whether one side says all that the other says, its event too, and more ("14 died", "14 died, 87 hurt")."""
    sides = ((pairing.left_concepts, pairing.left_met), (pairing.right_concepts, pairing.right_met))
    whole = any(met.share >= 1.0 and head_met(concepts, met) for concepts, met in sides)
    return whole and pairing.cosine >= CONTAINED


def _event_met(pairing: Pairing, asked: Coverage | None) -> bool:
    """Return whether the event at the head is met, on the side that is asked or on both.

    A side without an event ("the air is not safe") must have most of its things met instead.
    """
    sides = ((pairing.left_concepts, pairing.left_met), (pairing.right_concepts, pairing.right_met))
    return all(
        head_met(concepts, met) if any(one.event for one in concepts) else met.share >= MOST_THINGS
        for concepts, met in sides
        if asked is None or met is asked
    )


def _thing_met(pairing: Pairing, asked: Coverage | None) -> bool:
    """Return whether a thing is met, if the side that is asked (else each side) names any; what both count is one."""
    if asked is None and any(match.left.unit.islower() and match.left.unit != "percent" for match in pairing.numbers):
        return True
    sides: tuple[tuple[tuple[Concept, ...], Coverage], ...] = (
        (pairing.left_concepts, pairing.left_met),
        (pairing.right_concepts, pairing.right_met),
    )
    chosen = [(concepts, met) for concepts, met in sides if asked is None or met is asked]
    return all(met.things or not any(not concept.event for concept in concepts) for concepts, met in chosen)


def things_in_common(pairing: Pairing) -> float:
    """Return the share of things in common, opposite words left aside, of the side that names fewer; 0 for none."""
    left = [one for one in pairing.left_concepts if not any(one is pair[0] for pair in pairing.opposites)]
    right = [one for one in pairing.right_concepts if not any(one is pair[1] for pair in pairing.opposites)]
    return max(cover(left, right).share, cover(right, left).share)
