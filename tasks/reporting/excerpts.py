"""The sentences of an article in which a shown claim stands, for reports that may not print the whole text."""

from collections.abc import Iterable, Iterator, Sequence

from tasks.model.article import Span
from tasks.model.claim import Claim
from tasks.reporting.context import sentence_spans
from tasks.reporting.segments import find_lines

GAP = "\x1f"  # stands for words left out where a page is read back; no text of a page can hold it
ELLIPSIS = "…"  # what a reader sees in its place


def kept_sentences(text: str, claims: Iterable[Claim]) -> list[Span]:
    """Return the sentences in which the claims stand, with the words that say who speaks."""
    spans = [span for claim in claims for span in (*claim.content, *claim.cue, *claim.source)]
    return [sentence for sentence in sentence_spans(text) if any(sentence.overlaps(span) for span in spans)]


def kept_lines(text: str, sentences: Sequence[Span]) -> Iterator[tuple[Span, list[Span | None]]]:
    """Yield each line of which a sentence is kept, with what is kept of it; None where something is left out."""
    lines = list(find_lines(text))
    held = {line: [one for one in sentences if one.overlaps(line)] for line in lines}
    left_out = False
    last = next((line for line in reversed(lines) if held[line]), None)
    for line in lines:
        if held[line]:
            after = line == last and line != lines[-1]
            yield line, list(_with_gaps(text, line, held[line], before=left_out, after=after))
        left_out = not held[line]


def _with_gaps(text: str, line: Span, kept: Sequence[Span], *, before: bool, after: bool) -> Iterator[Span | None]:
    """Yield the sentences and the white space between neighbours; None for what is left out."""
    if before or text[line.start : kept[0].start].strip():
        yield None
    end = kept[0].start
    for sentence in kept:
        between = text[end : sentence.start]
        if between.strip():
            yield None
        elif between:
            yield Span(start=end, end=sentence.start)
        yield sentence
        end = sentence.end
    if after or text[end : line.end].strip():
        yield None


def is_excerpt(shown: Iterable[str], stored: Iterable[str]) -> bool:
    """Return whether each shown line holds words of one stored line, in their order, and the lines in theirs."""
    lines = iter(stored)
    return all(any(_stands_in(one, line) for line in lines) for one in shown)


def _stands_in(shown: str, line: str) -> bool:
    at = 0
    for piece in filter(None, shown.split(GAP)):
        found = line.find(piece, at)
        if found == -1:
            return False
        at = found + len(piece)
    return True
