"""Pairs of texts as numbers: `[CLS] premise [SEP] hypothesis [SEP]`, cut where they are too long, padded in batches."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from training.stance.mix import NO_NEUTRAL, Row
from training.stance.model import LABELS

FAR = -1e4  # a label that a corpus never gives gets this, and so no say


@dataclass(frozen=True, slots=True)
class Encoded:
    """The token ids of one pair, and how many of them are the first text's."""

    ids: NDArray[np.int32]
    first: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Padded pairs with their answers; `barred` is far below zero for a label that the corpus never gives."""

    ids: Tensor
    mask: Tensor
    types: Tensor
    answers: Tensor
    barred: Tensor


def load_tokenizer(path: Path, most: int) -> Tokenizer:
    """Return the tokenizer, without the padding that its file asks for, cutting the longer text of a pair."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.enable_truncation(most, strategy="longest_first")
    return tokenizer


def encode(tokenizer: Tokenizer, pairs: Sequence[tuple[str, str]]) -> list[Encoded]:
    """Return the pairs as token ids."""
    found: list[Encoded] = []
    for start in range(0, len(pairs), 4096):
        encodings = tokenizer.encode_batch(list(pairs[start : start + 4096]))
        found += [Encoded(np.array(one.ids, np.int32), one.type_ids.count(0)) for one in encodings]
    return found


def join(encoded: Sequence[Encoded], rows: Sequence[Row]) -> Batch:
    """Return one batch of these pairs."""
    width = max(len(one.ids) for one in encoded)
    ids = np.zeros((len(encoded), width), np.int64)
    mask, types = np.zeros_like(ids), np.zeros_like(ids)
    for place, one in enumerate(encoded):
        ids[place, : len(one.ids)] = one.ids
        mask[place, : len(one.ids)] = 1
        types[place, one.first : len(one.ids)] = 1
    barred = np.zeros((len(encoded), len(LABELS)), np.float32)
    barred[[row.corpus in NO_NEUTRAL for row in rows], LABELS.index("neutral")] = FAR
    answers = np.array([LABELS.index(row.label) for row in rows], np.int64)
    return Batch(
        **{
            name: torch.from_numpy(value)
            for name, value in {"ids": ids, "mask": mask, "types": types, "answers": answers, "barred": barred}.items()
        }
    )
