"""The labels of a transcript's speakers: "Q:", "MR. SMITH:", "**Name:**", a name on a line of its own."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc

from tasks.attribution.gazetteer import GENDERS, TITLES
from tasks.attribution.leads import ANSWERERS, QUESTIONERS, SPOKEN_TITLES, speaks_for_nobody
from tasks.attribution.names import is_person
from tasks.attribution.parsing import Paragraph

# "Dr. Emily Chen: It is", "Q: Why", "EDITOR — Why", "**Host:** Why", "JAN VLK, ENGINEER: It is": up to six words, then
# perhaps what the speaker is, then the mark, then speech.
LABEL = re.compile(
    r"\s*(?:\*\*|__)?(?P<label>[A-Z][\w.’'-]*(?: [\w.’'-]+){0,5})"
    r"(?:(?P<role>, [\w.’'&-]+(?: [\w.’'&-]+){0,5})| \([^)\n]{2,40}\))?(?:\*\*|__)?"
    r"\s*(?P<mark>:|—|(?<=\s)[–-]|(?<=^[QA])\.)(?:\*\*|__)?\s+(?=\S)"
)
BRACKETS = re.compile(r"\s*\[(?P<label>[A-Z][\w.’'-]*(?: [\w.’'-]+){0,5})(?P<mark>\]):?\s+(?=\S)")  # "[Jan Vlk] It is"
INSIDE = re.compile(r"(?<=[.?!”\"] )(?P<label>Q|A|Question|Answer)(?P<mark>[:.])\s+(?=[A-Z“\"])")
ALONE = re.compile(r"\s*(?:\*\*|__)?(?P<label>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,4})(?P<mark>:?)(?:\*\*|__)?\s*$")
QA_DOT = re.compile(r"^([QA])\.$")
VOCATIVE = re.compile(r"(?:^|, )(?P<name>(?:[A-Z][\w.’-]+ ){0,3}[A-Z][\w’-]+)(?:, |[?.!]$)")
INNER = ("Q", "Q.", "Question")
LONGEST = 20  # words in which a label comes to its mark
MIN_TURNS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One label: its words, and where they, the mark and the speech begin in the paragraph."""

    text: str
    start: int
    end: int
    mark: int
    speech: int
    alone: bool = False  # on a line of its own: the speech is the next paragraph
    signed: bool = False  # in brackets, or with what the speaker is: it needs not come back
    shouted: bool = False  # in capitals before a colon

    @property
    def name(self) -> str:
        """Return what tells the speaker from others: the last word of the label."""
        return self.text.rstrip(".").split()[-1].casefold()

    @property
    def personal(self) -> bool:
        """Return whether the label is plainly a person's: a first name or a title, then a name."""
        first, *others = self.text.split()
        return bool(others) and first.title() in (GENDERS.keys() | SPOKEN_TITLES)

    @property
    def answers(self) -> bool:
        """Return whether the label names nobody: "A:", "Answer:"."""
        return self.text.casefold() in ANSWERERS


def cut(doc: Doc) -> list[Label]:
    """Return the labels of a paragraph in order: the one that it begins with, and those inside it."""
    opening = doc[:LONGEST].text
    first = LABEL.match(opening) or BRACKETS.match(opening) or (ALONE.match(opening) if len(doc) < LONGEST else None)
    found = [first] if first else []
    words = doc.to_array("ORTH")
    if any(doc.vocab.strings[word] in words for word in INNER):
        found.extend(match for match in INSIDE.finditer(doc.text) if not first or match.start() >= first.end())
    return [
        Label(
            text=QA_DOT.sub(r"\1", match["label"].strip()),
            start=match.start("label"),
            end=match.end("label"),
            mark=match.start("mark"),
            speech=match.end(),
            alone=match.re is ALONE,
            shouted=match["mark"] == ":" and match["label"].isupper() and len(match["label"]) > 1,
            signed=match.re is BRACKETS or bool(match.groupdict().get("role")),
        )
        for match in found
    ]


def find_speakers(paragraphs: tuple[Paragraph, ...], labels: dict[int, list[Label]]) -> set[str]:
    """Return the names of those who speak: two at least who come back, or plainly speak to one another."""
    turns = Counter(
        label.name for own in labels.values() for label in own if not label.alone and not speaks_for_nobody(label.text)
    )
    speakers = {name for name, count in turns.items() if count >= MIN_TURNS}
    if turns.keys() & QUESTIONERS and turns.keys() & ANSWERERS:
        speakers |= turns.keys() & (QUESTIONERS | ANSWERERS)  # "Q:" and "A:" are plain enough, once each
    if len(speakers) >= MIN_TURNS:
        return speakers
    speakers = speakers | _exchange(paragraphs, labels) | _signed(labels) | _shouted(labels)
    if len(speakers) >= MIN_TURNS:
        return speakers
    # Names on lines of their own may as well be "Read more" and "Share": somebody of them must ask.
    alone = Counter(label.name for own in labels.values() for label in own if label.alone)
    speakers = {name for name, count in alone.items() if count >= MIN_TURNS}
    asking = asks(paragraphs, labels, speakers)
    return speakers if asking and len(speakers) > len(asking) else set()


