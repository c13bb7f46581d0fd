import math
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from tasks.comparison.embeddings import Embedder
from tasks.comparison.judge import Label, LexicalJudge, Weights
from tasks.comparison.pairs import LEXICAL, PairJudge, find_model, load_judge, readings_of
from tasks.model.errors import InputError

ROW = (0.0, 1.0, {Label.AGREE: 0.0, Label.CONFLICT: 0.0, Label.NEUTRAL: 0.0})
FOR_CONFLICT = (0.0, 1.0, {Label.AGREE: 0.0, Label.CONFLICT: 4.0, Label.NEUTRAL: 0.0})


class Unmoved:
    """Reads every pair alike, in both directions."""

    version = "unmoved"

    def __init__(self, *row: float) -> None:
        self.row = row

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        return np.array([self.row] * len(pairs), np.float32).reshape(len(pairs), 3)


def weights_for(names: Sequence[str], *, conflict: str) -> Weights:
    features = dict.fromkeys(names, ROW) | {conflict: FOR_CONFLICT}
    return Weights(features=features, bias=dict.fromkeys(Label, 0.0), version="made")


def test_what_the_words_show_moves_what_is_read(embedder: Embedder) -> None:
    reader = Unmoved(0.6, 0.1, 0.3)
    pairs = [("Two ships sank.", "Six ships sank."), ("Two ships sank.", "Two boats sank.")]
    names = tuple(PairJudge(embedder, reader, Weights(features={}, bias={}, version="")).features(pairs)[0])
    judge = PairJudge(embedder, reader, weights_for(names, conflict="contrast of number"))

    numbers, synonyms = judge.judge(pairs)

    assert numbers.label is Label.CONFLICT
    assert "number: two against six" in numbers.reasons
    assert "read as agree by the trained judge (0.60)" in numbers.reasons
    assert synonyms.p_conflict == pytest.approx(1 / 3)


def test_headlines_are_judged_by_their_own_weights(embedder: Embedder) -> None:
    reader = Unmoved(0.6, 0.1, 0.3)
    pairs = [("Mayor of Sule swims home", "No, Sule's mayor did not swim"), ("The mayor swims.", "He does not swim.")]
    nothing = Weights(features={}, bias=dict.fromkeys(Label, 0.0), version="")
    judge = PairJudge(embedder, reader, nothing, weights_for((), conflict="one refuses"))

    headlines, sentences = judge.judge(pairs)

    assert headlines.label is Label.CONFLICT
    assert "one of the two headlines refuses the story" in headlines.reasons
    assert sentences.p_conflict == pytest.approx(1 / 3)
    assert not any("headline" in reason for reason in sentences.reasons)


def test_both_directions_are_read() -> None:
    found = readings_of(np.array([0.7, 0.1, 0.2], np.float32), np.array([0.1, 0.8, 0.1], np.float32))

    assert found["read: agree"] == pytest.approx(math.log(0.7))
    assert found["read back: conflict"] == pytest.approx(math.log(0.8))
    assert found["read both ways: agree"] == pytest.approx((math.log(0.7) + math.log(0.1)) / 2)
    assert found["read: conflict either way"] == pytest.approx(math.log(0.8))
    assert found["read: neutral both ways"] == pytest.approx(math.log(0.1))


def test_a_judge_is_chosen_by_its_name() -> None:
    assert isinstance(load_judge(LEXICAL), LexicalJudge)
    with pytest.raises(InputError, match="nowhere"):
        load_judge("nowhere")
    assert find_model("nowhere").name == "nowhere"


def test_no_pairs_are_no_judgements(embedder: Embedder) -> None:
    assert PairJudge(embedder, Unmoved(0.2, 0.3, 0.5), Weights(features={}, bias={}, version="")).judge([]) == []
