"""`nlp.add_pipe("attribution")`: the trained extractor as a component of a spaCy pipeline."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

from tasks.attribution.drafts import Draft
from tasks.attribution.parsing import Paragraph, paragraph_of
from tasks.attribution.roles import find_drafts
from tasks.attribution.tagger.arrays import Ints, pack
from tasks.attribution.tagger.decoding import Found, find_attributions
from tasks.attribution.tagger.hints import Hint, head_of_cue
from tasks.attribution.tagger.network import Network
from tasks.attribution.tagger.weights import find_weights, load_weights

NAME = "attribution"
BATCH = 64  # documents, most often paragraphs, that go through the network at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who said what: spans of one Doc, a discontinuous part in several; `head` is the token that the cue turns on.

    `source` is () where nobody is named. `confidence` is how often attributions that the network found about as likely
    were right where that was measured.
    """

    head: int
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float


class Attributor:
    """Sets `doc._.attributions`; needs a tagger, a parser, a lemmatizer and named entities before it."""

    def __init__(self, network: Network, threshold: float) -> None:
        self.network = network
        self.threshold = threshold

    def __call__(self, doc: Doc) -> Doc:
        """Return the document with its attributions in the order of their contents."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH) -> Iterator[Doc]:
        """Yield the documents, read in batches."""
        waiting = iter(stream)
        while docs := list(islice(waiting, batch_size)):
            for doc in docs:
                doc._.attributions = ()
            self._annotate([doc for doc in docs if len(doc)])
            yield from docs

    def _annotate(self, docs: Sequence[Doc]) -> None:
        if not docs:
            return
        paragraphs = [paragraph_of(doc) for doc in docs]
        arrays = pack(docs, [paragraph.quotes for paragraph in paragraphs])
        starts = arrays.first.tolist()
        hints = [hint.moved(by) for one, by in zip(paragraphs, starts, strict=False) for hint in hints_of(one)]
        found: list[list[Attribution]] = [[] for _ in docs]
        for one in find_attributions(arrays, hints, self.network, self.threshold):
            number = int(arrays.first.searchsorted(one.head, "right")) - 1
            found[number].append(self._attribution(docs[number], one, int(arrays.first[number])))
        for doc, attributions in zip(docs, found, strict=True):
            doc._.attributions = tuple(sorted(attributions, key=lambda one: (one.content[0].start, one.head)))

    def _attribution(self, doc: Doc, found: Found, first: int) -> Attribution:
        likely, right = zip(*self.network.weights.calibration, strict=True)
        return Attribution(
            head=found.head - first,
            cue=_spans(doc, found.cue - first),
            source=_spans(doc, found.source - first),
            content=_spans(doc, found.content - first),
            # Three digits are more than the fit knows, and hide what the company in a batch does to the last bits.
            confidence=round(float(np.interp(found.probability, likely, right)), 3),
        )


def ruled_drafts(paragraph: Paragraph) -> list[Draft]:
    """Return what the rules find in a paragraph, looked for once."""
    if paragraph.doc._.ruled is None:
        paragraph.doc._.ruled = find_drafts(paragraph)
    drafts: list[Draft] = paragraph.doc._.ruled
    return drafts


def hints_of(paragraph: Paragraph) -> Iterator[Hint]:
    """Yield what the rules find, as token numbers of the paragraph."""
    for draft in ruled_drafts(paragraph):
        yield Hint(
            head=head_of_cue(draft.cue).i,
            source=[token.i for token in draft.source],
            content=[token.i for token in paragraph.tokens(draft.content)],
        )


def _spans(doc: Doc, rows: Ints) -> tuple[Span, ...]:
    """Return the tokens as spans, one for each run."""
    runs: list[list[int]] = []
    for row in rows.tolist():
        if runs and row == runs[-1][1]:
            runs[-1][1] = row + 1
        else:
            runs.append([row, row + 1])
    return tuple(doc[start:end] for start, end in runs)


@cache
def load_network(path: Path) -> Network:
    """Return the network with the weights of a file, read once in a process."""
    return Network(load_weights(path))


@Language.factory(
    NAME,
    assigns=["doc._.attributions"],
    requires=["token.lemma", "token.tag", "token.dep", "token.ent_type", "doc.sents"],
    default_config={"weights": "attribution", "threshold": None},
)
def make_attributor(nlp: Language, name: str, weights: str, threshold: float | None) -> Attributor:  # noqa: ARG001  spaCy passes them
    """Return the component; `weights` names a file in `models/` without its ending, or is a path."""
    network = load_network(find_weights(weights))
    return Attributor(network, network.weights.threshold if threshold is None else threshold)


for extension in ("attributions", "ruled"):  # None: not looked for
    if not Doc.has_extension(extension):
        Doc.set_extension(extension, default=None)