def _exchange(paragraphs: tuple[Paragraph, ...], labels: dict[int, list[Label]]) -> set[str]:
    """Return who asks and who answers in the next paragraph: "Host: Since when?", "Holm: Since May."."""
    found: set[str] = set()
    for one, other in pairwise(paragraphs):
        asking, answering = labels[one.number][-1:], labels[other.number][:1]
        if not asking or not answering or not one.text.rstrip().rstrip('”"*_').endswith("?"):
            continue
        left, right = asking[0], answering[0]
        if left.alone or right.alone or left.name == right.name or speaks_for_nobody(right.text):
            continue
        if left.name in QUESTIONERS or (left.personal and right.personal):
            found |= {left.name, right.name}
    return found


def _signed(labels: dict[int, list[Label]]) -> set[str]:
    """Return the people whose labels stand in brackets or tell what they are: "[Jan Vlk]", "JAN VLK, ENGINEER:"."""
    names = {label.name for own in labels.values() for label in own if label.signed and label.personal}
    return names if len(names) >= MIN_TURNS else set()


def _shouted(labels: dict[int, list[Label]]) -> set[str]:
    """Return who stands in capitals before a colon, where there are several: "MAYOR HOLT:", "DR. LENA OST:"."""
    leads = [own[0] for own in labels.values() if own and own[0].shouted]
    names = {label.name for label in leads if not speaks_for_nobody(label.text)}
    return names if len(names) >= MIN_TURNS else set()


def full_labels(labels: dict[int, list[Label]], speakers: set[str]) -> dict[str, str]:
    """Return the longest form of each speaker's label, written as a name."""
    forms: dict[str, str] = {}
    for label in (label for own in labels.values() for label in own if label.name in speakers):
        forms[label.name] = max(forms.get(label.name, ""), label.text, key=len)
    return {name: _as_name(form) for name, form in forms.items()}


def _as_name(label: str) -> str:
    """Return a label as a name: "MR. SMITH" -> "Mr. Smith"."""
    return label.title() if label.isupper() and len(label) > 1 else label


def asks(paragraphs: tuple[Paragraph, ...], labels: dict[int, list[Label]], speakers: set[str]) -> set[str]:
    """Return who asks: by the label, or since at least half of the turns end with a question."""
    turns: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for number, speech, name in _speeches(paragraphs, labels):
        del number
        turns[name] += 1
        asked[name] += speech.rstrip().endswith("?")
    return {name for name in speakers if name in QUESTIONERS or asked[name] * 2 >= max(turns[name], 1)}


def _speeches(paragraphs: tuple[Paragraph, ...], labels: dict[int, list[Label]]) -> list[tuple[int, str, str]]:
    """Return paragraph, words and speaker of each turn; behind a label alone the next paragraph is the speech."""
    found = []
    for paragraph, following in zip(paragraphs, (*paragraphs[1:], None), strict=True):
        own = labels[paragraph.number]
        for label, after in zip(own, (*own[1:], None), strict=False):
            text = paragraph.text[label.speech : after.start if after else None]
            text = following.doc.text if label.alone and following else text
            found.append((paragraph.number, text, label.name))
    return found


def interviewee(paragraphs: tuple[Paragraph, ...], labels: dict[int, list[Label]], speakers: set[str]) -> str:
    """Return whom "A:" stands for: who is addressed by name, or alone named before the talk; "" if unclear."""
    if not speakers & ANSWERERS:
        return ""
    questions = [speech for _, speech, name in _speeches(paragraphs, labels) if name in QUESTIONERS]
    addressed = {
        match["name"] for speech in questions for match in VOCATIVE.finditer(speech) if _is_call(match["name"])
    }
    if len(addressed) == 1:
        return addressed.pop()
    first = min(number for number, own in labels.items() if any(label.name in speakers for label in own))
    before = [ent for p in paragraphs if p.number < first for ent in p.doc.ents if is_person(ent)]
    named = {ent.text.removesuffix("'s") for ent in before}
    named = {name for name in named if " " in name} or named
    longest = max(named, key=len, default="")
    return longest if all(set(name.split()) <= set(longest.split()) for name in named) else ""


def _is_call(name: str) -> bool:
    """Return whether words between commas call somebody: a title with a name."""
    words = name.split()
    return len(words) > 1 and words[0] in TITLES
