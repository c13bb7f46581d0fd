"""Lines of a text -> body, headings, residue: shape first, then phrases, then the place between its neighbours."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate, pairwise

from tasks.model.article import Span
from tasks.reading.lines import Line, count_words, ends_sentence
from tasks.reading.selfspeech import is_biography
from tasks.reading.shapes import BYLINE_WORD, ITEM, TURN, Look, asks, is_credit, look_of, split_edges
from tasks.reading.titles import choose_title, letters_of, repeats

MAX_HEADING = 15  # words
MAX_HEADINGS = 2  # short lines in a row; more are a list of links
MIN_DEK = 5  # words of a line under the headline that is worth showing
MIN_SENTENCE = 3  # words of a sentence where a text has no longer one
TEASERS = 0.1  # share of a text's prose that the teasers in a box of links at its end may make up
MIN_REPEATED = 8  # words from which a paragraph that comes twice is an accident of the page, not speech


class Part(StrEnum):
    """What a line is in its text."""

    BODY = "body"
    HEADING = "heading"
    TITLE = "title"
    RESIDUE = "residue"


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanText:
    """A text with its residue dropped: one paragraph to a line, the places of the headings, and what was dropped."""

    text: str
    title: str
    headings: tuple[Span, ...]
    residue: tuple[str, ...]

    @property
    def words(self) -> int:
        """Return the number of words, headings left out."""
        return count_words(self.text) - sum(count_words(span.of(self.text)) for span in self.headings)


def clean_text(lines: Iterable[Line], *, title: str = "", given: bool = False) -> CleanText:
    """Return the text that the lines hold; `given`: a person says that it is one, so anything may be its body."""
    kept = [replace(line, text=text) for line in lines for text in split_edges(line.text) if text]
    texts = [line.text for line in kept]
    title = title or choose_title(texts)
    parts = parts_of(kept, title, given=given)
    body = [(line.text, part) for line, part in zip(kept, parts, strict=True) if part in {Part.BODY, Part.HEADING}]
    return CleanText(
        text="\n".join(text for text, _ in body),
        title=title,
        headings=tuple(find_headings(body)),
        residue=tuple(text for text, part in zip(texts, parts, strict=True) if part is Part.RESIDUE),
    )


def find_headings(body: Sequence[tuple[str, Part]]) -> Iterable[Span]:
    """Yield the places of the headings in the joined text."""
    start = 0
    for text, part in body:
        if part is Part.HEADING:
            yield Span(start=start, end=start + len(text))
        start += len(text) + 1


def parts_of(lines: Sequence[Line], title: str, *, given: bool) -> list[Part]:
    """Return what each line is."""
    looks = looks_of(lines, title)
    prose = find_prose(lines, looks, given=given)
    if not prose:
        return [Part.RESIDUE] * len(lines)
    prose = without_biography(lines, prose)
    first, last = min(prose), last_of_body(prose, looks)
    parts = [Part.RESIDUE] * len(lines)
    for number in range(first, last + 1):
        if number in prose or is_body_inside(lines, looks[number], number):
            parts[number] = Part.BODY
    mark_headings(lines, looks, parts)
    mark_top(lines, looks, parts, title)
    mark_repeated(lines, parts)
    return parts


def looks_of(lines: Sequence[Line], title: str) -> list[Look]:
    """Return what each line looks like, where the title, the speakers and the end of the text are known."""
    looks = [Look.SHORT if line.heading else look_of(line.text) for line in lines]
    turns = [None if line.heading else TURN.fullmatch(line.text) for line in lines]
    speakers = Counter(turn[1] for turn in turns if turn)
    for number, (line, turn) in enumerate(zip(lines, turns, strict=True)):
        if turn and speakers[turn[1]] > 1 and looks[number] is not Look.RESIDUE:
            looks[number] = Look.PROSE
        elif looks[number] is Look.TURN:
            looks[number] = Look.SHORT
        if title and is_title(line.text, looks[number], title):
            looks[number] = Look.RESIDUE
    return cut_ending(lines, mark_authors(lines, looks))


def mark_authors(lines: Sequence[Line], looks: Sequence[Look]) -> list[Look]:
    """Return the looks, where a name from above the article stands alone again as its end: the author's box."""
    first = next((number for number, look in enumerate(looks) if look is Look.PROSE), len(looks))
    names = {letters_of(BYLINE_WORD.sub("", line.text)) for line in lines[:first]}
    return [
        Look.ENDING if number > first and look is Look.SHORT and letters_of(line.text) in names else look
        for number, (line, look) in enumerate(zip(lines, looks, strict=True))
    ]


def is_title(text: str, look: Look, title: str) -> bool:
    """Return whether a line is the title or repeats it; a paragraph is only if it is the title to the letter."""
    if look is Look.PROSE and not asks(text):
        return not ends_sentence(text) and letters_of(text) == letters_of(title)
    return repeats(text, title)


