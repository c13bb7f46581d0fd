"""The trained judge: a small network that reads two texts at once, in onnxruntime and tokenizers alone.

Two kinds of model are read. Ours is one `.onnx` file with a `.json` beside it (`training/stance` writes both), and uses
the packaged tokenizer. A model from a hub is a folder with `model.onnx`, `tokenizer.json` and `config.json`, whose
`id2label` names the labels of any three-way inference model: they are found by name, since their order differs.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from tasks.comparison.embeddings import TOKENIZER_FILE, TOKENIZER_PACKAGE, find_in_package, open_session
from tasks.comparison.judge import Judgement, Label
from tasks.model.errors import InputError

HUB_TOKENS = 256  # of a model from a hub: two long sentences, and every such model reads twice as many
NAMES = {
    "agree": Label.AGREE,
    "entailment": Label.AGREE,
    "conflict": Label.CONFLICT,
    "contradiction": Label.CONFLICT,
    "neutral": Label.NEUTRAL,
}
LABELS = tuple(Label)
# Sum and norm in one step are slower than one after the other: 138 against 163 passes a second (onnxruntime 1.31.1).
SLOW = ("SkipLayerNormFusion",)
Probabilities = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What has to be known of a model to run it."""

    weights: Path
    tokenizer: Path
    columns: tuple[int, ...]  # where its output has agree, conflict and neutral
    version: str
    temperature: float = 1.0
    tokens: int = HUB_TOKENS


class CrossEncoder:
    """Judges pairs of texts, each in the direction given: what the first does to the second."""

    def __init__(self, description: Description) -> None:
        """Load the weights and the tokenizer."""
        try:
            self._session = open_session(description.weights, without=SLOW)
            self._tokenizer = Tokenizer.from_file(str(description.tokenizer))
        except Exception as error:  # both libraries raise bare exceptions of their own
            raise InputError(f"the judge {description.weights} cannot be loaded ({error})") from error
        self._inputs = {item.name for item in self._session.get_inputs()}
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(description.tokens, strategy="longest_first")
        self._description = description

    @property
    def version(self) -> str:
        """Return the name of the weights, for whatever is stored beside an answer."""
        return self._description.version

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Judgement]:
        """Return one judgement per pair, in their order."""
        return [
            Judgement(probabilities=dict(zip(LABELS, map(float, row), strict=True)))
            for row in self.probabilities(pairs)
        ]

    def count_tokens(self, pairs: Sequence[tuple[str, str]]) -> list[int]:
        """Return how many tokens of each pair are read, in their order; what a pair costs grows with them."""
        return [len(encoding.ids) for encoding in self._tokenizer.encode_batch(list(pairs))]

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> Probabilities:
        """Return a row for each pair, in their order: agree, conflict, neutral."""
        encodings = self._tokenizer.encode_batch(list(pairs)) if pairs else []
        return np.array([self._run(encoding) for encoding in encodings], np.float32).reshape(len(pairs), len(LABELS))

    def _run(self, encoding: Encoding) -> Probabilities:
        """Return the probabilities of one pair, read alone.

        An int8 network scales its numbers by the largest in the batch: in company the same pair got probabilities up to
        0.08 apart. Alone it is no slower, since no padding is read.
        """
        feed = {
            "input_ids": np.array([encoding.ids], np.int64),
            "attention_mask": np.array([encoding.attention_mask], np.int64),
            "token_type_ids": np.array([encoding.type_ids], np.int64),
        }
        numbers = self._session.run(None, {name: feed[name] for name in self._inputs})[0][0]
        scaled = numbers[list(self._description.columns)].astype(np.float64) / self._description.temperature
        powers = np.exp(scaled - scaled.max())
        return np.asarray(powers / powers.sum(), np.float32)


def describe(model: Path) -> Description:
    """Return how to run a model of ours, or one in a folder from a hub; an InputError says what is missing."""
    try:
        return _describe_hub(model) if model.is_dir() else _describe_own(model)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"the judge {model} cannot be read ({error!r})") from error


def _describe_own(model: Path) -> Description:
    table = json.loads(model.with_suffix(".json").read_text(encoding="utf-8"))
    if sha256(model.read_bytes()).hexdigest() != table["sha256"]:
        raise InputError(f"{model} is not the file that {model.with_suffix('.json')} tells of: the sha256 differs")
    return Description(
        weights=model,
        tokenizer=find_in_package(TOKENIZER_PACKAGE, TOKENIZER_FILE),
        columns=find_columns(dict(enumerate(table["labels"])), model),
        version=table["version"],
        temperature=table["temperature"],
        tokens=table["tokens"],
    )


def _describe_hub(folder: Path) -> Description:
    table = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    weights = next((path for path in (folder / "model.onnx", folder / "onnx" / "model.onnx") if path.is_file()), None)
    if weights is None:
        raise InputError(f"{folder} holds no model.onnx")
    labels = {int(place): name for place, name in table["id2label"].items()}
    return Description(
        weights=weights,
        tokenizer=folder / "tokenizer.json",
        columns=find_columns(labels, folder),
        version=f"{folder.name}-{sha256(weights.read_bytes()).hexdigest()[:12]}",
    )


def find_columns(labels: Mapping[int, str], model: Path) -> tuple[int, ...]:
    """Return where agree, conflict and neutral stand; names that do not tell it are an InputError."""
    places = {NAMES[name.lower()]: place for place, name in labels.items() if name.lower() in NAMES}
    if len(labels) != len(LABELS) or set(places) != set(LABELS):
        told = ", ".join(labels.values())
        raise InputError(f"{model} labels pairs {told}; three are needed: entailment, contradiction, neutral")
    return tuple(places[label] for label in LABELS)


@lru_cache(maxsize=2)
def load_crossencoder(model: Path) -> CrossEncoder:
    """Return the judge of this file or folder, loaded when it is first asked for."""
    return CrossEncoder(describe(model))
