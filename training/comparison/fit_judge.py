"""Fits the table that joins the trained judge with words.

    python -m training.comparison.fit_judge --data DIR --judge models/judge.onnx --made FILE

DIR holds `dev.jsonl`, pairs that the network has not learnt from; `--made FILE` adds pairs of our own making from texts
that it has not learnt from either (those of our own frames are left out: it knows the frames). Writes
`models/judge-table.json` and prints, for each corpus, the lexical judge, the network alone, and the joined judge on
folds that its table was not fitted on (five, by premise).
"""

import argparse
import json
from collections import Counter
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import numpy as np

from tasks.comparison.crossencoder import load_crossencoder
from tasks.comparison.embeddings import load_embedder
from tasks.comparison.judge import Judgement, LexicalJudge, Weights
from tasks.comparison.pairs import TABLE, PairJudge
from training.comparison.fit_verdict import Matrix, fit, scores, table_of, weights_table
from training.comparison.sample import LABELS, Row, read_rows

FOLDS = 5
# Opinions on debates, and news that "weakens" other news: neither is a conflict of facts.
OPINIONS = frozenset({"arc", "perspectrum", "explagraphs", "claimdiff"})
MADE = 700  # made pairs at most, those whose ids hash lowest: they show numbers and names, not the share of them
NOTHING = Weights(features={}, bias={}, version="")  # features are wanted here, no answers


def fold_of(row: Row) -> int:
    """Return the fold of a row: all pairs of one premise lie in one."""
    return sha256(row.premise.encode()).digest()[0] % FOLDS


def read_made(path: Path) -> list[Row]:
    """Return the pairs of our own making that are used."""
    lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    texts = {line["id"] for line in lines if line["src"] != "own"}
    rows = [row for row in read_rows(path) if row.id in texts]
    return sorted(rows, key=lambda row: sha256(row.id.encode()).digest())[:MADE]


def cross_fit(rows: list[Row], names: tuple[str, ...], table: Matrix, truth: Matrix) -> Matrix:
    """Return for each row the probabilities by weights that were fitted without its fold."""
    folds = np.array([fold_of(row) for row in rows])
    found = np.zeros_like(truth)
    for fold in range(FOLDS):
        inside = folds == fold
        found[inside] = fit(names, table[~inside], truth[~inside]).probabilities(table[inside])
    return found


def matrix_of(judged: list[Judgement]) -> Matrix:
    """Return judgements as rows of probabilities."""
    return np.array([[one.probabilities[label] for label in one.probabilities] for one in judged])


def calibration_error(probabilities: Matrix, truth: Matrix, bins: int = 10) -> float:
    """Return the expected calibration error of the likeliest label."""
    sure, right = probabilities.max(axis=1), truth[np.arange(len(truth)), probabilities.argmax(axis=1)]
    places = np.minimum((sure * bins).astype(int), bins - 1)
    gaps = [abs(sure[places == one].sum() - right[places == one].sum()) for one in range(bins)]
    return float(sum(gaps) / len(sure))


def main() -> None:
    """Fit, measure, write the table."""
    options = argparse.ArgumentParser(prog="python -m training.comparison.fit_judge", description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--judge", type=Path, required=True, help="the .onnx file, or a folder from a hub")
    options.add_argument("--made", type=Path, nargs="*", default=[])
    options.add_argument("--out", type=Path, default=TABLE)
    given = options.parse_args()
    rows = [row for row in read_rows(given.data / "dev.jsonl") if row.corpus not in OPINIONS]
    rows += [row for path in given.made for row in read_made(path)]
    pairs = [(row.premise, row.hypothesis) for row in rows]
    reader = load_crossencoder(given.judge)
    found = PairJudge(load_embedder(), reader, NOTHING).features(pairs)
    names = tuple(found[0])
    table = table_of(found, names)
    truth = np.array([[float(row.label == label) for label in LABELS] for row in rows])
    joined = cross_fit(rows, names, table, truth)
    systems = {
        "words alone": matrix_of(LexicalJudge(load_embedder()).judge(pairs)),
        "the network alone": np.exp(table_of(found, tuple(f"read: {label}" for label in LABELS))),
        "joined, on folds left out": joined,
    }
    figures: dict[str, object] = {title: scores(rows, values) for title, values in systems.items()}
    figures["calibration error"] = {title: calibration_error(values, truth) for title, values in systems.items()}
    print(json.dumps(figures, indent=1))
    card = {
        "version": f"{reader.version}+table-{datetime.now(UTC):%Y%m%d}",
        "what": "multinomial logistic regression on what the trained judge reads and on named features of the words",
        "made_by": "python -m training.comparison.fit_judge",
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "judge": reader.version,
        "rows": dict(sorted(Counter(row.corpus for row in rows).items())),
        "licences": dict(sorted({row.corpus: row.licence for row in rows}.items())),
        "development_figures": figures,
    }
    fitted = weights_table(fit(names, table, truth))
    given.out.write_text(json.dumps(card | fitted, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