def cut_ending(lines: Sequence[Line], looks: list[Look]) -> list[Look]:
    """Return the looks with all behind the line that ends the article marked as residue.

    A line that names the author can stand over an article too, and a box of links in its middle: the one ends it
    where more prose stands before it than behind it, the other where next to nothing stands behind it.
    """
    weights = [count_words(line.text) if look is Look.PROSE else 0 for line, look in zip(lines, looks, strict=True)]
    total = sum(weights)
    for number, (look, before) in enumerate(zip(looks, accumulate(weights), strict=True)):
        behind = total - before
        if (look is Look.ENDING and before > behind) or (look is Look.BOX and behind < TEASERS * total):
            return looks[: number + 1] + [Look.RESIDUE] * (len(looks) - number - 1)
    return looks


def find_prose(lines: Sequence[Line], looks: Sequence[Look], *, given: bool) -> set[int]:
    """Return the numbers of the lines that are body for certain; in a very short text a short sentence will do."""
    heads = {
        number
        for number, line in enumerate(lines)
        if looks[number] is Look.PROSE and is_question_heading(lines, number)
    }
    if prose := {number for number, look in enumerate(looks) if look is Look.PROSE} - heads:
        return prose
    usable = [number for number, look in enumerate(looks) if look in {Look.PROSE, Look.SHORT, Look.ITEM}]
    sentences = {n for n in usable if ends_sentence(lines[n].text) and count_words(lines[n].text) >= MIN_SENTENCE}
    return sentences or ({n for n in usable if count_words(lines[n].text) >= MIN_SENTENCE} if given else set())


def is_question_heading(lines: Sequence[Line], number: int) -> bool:
    """Return whether a line asks what the paragraph under it answers."""
    text = lines[number].text
    if not asks(text) or count_words(text) > MAX_HEADING or number + 1 == len(lines):
        return False
    return len(lines[number + 1].text) > 2 * len(text) and look_of(lines[number + 1].text) is Look.PROSE


def without_biography(lines: Sequence[Line], prose: set[int]) -> set[int]:
    """Return the lines that are body for certain without those at the end that say who wrote the text."""
    kept = sorted(prose)
    while len(kept) > 1 and is_biography(lines[kept[-1]].text):
        kept.pop()
    return set(kept)


def last_of_body(prose: set[int], looks: Sequence[Look]) -> int:
    """Return the number of the last body line: the last prose, and a list that directly follows it."""
    last = max(prose)
    while last + 1 < len(looks) and looks[last + 1] is Look.ITEM:
        last += 1
    return last


def is_body_inside(lines: Sequence[Line], look: Look, number: int) -> bool:
    """Return whether a line between paragraphs is body although it is short: a list item, a sentence of a few words."""
    line = lines[number]
    if look is not Look.SHORT or line.heading or is_question_heading(lines, number):
        return look is Look.ITEM
    return ends_sentence(line.text) and not line.text.endswith("...")


def mark_headings(lines: Sequence[Line], looks: Sequence[Look], parts: list[Part]) -> None:
    """Mark the short lines between two paragraphs that are headings; a box of another story stays residue."""
    body = [number for number, part in enumerate(parts) if part is Part.BODY]
    for above, below in pairwise(body):
        gap = range(above + 1, below)
        short = [number for number in gap if looks[number] in {Look.SHORT, Look.PROSE}]
        if is_box([lines[number] for number in short], [looks[number] for number in gap]):
            continue
        for number in short:
            if is_heading(lines[number]):
                parts[number] = Part.HEADING


def is_box(short: Sequence[Line], looks: Sequence[Look]) -> bool:
    """Return whether the short lines of one gap are a box of links or another story's headline with its agency."""
    if all(line.heading for line in short):
        return False
    together = len({line.block for line in short}) < len(short)
    return (
        together
        or len(short) > MAX_HEADINGS
        or not {Look.ENDING, Look.BOX}.isdisjoint(looks)
        or any(is_credit(line.text) for line in short)
    )


def is_heading(line: Line) -> bool:
    """Return whether a short line can stand over a section."""
    text = line.text
    starts = text[0].isupper() or text[0].isdigit() or text[0] in "“\"'‘«" or bool(ITEM.match(text))
    return line.heading or (starts and count_words(text) <= MAX_HEADING and not text.endswith((",", ";", "-")))


def mark_top(lines: Sequence[Line], looks: Sequence[Look], parts: list[Part], title: str) -> None:
    """Mark the title, and under it the headings and the line that sums the article up."""
    letters = letters_of(title)
    named = [number for number, line in enumerate(lines) if letters and letters_of(line.text) == letters]
    if not named or parts[named[0]] is not Part.RESIDUE:
        return
    parts[named[0]] = Part.TITLE
    for number in range(named[0] + 1, len(lines)):
        if parts[number] is Part.BODY:
            break
        worth = lines[number].heading or looks[number] is Look.ITEM or count_words(lines[number].text) >= MIN_DEK
        if looks[number] in {Look.SHORT, Look.PROSE, Look.ITEM} and worth and is_heading(lines[number]):
            parts[number] = Part.HEADING


def mark_repeated(lines: Sequence[Line], parts: list[Part]) -> None:
    """Mark as residue each paragraph that stood there before, word for word."""
    seen: set[str] = set()
    for number, line in enumerate(lines):
        key = letters_of(line.text)
        if parts[number] is Part.BODY and count_words(line.text) >= MIN_REPEATED:
            if key in seen:
                parts[number] = Part.RESIDUE
            seen.add(key)
