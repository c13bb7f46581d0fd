"""Fits the table of weights that judges bare text pairs: `python -m training.comparison.fit_verdict --data DIR`.

DIR holds `train.jsonl.gz` and `dev.jsonl` (rows with id, corpus, licence, tier, premise, hypothesis, label). Writes
`models/verdict.json` and predictions on the development rows. Multinomial logistic regression by gradient descent, in
numpy; some six minutes on one core, nearly all of it sentence vectors, which are kept in `--cache` for the next run.
"""

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tasks.comparison.embeddings import MODEL
from tasks.comparison.judge import TABLE
from tasks.comparison.texts import features_of
from training.comparison.sample import LABELS, Row, choose, cosines, read_rows

Matrix = NDArray[np.float64]
STEPS, RATE, DECAY = 600, 0.05, 1e-4
CLOSED = -1e9  # added to the sum of a label that is not asked about
# The baseline to beat: overlap and negation alone, without sentence vectors, lexicon or names.
PLAIN = (
    "covered", "wholly covered", "covers", "word pairs", "length", "length of the second", "negation in the first",
    "negation in the second", "negation on one side", "hedge", "hedge in the second", "other number", "same number",
    "new number", "negation on one side x covered", "hedge x covered", "other number x covered",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """Weights for scaled features, one column a label."""

    names: tuple[str, ...]
    mean: Matrix
    spread: Matrix
    weights: Matrix
    bias: Matrix

    def probabilities(self, table: Matrix) -> Matrix:
        """Return one row of probabilities per row of features."""
        return softmax((table - self.mean) / self.spread @ self.weights + self.bias)


def softmax(sums: Matrix) -> Matrix:
    """Return the rows as probabilities."""
    powers = np.exp(sums - sums.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """What each row has to say in a fit: how much it counts, and which labels its corpus never gives (True).

    A feature that hardly any row has is scaled by no less than `least_spread`: else a row or two decide for all others.
    """

    shares: Matrix
    unasked: NDArray[np.bool_]
    least_spread: float


def fit(names: tuple[str, ...], table: Matrix, truth: Matrix, decay: float = DECAY, say: Say | None = None) -> Fitted:
    """Return the weights after full-batch Adam from zero: the loss is convex, so that no seed plays a part."""
    counts = np.ones(len(table)) if say is None else say.shares / say.shares.mean()
    closed = np.zeros_like(truth) if say is None else np.where(say.unasked, CLOSED, 0.0)
    mean, spread = table.mean(axis=0), np.maximum(table.std(axis=0), 1e-9 if say is None else say.least_spread)
    scaled = np.hstack([(table - mean) / spread, np.ones((len(table), 1))])
    weights = np.zeros((scaled.shape[1], truth.shape[1]))
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        slope = (
            scaled.T @ ((softmax(scaled @ weights + closed) - truth) * counts[:, None]) / len(table) + decay * weights
        )
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        weights -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return Fitted(names=names, mean=mean, spread=spread, weights=weights[:-1], bias=weights[-1])


def features(rows: list[Row], cache: Path) -> list[dict[str, float]]:
    """Return the features of all rows."""
    found = zip(rows, cosines(rows, cache), strict=True)
    return [features_of(row.premise, row.hypothesis, cosine) for row, cosine in found]


def table_of(found: list[dict[str, float]], names: tuple[str, ...]) -> Matrix:
    """Return the features as a matrix, one column a name."""
    return np.array([[row[name] for name in names] for row in found])


def scores(rows: list[Row], probabilities: Matrix) -> dict[str, dict[str, float]]:
    """Return accuracy, macro-F1 and the conflict figures, for all rows and by corpus."""
    guess = [LABELS[place] for place in probabilities.argmax(axis=1)]
    groups = {"all": list(range(len(rows)))}
    for place, row in enumerate(rows):
        groups.setdefault(row.corpus, []).append(place)
    return {
        name: score([rows[at].label for at in group], [guess[at] for at in group]) for name, group in groups.items()
    }


def score(gold: list[str], guess: list[str]) -> dict[str, float]:
    """Return the figures of one group of rows."""
    pairs = Counter(zip(gold, guess, strict=True))
    f1 = {label: _f1(pairs, label) for label in LABELS if label in gold}
    return {
        "n": len(gold),
        "accuracy": round(sum(pairs[label, label] for label in LABELS) / len(gold), 3),
        "macro_f1": round(sum(value[2] for value in f1.values()) / len(f1), 3),
        **dict(zip(("conflict_p", "conflict_r", "conflict_f1"), _f1(pairs, "conflict"), strict=True)),
    }


def _f1(pairs: Counter[tuple[str, str]], label: str) -> tuple[float, float, float]:
    hit = pairs[label, label]
    guessed = sum(count for (_, guess), count in pairs.items() if guess == label)
    there = sum(count for (gold, _), count in pairs.items() if gold == label)
    return (
        round(hit / guessed, 3) if guessed else 0.0,
        round(hit / there, 3) if there else 0.0,
        round(2 * hit / (guessed + there), 3) if guessed + there else 0.0,
    )


def card(rows: list[Row], figures: dict[str, object]) -> dict[str, object]:
    """Return what a reader of the weights must know: data, licences, date, figures, limits."""
    return {
        "version": f"lexical-{datetime.now(UTC):%Y%m%d}",
        "what": "multinomial logistic regression on named features of two bare texts: agree, conflict, neutral",
        "made_by": "python -m training.comparison.fit_verdict",
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "sentence_vectors": MODEL,
        "rows": dict(sorted(Counter(row.corpus for row in rows).items())),
        "licences": dict(sorted({row.corpus: row.licence for row in rows}.items())),
        "tiers": ["open", "unstated"],
        "limits": "English; a stand-in for a trained cross-encoder; it sees words, not meaning",
        "development_figures": figures,
    }


def weights_table(fitted: Fitted) -> dict[str, object]:
    """Return the weights by name, as the file holds them."""
    rows = {}
    for place, name in enumerate(fitted.names):
        weights = {label: round(float(fitted.weights[place, at]), 4) for at, label in enumerate(LABELS)}
        rows[name] = {
            "mean": round(float(fitted.mean[place]), 5),
            "spread": round(float(fitted.spread[place]), 5) or 1.0,
        }
        rows[name] |= weights
    bias = {label: round(float(fitted.bias[at]), 4) for at, label in enumerate(LABELS)}
    return {"bias": bias, "features": rows}


def main() -> None:
    """Fit, measure on the development rows, write the table and the predictions."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--cache", type=Path, default=Path(".cache"))
    options.add_argument("--out", type=Path, default=TABLE)
    options.add_argument("--predictions", type=Path)
    chosen = options.parse_args()
    train, dev = choose(read_rows(chosen.data / "train.jsonl.gz")), read_rows(chosen.data / "dev.jsonl")
    train_features, dev_features = features(train, chosen.cache), features(dev, chosen.cache)
    truth = np.array([[float(row.label == label) for label in LABELS] for row in train])
    figures: dict[str, object] = {}
    for title, names in (("overlap and negation alone", PLAIN), ("this model", tuple(train_features[0]))):
        fitted = fit(names, table_of(train_features, names), truth)
        figures[title] = scores(dev, fitted.probabilities(table_of(dev_features, names)))
    table = card(train, figures) | weights_table(fitted)
    chosen.out.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if chosen.predictions:
        write_predictions(chosen.predictions, dev, fitted.probabilities(table_of(dev_features, fitted.names)))
    print(json.dumps(figures, indent=1))


def write_predictions(path: Path, rows: list[Row], probabilities: Matrix) -> None:
    """Write one line per row in the form that the stance scorer reads."""
    with path.open("w", encoding="utf-8") as lines:
        for row, values in zip(rows, probabilities, strict=True):
            best = int(values.argmax())
            line = {"id": row.id, "label": LABELS[best], "score": float(values[best]), "p_conflict": float(values[1])}
            lines.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
