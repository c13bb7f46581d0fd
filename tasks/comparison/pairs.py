"""The judge of two bare texts that ships: a trained network reads both ways, and a readable table joins it with words.

The network knows meaning and overlooks a number or a name that changed; `differences` knows those and nothing else.
The table (`models/judge-table.json`, which tells how it was fitted) weighs what both say: one part of it two headlines,
whose tone tells more than their words (`tone`), the other all else. Where one thing alone sets two texts apart, `apart`
has the last word.
"""

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tasks.comparison.apart import told_apart
from tasks.comparison.contrasts import find_contrasts
from tasks.comparison.crossencoder import describe, load_crossencoder
from tasks.comparison.differences import differences_of
from tasks.comparison.embeddings import Embedder, load_embedder
from tasks.comparison.judge import (
    Judge,
    Judgement,
    Label,
    LexicalJudge,
    Weights,
    cosines_of,
    explain,
    load_weights,
)
from tasks.comparison.texts import features_of
from tasks.comparison.tone import tone_of

MODELS = Path(__file__).parents[2] / "models"
TABLE = MODELS / "judge-table.json"
HEADLINES = "headlines"  # the feature that tells two headlines, and the part of the table for them
LEXICAL = "lexical"  # the name under which the judge without a network is chosen
LEAST = 1e-4  # probabilities below it say no more than it
LIKELY = 0.5
TOLD_CONTRASTS = 2

Probabilities = NDArray[np.float32]


class Reader(Protocol):
    """A network that gives each pair a row of probabilities: agree, conflict, neutral."""

    @property
    def version(self) -> str:
        """Return the name of the weights."""
        ...  # pragma: no cover

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> Probabilities:
        """Return a row for each pair, in their order."""
        ...  # pragma: no cover


class PairJudge:
    """Weighs what a network reads in two texts, both ways round, with what their words show."""

    def __init__(
        self, embedder: Embedder, reader: Reader, weights: Weights | None = None, headlines: Weights | None = None
    ) -> None:
        """Take the embedder, the network, and the weights, by default those that ship; of headlines, if they differ."""
        self._embedder = embedder
        self._reader = reader
        self._weights = weights or load_weights(TABLE)
        self._headlines = headlines or weights or load_weights(TABLE, HEADLINES)

    def judge(self, pairs: Sequence[tuple[str, str]], cosines: Sequence[float] | None = None) -> list[Judgement]:
        """Return one judgement per pair, in their order; cosines that are known already need not be worked out."""
        return [
            Judgement(
                probabilities=told_apart(pair, self._weights_for(values).probabilities(values)),
                reasons=explain_pair(pair, values),
            )
            for pair, values in zip(pairs, self.features(pairs, cosines), strict=True)
        ]

    def _weights_for(self, values: Mapping[str, float]) -> Weights:
        return self._headlines if values[HEADLINES] else self._weights

    def features(
        self, pairs: Sequence[tuple[str, str]], cosines: Sequence[float] | None = None
    ) -> list[dict[str, float]]:
        """Return the named features of each pair; the table of weights has a row for each."""
        known = cosines_of(self._embedder, pairs) if cosines is None else cosines
        read = self._reader.probabilities([*pairs, *((right, left) for left, right in pairs)])
        found: list[dict[str, float]] = []
        for place, ((left, right), cosine) in enumerate(zip(pairs, known, strict=True)):
            words = features_of(left, right, cosine)
            words |= differences_of(left, right) | tone_of(left, right, words)
            found.append(words | readings_of(read[place], read[len(pairs) + place]))
        return found


def readings_of(there: Probabilities, back: Probabilities) -> dict[str, float]:
    """Return what the network reads, as logarithms: a sum of them is a product of chances."""
    names = tuple(label.value for label in Label)
    found = {f"read: {name}": log(value) for name, value in zip(names, there, strict=True)}
    found |= {f"read back: {name}": log(value) for name, value in zip(names, back, strict=True)}
    found |= {f"read both ways: {name}": (found[f"read: {name}"] + found[f"read back: {name}"]) / 2 for name in names}
    conflict = names.index(Label.CONFLICT.value)
    found["read: conflict either way"] = log(max(there[conflict], back[conflict]))
    found["read: neutral both ways"] = log(min(there[names.index("neutral")], back[names.index("neutral")]))
    return found


def log(probability: float) -> float:
    """Return the logarithm of a probability, cut off where it says no more."""
    return math.log(max(LEAST, float(probability)))


def explain_pair(pair: tuple[str, str], values: Mapping[str, float]) -> tuple[str, ...]:
    """Return what stands out in a pair, in plain words: contrasts first, then what was read, then the words."""
    contrasts = tuple(one.reason for one in find_contrasts(*pair)[:TOLD_CONTRASTS])
    order = ("they differ in a negation alone",) if values["negation alone"] else ()
    swapped = ("the same words in another order",) if values["same words, other order"] else ()
    likeliest = max((label.value for label in Label), key=lambda name: values[f"read: {name}"])
    sure = math.exp(values[f"read: {likeliest}"])
    tone = ("one of the two headlines refuses the story",) if values[HEADLINES] and values["one refuses"] else ()
    read = (f"read as {likeliest} by the trained judge ({sure:.2f})",) if sure >= LIKELY else ()
    return (*contrasts, *order, *swapped, *tone, *read, *explain(*pair, values["similar"], values))


def find_model(name: str) -> Path:
    """Return where the model of this name lies: a file of `models/` without its ending, else the path itself."""
    own = MODELS / f"{name}.onnx"
    return own if own.is_file() else Path(name)


def version_of(name: str) -> str:
    """Return the version of the judge of this name with its table, without loading a network."""
    if name == LEXICAL:
        return load_weights().version
    return f"{describe(find_model(name)).version}+{load_weights(TABLE).version}"


@lru_cache(maxsize=2)
def load_judge(name: str) -> Judge:
    """Return the judge of this name: "lexical", a file of `models/`, or the path of a model."""
    if name == LEXICAL:
        return LexicalJudge(load_embedder())
    return PairJudge(load_embedder(), load_crossencoder(find_model(name)))
