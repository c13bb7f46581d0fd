"""Parsed documents -> arrays, so that the network does no work token by token in Python."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from tasks.model.article import Span
from tasks.model.errors import InputError

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

ATTRIBUTES: list[int | str] = [
    "LEMMA", "LOWER", "TAG", "DEP", "ENT_TYPE", "HEAD", "SENT_START", "IDX", "LENGTH", "IS_TITLE", "IS_PUNCT"
]  # fmt: skip
WIDTH = 96  # numbers that spaCy's small English model gives each token
DEPTH = 16  # levels of a tree that are told apart; deeper tokens count as this deep


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrays:
    """The tokens of some documents in one row, n in all; `head` and `path` are row numbers.

    `lemma`, `lower`, `tag`, `dep` and `entity` are spaCy's hashes. `quote` is 0 outside quotation marks, `paragraph`
    and `sentence` count up. `path[t, d]` is the ancestor of t at depth d (the root has depth 0), -1 below t itself.
    """

    lemma: NDArray[np.uint64]
    lower: NDArray[np.uint64]
    tag: NDArray[np.uint64]
    dep: NDArray[np.uint64]
    entity: NDArray[np.uint64]
    title: Flags
    punct: Flags
    head: Ints
    sentence: Ints
    paragraph: Ints
    quote: Ints
    depth: Ints
    path: Ints
    tensor: Floats  # (n, 96): what spaCy's own layers made of each token
    first: Ints  # the row of each document's first token, and the total at the end

    def __len__(self) -> int:
        """Return how many tokens there are."""
        return len(self.head)


def pack(docs: Sequence[Doc], quotes: Iterable[Sequence[Span]]) -> Arrays:
    """Return the arrays of parsed documents and of where each is between quotation marks."""
    tables = [doc.to_array(ATTRIBUTES) for doc in docs]
    table = np.concatenate(tables)
    columns = dict(zip(ATTRIBUTES, table.T, strict=True))
    first = np.cumsum([0, *map(len, tables)])
    document = np.repeat(np.arange(len(docs)), np.diff(first))
    row = np.arange(len(table))
    head = columns["HEAD"].astype(np.int64) + row
    starts_document = starts_group(document)
    broken = np.concatenate([_line_breaks(doc) for doc in docs])
    paragraph = np.cumsum(starts_document | broken) - 1
    depth, path = _paths(head)
    return Arrays(
        lemma=columns["LEMMA"],
        lower=columns["LOWER"],
        tag=columns["TAG"],
        dep=columns["DEP"],
        entity=columns["ENT_TYPE"],
        title=columns["IS_TITLE"] > 0,
        punct=columns["IS_PUNCT"] > 0,
        head=head,
        sentence=np.cumsum((columns["SENT_START"] == 1) | starts_document) - 1,
        paragraph=paragraph,
        quote=_quotes(columns["IDX"].astype(np.int64), first, quotes),
        depth=depth,
        path=path,
        tensor=np.concatenate([_tensor(doc) for doc in docs]),
        first=first,
    )


def _tensor(doc: Doc) -> Floats:
    if doc.tensor.shape != (len(doc), WIDTH):
        raise InputError(
            f"the trained extractor reads the {WIDTH} numbers that spaCy's small English model gives each token; this"
            f" pipeline gives an array of {doc.tensor.shape}: take that model, or the extractor 'rules'"
        )
    tensor: Floats = np.asarray(doc.tensor, np.float32)
    return tensor


def starts_group(values: Ints) -> Flags:
    """Return where a run of equal values begins."""
    changed = np.ones(len(values), bool)
    changed[1:] = values[1:] != values[:-1]
    return changed


def _line_breaks(doc: Doc) -> Flags:
    """Return which tokens follow a line break; a document is most often one paragraph and has none."""
    broken = np.zeros(len(doc), bool)
    if "\n" in doc.text:
        broken[1:] = ["\n" in token.text_with_ws for token in doc[:-1]]
    return broken


def _quotes(start: Ints, first: Ints, quotes: Iterable[Sequence[Span]]) -> Ints:
    numbers = np.zeros(len(start), np.int64)
    number = 0
    for (begin, end), spans in zip(pairwise(first.tolist()), quotes, strict=True):
        for span in spans:
            number += 1
            low, high = begin + np.searchsorted(start[begin:end], [span.start, span.end])
            numbers[low:high] = number
    return numbers


def _paths(head: Ints) -> tuple[Ints, Ints]:
    """Return the depth of each token in its tree, and its ancestors from the root down."""
    row = np.arange(len(head))
    depth = np.zeros(len(head), np.int64)
    ancestors = [row]
    for _ in range(DEPTH - 1):
        above = head[ancestors[-1]]
        depth += above != ancestors[-1]
        ancestors.append(above)
    level = np.arange(DEPTH)
    path = np.stack(ancestors, axis=1)[row[:, None], np.maximum(depth[:, None] - level, 0)]
    path[level > depth[:, None]] = -1
    return depth, path
