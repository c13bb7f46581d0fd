"""An attribution on its way to a claim: it still points at tokens."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from tasks.attribution.cues import Cue
from tasks.attribution.parsing import Paragraph
from tasks.model.article import Span
from tasks.model.claim import Act, Certainty

EDGES = frozenset(",;:.—–-()[]…")


@dataclass(slots=True, kw_only=True)
class Draft:
    """Source, cue and content of one attribution, and what the later steps learn about it."""

    paragraph: Paragraph
    row: Cue | None
    cue: tuple[Token, ...]
    source: tuple[Token, ...]
    content: tuple[Span, ...]  # in the whole text
    root: Token | None  # the head of the content
    rule: str
    act: Act = Act.ASSERT
    certainty: Certainty = Certainty.CERTAIN
    negated: bool = False
    distanced: bool = False
    basis: tuple[Span, ...] = ()
    via: tuple[str, ...] = ()
    confidence: float = 0.0  # from the trained extractor, 0 where the rules alone found it
    speaker: str = ""  # the label of a transcript's turn
    source_paragraph: Paragraph | None = None  # where the source stands, if not in the paragraph of the content

    @property
    def place(self) -> int:
        """Return where the attribution begins in the text, for a stable order."""
        return min(span.start for span in self.content)


def branch(token: Token, without: Collection[Token] = ()) -> list[Token]:
    """Return the subtree of a token in order, less the subtrees of others."""
    dropped = below(without)
    return [child for child in token.subtree if child.i not in dropped]


def below(heads: Iterable[Token]) -> set[int]:
    """Return the numbers of the tokens in the subtrees of some, each subtree walked once though one sits in another."""
    found: set[int] = set()
    for head in sorted(heads, key=lambda head: head.left_edge.i - head.right_edge.i):  # the widest first
        if head.i not in found:
            found.update(token.i for token in head.subtree)
    return found


def trim(tokens: Iterable[Token]) -> list[Token]:
    """Return the tokens without punctuation at either edge; quotation marks stay."""
    kept = list(tokens)
    while kept and (kept[0].is_space or kept[0].text in EDGES):
        kept.pop(0)
    while kept and (kept[-1].is_space or kept[-1].text in EDGES):
        kept.pop()
    return kept


def spans_of(paragraph: Paragraph, tokens: Iterable[Token]) -> tuple[Span, ...]:
    """Return the tokens as spans in the whole text, one for each run; punctuation alone makes no gap."""
    runs: list[list[int]] = []
    for place in sorted({token.i for token in tokens}):
        if runs and paragraph.adjoin(runs[-1][-1], place):
            runs[-1].append(place)
        else:
            runs.append([place])
    trimmed = [trim([paragraph.doc[place] for place in run]) for run in runs]
    return tuple(
        paragraph.span(run[0].idx, run[-1].idx + len(run[-1]))
        for run in trimmed
        if any(letter.isalnum() for token in run for letter in token.text)
    )


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans in order, those that touch or overlap made one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end + 1:
            merged[-1] = Span(start=merged[-1].start, end=max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
