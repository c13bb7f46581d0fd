"""Marked articles -> the arrays that the network reads, and what it should answer."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language

from tasks.attribution.parsing import Paragraph, parse_texts
from tasks.attribution.tagger.arrays import Arrays, Ints, pack
from tasks.attribution.tagger.component import hints_of
from tasks.attribution.tagger.hints import Hint
from tasks.attribution.tagger.weights import Vocabulary

Row = Mapping[str, Any]
# How often a value must occur to get a row of its own: at least, at most, and one for so many articles between.
LEAST = {"lemma": (2, 8, 80), "lower": (4, 25, 25), "tag": (1, 1, 1), "dep": (1, 1, 1), "entity": (1, 1, 1)}
# The children that tell what kind of complement a word has.
FUNCTION = (
    "that", "to", "by", "of", "about", "for", "with", "on", "against", "not", "as", "over", "if", "whether", "in", "at",
    "from", "'s", ":", ",", ";", "--", "—", "-", "n't", "than", "because", "while", "when", "after", "into", "toward",
    "towards",
)  # fmt: skip
HEADS = ("VERB", "NOUN", "AUX")  # which token of a cue it turns on, where the tree leaves a choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """One marked attribution as token rows of its article."""

    head: int
    cue: Ints
    source: Ints
    content: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One article: its arrays and its attributions in the order of their heads."""

    id: str
    arrays: Arrays
    hints: tuple[Hint, ...]
    marked: tuple[Marked, ...]
    start: Ints  # offsets in the text of the article
    end: Ints
    words: Mapping[str, Counter[str]]


def read_rows(path: Path) -> list[Row]:
    """Return the articles of a file, one JSON object a line."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def make_examples(rows: Sequence[Row], nlp: Language) -> Iterator[Example]:
    """Yield each article parsed; an attribution without cue or content teaches nothing here and is left out."""
    for row, paragraphs in zip(rows, parse_texts(((row["text"], ()) for row in rows), nlp), strict=True):
        if paragraphs:
            yield _example(row, paragraphs)


def _example(row: Row, paragraphs: Sequence[Paragraph]) -> Example:
    docs = [paragraph.doc for paragraph in paragraphs]
    arrays = pack(docs, [paragraph.quotes for paragraph in paragraphs])
    tokens = [token for doc in docs for token in doc]
    starts = arrays.first.tolist()
    hints = [hint.moved(first) for p, first in zip(paragraphs, starts, strict=False) for hint in hints_of(p)]
    start = np.array([p.offset + token.idx for p in paragraphs for token in p.doc])
    end = start + np.array([len(token) for token in tokens])

    def rows_of(spans: Iterable[Sequence[int]] | None) -> Ints:
        parts = [np.arange(np.searchsorted(end, a, "right"), np.searchsorted(start, b, "left")) for a, b in spans or ()]
        return np.unique(np.concatenate(parts)) if parts else np.zeros(0, np.int64)

    marked = []
    for one in row["attributions"]:
        cue, content = rows_of(one["cue"]), rows_of(one["content"])
        if len(cue) and len(content):
            tags = [tokens[at].pos_ for at in cue]
            marked.append(
                Marked(head=_head(arrays, cue, tags), cue=cue, source=rows_of(one["source"]), content=content)
            )
    words = {
        "lemma": Counter(token.lemma_ for token in tokens),
        "lower": Counter(token.lower_ for token in tokens),
        "tag": Counter(token.tag_ for token in tokens),
        "dep": Counter(token.dep_ for token in tokens),
        "entity": Counter(token.ent_type_ for token in tokens),
    }
    ordered = sorted({one.head: one for one in marked}.values(), key=lambda one: one.head)
    return Example(
        id=str(row["id"]),
        arrays=arrays,
        hints=tuple(hints),
        marked=tuple(ordered),
        start=start,
        end=end,
        words=words,
    )


def _head(arrays: Arrays, cue: Ints, tags: Sequence[str]) -> int:
    """Return the token of a cue whose head in the tree lies outside, a verb or noun before others."""
    inside = set(cue.tolist())
    tops = [(at, tag) for at, tag in zip(cue.tolist(), tags, strict=True) if _is_top(arrays, at, inside)]
    return int(next((at for at, tag in tops if tag in HEADS), tops[0][0] if tops else cue[0]))


def _is_top(arrays: Arrays, row: int, inside: set[int]) -> bool:
    head = int(arrays.head[row])
    return head == row or head not in inside


def make_vocabulary(examples: Sequence[Example]) -> Vocabulary:
    """Return the values that are frequent enough in the training part to be learned."""
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in LEAST}
    for example in examples:
        for kind, counter in counts.items():
            counter.update(example.words[kind])
    needed = {kind: min(max(len(examples) // each, low), high) for kind, (low, high, each) in LEAST.items()}
    names = {kind: [w for w, n in counter.items() if n >= needed[kind] and w] for kind, counter in counts.items()}
    return Vocabulary.of({**names, "function": FUNCTION})
