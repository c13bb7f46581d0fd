"""Fits the table that weighs pairs of claims: `python -m training.relations.fit --data DIR --cache DIR --judge NAME`.

DIR of `--data` holds the story files that the labelled pairs point into (`labels.jsonl` beside this file, spans alone).
The table is fitted with the trained judge that `--judge` names, on the pairs of the development stories; pairs of the
stories kept aside are only measured. Writes `models/relations.json` and prints its figures.
"""

import argparse
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from tasks.comparison.compare import look_at
from tasks.comparison.looked import Looked, features_of_pair
from tasks.comparison.pairs import load_judge, version_of
from tasks.comparison.weighing import TABLE, Outcome, settle
from tasks.model.claim import Claim
from tasks.model.finding import Relation
from training.check.readings import RememberingEmbedder, extract
from training.comparison.fit_judge import calibration_error
from training.comparison.fit_verdict import Fitted, Matrix, fit
from training.relations.corpus import DEVELOPMENT, KEPT, StoriesById, mixed, read_stories
from training.relations.labels import Label, LabelledPair, find_claim, read_labels

FOLDS = 5
RIDGE = 0.02  # some hundred pairs: chosen on the folds among .005, .02, .08 and .3
SAID = (Relation.CONFLICT, Relation.AGREE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A labelled pair with the claims that it means."""

    pair: LabelledPair
    licence: str
    left: Claim
    right: Claim

    @property
    def outcome(self) -> Outcome:
        """Return the label as the table knows it."""
        return Outcome.NONE if self.pair.label is Label.UNRELATED else Outcome(self.pair.label.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Labelled pairs laid side by side, with their features and their labels as a matrix."""

    labelled: Sequence[Found]
    looked: Sequence[Looked]
    names: tuple[str, ...]
    table: Matrix
    truth: Matrix

    @property
    def features(self) -> list[dict[str, float]]:
        """Return the features of each pair by their names."""
        return [dict(zip(self.names, map(float, row), strict=True)) for row in self.table]

    def part(self, chosen: Sequence[int]) -> "Material":
        """Return some of the pairs."""
        return Material(
            labelled=[self.labelled[at] for at in chosen],
            looked=[self.looked[at] for at in chosen],
            names=self.names,
            table=self.table[chosen],
            truth=self.truth[chosen],
        )


def find_pairs(data: Path, cache: Path) -> list[Found]:
    """Return the labelled pairs that can be judged and whose claims are found today."""
    stories = StoriesById(read_stories(data))
    pairs = [pair for pair in read_labels() if not pair.bad]
    texts = [[stories[pair.story].texts[side.article] for side in (pair.left, pair.right)] for pair in pairs]
    extracted = extract({text for both in texts for text in both}, cache)
    found = []
    for pair, (left, right) in zip(pairs, texts, strict=True):
        one, other = find_claim(pair.left, extracted.get(left, ())), find_claim(pair.right, extracted.get(right, ()))
        if one is not None and other is not None:
            found.append(Found(pair=pair, licence=stories[pair.story].licence, left=one, right=other))
    print(f"{len(found)} of {len(pairs)} labelled pairs are found in today's claims")
    return found


def gather(labelled: Sequence[Found], judge: str, cache: Path) -> Material:
    """Return the labelled pairs with what the judge of this name reads in them."""
    embedder = RememberingEmbedder(cache)
    sides = embedder.embed([claim.proposition.statement for one in labelled for claim in (one.left, one.right)])
    cosines = [min(1.0, float(sides[2 * at] @ sides[2 * at + 1])) for at in range(len(labelled))]
    side_by_side = [(one, look_at(one.left, one.right, cosine)) for one, cosine in zip(labelled, cosines, strict=True)]
    both = [(one, looked) for one, looked in side_by_side if looked is not None]
    looked = [one for _, one in both]
    judged = load_judge(judge).judge([one.texts for one in looked], [one.cosine for one in looked])
    found = [features_of_pair(one, judgement) for one, judgement in zip(looked, judged, strict=True)]
    names = tuple(found[0])
    outcomes = [[float(one.outcome is outcome) for outcome in Outcome] for one, _ in both]
    return Material(
        labelled=[one for one, _ in both],
        looked=looked,
        names=names,
        table=np.array([[row[name] for name in names] for row in found]),
        truth=np.array(outcomes),
    )


def cross_fit(material: Material) -> Matrix:
    """Return for each pair the probabilities by weights that were fitted without its fold of stories."""
    folds = np.array([int(mixed(one.pair.story) * 1000) % FOLDS for one in material.labelled])
    found = np.zeros_like(material.truth)
    for fold in range(FOLDS):
        inside = folds == fold
        fitted = fit(material.names, material.table[~inside], material.truth[~inside], decay=RIDGE)
        found[inside] = fitted.probabilities(material.table[inside])
    return found


def measure(material: Material, chances: Matrix) -> dict[str, object]:
    """Return what is said of the pairs against their labels: by structure alone, and weighed."""
    verdicts = {
        "structure alone": [one.verdict for one in material.looked],
        "weighed": [
            settle(one.verdict, {outcome: float(row[at]) for at, outcome in enumerate(Outcome)})
            for one, row in zip(material.looked, chances, strict=True)
        ],
    }
    figures: dict[str, object] = {"pairs": len(material.labelled), "calibration error": error(material, chances)}
    for way, found in verdicts.items():
        for relation in SAID:
            said = [one is not None and one.relation is relation for one in found]
            there = [one.outcome.value == relation.value for one in material.labelled]
            hit = sum(map(min, said, there))
            figures[f"{way}: {relation}"] = {
                "said": sum(said),
                "precision": round(hit / max(1, sum(said)), 3),
                "recall": round(hit / max(1, sum(there)), 3),
            }
        figures[f"{way}: unsure"] = sum(one is not None and one.relation is Relation.UNSURE for one in found)
    return figures


def error(material: Material, chances: Matrix) -> float:
    """Return the expected calibration error of the likeliest outcome."""
    return round(calibration_error(chances, material.truth), 3)


def table_of(fitted: Fitted, outcomes: Sequence[str] = tuple(Outcome)) -> dict[str, object]:
    """Return the weights by name, as the file holds them."""
    rows = {  # what never varied has no weight, and must not be divided by
        name: {"mean": round(float(fitted.mean[at]), 5), "spread": round(float(fitted.spread[at]), 5) or 1.0}
        | {str(outcome): round(float(fitted.weights[at, place]), 4) for place, outcome in enumerate(outcomes)}
        for at, name in enumerate(fitted.names)
    }
    bias = {str(outcome): round(float(fitted.bias[place]), 4) for place, outcome in enumerate(outcomes)}
    return {"bias": bias, "features": rows}


def fit_part(labelled: Sequence[Found], judge: str, cache: Path) -> dict[str, object]:
    """Return the table for the judge of this name, with its figures."""
    material = gather(labelled, judge, cache)
    places: Mapping[str, list[int]] = {
        part: [at for at, one in enumerate(material.labelled) if one.pair.part == part] for part in (DEVELOPMENT, KEPT)
    }
    development, kept = (material.part(places[part]) for part in (DEVELOPMENT, KEPT))
    chances = cross_fit(development)
    fitted = fit(development.names, development.table, development.truth, decay=RIDGE)
    figures = {
        "development, on folds left out": measure(development, chances),
        "kept stories": measure(kept, fitted.probabilities(kept.table)),
    }
    print(judge, json.dumps(figures, indent=1))
    return {"judge": version_of(judge), "figures": figures} | table_of(fitted)


def main() -> None:
    """Fit the table, measure, write."""
    parser = argparse.ArgumentParser(prog="python -m training.relations.fit", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the story files")
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--judge", required=True, help="the trained judge: a name in models/, or a path")
    parser.add_argument("--out", type=Path, default=TABLE)
    given = parser.parse_args()
    labelled = find_pairs(given.data, given.cache)
    card: dict[str, object] = {
        "version": f"relations-{datetime.now(UTC):%Y%m%d}",
        "what": "multinomial logistic regression on the signals of two claims: agree, conflict, compatible, none",
        "made_by": "python -m training.relations.fit",
        "labels": dict(Counter(f"{one.pair.part}: {one.outcome}" for one in labelled)),
        "licences": sorted({one.licence for one in labelled}),
        "limits": "English news of 2014 and 2015; labels of one reader; claims as the extraction of that day gave them",
    }
    card |= fit_part(labelled, given.judge, given.cache)
    given.out.write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
