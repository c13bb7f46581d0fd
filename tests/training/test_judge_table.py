"""What the table of the joined judge is fitted on, in which folds, and what its corpora have to say."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from tasks.comparison.pairs import HEADLINES
from training.comparison.fit_verdict import Say, fit
from training.comparison.headlines import make_headline_pairs
from training.comparison.joined import (
    FOLDS,
    HEADLINE_NAMES,
    LEAST_SPREAD,
    SENTENCE_NAMES,
    cross_fit,
    fit_parts,
    folds_of,
    judge_by,
    say_of,
)
from training.comparison.sample import Row

STANCES = {
    "Mayor swims to Sule": {1: "agree", 2: "agree", 3: "discuss"},
    "Sule reached by swimming mayor": {1: "agree", 2: "agree"},
    "No, the mayor did not swim": {1: "disagree", 2: "unrelated"},
    "Ferry sinks off Marl": {7: "agree"},
    "Learnt from before": {1: "agree"},
}


def row(premise: str, hypothesis: str, label: str, corpus: str = "lingnli") -> Row:
    return Row(id=premise, corpus=corpus, licence="", premise=premise, hypothesis=hypothesis, label=label)


def write_lines(path: Path, rows: list[dict[str, object]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(f"{json.dumps(one)}\n" for one in rows)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows: list[dict[str, object]] = [
        {"headline": headline, "body_id": body, "label": stance}
        for headline, bodies in STANCES.items()
        for body, stance in bodies.items()
    ]
    write_lines(tmp_path / "fnc1_official_train.jsonl.gz", rows)
    learnt: dict[str, object] = {
        "corpus": "fnc1",
        "sub": "agree",
        "premise": "A body.",
        "hypothesis": "Learnt from before",
    }
    write_lines(tmp_path / "train.jsonl.gz", [learnt])
    return tmp_path


def test_headlines_that_take_sides_on_one_article_are_paired(data: Path) -> None:
    known = [row("A body.", headline, "agree", "fnc1") for headline in STANCES]
    found = make_headline_pairs(data, known)

    labels = {frozenset((one.premise, one.hypothesis)): one.label for one in found}
    swims, reached, denied, ferry, learnt = STANCES
    assert labels[frozenset((swims, reached))] == "agree"
    assert labels[frozenset((swims, denied))] == "conflict"
    assert labels[frozenset((swims, ferry))] == "neutral"
    assert not any(learnt in pair for pair in labels)


def test_known_pairs_are_not_made_again_and_without_the_files_none_are_made(data: Path, tmp_path: Path) -> None:
    first, second, *_ = STANCES
    known = [row("A body.", headline, "agree", "fnc1") for headline in STANCES]
    found = make_headline_pairs(data, [*known, row(second, first, "agree", "fnc1_hh")])
    assert all({one.premise, one.hypothesis} != {first, second} for one in found)
    assert make_headline_pairs(tmp_path / "nowhere", known) == []


def test_texts_on_one_matter_are_in_one_fold() -> None:
    chain = [row(f"text {place}", f"text {place + 1}", "agree") for place in range(9)]
    assert len(set(folds_of(chain).tolist())) == 1
    apart = [row(f"text {place}", f"text {place + 1}", "neutral") for place in range(40)]
    assert len(set(folds_of(apart).tolist())) == FOLDS


def test_a_corpus_without_neutral_pairs_does_not_say_how_likely_they_are() -> None:
    rows = [row("a", "b", "neutral"), row("a", "b", "agree")] * 10 + [row("a", "b", "agree", "fever_dev")] * 80
    truth = np.array([[float(one.label == label) for label in ("agree", "conflict", "neutral")] for one in rows])
    nothing = np.zeros((len(rows), 1))

    asked = fit(("x",), nothing, truth).probabilities(nothing[:1])[0]
    unasked = fit(("x",), nothing, truth, say=say_of(rows, {})).probabilities(nothing[:1])[0]

    assert asked[2] == pytest.approx(0.1, abs=0.02)
    assert unasked[2] > 0.3


def test_a_feature_that_one_row_has_decides_little() -> None:
    table = np.zeros((3000, 1))
    table[0] = 1.0
    truth = np.tile([0.5, 0.5, 0.0], (3000, 1))
    truth[0] = [0.0, 1.0, 0.0]
    shares, unasked = np.ones(3000), np.zeros((3000, 3), bool)
    loose = Say(shares=shares, unasked=unasked, least_spread=1e-9)
    held = Say(shares=shares, unasked=unasked, least_spread=LEAST_SPREAD)

    sure, unsure = (fit(("x",), table, truth, 3e-3, say).probabilities(table[:1])[0, 1] for say in (loose, held))

    assert unsure < sure
    assert sure > 0.95
    assert unsure < 0.8


def test_headlines_and_sentences_are_fitted_apart() -> None:
    names = {*SENTENCE_NAMES, *HEADLINE_NAMES, HEADLINES}
    rows, features = [], []
    for place in range(120):
        headline, conflict = float(place % 2), float(place % 3 == 0)
        label = "conflict" if conflict else "agree"
        rows.append(row(f"text {place}", f"other {place}", label))
        own = "one refuses" if headline else "read: conflict"
        other = "both refuse" if headline else "read: agree"
        features.append(dict.fromkeys(names, 0.0) | {HEADLINES: headline, own: conflict, other: 1.0 - conflict})

    told = judge_by(fit_parts(rows, features), rows, features)
    crossed = cross_fit(rows, features)

    truth = np.array([one.label == "conflict" for one in rows])
    np.testing.assert_array_equal(told.argmax(axis=1) == 1, truth)
    np.testing.assert_array_equal(crossed.argmax(axis=1) == 1, truth)
    np.testing.assert_allclose(crossed.sum(axis=1), 1.0)
