"""Figures of a judge: `python -m training.stance.evaluate --model models/judge.onnx --data DIR/dev.jsonl`.

For each corpus accuracy, macro-F1 over the labels it has, precision, recall and F1 of conflict, its precision where
half (and six tenths) of the conflicts are found, the error of calibration, and, where no row is neutral, the accuracy
of the likelier of agree and conflict. `--predictions FILE` writes the answers for a scorer outside.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tasks.comparison.crossencoder import load_crossencoder
from training.comparison.sample import LABELS
from training.stance.mix import Row, read_rows

AGREE, CONFLICT, NEUTRAL = range(3)
RECALLS = (0.5, 0.6)
BINS = 10
Figures = dict[str, float | None]
Floats = NDArray[np.floating]


def figures(rows: Sequence[Row], probabilities: Floats) -> dict[str, Figures]:
    """Return the figures of all rows and of each corpus."""
    answers = np.array([LABELS.index(row.label) for row in rows])
    corpora = np.array([row.corpus for row in rows])
    told = {"all": measure(answers, probabilities)}
    for corpus in sorted(set(corpora)):
        told[corpus] = measure(answers[corpora == corpus], probabilities[corpora == corpus])
    return told


def measure(answers: NDArray[np.int64], probabilities: Floats) -> Figures:
    """Return the figures of these rows."""
    given = probabilities.argmax(1)
    per = {label: precision_recall_f1(answers == label, given == label) for label in (AGREE, CONFLICT, NEUTRAL)}
    seen = [label for label in per if (answers == label).any()]
    found: dict[str, float | None] = {
        "rows": len(answers),
        "accuracy": float((answers == given).mean()),
        "macro_f1": float(np.mean([per[label][2] for label in seen])),
        "conflict_precision": per[CONFLICT][0],
        "conflict_recall": per[CONFLICT][1],
        "conflict_f1": per[CONFLICT][2],
    }
    for recall in RECALLS:
        found[f"conflict_precision_at_{recall}"] = precision_at(answers == CONFLICT, probabilities[:, CONFLICT], recall)
    found["calibration_error"] = calibration_error(answers == given, probabilities.max(1))
    found["two_way_accuracy"] = None
    if NEUTRAL not in seen:
        two = np.where(probabilities[:, CONFLICT] > probabilities[:, AGREE], CONFLICT, AGREE)
        found["two_way_accuracy"] = float((answers == two).mean())
    return {name: value if value is None else round(value, 4) for name, value in found.items()}


def precision_recall_f1(truth: NDArray[np.bool_], given: NDArray[np.bool_]) -> tuple[float, float, float]:
    """Return the three, each 0 where it cannot be told."""
    hits = float((truth & given).sum())
    precision = hits / max(1.0, float(given.sum()))
    recall = hits / max(1.0, float(truth.sum()))
    return precision, recall, 2 * precision * recall / (precision + recall) if hits else 0.0


def precision_at(truth: NDArray[np.bool_], scores: Floats, recall: float) -> float | None:
    """Return the best precision of a threshold that finds this share or more; None where there is nothing to find."""
    if not truth.any():
        return None
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(truth[order])
    last = np.append(np.diff(scores[order]) != 0, True)  # rows of one score are cut together
    enough = last & (hits >= recall * truth.sum())
    return float((hits / np.arange(1, len(hits) + 1))[enough].max())


def calibration_error(right: NDArray[np.bool_], sure: Floats) -> float:
    """Return how far the share of right answers is from how sure they were, in ten bins."""
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    gaps = [abs(float(right[bins == one].sum()) - float(sure[bins == one].sum())) for one in set(bins.tolist())]
    return sum(gaps) / len(right)


def show(told: dict[str, Figures]) -> None:
    """Print one line for each corpus."""
    print(f"{'':20} {'rows':>5} {'acc':>6} {'F1':>6} | conflict {'P':>6} {'R':>6} {'F1':>6} {'P@.5':>6} {'P@.6':>6} | "
          f"{'ECE':>6} {'2-way':>6}")  # fmt: skip
    for corpus, found in told.items():
        rows, accuracy, macro, *rest = ("-" if value is None else f"{value:.3f}" for value in found.values())
        head, tail = " ".join(f"{value:>6}" for value in rest[:5]), " ".join(f"{value:>6}" for value in rest[5:])
        print(f"{corpus:20} {rows.split('.')[0]:>5} {accuracy:>6} {macro:>6} |          {head} | {tail}")


def main() -> None:
    """Read the arguments and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m training.stance.evaluate", description=__doc__)
    parser.add_argument(
        "--model", type=Path, required=True, help="an .onnx file with its .json, or a folder from a hub"
    )
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="labelled pairs")
    parser.add_argument("--predictions", type=Path, help="where to write the answers, one JSON object a line")
    given = parser.parse_args()
    rows = [row for file in given.data for row in read_rows(file)]
    found = load_crossencoder(given.model).probabilities([(row.premise, row.hypothesis) for row in rows])
    show(figures(rows, found))
    if given.predictions:
        given.predictions.write_text("".join(map(prediction, rows, found)), encoding="utf-8")


def prediction(row: Row, probabilities: Floats) -> str:
    """Return the line for a scorer."""
    told = {
        "id": row.id,
        "label": LABELS[int(probabilities.argmax())],
        "score": round(float(probabilities.max()), 4),
        "p_conflict": round(float(probabilities[CONFLICT]), 4),
    }
    return json.dumps(told) + "\n"


if __name__ == "__main__":
    main()
