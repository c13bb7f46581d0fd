"""Text -> paragraphs that spaCy has read, each with its place in the text and its quotations.

A paragraph is parsed alone: spaCy's small model otherwise ties a clause to the paragraph before.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

from tasks.attribution.gazetteer import WEB_ENDINGS
from tasks.attribution.leads import find_leads
from tasks.attribution.quotes import find_quotes
from tasks.model.article import Span

PARAGRAPH = re.compile(r"^[^\n]*\S[^\n]*", re.MULTILINE)  # without ^ a line of 40,000 spaces takes 8 s
# spaCy's parser needs memory in proportion, and time grows faster than that where one attribution sits in another and
# so on: a paragraph longer than this (600 articles of PolNeAR have none) is read in pieces.
MAX_PARAGRAPH = 6_000
SENTENCE_END = re.compile(r"[.!?][\"”’')]*(?=\s)")
# What the model is shown in place of a character that it reads wrongly, one for one, so that every offset holds: it
# knows "it's" and not "it’s"; a space that does not break is still a space, and so is one without width; half of a
# pair of surrogates cannot be written in UTF-8, which spaCy keeps its words in.
SHOWN = {
    **dict.fromkeys(map(ord, "’\u02bc\u201b\u00b4\uff07"), "'"),
    **dict.fromkeys(map(ord, "❝❞〝〞‟\uff02"), '"'),
    **dict.fromkeys((*range(0x2000, 0x200C), 0x200E, 0x200F, *range(0x2028, 0x2030), 0x2060, 0xFEFF), " "),
    **dict.fromkeys(map(ord, "\t\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u205f\u3000"), " "),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}
BATCH = 16  # the default of 256 costs 0.7 GB more and is slower (STACK 5.1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One parsed paragraph: `offset` is where it begins in the text, `quotes` are offsets inside the paragraph."""

    doc: Doc
    offset: int
    number: int
    quotes: tuple[Span, ...]
    heading: bool = False
    text: str = field(init=False)  # of the document, which puts it together anew each time it is asked
    _starts: tuple[int, ...] = field(init=False, repr=False)  # where its tokens begin
    _marks: tuple[bool, ...] = field(init=False, repr=False)  # which of them are punctuation

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", self.doc.text)
        known = self.doc.to_array(["IDX", "IS_PUNCT"])
        object.__setattr__(self, "_starts", tuple(known[:, 0].tolist()))
        object.__setattr__(self, "_marks", tuple(known[:, 1].astype(bool).tolist()))

    def span(self, start: int, end: int) -> Span:
        """Return the span in the whole text of a range inside the paragraph."""
        return Span(start=self.offset + start, end=self.offset + end)

    def adjoin(self, left: int, right: int) -> bool:
        """Return whether nothing but punctuation stands between two tokens, given by their places."""
        return all(self._marks[left + 1 : right])

    def words(self, span: Span) -> str:
        """Return the words under a span of the whole text, which must lie in this paragraph."""
        return self.text[span.start - self.offset : span.end - self.offset]

    def quoted(self, token: Token) -> Span | None:
        """Return the quotation that a token stands in."""
        before = bisect_right(self.quotes, token.idx, key=attrgetter("start"))
        last = self.quotes[before - 1] if before else None  # they are in order and do not overlap
        return last if last is not None and token.idx < last.end else None

    def tokens(self, spans: Iterable[Span]) -> list[Token]:
        """Return the tokens of this paragraph that lie in the spans of the whole text."""
        found: list[Token] = []
        end = 0
        for span in sorted(spans):
            start = max(end, bisect_left(self._starts, span.start - self.offset))
            end = max(end, bisect_left(self._starts, span.end - self.offset))
            found.extend(self.doc[start:end])
        return found


if not Doc.has_extension("paragraph"):
    Doc.set_extension("paragraph", default=None)


def paragraph_of(doc: Doc) -> Paragraph:
    """Return a document as a paragraph: what is known of it from before it was parsed, or else what it shows itself."""
    known: Paragraph | None = doc._.paragraph
    if known is not None:
        return known
    lines = ((match.start(), match.group().rstrip()) for match in PARAGRAPH.finditer(doc.text))
    quotes = (Span(start=at + span.start, end=at + span.end) for at, line in lines for span in find_quotes(line))
    return Paragraph(doc=doc, offset=0, number=0, quotes=tuple(quotes))


def make_parser(model: str) -> Language:
    """Return a spaCy pipeline of that name of its own; OSError where it is not installed."""
    nlp = spacy.load(model)
    tokenizer: Any = nlp.tokenizer
    default = tokenizer.token_match
    web = re.compile(rf"(?i)[\w-]+(?:\.[\w-]+)*(?:{'|'.join(map(re.escape, WEB_ENDINGS))})$")

    def keep_whole(text: str) -> object:
        return ("." in text and web.match(text)) or (default(text) if default else None)

    tokenizer.token_match = keep_whole  # "Day.Az" is one name, not the end of a sentence
    return nlp


def _cut(text: str, start: int, end: int) -> int:
    """Return where to cut a paragraph that is too long: behind a sentence, else at a space, else anywhere."""
    sentence = max((match.end() for match in SENTENCE_END.finditer(text, (start + end) // 2, end)), default=0)
    space = text.rfind(" ", start + 1, end)
    return sentence or (space if space > start else end)


def split_paragraphs(text: str) -> Iterator[tuple[str, int]]:
    """Yield each paragraph with its offset, those that are too long in pieces."""
    lines = list(PARAGRAPH.finditer(text))
    leads = find_leads(text, lines)
    for match in lines:
        start = leads.get(match.start(), match.start())
        while match.end() - start > MAX_PARAGRAPH:
            cut = _cut(text, start, start + MAX_PARAGRAPH)
            yield text[start:cut], start
            start = cut
        yield text[start : match.end()], start


def parse_texts(texts: Iterable[tuple[str, tuple[Span, ...]]], nlp: Language) -> Iterator[tuple[Paragraph, ...]]:
    """Yield the parsed paragraphs of each text; the second of each pair are its headings."""
    counts: list[int] = []

    def pieces() -> Iterator[tuple[Doc, int]]:
        for text, headings in texts:
            cut = list(split_paragraphs(text))
            counts.append(len(cut))
            for number, (piece, offset) in enumerate(cut):
                yield _prepare(nlp, piece, offset, number, headings), len(counts) - 1

    waiting: list[Paragraph] = []
    at = 0
    for doc, article in nlp.pipe(pieces(), as_tuples=True, batch_size=BATCH):
        while at < article:
            yield tuple(waiting)
            waiting, at = [], at + 1
        waiting.append(paragraph_of(doc))
    while at < len(counts):
        yield tuple(waiting)
        waiting, at = [], at + 1


def _prepare(nlp: Language, piece: str, offset: int, number: int, headings: tuple[Span, ...]) -> Doc:
    """Return the tokens of a paragraph, with all that is known of it before it is parsed."""
    doc = nlp.make_doc(piece.translate(SHOWN))
    whole = Span(start=offset, end=offset + max(len(piece), 1))
    heading = any(heading.overlaps(whole) for heading in headings)
    doc._.paragraph = Paragraph(doc=doc, offset=offset, number=number, quotes=find_quotes(piece), heading=heading)
    return doc
