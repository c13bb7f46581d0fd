"""Interviews with speaker labels: every statement of a turn is what its speaker says; a question is no claim."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from tasks.attribution.drafts import Draft, spans_of
from tasks.attribution.parsing import Paragraph

# "Dr. Emily Chen: It is", "Q: Why", "EDITOR — Why": up to six words, then the mark, then speech.
LABEL = re.compile(r"\s*(?P<label>(?:[A-Z][\w.’'-]*)(?: [\w.’'-]+){0,5})\s*(?P<mark>:|—| –)\s+(?=\S)")
MIN_TURNS = 2
MIN_WORDS = 4
POLITE = frozenset({"thank", "thanks", "welcome", "hello", "hi", "goodbye", "sorry", "please", "congratulations"})
EMPTY_SUBJECTS = frozenset({"it", "that", "this", "i"})
REMARK_WORDS = 7  # "That's a crucial point": a remark on the talk, not a statement about the world
QUESTIONERS = frozenset({"q", "question", "interviewer", "host", "moderator", "anchor", "presenter", "reporter"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who speaks a turn, by the longest form of the label, and whether it is the one who asks."""

    label: str
    asks: bool


def find_labels(paragraphs: tuple[Paragraph, ...]) -> dict[int, Speaker]:
    """Return the speaker of each paragraph that is a turn; {} for a text that is no transcript."""
    labels = {p.number: match["label"].strip() for p in paragraphs if (match := LABEL.match(p.doc.text))}
    names = {number: _surname(label) for number, label in labels.items()}
    turns = Counter(names.values())
    # A transcript has two speakers at least who come back: "Title: ..." and "Note: ..." do not.
    speakers = {name for name, count in turns.items() if count >= MIN_TURNS}
    if len(speakers) < MIN_TURNS:
        return {}
    asked = Counter(names[p.number] for p in paragraphs if p.number in names and p.doc.text.rstrip().endswith("?"))
    full = {name: max((labels[n] for n in labels if names[n] == name), key=len) for name in speakers}
    return {
        number: Speaker(label=full[name], asks=asked[name] * 2 >= turns[name] or name in QUESTIONERS)
        for number, name in names.items()
        if name in speakers
    }


def _surname(label: str) -> str:
    return label.rstrip(".").split()[-1].casefold()


def find_turns(paragraph: Paragraph, speaker: Speaker) -> Iterator[Draft]:
    """Yield one draft for each statement of a turn; what the interviewer says leads to questions."""
    match = LABEL.match(paragraph.doc.text)
    if match is None or speaker.asks:
        return
    label = tuple(token for token in paragraph.doc if match.start("label") <= token.idx < match.end("label"))
    mark = tuple(token for token in paragraph.doc if token.idx == match.start("mark"))
    for sent in paragraph.doc.sents:
        words = [token for token in sent if token.idx >= match.end()]
        if words and _states(sent, words):
            content = spans_of(paragraph, words)
            yield Draft(
                paragraph=paragraph,
                row=None,
                cue=mark,
                source=label,
                content=content,
                root=_root(sent, words),
                rule="turn",
                speaker=speaker.label,
            )


def _root(sent: DocSpan, words: list[Token]) -> Token:
    return sent.root if sent.root in words else words[0]


def _states(sent: DocSpan, words: list[Token]) -> bool:
    """Return whether a sentence of a turn states something: no question, thanks, order or mere remark."""
    spoken = [token for token in words if token.is_alpha]
    if len(spoken) < MIN_WORDS or words[-1].text == "?" or "?" in sent.text[-3:]:
        return False
    if any(token.lower_ in POLITE for token in spoken[:3]):
        return False
    subjects = {child.lower_ for child in sent.root.children if child.dep_ in ("nsubj", "expl")}
    remark = bool(subjects & EMPTY_SUBJECTS) and len(spoken) <= REMARK_WORDS
    if any(token.lower_ in ("you", "your") for token in spoken):
        return False
    finite = any(token.tag_ in ("VBZ", "VBP", "VBD", "MD") for token in words)
    return finite and not remark
