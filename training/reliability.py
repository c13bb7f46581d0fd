"""How often what is shown with some confidence is right: `python -m training.reliability --attributions FILE ...`.

Writes `models/reliability.json`, from which a report prints its table. Nothing is fitted here. Attributions are those
of the articles that the calibration of the weights left out, every second one of the last `--keep`. Relations are those
that the shipped table says of labelled pairs of stories kept aside, and, for the stories it was fitted on, by weights
that were fitted without their fold. The bands are those that a report has words for.
"""

import argparse
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.attribution.data import read_samples
from bench.attribution.reliability import bins_of, expected_error
from tasks.attribution.tagger.weights import find_weights, weights_version
from tasks.comparison.weighing import Outcome, load_table, settle, weigher_version
from tasks.model.finding import Relation
from tasks.reporting.words import LIKELIHOODS
from training.attribution.calibrate import judge_all
from training.comparison.fit_verdict import Matrix
from training.relations.corpus import DEVELOPMENT, KEPT
from training.relations.fit import Material, cross_fit, find_pairs, gather

CARD = Path(__file__).parents[1] / "models" / "reliability.json"
EXTRACTOR, JUDGE = "attribution", "judge"
TOLD = (Relation.CONFLICT, Relation.AGREE)

Judgements = Sequence[tuple[float, bool]]


def bands_of(judgements: Judgements) -> list[dict[str, float]]:
    """Return for each band that has words how much fell into it, its mean confidence, and how much of it was right."""
    bands, most = [], 1.01
    for least, _ in LIKELIHOODS:
        inside = [(confidence, right) for confidence, right in judgements if least <= confidence < most]
        most = least
        mean = round(sum(confidence for confidence, _ in inside) / len(inside), 3) if inside else 0.0
        bands.append({"least": least, "number": len(inside), "confidence": mean, "right": sum(r for _, r in inside)})
    return bands


def figures_of(what: str, unit: str, measured_on: str, model: str, judgements: Judgements) -> dict[str, Any]:
    """Return one entry of the card."""
    return {
        "what": what,
        "unit": unit,
        "measured_on": measured_on,
        "model": model,
        "number": len(judgements),
        "calibration_error": round(expected_error(bins_of(judgements).values()), 3),
        "bands": bands_of(judgements),
    }


def judge_attributions(data: Path, keep: int) -> Judgements:
    """Return the confidence of everything found in the articles that calibration left out, and whether it is right."""
    return judge_all(read_samples(data)[-keep:][1::2], find_weights(EXTRACTOR))


def judge_relations(material: Material, chances: Iterable[dict[Outcome, float]]) -> Judgements:
    """Return the confidence of each conflict and agreement that is said of the pairs, and whether a reader agrees."""
    found = []
    for one, looked, chance in zip(material.labelled, material.looked, chances, strict=True):
        verdict = settle(looked.verdict, chance)
        if verdict is not None and verdict.relation in TOLD:
            found.append((verdict.confidence, one.outcome.value == verdict.relation.value))
    return found


def named(rows: Matrix) -> list[dict[Outcome, float]]:
    """Return rows of probabilities by outcome."""
    return [{outcome: float(row[at]) for at, outcome in enumerate(Outcome)} for row in rows]


def measure_relations(stories: Path, cache: Path) -> list[dict[str, Any]]:
    """Return the entries of the relations: stories kept aside, and those of the fit by folds."""
    pairs = find_pairs(stories, cache)
    kept = gather([one for one in pairs if one.pair.part == KEPT], JUDGE, cache)
    development = gather([one for one in pairs if one.pair.part == DEVELOPMENT], JUDGE, cache)
    weights = load_table().weights
    shipped = [{Outcome(name): p for name, p in weights.probabilities(row).items()} for row in kept.features]
    model = weigher_version(JUDGE)
    what, unit = "Two claims agree or conflict", "pair"
    return [
        figures_of(what, unit, "stories kept out of training", model, judge_relations(kept, shipped)),
        figures_of(
            what,
            unit,
            "stories it learnt from, each left out in its turn",
            model,
            judge_relations(development, named(cross_fit(development))),
        ),
    ]


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m training.reliability", description=__doc__)
    parser.add_argument("--attributions", type=Path, required=True, help="marked articles, as for calibration")
    parser.add_argument("--keep", type=int, required=True, help="the number of articles that training left out")
    parser.add_argument("--stories", type=Path, required=True, help="folder of the story files")
    parser.add_argument("--cache", type=Path, required=True)
    given = parser.parse_args()
    attributions = figures_of(
        "Who said what",
        "attribution",
        "articles kept out of training and calibration",
        weights_version(EXTRACTOR),
        judge_attributions(given.attributions, given.keep),
    )
    card = {
        "what": "how much of what is shown with some confidence is right",
        "made_by": "python -m training.reliability",
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "limits": "American and English news of 2014 to 2016; labels of one reader; pairs drawn by what structure said",
        "figures": [attributions, *measure_relations(given.stories, given.cache)],
    }
    print(json.dumps(card, indent=1))
    CARD.write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
