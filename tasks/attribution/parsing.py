"""Text -> paragraphs that spaCy has read, each with its place in the text and its quotations.

A paragraph is parsed alone: spaCy's small model otherwise ties a clause to the paragraph before.
"""

import re
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

from tasks.attribution.gazetteer import WEB_ENDINGS
from tasks.attribution.quotes import find_quotes
from tasks.model.article import Span

MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
# "Seoul, Nov 9: ", "GENEVA (Agency) - ", "PARIS — ": where and when it was written is no part of the sentence.
DATELINE = re.compile(
    rf"(?:[A-Z][\w.’' ]{{1,30}}(?:, [A-Z][\w. ]{{1,20}})?"
    rf",? (?:{MONTHS})\w*\.? \d{{1,2}}(?:,? \d{{4}})?(?: \([^)]{{2,30}}\))?"
    rf"|[A-Z][\w.’' ]{{1,30}}(?:, [A-Z][\w. ]{{1,20}})? \([^)]{{2,30}}\)"
    r"|[A-Z][A-Z.’' ]{2,30}(?:, [A-Z][\w. ]{1,20})?)\s*(?::|[—–]|--| -)\s+(?=[A-Z“\"])"
)
# "1. The Threat of Arms: The discussions ...": the heading that runs into an item is no part of its sentence either.
RUN_IN = re.compile(r"\s*(?:\d{1,2}[.)]|[•*–-])\s+[^.:?!\n]{3,90}:\s+(?=[A-Z“\"])")
PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
# spaCy's parser needs memory in proportion: a paragraph longer than this is read in pieces.
MAX_PARAGRAPH = 20_000
BATCH = 16  # the default of 256 costs 0.7 GB more and is slower (STACK 5.1)
_LOADING = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One parsed paragraph: `offset` is where it begins in the text, `quotes` are offsets inside the paragraph."""

    doc: Doc
    offset: int
    number: int
    quotes: tuple[Span, ...]
    heading: bool = False

    def span(self, start: int, end: int) -> Span:
        """Return the span in the whole text of a range inside the paragraph."""
        return Span(start=self.offset + start, end=self.offset + end)

    def words(self, span: Span) -> str:
        """Return the words under a span of the whole text, which must lie in this paragraph."""
        return self.doc.text[span.start - self.offset : span.end - self.offset]

    def quoted(self, token: Token) -> Span | None:
        """Return the quotation that a token stands in."""
        return next((quote for quote in self.quotes if quote.start <= token.idx < quote.end), None)

    def tokens(self, spans: Iterable[Span]) -> list[Token]:
        """Return the tokens of this paragraph that lie in the spans of the whole text."""
        ranges = [(span.start - self.offset, span.end - self.offset) for span in spans]
        return [token for token in self.doc if any(a <= token.idx < b for a, b in ranges)]


@cache
def _load(model: str) -> Language:
    nlp = spacy.load(model)
    tokenizer: Any = nlp.tokenizer
    default = tokenizer.token_match
    web = re.compile(rf"(?i)[\w-]+(?:\.[\w-]+)*(?:{'|'.join(map(re.escape, WEB_ENDINGS))})$")

    def keep_whole(text: str) -> object:
        return web.match(text) or (default(text) if default else None)

    tokenizer.token_match = keep_whole  # "Day.Az" is one name, not the end of a sentence
    return nlp


def load_pipeline(model: str) -> Language:
    """Return the spaCy pipeline of that name, loaded once in a process; OSError where it is not installed."""
    with _LOADING:
        return _load(model)


def split_paragraphs(text: str) -> Iterator[tuple[str, int]]:
    """Yield each paragraph with its offset, those that are too long in pieces cut at a space."""
    for match in PARAGRAPH.finditer(text):
        lead = DATELINE.match(text, match.start(), match.end()) or RUN_IN.match(text, match.start(), match.end())
        start = lead.end() if lead else match.start()
        while match.end() - start > MAX_PARAGRAPH:
            cut = text.rfind(" ", start + 1, start + MAX_PARAGRAPH)
            cut = cut if cut > start else start + MAX_PARAGRAPH
            yield text[start:cut], start
            start = cut
        yield text[start : match.end()], start


def parse_texts(texts: Iterable[tuple[str, tuple[Span, ...]]], nlp: Language) -> Iterator[tuple[Paragraph, ...]]:
    """Yield the parsed paragraphs of each text; the second of each pair are its headings."""
    kept: list[tuple[int, tuple[Span, ...]]] = []

    def pieces() -> Iterator[tuple[str, tuple[int, int, str]]]:
        for number, (text, headings) in enumerate(texts):
            cut = list(split_paragraphs(text))
            kept.append((len(cut), headings))
            for piece, offset in cut:
                # Same length, so every offset holds; the model reads "it’s" wrongly and "it's" rightly.
                yield piece.replace("’", "'"), (number, offset, piece)

    waiting: list[Paragraph] = []
    at = 0
    for doc, (number, offset, words) in nlp.pipe(pieces(), as_tuples=True, batch_size=BATCH):
        while at < number:
            yield tuple(waiting)
            waiting, at = [], at + 1
        waiting.append(_paragraph(doc, words, offset, len(waiting), kept[number][1]))
    while at < len(kept):
        yield tuple(waiting)
        waiting, at = [], at + 1


def _paragraph(doc: Doc, words: str, offset: int, number: int, headings: tuple[Span, ...]) -> Paragraph:
    whole = Span(start=offset, end=offset + max(len(doc.text), 1))
    heading = any(heading.overlaps(whole) for heading in headings)
    return Paragraph(doc=doc, offset=offset, number=number, quotes=find_quotes(words), heading=heading)
