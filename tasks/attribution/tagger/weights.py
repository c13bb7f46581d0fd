"""The weights of the network, and the words that it knows, in one file without anything executable."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from spacy.strings import get_string_id

from tasks.attribution.tagger.arrays import Floats, Ints
from tasks.model.errors import InputError

MODELS = Path(__file__).resolve().parents[3] / "models"
RULES = "rules"  # the name that stands for no weights at all
BROKEN = (OSError, EOFError, IndexError, KeyError, TypeError, ValueError, BadZipFile)  # numpy's, at any other file
KINDS = ("lemma", "lower", "tag", "dep", "entity", "function")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The values of each kind that have a row of their own; every other one shares row 0."""

    hashes: Mapping[str, NDArray[np.uint64]]  # sorted
    names: Mapping[str, tuple[str, ...]]  # in the order of the hashes

    @classmethod
    def of(cls, names: Mapping[str, Sequence[str]]) -> "Vocabulary":
        """Return the vocabulary of some words of each kind; spaCy's hash of a word is the same on every machine."""
        ordered = {kind: sorted(set(names[kind]), key=get_string_id) for kind in KINDS}
        hashes = {kind: np.array([get_string_id(n) for n in ordered[kind]], np.uint64) for kind in KINDS}
        return cls(hashes=hashes, names={kind: tuple(words) for kind, words in ordered.items()})

    def rows(self, kind: str, values: NDArray[np.uint64]) -> Ints:
        """Return the row of each hash, 0 for what is not known."""
        known = self.hashes[kind]
        at = np.minimum(np.searchsorted(known, values), len(known) - 1)
        return np.where(known[at] == values, at + 1, 0)

    def size(self, kind: str) -> int:
        """Return how many rows a kind has, row 0 included."""
        return len(self.hashes[kind]) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What training made: the vocabulary, the arrays by name, and what was measured with them.

    Attributions below the threshold are left out. `calibration` holds probabilities of the network, rising, each with
    the share of the attributions about that likely that were right.
    """

    vocabulary: Vocabulary
    arrays: Mapping[str, Floats]
    threshold: float
    calibration: tuple[tuple[float, float], ...] = ((0.0, 0.0), (1.0, 1.0))


def find_weights(name: str) -> Path:
    """Return the file of some weights: a name in `models/` without its ending, or a path; InputError if none."""
    path = Path(name) if name.endswith(".npz") else MODELS / f"{name}.npz"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in MODELS.glob("attribution*.npz")))
        raise InputError(
            f"extractor {name!r}: there is no {path}; choose {RULES}, {known}, or the path of an .npz file"
        )
    return path


@cache
def weights_version(name: str) -> str:
    """Return the first digits of the hash of the weights' file, which a claim's provenance names."""
    return RULES if name == RULES else sha256(find_weights(name).read_bytes()).hexdigest()[:12]


def save_weights(path: Path, weights: Weights) -> None:
    """Write the weights as float16, which costs nothing measurable and halves the file."""
    about = {"names": weights.vocabulary.names, "threshold": weights.threshold, "calibration": weights.calibration}
    text = np.frombuffer(json.dumps(about, ensure_ascii=False).encode(), np.uint8)
    arrays: dict[str, Any] = {name: array.astype(np.float16) for name, array in weights.arrays.items()}
    with path.open("wb") as file:
        np.savez_compressed(file, about=text, **arrays)


def load_weights(path: Path) -> Weights:
    """Return the weights in a file, InputError where there is none or it is broken."""
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            about = json.loads(file["about"].tobytes())
            arrays = {name: file[name].astype(np.float32) for name in file.files if name != "about"}
        calibration = tuple((float(likely), float(right)) for likely, right in about["calibration"])
        return Weights(
            vocabulary=Vocabulary.of(about["names"]),
            arrays=arrays,
            threshold=float(about["threshold"]),
            calibration=calibration,
        )
    except BROKEN as error:
        raise InputError(
            f"{path} holds no weights of the extractor ({error}); train it again or name another"
        ) from error
