"""What a judge of two texts has to beat: the commonest label, words with TF-IDF, sentence vectors as they come.

Each gives a row of probabilities for each pair; the two regressions are fitted within the run, on training rows alone.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from tasks.comparison.embeddings import Embedder
from tasks.comparison.lexicon import load_lexicon
from tasks.comparison.texts import features_of, read_words
from training.comparison.fit_verdict import DECAY, PLAIN, Matrix, fit, table_of
from training.comparison.joined import folds_of, truth_of
from training.comparison.sample import Row

DECAYS = (DECAY, 0.01, 0.1, 1.0)  # how strongly large weights are held down; chosen on the fitted rows alone


class Terms:
    """How rare each word is in the texts that were read."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Count in how many texts each word stands."""
        found = [stems_of(text) for text in texts]
        self._texts = len(found)
        self._with = Counter(stem for text in found for stem in text)

    def cosine(self, left: str, right: str) -> float:
        """Return how alike two texts are by their words, rare ones weighing more."""
        one, other = stems_of(left), stems_of(right)
        lengths = math.sqrt(self._weigh(one) * self._weigh(other))
        return self._weigh(one & other) / lengths if lengths else 0.0

    def _weigh(self, stems: Iterable[str]) -> float:
        """Return the sum of the squares; a word that was never met is as rare as can be."""
        return sum(math.log((1 + self._texts) / (1 + self._with[stem])) ** 2 for stem in sorted(stems))


def stems_of(text: str) -> frozenset[str]:
    """Return the stems of the content words."""
    return read_words(text, load_lexicon()).stems


def commonest_label(rows: Sequence[Row]) -> Matrix:
    """Return for each row how often each label is in its corpus: no constant answer does better."""
    shares = {
        corpus: truth_of([row for row in rows if row.corpus == corpus]).mean(axis=0)
        for corpus in {row.corpus for row in rows}
    }
    return np.array([shares[row.corpus] for row in rows])


def by_words(fitted: Sequence[Row], rows: Sequence[Row]) -> Matrix:
    """Return what overlap, TF-IDF, negations and numbers say, weighed as the fitted rows teach."""
    terms = Terms(text for row in fitted for text in (row.premise, row.hypothesis))

    def table(some: Sequence[Row]) -> Matrix:
        words = table_of([features_of(row.premise, row.hypothesis, 0.0) for row in some], PLAIN)
        return np.column_stack([words, [terms.cosine(row.premise, row.hypothesis) for row in some]])

    return regress(fitted, rows, table)


def by_vectors(embedder: Embedder, fitted: Sequence[Row], rows: Sequence[Row]) -> Matrix:
    """Return what both sentence vectors, their distance and their product say, weighed as the fitted rows teach."""

    def table(some: Sequence[Row]) -> Matrix:
        left, right = (embedder.embed([getattr(row, side) for row in some]) for side in ("premise", "hypothesis"))
        return np.hstack([left, right, abs(left - right), left * right]).astype(np.float64)

    return regress(fitted, rows, table)


def regress(fitted: Sequence[Row], rows: Sequence[Row], table: Callable[[Sequence[Row]], Matrix]) -> Matrix:
    """Return the probabilities of the rows by a regression, whose decay does best on a fold of the fitted rows."""
    known, truth = table(fitted), truth_of(fitted)
    names = tuple(map(str, range(known.shape[1])))
    out = folds_of(fitted) == 0

    def loss(decay: float) -> float:
        told = fit(names, known[~out], truth[~out], decay).probabilities(known[out])
        return float(-np.log(np.maximum((told * truth[out]).sum(axis=1), 1e-9)).mean())

    return fit(names, known, truth, min(DECAYS, key=loss)).probabilities(table(rows))
