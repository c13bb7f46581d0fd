"""Speech behind a colon: "The vet: 'It was ill.'", "Reporter: Is it dry? It was dug in May."."""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from tasks.attribution.drafts import Draft, spans_of
from tasks.attribution.leads import SPOKEN_TITLES, speaks_for_nobody
from tasks.attribution.names import is_people
from tasks.attribution.parsing import Paragraph
from tasks.attribution.things import load_nouns
from tasks.model.article import Span

SENTENCE_END = re.compile(r"(?P<word>\S*?)[.!?…][\"”’'»)]*\s+")
NEXT = re.compile(r"\s*[A-Z][\w’'-]*(?: [\w.’'-]+){0,5}:\s")  # the label of the next speaker
ENDS = frozenset("?.!…")
MIN_WORDS, LONGEST = 3, 60  # words of a quotation, characters of who speaks


def is_colon(draft: Draft) -> bool:
    """Return whether a colon is all that says who speaks."""
    return bool(draft.cue) and all(token.is_punct for token in draft.cue)


def is_nobody(draft: Draft) -> bool:
    """Return whether what stands before a colon speaks for nobody: "Verdict: ...", "Photo: ..."."""
    return is_colon(draft) and speaks_for_nobody(" ".join(token.text for token in draft.source))


def own_speech(draft: Draft) -> Draft:
    """Return a draft behind a colon without questions, and without what the next speaker says."""
    if is_colon(draft) and draft.content:
        tokens = _until_next(draft.paragraph, draft.paragraph.tokens(draft.content))
        kept = [token for part in _sentences(tokens) if not _asks(part) for token in part]
        draft.content = spans_of(draft.paragraph, kept)
        draft.root = draft.root if draft.root in kept else None
    return draft


def _until_next(paragraph: Paragraph, tokens: list[Token]) -> list[Token]:
    """Return the tokens of the first speaker: the one quotation that they begin with, or all up to another label."""
    quote = paragraph.quoted(tokens[0])
    if quote is not None:
        return [token for token in tokens if token.idx < quote.end]
    for token in tokens[1:]:
        if token.is_sent_start and NEXT.match(paragraph.text, token.idx):
            return [other for other in tokens if other.i < token.i]
    return tokens


def _sentences(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the tokens of each sentence; the parser joins a question and the statement behind it."""
    part: list[Token] = []
    for token in tokens:
        if part and (token.is_sent_start or (part[-1].text == "?" and not token.is_punct)):
            yield part
            part = []
        part.append(token)
    if part:
        yield part


def _asks(part: Sequence[Token]) -> bool:
    """Return whether a sentence is a question, with or without its mark inside the content."""
    last = next((token for token in reversed(part) if not token.is_quote and not token.is_space), part[-1])
    behind = last if last.text in ENDS or last.i + 1 == len(last.doc) else last.nbor()
    return "?" in (last.text, behind.text)


def find_colons(paragraph: Paragraph, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Yield what somebody named before a colon says between quotation marks, where nobody else was given it."""
    for quote in paragraph.quotes:
        whole = paragraph.span(quote.start, quote.end)
        taken = any(span.overlaps(whole) for draft in drafts for span in draft.content)
        lead = _lead(paragraph.text[: quote.start].rstrip())
        if lead is None or taken or len(paragraph.words(whole).split()) < MIN_WORDS:
            continue
        source = paragraph.tokens([paragraph.span(*lead)])
        colon = next(
            (token for token in paragraph.doc if lead[1] <= token.idx < quote.start and token.text == ":"), None
        )
        if colon is not None and _is_speaker(source):
            yield _spoken(paragraph, tuple(source), (colon,), whole)


def _lead(before: str) -> tuple[int, int] | None:
    """Return where the words between the end of a sentence and a closing colon stand, None where there are none."""
    if not before.endswith(":"):
        return None
    end = len(before[:-1].rstrip())
    ends = (match.end() for match in SENTENCE_END.finditer(before) if f"{match['word']}." not in SPOKEN_TITLES)
    start = max(ends, default=0)
    words = before[start:end]
    fits = words[:1].isupper() and len(words) <= LONGEST and ":" not in words
    return (start, end) if fits and not speaks_for_nobody(words) else None


def _spoken(paragraph: Paragraph, source: tuple[Token, ...], cue: tuple[Token, ...], whole: Span) -> Draft:
    draft = Draft(paragraph=paragraph, row=None, cue=cue, source=source, content=(whole,), root=None, rule="colon")
    return own_speech(draft)


def _is_speaker(words: Sequence[Token]) -> bool:
    """Return whether words before a colon are somebody: a name or a noun for people, and no clause."""
    if any(token.pos_ in ("VERB", "AUX") and token.tag_ != "VBN" for token in words):
        return False
    return any(
        token.pos_ == "PROPN" or is_people(token) or token.lemma_.lower() in load_nouns("people") for token in words
    )
