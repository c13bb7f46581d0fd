"""A network of one table, written byte by byte, so that a test needs no package that makes networks.

It adds up, over the tokens of a pair, a row of three numbers for each; the largest sum is the label.
"""

import struct
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, pre_tokenizers, processors

FLOAT, INT64 = 1, 7
INT, INTS = 2, 7  # kinds of attribute


def number(place: int, value: int) -> bytes:
    """Return a protobuf field that holds a number."""
    return varint(place << 3) + varint(value)


def field(place: int, value: bytes | str) -> bytes:
    """Return a protobuf field that holds bytes, text or another message."""
    data = value.encode() if isinstance(value, str) else value
    return varint(place << 3 | 2) + varint(len(data)) + data


def varint(value: int) -> bytes:
    parts = [value & 127]
    while value := value >> 7:
        parts[-1] |= 128
        parts.append(value & 127)
    return bytes(parts)


def node(kind: str, inputs: list[str], output: str, **options: int) -> bytes:
    told = b"".join(field(1, name) for name in inputs) + field(2, output) + field(3, output) + field(4, kind)
    for name, value in options.items():
        told += field(5, field(1, name) + number(3, value) + number(20, INT))
    return field(1, told)


def constant(name: str, values: NDArray[np.generic]) -> bytes:
    kind = FLOAT if values.dtype == np.float32 else INT64
    dims = b"".join(number(1, size) for size in values.shape)
    return field(5, dims + number(2, kind) + field(8, name) + field(9, values.tobytes()))


def tensor(place: int, name: str, kind: int, *sizes: str) -> bytes:
    shape = b"".join(field(1, field(2, size)) for size in sizes)
    return field(place, field(1, name) + field(2, field(1, number(1, kind) + field(2, shape))))


def write_network(path: Path, table: NDArray[np.float32]) -> None:
    """Write a network that looks each token up in the table and adds up what the mask leaves."""
    graph = (
        node("Gather", ["table", "input_ids"], "looked")
        + node("Cast", ["attention_mask"], "mask", to=FLOAT)
        + node("Unsqueeze", ["mask", "last"], "weights")
        + node("Mul", ["looked", "weights"], "weighed")
        + node("ReduceSum", ["weighed", "middle"], "logits", keepdims=0)
        + field(2, "tiny")
        + constant("table", table)
        + constant("last", np.array([2], np.int64))
        + constant("middle", np.array([1], np.int64))
        + tensor(11, "input_ids", INT64, "pairs", "tokens")
        + tensor(11, "attention_mask", INT64, "pairs", "tokens")
        + tensor(12, "logits", FLOAT, "pairs", "labels")
    )
    path.write_bytes(number(1, 8) + field(8, field(1, "") + number(2, 17)) + field(7, graph))


def write_tokenizer(path: Path, words: list[str]) -> dict[str, int]:
    """Write a tokenizer of whole words, and return the number of each; it pads to 64, as files from hubs do."""
    vocabulary = {word: place for place, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *words])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))  # noqa: S106  a word, not a password
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", vocabulary["[CLS]"]), ("[SEP]", vocabulary["[SEP]"])],
    )
    tokenizer.enable_padding(length=64)
    tokenizer.save(str(path))
    return vocabulary


def write_safetensors(path: Path, arrays: Mapping[str, NDArray[np.float32]]) -> None:
    """Write arrays as a file of safetensors."""
    entries, data = [], b""
    for name, values in arrays.items():
        low, data = len(data), data + values.tobytes()
        entries.append(f'"{name}":{{"dtype":"F32","shape":{list(values.shape)},"data_offsets":[{low},{len(data)}]}}')
    table = ("{" + ",".join(entries) + "}").encode()
    path.write_bytes(struct.pack("<Q", len(table)) + table + data)
