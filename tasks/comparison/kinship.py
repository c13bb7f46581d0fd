"""Kinship: how likely two claims speak of one matter, whether or not it can be told how they stand to each other.

A relation needs structure to see it; that two claims belong under one statement can often be seen where the relation
cannot. A small table (`models/kinship.json`, which tells how it was fitted and on what it was measured) makes a
probability of how near the sentences are and how much of each is met in the other. It reads no judge: on the labelled
pairs what the network reads added nothing to this question.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tasks.comparison.looked import Looked
from tasks.comparison.matter import both_say_enough
from tasks.comparison.regression import Regression, read_regression
from tasks.comparison.signals import Pairing, numbers_meet, same_parties, same_predicates
from tasks.model.claim import Act
from tasks.model.errors import InputError
from tasks.model.finding import Kind, RelatedPair, Relation

TABLE = Path(__file__).parents[2] / "models" / "kinship.json"
LIKELY = 0.50  # below it a pair that has no relation is not kept
ONE, TWO = "one matter", "two matters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The weights and their name."""

    weights: Regression
    version: str


@lru_cache(maxsize=2)
def load_table(path: Path = TABLE) -> Table:
    """Return the table that ships; a file that is missing or damaged is an InputError."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        return Table(weights=read_regression(table), version=table["version"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"the weights {path} cannot be read ({error!r}); training/relations makes them") from error


def features_of_matter(pairing: Pairing) -> dict[str, float]:
    """Return the named features of a pair; the table of weights has a row for each."""
    shares = sorted((pairing.left_met.share, pairing.right_met.share))
    parties = same_parties(pairing)
    return {
        "similar": pairing.cosine,
        "met less": shares[0],
        "met more": shares[1],
        "parties shared": parties.strength if parties.reason else 0.0,
        "parties apart": float(parties.strength == 0.0),
        "events met": same_predicates(pairing).strength,
        "numbers meet": float(numbers_meet(pairing).strength > 0.0),
    }


def kinship_of(looked: Looked) -> float:
    """Return how likely both speak of one matter; 0 where one says too little, or only what its source feels."""
    if Act.ATTITUDE in {looked.left.act, looked.right.act} or not both_say_enough(looked.pairing):
        return 0.0
    return round(load_table().weights.probabilities(features_of_matter(looked.pairing))[ONE], 3)


def kin_pair(looked: Looked, kinship: float) -> RelatedPair | None:
    """Return the pair of two claims that have no relation but are likely of one matter; None where they are not."""
    if kinship < LIKELY:
        return None
    signals = (same_parties(looked.pairing), same_predicates(looked.pairing))
    shared = tuple(signal.reason for signal in signals if signal.reason)
    return RelatedPair(
        left=looked.left.id,
        right=looked.right.id,
        relation=Relation.UNSURE,
        kind=Kind.SAME_MATTER,
        confidence=kinship,
        reasons=(*shared, "alike enough to be of one matter; how they stand to each other is not told"),
        kinship=kinship,
    )
