"""Speech without a cue of its own: a quotation that goes on in the next sentence or the next paragraph."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from spacy.tokens import Token

from tasks.attribution.drafts import Draft, merge
from tasks.attribution.parsing import Paragraph
from tasks.model.article import Span
from tasks.model.claim import Speech

ADDRESSED = "addressed"  # "You say that it is safe": the interviewer's words, and the other's claim
MIN_WORDS = 3
MAX_CLAIM_WORDS = 60
OUTSIDE_WORDS = 1  # words of its own that a sentence may hold beside a quotation that goes on


def continue_quotations(paragraphs: tuple[Paragraph, ...], drafts: list[Draft]) -> list[Draft]:
    """Return the drafts with every quotation that nobody was given tied to whoever spoke last."""
    added: list[Draft] = []
    found: dict[int, list[Draft]] = {paragraph.number: [] for paragraph in paragraphs}
    for draft in drafts:
        found[draft.paragraph.number].append(draft)
    for paragraph in paragraphs:
        own = found[paragraph.number]
        for quote in paragraph.quotes:
            whole = paragraph.span(quote.start, quote.end)
            taken = any(span.overlaps(whole) for draft in own for span in draft.content)
            if taken or not _stands_alone(paragraph, quote):
                continue
            speaker = _speaker(paragraph, whole, [*found.get(paragraph.number - 1, ()), *own])
            if speaker is not None:
                added.append(_continued(paragraph, whole, speaker))
                own.append(added[-1])
    return sorted([*drafts, *added], key=lambda draft: draft.place)


def _stands_alone(paragraph: Paragraph, quote: Span) -> bool:
    """Return whether the sentences of a quotation hold nothing else: it goes on, it is no scare quote."""
    if len(quote.of(paragraph.text).split()) < MIN_WORDS:
        return False
    touched = [s for s in paragraph.doc.sents if s.start_char < quote.end and quote.start < s.end_char]
    outside = [
        token
        for sent in touched
        for token in sent
        if (token.is_alpha or token.like_num) and not paragraph.quoted(token)
    ]
    return len(outside) <= OUTSIDE_WORDS


def _speaker(paragraph: Paragraph, whole: Span, drafts: list[Draft]) -> Draft | None:
    """Return the draft that a quotation goes on from: the last one of `drafts`, of its paragraph and the one before."""
    before = [draft for draft in drafts if draft.place < whole.start and draft.source]
    if not before:
        return None
    last = max(before, key=lambda draft: max(span.end for span in draft.content))
    near = last.paragraph is paragraph or speech_of(last) is not Speech.INDIRECT or _opens(paragraph, whole)
    return last if near else None


def _opens(paragraph: Paragraph, whole: Span) -> bool:
    return not paragraph.text[: whole.start - paragraph.offset].strip()


def _continued(paragraph: Paragraph, whole: Span, speaker: Draft) -> Draft:
    return Draft(
        paragraph=paragraph,
        row=speaker.row,
        cue=(),
        source=speaker.source,
        source_paragraph=speaker.source_paragraph or speaker.paragraph,
        content=(whole,),
        root=_root(paragraph, whole),
        rule="quotation-goes-on",
        speaker=speaker.speaker,
    )


def _root(paragraph: Paragraph, whole: Span) -> Token | None:
    tokens = paragraph.tokens((whole,))
    return next((token for token in tokens if token.dep_ == "ROOT"), tokens[0] if tokens else None)


def speech_of(draft: Draft) -> Speech:
    """Return how much of the content stands between quotation marks."""
    if draft.speaker and draft.rule != ADDRESSED:
        return Speech.DIRECT
    words = [token for token in draft.paragraph.tokens(draft.content) if token.is_alpha or token.like_num]
    quoted = sum(draft.paragraph.quoted(token) is not None for token in words)
    if quoted == 0:
        return Speech.INDIRECT
    return Speech.DIRECT if quoted == len(words) else Speech.MIXED


def split_long(draft: Draft) -> Iterator[Draft]:
    """Yield a draft in pieces of whole sentences, each of at most 60 words where its sentences allow that."""
    pieces: list[list[Span]] = [[]]
    for part in _sentences(draft):
        words = sum(len(draft.paragraph.words(span).split()) for span in pieces[-1])
        if pieces[-1] and words + len(draft.paragraph.words(part).split()) > MAX_CLAIM_WORDS:
            pieces.append([])
        pieces[-1].append(part)
    if len(pieces) == 1:
        yield draft
        return
    for number, piece in enumerate(pieces):
        root = draft.root if number == 0 else _root(draft.paragraph, piece[0])
        rest: dict[str, Any] = {} if number == 0 else {"cue": (), "rule": "quotation-goes-on"}
        yield replace(draft, content=merge(piece), root=root, **rest)


def _sentences(draft: Draft) -> Iterator[Span]:
    """Yield the content cut at the ends of sentences; a bit without a word joins the sentence before."""
    paragraph = draft.paragraph
    for span in draft.content:
        for sent in paragraph.doc.sents:
            start = max(span.start, paragraph.offset + sent.start_char)
            end = min(span.end, paragraph.offset + sent.end_char)
            if start < end and paragraph.text[start - paragraph.offset : end - paragraph.offset].strip():
                yield Span(start=start, end=end)
