"""What is compared: our extractor and textacy on the same articles, each with the processor's time that it takes."""

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.attribution.data import Sample
from bench.attribution.grammar import Grammar
from bench.attribution.matching import Attribution, Text
from bench.meter import Meter
from tasks.attribution.continued import join_continued
from tasks.attribution.parsing import BATCH, SHOWN, split_paragraphs
from tasks.attribution.pipeline import extract_articles
from tasks.model.article import Span
from tasks.model.claim import Claim, Voice

RAW, OURS, WHOLE, BY_PARAGRAPH = "raw spaCy", "rashomon", "textacy", "textacy by paragraph"
SYSTEMS = (OURS, WHOLE, BY_PARAGRAPH)
CHUNK = 25  # articles: the systems take turns, so that what else the machine does falls on all of them
LINE = re.compile(r"[^\n]*\S[^\n]*")
Offsets = list[tuple[int, int]]
Parsed = list[tuple[Any, int]]


@dataclass(slots=True, kw_only=True)
class Predictions:
    """What each system finds in each article, the grammar of each article, and the time that all took."""

    found: dict[str, list[tuple[Attribution, ...]]] = field(default_factory=lambda: {name: [] for name in SYSTEMS})
    grammars: list[Grammar] = field(default_factory=list)
    meter: Meter = field(default_factory=Meter)
    given_up: int = 0  # articles that textacy leaves alone for an odd number of quotation marks


def run_systems(samples: Sequence[Sample], nlp: Any) -> Predictions:
    """Return what all systems find; the first articles are read once beforehand, so that nobody pays for loading."""
    made = Predictions()
    _run_chunk(samples[:2], nlp, Predictions())
    for begin in range(0, len(samples), CHUNK):
        _run_chunk(samples[begin : begin + CHUNK], nlp, made)
    return made


def _run_chunk(samples: Sequence[Sample], nlp: Any, made: Predictions) -> None:
    articles = [sample.article for sample in samples]
    lines = [[(match.group(), match.start()) for match in LINE.finditer(sample.text.text)] for sample in samples]
    pieces = [piece.translate(SHOWN) for sample in samples for piece, _ in split_paragraphs(sample.text.text)]
    extra = [name for name in nlp.pipe_names if name.startswith("attribution")]  # ours alone, none of spaCy's
    with nlp.select_pipes(disable=extra):
        # Read once unmeasured: whoever meets a word first pays for its entry in the vocabulary.
        made.grammars.extend(map(Grammar, _parse(lines, nlp)))
        with made.meter.lap(RAW):
            for _ in nlp.pipe(pieces, batch_size=BATCH):
                pass
    with made.meter.lap(OURS):
        outcomes = list(extract_articles(articles, nlp))
    for sample, (_, claims) in zip(samples, outcomes, strict=True):
        if isinstance(claims, Exception):
            raise claims
        made.found[OURS].append(tuple(of_claim(claim, sample.text) for claim in outermost(claims)))
    with nlp.select_pipes(disable=extra):
        _run_textacy(samples, lines, nlp, made)


def _parse(lines: Sequence[Sequence[tuple[str, int]]], nlp: Any) -> Iterator[Parsed]:
    """Yield the parsed lines of each article with their offsets."""
    docs = nlp.pipe((line for article in lines for line, _ in article), batch_size=BATCH)
    for article in lines:
        yield [(next(docs), offset) for _, offset in article]


def outermost(claims: Iterable[Claim]) -> list[Claim]:
    """Return the attributions that sit in no other, as `rashomon extract` writes them."""
    spoken = [claim for claim in join_continued(claims) if claim.voice is Voice.SOURCE]
    known = {claim.id for claim in spoken}
    return sorted((c for c in spoken if c.parent not in known), key=lambda c: (min(c.content), c.id))


def of_claim(claim: Claim, text: Text) -> Attribution:
    """Return a claim as an attribution of the bench."""
    source, cue, content = ([_pair(span) for span in spans] for spans in (claim.source, claim.cue, claim.content))
    return text.attribution(source, cue, content, speech=claim.speech, confidence=claim.confidence, rule=claim.rule)


def _pair(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _run_textacy(
    samples: Sequence[Sample], lines: Sequence[Sequence[tuple[str, int]]], nlp: Any, made: Predictions
) -> None:
    with made.meter.lap(WHOLE):
        texts = (sample.text.text for sample in samples)
        whole = [_quotations(doc) for doc in nlp.pipe(texts, batch_size=BATCH)]
    with made.meter.lap(BY_PARAGRAPH):
        split = [[(_quotations(doc) or [], offset) for doc, offset in article] for article in _parse(lines, nlp)]
    for sample, found, pieces in zip(samples, whole, split, strict=True):
        made.given_up += found is None
        made.found[WHOLE].append(tuple(_merged([(found or [], 0)], sample.text)))
        made.found[BY_PARAGRAPH].append(tuple(_merged(pieces, sample.text)))


def _quotations(doc: Any) -> list[Any] | None:
    """Return the direct quotations that textacy finds, None where it gives the text up."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what textacy's own imports warn of is not ours to mend
        from textacy.extract.triples import direct_quotations
    try:
        return list(direct_quotations(doc))
    except ValueError:
        return None


def _merged(parts: Iterable[tuple[list[Any], int]], text: Text) -> Iterator[Attribution]:
    """Yield textacy's triples, those that share a cue as one attribution: the marks take them so."""
    for triples, offset in parts:
        by_cue: dict[tuple[int, ...], tuple[Offsets, Offsets, Offsets]] = {}
        for speaker, cue, content in triples:
            key = tuple(token.i for token in cue)
            kept = by_cue.setdefault(key, (_places(speaker, offset), _places(cue, offset), []))
            kept[2].append((content.start_char + offset, content.end_char + offset))
        yield from (text.attribution(*spans) for spans in by_cue.values())


def _places(tokens: Iterable[Any], offset: int) -> Offsets:
    return [(token.idx + offset, token.idx + offset + len(token)) for token in tokens]
