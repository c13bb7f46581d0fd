"""Makes confidences of probabilities: `python -m training.attribution.calibrate DATA.jsonl WEIGHTS.npz --keep N`.

Reads the last N articles of the data, which training must have left out, and writes into the weights how often what
the network found about as likely was right (content and source, as `bench.attribution` judges): groups of about
eighty, made monotonic by pooling adjacent violators (isotonic regression; Zadrozny and Elkan 2002). Every second
article is left out of the fit; the error on those, before and after, is printed.
"""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from bench.attribution.data import Sample, read_samples
from bench.attribution.matching import match
from bench.attribution.reliability import bins_of, expected_error, judged
from bench.attribution.systems import of_claim, outermost
from tasks.attribution.pipeline import extract_articles, load_pipeline
from tasks.attribution.tagger.weights import load_weights, save_weights
from tasks.settings import load_settings

GROUP = 80
Judgements = list[tuple[float, bool]]
Knots = tuple[tuple[float, float], ...]


def judge_all(samples: Sequence[Sample], weights: Path) -> Judgements:
    """Return the confidence of everything found, and whether it is right."""
    nlp = load_pipeline(load_settings().spacy_model, str(weights))
    matched = []
    for sample, (_, claims) in zip(samples, extract_articles([one.article for one in samples], nlp), strict=True):
        if isinstance(claims, Exception):
            raise claims
        found = [of_claim(claim, sample.text) for claim in outermost(claims)]
        matched.append(match(sample.marked, found, claims=False))
    return judged(matched)


def fit(judgements: Judgements) -> Knots:
    """Return probabilities, rising, with the share that was right, never falling."""
    ordered = np.array(sorted(judgements), float)
    groups = np.array_split(ordered, max(len(ordered) // GROUP, 1))
    pooled: list[tuple[float, float, int]] = []
    for likely, right, size in ((*group.mean(axis=0), len(group)) for group in groups):
        pooled.append((likely, right, size))
        while len(pooled) > 1 and pooled[-2][1] >= pooled[-1][1]:
            pooled[-2:] = [_pool(pooled[-2], pooled[-1])]
    return tuple((round(float(likely), 4), round(float(right), 4)) for likely, right, _ in pooled)


def _pool(one: tuple[float, float, int], other: tuple[float, float, int]) -> tuple[float, float, int]:
    size = one[2] + other[2]
    mean = [(a * one[2] + b * other[2]) / size for a, b in zip(one[:2], other[:2], strict=True)]
    return mean[0], mean[1], size


def error_of(judgements: Judgements) -> float:
    """Return the expected calibration error."""
    return expected_error(bins_of(judgements).values())


def main() -> None:
    """Read the arguments, fit, and write the weights again."""
    parser = argparse.ArgumentParser(prog="python -m training.attribution.calibrate", description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--keep", type=int, required=True, help="the number of articles that training left out")
    given = parser.parse_args()
    weights = replace(load_weights(given.weights), calibration=((0.0, 0.0), (1.0, 1.0)))
    save_weights(given.weights, weights)
    samples = read_samples(given.data)[-given.keep :]
    fitted, checked = judge_all(samples[::2], given.weights), judge_all(samples[1::2], given.weights)
    knots = fit(fitted)
    likely, right = zip(*knots, strict=True)
    mapped = [(float(np.interp(confidence, likely, right)), good) for confidence, good in checked]
    print(
        f"fitted on {len(fitted)}, checked on {len(checked)}: error {error_of(checked):.3f} -> {error_of(mapped):.3f}"
    )
    save_weights(given.weights, replace(weights, calibration=knots))


if __name__ == "__main__":
    main()
