"""Where words stand in a text, as the W3C Web Annotation Data Model says it: by quoting them and by their position.

The model counts Unicode code points of a text without markup, from 0, the end left out: what a Python string and our
offsets count. A quote comes with what stands around it, and it SHOULD be found once, so the surroundings are taken as
wide as it needs. They stay within the paragraph where they can: between two paragraphs the live page may hold lines
that were dropped when it was read.
"""

from collections.abc import Iterator
from typing import Any

from tasks.model.article import Span

ROOM = 32  # characters shown on each side of a quote, more where it would be found twice


def selectors_of(text: str, span: Span) -> list[dict[str, Any]]:
    """Return both selectors of the span: the words with what stands around them, and the offsets."""
    shown = surroundings(text, span)
    return [
        {
            "type": "TextQuoteSelector",
            "exact": span.of(text),
            "prefix": text[shown.start : span.start],
            "suffix": text[span.end : shown.end],
        },
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
    ]


def surroundings(text: str, span: Span) -> Span:
    """Return the span with so much around it that the text holds these words once."""
    return next(shown for shown in _wider(text, span) if _stands_once(text, shown.of(text)))


def _wider(text: str, span: Span) -> Iterator[Span]:
    """Yield the span with ever more around it, up to its paragraph first, up to the whole text in the end."""
    line_end = text.find("\n", span.end)
    paragraph = Span(start=text.rfind("\n", 0, span.start) + 1, end=len(text) if line_end == -1 else line_end)
    for within in (paragraph, Span(start=0, end=len(text))):
        room, shown = ROOM, span
        while shown != within:
            shown = Span(start=max(within.start, span.start - room), end=min(within.end, span.end + room))
            yield shown
            room *= 2
    yield Span(start=0, end=len(text))  # a text that is the span and nothing else


def _stands_once(text: str, words: str) -> bool:
    return text.find(words, text.find(words) + 1) == -1
