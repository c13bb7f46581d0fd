"""Interviews with speaker labels: every statement of a turn is what its speaker says; a question is no claim."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from tasks.attribution.drafts import Draft, spans_of
from tasks.attribution.labels import Label, asks, cut, find_speakers, full_labels, interviewee
from tasks.attribution.parsing import Paragraph
from tasks.attribution.polarity import find_head

MIN_WORDS = 3
SHORT = 4  # words below which a statement must have a subject and its verb
POLITE = frozenset({"thank", "thanks", "welcome", "hello", "hi", "goodbye", "sorry", "please", "congratulations"})
EMPTY_SUBJECTS = frozenset({"it", "that", "this", "i"})
REMARK_WORDS = 7  # "That's a crucial point", "I doubt it": a remark on the talk, not a statement about the world
REMARK_VERBS = frozenset(
    {"be", "agree", "disagree", "doubt", "know", "hope", "think", "believe", "guess", "mean", "depend", "see"}
)
ELLIPTIC = frozenset({"do", "will", "would", "can", "could", "have"})  # "Well, I did"
TAKEN = frozenset({"dobj", "ccomp", "xcomp", "prep", "acomp"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})
FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one speaker says in one paragraph: from `start` to `end`; the label may stand in a paragraph before."""

    label: Label
    home: Paragraph
    speaker: str
    asks: bool
    start: int
    end: int
    asked: str = ""  # who answers next, where this one asks


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who speaks in a paragraph, by the longest form of the label, and the turns in it."""

    label: str
    turns: tuple[Turn, ...]


def find_labels(paragraphs: tuple[Paragraph, ...]) -> dict[int, Speaker]:
    """Return the speaker of each paragraph that belongs to a turn; {} for a text that is no transcript."""
    labels = {paragraph.number: [] if paragraph.heading else cut(paragraph.doc) for paragraph in paragraphs}
    speakers = find_speakers(paragraphs, labels)
    if not speakers:
        return {}
    full, asking = full_labels(labels, speakers), asks(paragraphs, labels, speakers)
    answers = interviewee(paragraphs, labels, speakers)
    final = max(number for number, own in labels.items() if any(label.name in speakers for label in own))
    found: dict[int, Speaker] = {}
    last: Turn | None = None
    for paragraph in paragraphs:
        own, whole = labels[paragraph.number], len(paragraph.text)
        turns: list[Turn] = []
        if not own and last is not None and paragraph.number < final + 1 + last.label.alone:
            turns.append(replace(last, start=0, end=whole))  # what was said goes on
        for label, after in zip(own, (*own[1:], None), strict=False):
            if label.name in speakers:
                name = answers if label.answers and answers else full[label.name]
                end, asking_one = after.start if after else whole, label.name in asking
                turns.append(
                    Turn(label=label, home=paragraph, speaker=name, asks=asking_one, start=label.speech, end=end)
                )
        last = turns[-1] if turns else None  # a label that is nobody's ("Conclusion: ...") ends the talk
        if turns:
            found[paragraph.number] = Speaker(label=turns[0].speaker, turns=tuple(turns))
    return _with_asked(found)


def _with_asked(found: dict[int, Speaker]) -> dict[int, Speaker]:
    """Return the turns, those that ask with who answers next."""
    answers = ""
    told: dict[int, Speaker] = {}
    for number in sorted(found, reverse=True):
        turns: list[Turn] = []
        for turn in reversed(found[number].turns):
            answers = answers if turn.asks else turn.speaker
            turns.append(replace(turn, asked=answers) if turn.asks else turn)
        told[number] = replace(found[number], turns=tuple(turns[::-1]))
    return told


def is_label(draft: Draft, speaker: Speaker) -> bool:
    """Return whether the parser or the network took the label of a turn for a source or a cue."""
    ranges = [(turn.label.start, turn.label.speech) for turn in speaker.turns if turn.home is draft.paragraph]
    words = (*draft.source, *draft.cue)
    return any(start <= token.idx < end for token in words for start, end in ranges)


def is_asked(draft: Draft, speaker: Speaker) -> bool:
    """Return whether a draft stands in a question of the interviewer, not in what leads to one."""
    if not draft.cue or not draft.cue[0].sent.text.rstrip().endswith("?"):
        return False
    return any(turn.asks and turn.start <= draft.cue[0].idx < turn.end for turn in speaker.turns)


def find_turns(paragraph: Paragraph, speaker: Speaker) -> Iterator[Draft]:
    """Yield one draft for each statement of the turns of a paragraph; what the interviewer says leads to questions."""
    for turn in speaker.turns:
        if not turn.asks:
            yield from _statements(paragraph, turn)


def _statements(paragraph: Paragraph, turn: Turn) -> Iterator[Draft]:
    source = tuple(token for token in turn.home.doc if turn.label.start <= token.idx < turn.label.end)
    here = turn.home is paragraph
    mark = tuple(token for token in paragraph.doc if here and token.idx == turn.label.mark)
    for sent in paragraph.doc.sents:
        words = [token for token in sent if turn.start <= token.idx < turn.end]
        root = _root(sent, words)
        if root is not None and _states(root, words):
            yield Draft(
                paragraph=paragraph,
                row=None,
                cue=mark,
                source=source,
                source_paragraph=None if here else turn.home,
                content=spans_of(paragraph, words),
                root=root,
                rule="turn",
                speaker=turn.speaker,
            )


def _root(sent: DocSpan, words: list[Token]) -> Token | None:
    """Return the head of what is said; the parser may hang the words of a turn on its label."""
    return sent.root if sent.root in words else find_head(words) if words else None


def _states(root: Token, words: list[Token]) -> bool:
    """Return whether a sentence of a turn states something: no question, thanks, order or mere remark."""
    spoken = [token for token in words if token.is_alpha]
    if len(spoken) < MIN_WORDS or any(token.text == "?" for token in words[-2:]):
        return False
    if any(token.lower_ in POLITE for token in spoken[:3]) or any(token.lower_ in ("you", "your") for token in spoken):
        return False
    finite = any(token.tag_ in FINITE for token in words)
    whole = any(child.dep_ in SUBJECTS for child in root.children) or len(spoken) >= SHORT
    return finite and whole and not _remarks(root, spoken)


def _remarks(root: Token, spoken: list[Token]) -> bool:
    """Return whether a sentence says something of the talk itself: "That's a crucial point", "I doubt it"."""
    about_talk = any(child.dep_ in SUBJECTS and child.lower_ in EMPTY_SUBJECTS for child in root.children)
    clause = root.lemma_ != "be" and any(child.dep_ == "ccomp" for child in root.children)
    empty = root.lemma_ in ELLIPTIC and not any(child.dep_ in TAKEN for child in root.children)
    return about_talk and not clause and len(spoken) <= REMARK_WORDS and (empty or root.lemma_ in REMARK_VERBS)
