"""The judge of two bare texts: agree, conflict or neutral, each with a probability.

This is the place of a trained cross-encoder, which reads both texts at once. Until there is one, `LexicalJudge` weighs
named features with a small table (multinomial logistic regression, `models/verdict.json`, which tells how it was
fitted). The verdict on claims (`verdict.py`) does not need a judge: structure decides there.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from tasks.comparison.embeddings import Embedder
from tasks.comparison.lexicon import load_lexicon
from tasks.comparison.texts import features_of, find_antonyms, read_words
from tasks.model.errors import InputError

TABLE = Path(__file__).parents[2] / "models" / "verdict.json"
BLOCK = 256  # pairs embedded at a time
CLOSE, FAR = 0.80, 0.40  # cosines worth a word in the reasons


class Label(StrEnum):
    """What the first text does to the second."""

    AGREE = "agree"
    CONFLICT = "conflict"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The probability of each label for one pair of texts, and what speaks for it."""

    probabilities: Mapping[Label, float]
    reasons: tuple[str, ...] = ()

    @property
    def label(self) -> Label:
        """Return the likeliest label."""
        return max(Label, key=lambda label: self.probabilities[label])

    @property
    def score(self) -> float:
        """Return how sure the label is, from 0 to 1."""
        return self.probabilities[self.label]

    @property
    def p_conflict(self) -> float:
        """Return the probability of a conflict."""
        return self.probabilities[Label.CONFLICT]


class Judge(Protocol):
    """Whatever judges pairs of texts."""

    def judge(self, pairs: Sequence[tuple[str, str]], cosines: Sequence[float] | None = None) -> list[Judgement]:
        """Return one judgement per pair, in their order; cosines that are known already need not be worked out."""
        ...  # pragma: no cover


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The readable table: for each feature its mean, its spread, and a weight for each label."""

    features: Mapping[str, tuple[float, float, Mapping[Label, float]]]
    bias: Mapping[Label, float]
    version: str

    def probabilities(self, values: Mapping[str, float]) -> dict[Label, float]:
        """Return the probability of each label for the features of a pair."""
        sums = dict(self.bias)
        for name, (mean, spread, weights) in self.features.items():
            scaled = (values[name] - mean) / spread
            for label in Label:
                sums[label] += scaled * weights[label]
        top = max(sums.values())
        powers = {label: math.exp(value - top) for label, value in sums.items()}
        return {label: power / sum(powers.values()) for label, power in powers.items()}


@lru_cache(maxsize=3)
def load_weights(path: Path = TABLE, part: str = "") -> Weights:
    """Return the table of weights, or a part of it; a file that is missing or damaged is an InputError."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        rows = table[part] if part else table
        return Weights(
            features={
                name: (row["mean"], row["spread"], {label: row[label.value] for label in Label})
                for name, row in rows["features"].items()
            },
            bias={label: rows["bias"][label.value] for label in Label},
            version=table["version"],
        )
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"the weights {path} cannot be read ({error!r}); training/comparison makes them") from error


class LexicalJudge:
    """Weighs overlap, negation, denial, opposites, numbers, names and sentence vectors."""

    def __init__(self, embedder: Embedder, weights: Weights | None = None) -> None:
        """Take the embedder and the table of weights, by default the one that ships."""
        self._embedder = embedder
        self._weights = weights or load_weights()

    def judge(self, pairs: Sequence[tuple[str, str]], cosines: Sequence[float] | None = None) -> list[Judgement]:
        """Return one judgement per pair, in their order; cosines that are known already need not be worked out."""
        known = cosines_of(self._embedder, pairs) if cosines is None else cosines
        return [self._one(*pair, cosine) for pair, cosine in zip(pairs, known, strict=True)]

    def _one(self, premise: str, hypothesis: str, cosine: float) -> Judgement:
        values = features_of(premise, hypothesis, cosine)
        reasons = explain(premise, hypothesis, cosine, values)
        return Judgement(probabilities=self._weights.probabilities(values), reasons=reasons)


def cosines_of(embedder: Embedder, pairs: Sequence[tuple[str, str]]) -> list[float]:
    """Return how near the vectors of each two texts are."""
    found: list[float] = []
    for start in range(0, len(pairs), BLOCK):
        block = pairs[start : start + BLOCK]
        vectors = embedder.embed([text for pair in block for text in pair])
        found += [float(vectors[2 * place] @ vectors[2 * place + 1]) for place in range(len(block))]
    return found


def explain(premise: str, hypothesis: str, cosine: float, values: Mapping[str, float]) -> tuple[str, ...]:
    """Return what stands out in a pair, in plain words."""
    lexicon = load_lexicon()
    opposites = find_antonyms(read_words(premise, lexicon), read_words(hypothesis, lexicon), lexicon)
    told = (
        (bool(values["negation on one side"]), "one of the texts negates"),
        (bool(values["denial on one side"]), "one of the texts speaks of something as denied or false"),
        (bool(opposites), "opposite words: " + ", ".join(opposites[0]) if opposites else ""),
        (bool(values["other number"]), "a number of the second text is not in the first"),
        (bool(values["same number"]), "the numbers are the same"),
        (bool(values["other name"]), "each text has a name that the other lacks"),
        (bool(values["wholly covered"]), "every content word of the second text is in the first"),
        (cosine >= CLOSE, f"the wording is close (similarity {cosine:.2f})"),
        (cosine < FAR, f"the texts have little in common (similarity {cosine:.2f})"),
    )
    return tuple(reason for holds, reason in told if holds)
