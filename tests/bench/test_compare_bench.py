"""What the judge is held against: each baseline learns what it can learn, and nothing is measured on its own rows."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bench import baselines, check, compare, remembering
from bench.remembering import RememberingEmbedder, RememberingReader
from tasks.comparison.checking.stance import Stance
from tasks.comparison.embeddings import Embedder, Vectors
from tasks.comparison.pairs import PairJudge, Probabilities
from training.comparison.fit_judge import NOTHING
from training.comparison.sample import LABELS, Row

DIMENSIONS = 3
PEOPLE = ("mayor", "baker", "pilot", "doctor", "farmer", "king", "clerk", "judge")
THINGS = ("bridge", "river", "school", "train", "harbour", "market")


class Marking(Embedder):
    """Gives each text what stands in it as a vector, and notes what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        marked = [[1.0, "not" in text, "Tea" in text] for text in texts]
        return np.array(marked, np.float32).reshape(len(texts), DIMENSIONS)


class Certain:
    """A network that finds every pair neutral, and notes what it was asked for."""

    version = "certain"

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> Probabilities:
        self.asked += pairs
        return np.array([[0.1, 0.1, 0.8]] * len(pairs), np.float32).reshape(len(pairs), 3)


def row(who: str, what: str, label: str, corpus: str = "lingnli") -> Row:
    """Return a pair whose label shows in its words: the same, the same negated, another matter."""
    hypothesis = {
        "agree": f"The {who} closed the {what}.",
        "conflict": f"The {who} has not closed the {what}.",
        "neutral": "Tea is served at noon.",
    }[label]
    premise = f"The {who} closed the {what} yesterday."
    return Row(
        id=f"{who}-{what}-{label}", corpus=corpus, licence="", premise=premise, hypothesis=hypothesis, label=label
    )


ROWS = [row(who, what, label) for who in PEOPLE for what in THINGS for label in LABELS]


def accuracy(rows: Sequence[Row], told: np.ndarray) -> float:
    return float(np.mean([LABELS[place] == one.label for one, place in zip(rows, told.argmax(axis=1), strict=True)]))


def test_the_commonest_label_is_that_of_each_corpus() -> None:
    rows = [row("mayor", what, "agree", "snli") for what in THINGS] + [row("mayor", "river", "conflict", "fm2")]
    told = baselines.commonest_label(rows)
    np.testing.assert_allclose(told, [[1, 0, 0]] * len(THINGS) + [[0, 1, 0]])


def test_words_tell_a_negation_of_texts_that_were_not_fitted_on() -> None:
    fitted = [one for one in ROWS if "king" not in one.premise]
    rows = [one for one in ROWS if "king" in one.premise]
    assert accuracy(rows, baselines.by_words(fitted, rows)) == 1.0


def test_vectors_tell_what_is_in_them_of_texts_that_were_not_fitted_on() -> None:
    fitted = [one for one in ROWS if "king" not in one.premise]
    rows = [one for one in ROWS if "king" in one.premise]
    assert accuracy(rows, baselines.by_vectors(Marking(), fitted, rows)) == 1.0


@pytest.mark.parametrize(
    ("left", "right", "more"),
    [
        pytest.param("the mayor closed the bridge", "the mayor opened the river", "the rumour", id="something shared"),
        pytest.param("the bridge fell", "the bridge stood", "the mayor stood", id="a rare word weighs more"),
    ],
)
def test_texts_are_alike_by_rare_words(left: str, right: str, more: str) -> None:
    terms = baselines.Terms(["the mayor spoke", "the mayor stood", "the mayor fell", "the bridge"])
    assert terms.cosine(left, right) > terms.cosine(left, more)
    assert terms.cosine(left, left) == pytest.approx(1.0)
    assert terms.cosine("", right) == 0.0


def test_a_text_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "DIMENSIONS", DIMENSIONS)
    embedder = Marking()
    keeping = RememberingEmbedder(embedder)
    texts = ["one", "two", "one"]
    np.testing.assert_array_equal(keeping.embed(texts), Marking().embed(texts))
    keeping.embed(["two", "three"])
    assert sorted(embedder.asked) == ["one", "three", "two"]


def test_a_pair_is_read_once_in_each_direction() -> None:
    network = Certain()
    keeping = RememberingReader(network)
    assert keeping.probabilities([("a", "b"), ("b", "a"), ("a", "b")]).shape == (3, 3)
    keeping.probabilities([("b", "a")])
    assert sorted(network.asked) == [("a", "b"), ("b", "a")]


def test_the_joined_judge_knows_no_answer_of_its_own_fold() -> None:
    judge = PairJudge(Marking(), Certain(), NOTHING)
    rows = [row(who, what, "agree") for who in PEOPLE for what in THINGS]
    odd = row("abbot", "abbey", "conflict")
    told = compare.joined(judge, [], [*rows, odd])
    assert told[:, 0].min() > 0.5, "the one conflict taught nothing where it was measured"


def test_opinions_teach_the_joined_judge_nothing() -> None:
    judge = PairJudge(Marking(), Certain(), NOTHING)
    facts = [row(who, what, "agree") for who in PEOPLE for what in THINGS]
    opinions = [row(who, what, "conflict", "arc") for who in PEOPLE for what in THINGS]
    assert set(compare.joined(judge, [], [*facts, *opinions]).argmax(axis=1)) == {LABELS.index("agree")}


def test_without_a_network_only_what_needs_none_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = [
        {"id": one.id, "corpus": one.corpus, "licence": "", "tier": "open"}
        | {"premise": one.premise, "hypothesis": one.hypothesis, "label": one.label}
        for one in ROWS
    ]
    lines = [json.dumps(one) for one in told]
    (tmp_path / "stance").mkdir()
    (tmp_path / "stories").mkdir()
    (tmp_path / "stance" / "train.jsonl").write_text("\n".join(lines[24:]))
    (tmp_path / "stance" / "dev.jsonl").write_text("\n".join([*lines[:24], json.dumps(told[0] | {"tier": "nc"})]))
    (tmp_path / compare.STORIES).write_text("")
    monkeypatch.setattr(compare, "TRAIN", Path("stance", "train.jsonl"))
    monkeypatch.setattr(compare, "load_embedder", Marking)
    monkeypatch.setattr(remembering, "DIMENSIONS", DIMENSIONS)
    monkeypatch.setattr(sys, "argv", f"compare --data {tmp_path} --judge {tmp_path / 'nowhere.onnx'}".split())
    assert compare.main() == 0
    out = capsys.readouterr().out
    assert "there is no network" in out
    assert "24 rows measured, 120 rows to fit on" in out
    assert "network alone" not in out
    (words,) = {line for line in out.splitlines() if line.startswith("TF-IDF")}
    assert words.split()[3:5] == ["24", "1.000"]


def test_data_that_is_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["compare", "--data", str(tmp_path)])
    assert compare.main() == 2
    assert "train.jsonl.gz" in capsys.readouterr().err


def test_a_story_with_both_sides_is_found() -> None:
    stories = [{"id": name, "articles": [{"aid": "a"}, {"aid": "b"}]} for name in ("disputed", "agreed", "reported")]
    told: check.Answers = {
        ("disputed", "a"): Stance.SUPPORTS,
        ("disputed", "b"): Stance.DENIES,
        ("agreed", "a"): Stance.SUPPORTS,
        ("agreed", "b"): Stance.SUPPORTS,
        ("reported", "a"): Stance.DENIES,
        ("reported", "b"): Stance.REPORTS,
    }
    assert compare.find_disputed(stories, told).tolist() == [True, False, False]
