"""Fits the table that tells one matter from two: `python -m training.relations.fit_kinship --data DIR --cache DIR`.

DIR of `--data` holds the story files that the labelled pairs point into. One matter are pairs that agree or conflict,
numbers that can both hold, and a source that declines to speak of it; two matters are unrelated pairs. What is
compatible for another reason (another time or scope, a forecast) may be either, and is left out. Fitted on the pairs of
the development stories; those kept aside are only measured. Writes `models/kinship.json` and prints its figures.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from tasks.comparison.compare import look_at
from tasks.comparison.kinship import LIKELY, ONE, TABLE, TWO, features_of_matter
from tasks.comparison.looked import Looked
from training.check.readings import RememberingEmbedder
from training.comparison.fit_judge import calibration_error
from training.comparison.fit_verdict import Matrix, fit
from training.relations.corpus import DEVELOPMENT, KEPT, mixed
from training.relations.fit import FOLDS, RIDGE, Found, find_pairs, table_of
from training.relations.labels import Label, LabelledPair

OUTCOMES = (ONE, TWO)
KIN_KINDS = frozenset({"compatible-numbers", "decline"})
Row = tuple[Found, Looked, bool]


def of_one_matter(pair: LabelledPair) -> bool | None:
    """Return whether a label says that both are of one matter; None where it leaves that open."""
    if pair.label in {Label.AGREE, Label.CONFLICT} or pair.kind in KIN_KINDS:
        return True
    return False if pair.label is Label.UNRELATED else None


def gather(labelled: Sequence[Found], cache: Path) -> list[Row]:
    """Return the labelled pairs side by side, each with whether it is of one matter."""
    embedder = RememberingEmbedder(cache)
    sides = embedder.embed([claim.proposition.statement for one in labelled for claim in (one.left, one.right)])
    rows = []
    for at, one in enumerate(labelled):
        kin = of_one_matter(one.pair)
        looked = look_at(one.left, one.right, min(1.0, float(sides[2 * at] @ sides[2 * at + 1])))
        if kin is not None and looked is not None:
            rows.append((one, looked, kin))
    return rows


def matrices(rows: Sequence[Row]) -> tuple[tuple[str, ...], Matrix, Matrix]:
    """Return the names of the features, the features, and the truth as two columns."""
    found = [features_of_matter(looked.pairing) for _, looked, _ in rows]
    names = tuple(found[0])
    table = np.array([[row[name] for name in names] for row in found])
    return names, table, np.array([[float(kin), float(not kin)] for _, _, kin in rows])


def cross_fit(rows: Sequence[Row]) -> Matrix:
    """Return the probabilities for each pair by weights that were fitted without its fold of stories."""
    names, table, truth = matrices(rows)
    folds = np.array([int(mixed(one.pair.story) * 1000) % FOLDS for one, _, _ in rows])
    found = np.zeros_like(truth)
    for fold in range(FOLDS):
        inside = folds == fold
        found[inside] = fit(names, table[~inside], truth[~inside], decay=RIDGE).probabilities(table[inside])
    return found


def measure(rows: Sequence[Row], chances: Matrix) -> dict[str, object]:
    """Return how well one matter is told from two: over all pairs, and where structure sees no relation."""
    truth = np.array([[float(kin), float(not kin)] for _, _, kin in rows])
    silent = np.array([looked.verdict is None for _, looked, _ in rows])
    figures: dict[str, object] = {"calibration error": round(calibration_error(chances, truth), 3)}
    for name, chosen in (("all", np.ones_like(silent)), ("no relation seen", silent)):
        said, there = chances[chosen, 0] >= LIKELY, truth[chosen, 0] > 0
        hit = int((said & there).sum())
        figures[name] = {
            "pairs": len(said),
            "one matter": int(there.sum()),
            "precision": round(hit / max(1, int(said.sum())), 3),
            "recall": round(hit / max(1, int(there.sum())), 3),
        }
    return figures


def main() -> None:
    """Fit the table, measure, write."""
    parser = argparse.ArgumentParser(prog="python -m training.relations.fit_kinship", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the story files")
    parser.add_argument("--cache", type=Path, required=True, help="where claims and vectors are kept for the next run")
    parser.add_argument("--out", type=Path, default=TABLE)
    given = parser.parse_args()
    rows = gather(find_pairs(given.data, given.cache), given.cache)
    parts = {part: [row for row in rows if row[0].pair.part == part] for part in (DEVELOPMENT, KEPT)}
    names, table, truth = matrices(parts[DEVELOPMENT])
    fitted = fit(names, table, truth, decay=RIDGE)
    figures = {
        "development, on folds left out": measure(parts[DEVELOPMENT], cross_fit(parts[DEVELOPMENT])),
        "kept stories": measure(parts[KEPT], fitted.probabilities(matrices(parts[KEPT])[1])),
    }
    print(json.dumps(figures, indent=1))
    card: dict[str, object] = {
        "version": f"kinship-{datetime.now(UTC):%Y%m%d}",
        "what": "logistic regression on the likeness of two claims: one matter, two matters",
        "made_by": "python -m training.relations.fit_kinship",
        "labels": dict(Counter(f"{one.pair.part}: {ONE if kin else TWO}" for one, _, kin in rows)),
        "licences": sorted({one.licence for one, _, _ in rows}),
        "limits": "English news of 2014 and 2015; labels of one reader, drawn by what structure said of the pairs",
        "figures": figures,
    }
    card |= table_of(fitted, OUTCOMES)
    given.out.write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
