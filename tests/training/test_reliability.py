"""The card of reliability: what falls into which band, and what is counted as right."""

from types import SimpleNamespace
from typing import Any

import pytest

from tasks.comparison.held import Verdict
from tasks.comparison.weighing import Outcome
from tasks.model.finding import Kind, Relation
from training.reliability import bands_of, figures_of, judge_relations

FOUND = [(1.0, True), (0.9, False), (0.7, True), (0.69, True), (0.2, False)]


def test_each_judgement_falls_into_one_band() -> None:
    assert bands_of(FOUND) == [
        {"least": 0.9, "number": 2, "confidence": 0.95, "right": 1},
        {"least": 0.7, "number": 1, "confidence": 0.7, "right": 1},
        {"least": 0.5, "number": 1, "confidence": 0.69, "right": 1},
        {"least": 0.0, "number": 1, "confidence": 0.2, "right": 0},
    ]


def test_a_band_in_which_nothing_was_found_says_nothing() -> None:
    assert bands_of([(0.95, True)])[1] == {"least": 0.7, "number": 0, "confidence": 0.0, "right": 0}


def test_an_entry_counts_all_that_was_judged() -> None:
    entry = figures_of("what", "pair", "texts", "model-1", FOUND)
    assert entry["number"] == sum(band["number"] for band in entry["bands"]) == len(FOUND)
    assert entry["calibration_error"] == pytest.approx(0.342)


def test_only_what_a_report_states_is_judged() -> None:
    """A question is no statement, and neither is a pair that is let go."""
    proposed = [Relation.CONFLICT, Relation.CONFLICT, Relation.AGREE, Relation.AGREE]
    outcomes = [Outcome.CONFLICT, Outcome.CONFLICT, Outcome.NONE, Outcome.AGREE]
    likely = [(Outcome.CONFLICT, 0.8), (Outcome.CONFLICT, 0.6), (Outcome.AGREE, 0.9), (Outcome.AGREE, 0.1)]
    material: Any = SimpleNamespace(
        labelled=[SimpleNamespace(outcome=one) for one in outcomes],
        looked=[
            SimpleNamespace(verdict=Verdict(relation=one, kind=Kind.DENIAL, confidence=0.5, reasons=()))
            for one in proposed
        ],
    )
    chances = [dict.fromkeys(Outcome, 0.0) | {outcome: chance} for outcome, chance in likely]
    assert judge_relations(material, chances) == [(0.8, True), (0.9, False)]
