"""The two parts of the table that joins network and words: which features each has, and how it is fitted and measured.

Features that look at one kind of word each (a negation, a hedge, a name on one side) are for the judge without a
network: beside a network they made every corpus of sentences worse on folds left out, so neither part has them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from tasks.comparison.apart import told_apart
from tasks.comparison.differences import differences_of
from tasks.comparison.judge import Label
from tasks.comparison.pairs import HEADLINES
from training.comparison.fit_verdict import Fitted, Matrix, Say, fit, table_of
from training.comparison.headlines import CORPUS, group_by
from training.comparison.sample import LABELS, Row
from training.stance.mix import NO_NEUTRAL

FOLDS = 5
DECAY = 3e-3  # of 1e-4, 1e-3, 3e-3, 1e-2 and 3e-2 the best on folds left out, where it made a difference
LEAST_SPREAD = 0.2
# Opinions on debates, and news that "weakens" other news: neither is a conflict of facts.
OPINIONS = frozenset({"arc", "perspectrum", "explagraphs", "claimdiff"})
# How much rows count: made pairs are easier for the network than what it meets outside, and template logic reads like
# a headline and is none.
SHARES: Mapping[bool, Mapping[str, float]] = {
    False: {"made": 0.3},
    True: {"made": 0.3, "fnc1_hh": 2.0, CORPUS: 2.0, "semantic_fragments": 0.0},
}
READ = tuple(f"{way}: {label}" for way in ("read", "read back") for label in LABELS)
SENTENCE_NAMES = (
    *READ, *differences_of("", ""), "similar", "covered", "covers", "length", "length of the second",
)  # fmt: skip
HEADLINE_NAMES = (
    *(f"read both ways: {label}" for label in LABELS), "one refuses", "both refuse", "one refuses x similar", "similar",
    "covered", "covers", "distance in the first", "distance in the second",
)  # fmt: skip
Features = Sequence[Mapping[str, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The weights for sentences, and those for headlines."""

    sentences: Fitted
    headlines: Fitted


def folds_of(rows: Sequence[Row]) -> Matrix:
    """Return the fold of each row: texts that a pair on one matter joins are in one, and so are their other pairs."""
    joined: dict[str, list[str]] = {}
    for row in rows:
        joined.setdefault(row.premise, [row.premise])
        if row.label != LABELS[2]:  # a neutral pair of two topics joins nothing
            joined[row.premise].append(row.hypothesis)
    groups = group_by(joined, lambda text: iter(joined[text]))
    return np.array([sha256(groups[row.premise].encode()).digest()[0] % FOLDS for row in rows])


def fit_parts(rows: Sequence[Row], features: Features) -> Parts:
    """Return the weights of both parts, each fitted on the rows that it judges."""
    sides: dict[bool, Fitted] = {}
    for headlines, names in ((False, SENTENCE_NAMES), (True, HEADLINE_NAMES)):
        places = [place for place, one in enumerate(features) if bool(one[HEADLINES]) is headlines]
        places = places or list(range(len(rows)))  # nothing of the kind is there to be judged either
        table = np.array([[features[place][name] for name in names] for place in places]).reshape(-1, len(names))
        used = [rows[place] for place in places]
        sides[headlines] = fit(names, table, truth_of(used), DECAY, say_of(used, SHARES[headlines]))
    return Parts(sentences=sides[False], headlines=sides[True])


def say_of(rows: Sequence[Row], shares: Mapping[str, float]) -> Say:
    """Return how much each row counts, and that a corpus without neutral pairs is not asked how likely they are."""
    unasked = [[label == LABELS[2] and row.corpus in NO_NEUTRAL for label in LABELS] for row in rows]
    counts = np.array([shares.get(row.corpus, 1.0) for row in rows])
    return Say(shares=counts, unasked=np.array(unasked, bool).reshape(-1, len(LABELS)), least_spread=LEAST_SPREAD)


def truth_of(rows: Sequence[Row]) -> Matrix:
    """Return the labels as columns of zeros and ones."""
    return np.array([[float(row.label == label) for label in LABELS] for row in rows]).reshape(-1, len(LABELS))


def judge_by(parts: Parts, rows: Sequence[Row], features: Features) -> Matrix:
    """Return what the joined judge says with these weights: a row of probabilities for each pair."""
    found = np.zeros((len(rows), len(LABELS)))
    for place, (row, values) in enumerate(zip(rows, features, strict=True)):
        fitted = parts.headlines if values[HEADLINES] else parts.sentences
        chances = fitted.probabilities(table_of([dict(values)], fitted.names))[0]
        told = told_apart((row.premise, row.hypothesis), dict(zip(Label, map(float, chances), strict=True)))
        found[place] = [told[label] for label in Label]
    return found


def cross_fit(rows: Sequence[Row], features: Features) -> Matrix:
    """Return for each row what the joined judge says with weights that were fitted without its fold."""
    folds, found = folds_of(rows), np.zeros((len(rows), len(LABELS)))
    factual = np.array([row.corpus not in OPINIONS for row in rows])
    for fold in range(FOLDS):
        used, asked = np.flatnonzero((folds != fold) & factual).tolist(), np.flatnonzero(folds == fold).tolist()
        parts = fit_parts([rows[place] for place in used], [features[place] for place in used])
        found[asked] = judge_by(parts, [rows[place] for place in asked], [features[place] for place in asked])
    return found
