"""A quote within its sentence: the quote verbatim, what stands around it cut short at words."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tasks.model.article import Span
from tasks.model.claim import Claim
from tasks.reporting.segments import Mark, flatten, merged
from tasks.reporting.words import CLOSING, OPENING

ROOM = 160  # characters shown on each side of a quote
NEAR = 200  # a cue or a source within so many characters of the quote is shown with it
ELLIPSIS = " … "
QUOTE, CUE = "quote", "cue"

# This is for layout alone: a sentence cut too early or too late costs a reader a few words, never a quote.
SENTENCE_END = re.compile(rf"[.!?…][{re.escape(CLOSING)}]*(?=\s)")
ABBREVIATION = re.compile(
    r"mr|mrs|ms|dr|prof|gen|col|lt|sgt|capt|sen|rep|gov|st|jr|sr|vs|no|jan|feb|mar|apr|aug|sept?|oct|nov|dec|(\w\.)*\w"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a quotation as the template prints it."""

    text: str
    quoted: bool = False  # the words of the claim
    cue: bool = False  # the word that attributes them


def quote_pieces(text: str, claim: Claim) -> tuple[Piece, ...]:
    """Return the quote in its sentences, the words of the claim set apart."""
    marks = [Mark(span=span, key=QUOTE) for span in claim.content] + [Mark(span=span, key=CUE) for span in claim.cue]
    ranges = merged(_widened(text, span) for span in (*claim.content, *_attribution(text, claim)))
    return (
        *_edge(text, ranges[0].start, before=True),
        *_with_gaps(text, ranges, lambda shown: _pieces(text, shown, marks)),
        *_edge(text, ranges[-1].end, before=False),
    )


def sentence_spans(text: str) -> Iterator[Span]:
    """Yield the sentences of a text, as far as layout can tell them."""
    for line in re.finditer(r"[^\n]+", text):
        start = line.start()
        for found in SENTENCE_END.finditer(text, line.start(), line.end()):
            if _is_break(text, 0, found):
                yield from _trimmed(text, start, found.end())
                start = found.end()
        yield from _trimmed(text, start, line.end())


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    words = text[start:end]
    if words.strip():
        yield Span(start=start + len(words) - len(words.lstrip()), end=start + len(words.rstrip()))


def bare_pieces(text: str, claim: Claim) -> tuple[Piece, ...]:
    """Return the quote without its sentence, gaps shown as an ellipsis."""
    spans = merged(claim.content)
    return tuple(_with_gaps(text, spans, lambda span: (Piece(text=span.of(text), quoted=True),)))


def quoted_words(text: str, claim: Claim) -> str:
    """Return what the marked pieces of the quote must spell."""
    return "".join(span.of(text) for span in merged(claim.content))


def _with_gaps(text: str, ranges: Sequence[Span], pieces: Callable[[Span], tuple[Piece, ...]]) -> Iterator[Piece]:
    """Yield the pieces of each range; what is left out between two is an ellipsis, white space stays."""
    end = ranges[0].start
    for shown in ranges:
        gap = text[end : shown.start]
        if gap:
            yield Piece(text=gap if gap.isspace() else ELLIPSIS)
        yield from pieces(shown)
        end = shown.end


def _pieces(text: str, shown: Span, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    return tuple(
        Piece(text=part.text, quoted=QUOTE in part.keys, cue=part.keys == (CUE,))
        for part in flatten(text, shown, marks)
    )


def _attribution(text: str, claim: Claim) -> Iterator[Span]:
    """Yield the source and cue spans that stand so near to the quote that a reader wants them with it."""
    first, last = min(claim.content), max(claim.content, key=lambda span: span.end)
    for span in (*claim.source, *claim.cue):
        between = text[span.end : first.start] + text[last.end : span.start]
        if "\n" not in between and len(between) <= NEAR:
            yield span


def _widened(text: str, span: Span) -> Span:
    """Return the span with the rest of its sentence, as far as there is room."""
    start = max(_sentence_start(text, span.start), _word_start(text, span.start - ROOM))
    end = min(_sentence_end(text, span.end), _word_end(text, span.end + ROOM))
    return Span(start=min(start, span.start), end=max(end, span.end))


def _sentence_start(text: str, at: int) -> int:
    line = text.rfind("\n", 0, at) + 1
    breaks = [line + found.end() for found in SENTENCE_END.finditer(text[line:at]) if _is_break(text, line, found)]
    start = breaks[-1] if breaks else line
    return start + len(text[start:at]) - len(text[start:at].lstrip())


def _sentence_end(text: str, at: int) -> int:
    line = text.find("\n", at)
    stop = len(text) if line == -1 else line
    start = max(len(text[:at].rstrip(CLOSING)) - 1, 0)  # a quote may hold its own full stop
    for found in SENTENCE_END.finditer(text[start:stop]):
        if _is_break(text, start, found):
            return start + found.end()
    return stop


def _is_break(text: str, base: int, found: re.Match[str]) -> bool:
    """Return whether a sentence ends here: not after "Dr." or "U.S.", and not before a small letter."""
    before = text[max(0, base + found.start() - ROOM) : base + found.start()].split() or [""]
    word = before[-1].lstrip(OPENING).lower()
    following = text[base + found.end() : base + found.end() + 8].lstrip(f" \t{OPENING}")
    short = found.group().startswith(".") and ABBREVIATION.fullmatch(word) is not None
    return not short and not following[:1].islower()


def _word_start(text: str, at: int) -> int:
    if at <= 0:
        return 0
    space = text.find(" ", at)
    return at if space == -1 else space + 1


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", 0, at)
    return at if space == -1 else space


def _edge(text: str, at: int, *, before: bool) -> tuple[Piece, ...]:
    """Return an ellipsis where the shown range begins or ends inside a sentence."""
    whole = _sentence_start(text, at) == at if before else _sentence_end(text, at) == at
    if whole:
        return ()
    return (Piece(text="… " if before else " …"),)
