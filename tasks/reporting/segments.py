"""Overlapping spans made flat, since HTML elements nest and spans need not."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tasks.model.article import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A span and the key of what it belongs to."""

    span: Span
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of text with the keys of all marks that cover it."""

    span: Span
    text: str
    keys: tuple[str, ...]


def flatten(text: str, within: Span, marks: Iterable[Mark]) -> tuple[Segment, ...]:
    """Return the range cut at every edge of a mark; the texts joined are the text of the range."""
    inside = [mark for mark in marks if mark.span.overlaps(within)]
    edges = {within.start, within.end}
    edges.update(edge for mark in inside for edge in (mark.span.start, mark.span.end))
    cuts = sorted(edge for edge in edges if within.start <= edge <= within.end)
    return tuple(_segment(text, Span(start=start, end=end), inside) for start, end in pairwise(cuts))


def _segment(text: str, span: Span, marks: Sequence[Mark]) -> Segment:
    keys = dict.fromkeys(mark.key for mark in marks if mark.span.contains(span))
    return Segment(span=span, text=span.of(text), keys=tuple(keys))


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans in order, those that touch or overlap made one."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start <= result[-1].end:
            result[-1] = Span(start=result[-1].start, end=max(result[-1].end, span.end))
        else:
            result.append(span)
    return tuple(result)


def find_lines(text: str) -> Iterator[Span]:
    """Yield the span of each line that holds words: a stored text has one paragraph to a line."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield Span(start=start, end=start + len(line))
        start += len(line) + 1
