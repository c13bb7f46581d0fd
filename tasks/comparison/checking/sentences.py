"""A text cut into sentences without a parser: good enough to show and to search, never to quote from alone."""

import re
from collections.abc import Iterator

from tasks.model.article import Span

_LINE = re.compile(r"[^\n]+")
# An end: a mark, perhaps closing quotation marks, white space, and something that begins a sentence.
_END = re.compile(r"[.!?][\"'\u201d\u2019)\]]*(?=\s+[\"'\u201c\u2018(\[]*[A-Z0-9])")
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Maj|Rep|Sen|Gov|Rev|St|Jr|Sr|No|vs|Inc|Corp|Co|Ltd|Jan|Feb|Mar|Apr"
    r"|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|[A-Z])|\b(?:[A-Za-z]\.)+[A-Za-z])\.$"
)
LONGEST = 600  # characters: what is longer has no marks, and is cut


def find_sentences(text: str) -> Iterator[Span]:
    """Yield the sentences of a text in their order, without the white space around them."""
    for line in _LINE.finditer(text):
        start = line.start()
        for end in _ends(text, line.start(), line.end()):
            found = _strip(text, start, end)
            if found is not None:
                yield found
            start = end


def _ends(text: str, start: int, stop: int) -> Iterator[int]:
    begin = start
    for match in _END.finditer(text, start, stop):
        if not _SHORT.search(text, begin, match.start() + 1):
            yield from range(begin + LONGEST, match.end(), LONGEST)
            yield match.end()
            begin = match.end()
    yield from range(begin + LONGEST, stop, LONGEST)
    yield stop


def _strip(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    stripped = piece.strip()
    return Span(start=start + left, end=start + left + len(stripped)) if stripped else None
