"""The trained judge: labels by name, order of the answers, what is cut, and what is refused in plain words."""

import json
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from tasks.comparison.crossencoder import CrossEncoder, describe
from tasks.comparison.embeddings import TOKENIZER_FILE, TOKENIZER_PACKAGE, find_in_package
from tasks.comparison.judge import Label
from tasks.model.errors import InputError
from tests.comparison.tiny_models import write_network, write_tokenizer

SAYS = {"confirms": Label.AGREE, "denies": Label.CONFLICT, "wonders": Label.NEUTRAL}
ORDERS = {
    "as most": ["contradiction", "entailment", "neutral"],
    "the other way": ["ENTAILMENT", "NEUTRAL", "CONTRADICTION"],
    "our names": ["agree", "conflict", "neutral"],
}
MEANS = {"entailment": "confirms", "contradiction": "denies", "agree": "confirms", "conflict": "denies"}


def make_hub(folder: Path, order: list[str]) -> Path:
    """Return a folder as a hub has it, whose model goes by the verb."""
    folder.mkdir(exist_ok=True)
    vocabulary = write_tokenizer(folder / "tokenizer.json", [*SAYS, "the", "mayor", "rumour", "again"])
    table = np.zeros((len(vocabulary), 3), np.float32)
    for column, name in enumerate(order):
        table[vocabulary[MEANS.get(name.lower(), "wonders")], column] = 3.0
    write_network(folder / "model.onnx", table)
    labels = {str(column): name for column, name in enumerate(order)}
    (folder / "config.json").write_text(json.dumps({"id2label": labels}), encoding="utf-8")
    return folder


def make_own(folder: Path, **changed: object) -> Path:
    """Return a model of ours, which reads the packaged tokenizer's numbers; `changed` goes into its table."""
    path = folder / "judge.onnx"
    tokens = json.loads(find_in_package(TOKENIZER_PACKAGE, TOKENIZER_FILE).read_text(encoding="utf-8"))
    vocabulary = tokens["model"]["vocab"]
    table = np.zeros((len(vocabulary), 3), np.float32)
    for word, column in (("confirms", 0), ("denies", 1), ("wonders", 2)):
        table[vocabulary[word], column] = 3.0
    write_network(path, table)
    told: dict[str, object] = {"version": "judge-tiny", "labels": ["agree", "conflict", "neutral"], "temperature": 1.0}
    told |= {"tokens": 16, "sha256": sha256(path.read_bytes()).hexdigest()} | changed
    path.with_suffix(".json").write_text(json.dumps(told), encoding="utf-8")
    return path


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
@pytest.mark.parametrize(("verb", "label"), SAYS.items(), ids=SAYS)
def test_labels_of_a_hub_model_are_found_by_name(tmp_path: Path, order: list[str], verb: str, label: Label) -> None:
    judge = CrossEncoder(describe(make_hub(tmp_path / "hub", order)))
    (judgement,) = judge.judge([(f"the mayor {verb}", "the rumour")])
    assert judgement.label is label
    assert sum(judgement.probabilities.values()) == pytest.approx(1.0)


def test_answers_stand_in_the_order_of_the_pairs_whatever_their_length(tmp_path: Path) -> None:
    judge = CrossEncoder(describe(make_hub(tmp_path / "hub", ORDERS["as most"])))
    verbs = [list(SAYS)[place % 3] for place in range(40)]
    pairs = [(f"the mayor {verb}" + " again" * (place * 7 % 30), "the rumour") for place, verb in enumerate(verbs)]
    together = judge.probabilities(pairs)
    assert [judgement.label for judgement in judge.judge(pairs)] == [SAYS[verb] for verb in verbs]
    np.testing.assert_array_equal(together, np.vstack([judge.probabilities([pair]) for pair in pairs]))


def test_no_pairs_no_answers(tmp_path: Path) -> None:
    assert CrossEncoder(describe(make_hub(tmp_path / "hub", ORDERS["as most"]))).judge([]) == []


def test_our_own_model_needs_no_tokenizer_beside_it(tmp_path: Path) -> None:
    judge = CrossEncoder(describe(make_own(tmp_path)))
    judged = judge.judge([("The mayor denies it.", "The bridge is closed."), ("She confirms.", "It is closed.")])
    assert [judgement.label for judgement in judged] == [Label.CONFLICT, Label.AGREE]
    assert judge.version == "judge-tiny"


def test_a_higher_temperature_makes_the_same_label_less_sure(tmp_path: Path) -> None:
    pair = [("The mayor denies it.", "The bridge is closed.")]
    (sharp,) = CrossEncoder(describe(make_own(tmp_path))).judge(pair)
    (mild,) = CrossEncoder(describe(make_own(tmp_path, temperature=3.0))).judge(pair)
    assert sharp.label is mild.label is Label.CONFLICT
    assert sharp.score == pytest.approx(np.exp(3) / (np.exp(3) + 2), abs=1e-4)
    assert mild.score == pytest.approx(np.e / (np.e + 2), abs=1e-4)


def test_the_longer_text_is_cut_first(tmp_path: Path) -> None:
    judge = CrossEncoder(describe(make_own(tmp_path)))  # it reads 16 tokens
    (judgement,) = judge.judge([("word " * 40 + "confirms", "the mayor denies")])
    assert judgement.label is Label.CONFLICT


@pytest.mark.parametrize(
    ("config", "wrong"),
    [
        pytest.param('{"id2label": {"0": "LABEL_0", "1": "LABEL_1", "2": "LABEL_2"}}', "LABEL_0", id="no names"),
        pytest.param('{"id2label": {"0": "entailment", "1": "not_entailment"}}', "not_entailment", id="two labels"),
        pytest.param('{"model_type": "bert"}', "id2label", id="no labels"),
        pytest.param("not a table", "cannot be read", id="no JSON"),
    ],
)
def test_refuses_a_model_whose_labels_say_nothing(tmp_path: Path, config: str, wrong: str) -> None:
    folder = make_hub(tmp_path / "hub", ORDERS["as most"])
    (folder / "config.json").write_text(config, encoding="utf-8")
    with pytest.raises(InputError, match=wrong):
        describe(folder)


@pytest.mark.parametrize("missing", ["model.onnx", "tokenizer.json", "config.json"])
def test_refuses_a_folder_that_lacks_a_file(tmp_path: Path, missing: str) -> None:
    folder = make_hub(tmp_path / "hub", ORDERS["as most"])
    (folder / missing).unlink()
    with pytest.raises(InputError, match="hub"):
        CrossEncoder(describe(folder))


def test_refuses_damaged_weights(tmp_path: Path) -> None:
    folder = make_hub(tmp_path / "hub", ORDERS["as most"])
    (folder / "model.onnx").write_bytes(b"not a network")
    with pytest.raises(InputError, match="cannot be loaded"):
        CrossEncoder(describe(folder))


def test_refuses_weights_that_are_not_those_of_the_table(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="sha256 differs"):
        describe(make_own(tmp_path, sha256="0" * 64))


def test_says_which_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"judge\.onnx cannot be read"):
        describe(tmp_path / "judge.onnx")


def test_tokens_are_counted_after_the_cut(tmp_path: Path) -> None:
    judge = CrossEncoder(describe(make_own(tmp_path)))  # it reads 16 tokens
    marks = len(("[CLS]", "[SEP]", "[SEP]"))
    assert judge.count_tokens([("the mayor", "the bridge"), ("word " * 40, "the bridge")]) == [4 + marks, 16]
