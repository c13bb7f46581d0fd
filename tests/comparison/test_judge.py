import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.comparison.embeddings import Embedder
from tasks.comparison.judge import TABLE, Label, LexicalJudge, load_weights
from tasks.comparison.texts import features_of, number_of
from tasks.model.errors import InputError

PREMISE = "The ministry said that the bridge over the Maren was closed on Monday."


@pytest.fixture(scope="session")
def judge(embedder: Embedder) -> LexicalJudge:
    return LexicalJudge(embedder)


def test_a_repetition_agrees(judge: LexicalJudge) -> None:
    (judged,) = judge.judge([(PREMISE, "The bridge over the Maren was closed on Monday.")])
    assert judged.label is Label.AGREE
    assert judged.score == max(judged.probabilities.values())
    assert sum(judged.probabilities.values()) == pytest.approx(1.0)


def test_a_negation_makes_a_conflict_likelier(judge: LexicalJudge) -> None:
    plain, negated = judge.judge(
        [(PREMISE, "The bridge over the Maren was closed."), (PREMISE, "The bridge over the Maren was not closed.")]
    )
    assert negated.p_conflict > plain.p_conflict
    assert "one of the texts negates" in negated.reasons


def test_another_matter_is_neutral(judge: LexicalJudge) -> None:
    (judged,) = judge.judge([(PREMISE, "A new species of frog has been found in the highlands.")])
    assert judged.label is Label.NEUTRAL


@pytest.mark.parametrize(
    ("hypothesis", "reason"),
    [
        pytest.param("The bridge was opened on Monday.", "opposite words: closed, opened", id="opposites"),
        pytest.param("Officials denied that the bridge was closed.", "denied or false", id="denial"),
    ],
)
def test_reasons_are_plain(hypothesis: str, reason: str, judge: LexicalJudge) -> None:
    (judged,) = judge.judge([(PREMISE, hypothesis)])
    assert any(reason in told for told in judged.reasons)


def test_the_order_of_pairs_and_the_batch_make_no_difference(judge: LexicalJudge) -> None:
    pairs = [(PREMISE, f"The bridge was closed for {number} days.") for number in range(2, 9)]
    assert judge.judge(pairs) == [judge.judge([pair])[0] for pair in pairs]
    assert judge.judge([]) == []


@given(premise=st.text(max_size=80), hypothesis=st.text(max_size=80), cosine=st.floats(-1, 1))
def test_whatever_the_texts_the_features_are_those_of_the_table(premise: str, hypothesis: str, cosine: float) -> None:
    values = features_of(premise, hypothesis, cosine)
    weights = load_weights()
    assert values.keys() == weights.features.keys()
    assert sum(weights.probabilities(values).values()) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("word", "number"), [("12", 12.0), ("1,200", 1200.0), ("3.5", 3.5), ("twelve", 12.0), ("3.5.1", None), ("x", None)]
)
def test_numbers_in_words(word: str, number: float | None) -> None:
    assert number_of(word) == number


def test_the_card_tells_where_the_weights_come_from() -> None:
    card = json.loads(TABLE.read_text(encoding="utf-8"))
    assert card["tiers"] == ["open", "unstated"]
    assert card["rows"].keys() == card["licences"].keys()
    figures = card["development_figures"]
    baseline, ours = figures["overlap and negation alone"]["all"], figures["this model"]["all"]
    assert ours["macro_f1"] > baseline["macro_f1"]
    assert ours["n"] == baseline["n"]


def test_damaged_weights_are_told(tmp_path: Path) -> None:
    file = tmp_path / "verdict.json"
    file.write_text('{"features": {}}', encoding="utf-8")
    with pytest.raises(InputError, match=r"verdict\.json"):
        load_weights(file)
