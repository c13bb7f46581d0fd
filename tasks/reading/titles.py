"""Headlines: which line is the title of a text, and which lines only repeat it."""

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from tasks.reading.lines import count_words, ends_sentence
from tasks.reading.shapes import TURN, Look, asks, look_of

MAX_HEADLINE = 25  # words
MIN_HEADLINE = 4  # words that a headline has where other short lines stand before it
MAX_LEADING = 40  # lines over an article; a longer text without a paragraph has no headline
TITLE_WIDTH = 90  # characters of a first sentence that serves as title
SURE_LETTERS = 15  # letters from which one headline inside another is no accident
GLUED = 25  # letters of a category or an outlet that a page glues to its headline
MAX_DIFFERENT = 6  # words by which two versions of one headline differ in length
ALIKE = 0.8  # share of equal words in two versions of one headline; "Ties" and "Cooperation" at the end of ten differ
NO_LETTER = re.compile(r"[\W_]+")
ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Za-z]\.)+|\b(?:Dr|Mr|Mrs|Ms|St|Gen|Col|Lt|Sen|Rep|Gov|Prof|No|vs|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.)$"
)


def choose_title(lines: Sequence[str]) -> str:
    """Return the headline among the lines before the first paragraph; "" if none has the shape of one."""
    speakers = Counter(turn[1] for line in lines if (turn := TURN.fullmatch(line)))
    candidates = [line for line in leading(lines) if is_headline(line) and not is_speech(line, speakers)]
    for position, line in enumerate(candidates):
        if any(repeats(later, line) for later in candidates[position + 1 :]):
            return line
    long = [line for line in candidates if count_words(line) >= MIN_HEADLINE]
    if long:
        return long[0]
    return candidates[0] if candidates and candidates[0] == lines[0] else ""


def is_speech(line: str, speakers: Counter[str]) -> bool:
    """Return whether a line is a turn of an interview; one label alone may stand in a headline."""
    turn = TURN.fullmatch(line)
    return turn is not None and speakers[turn[1]] > 1


def leading(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines before the first paragraph; a question at the very top may be a headline."""
    for number, line in enumerate(lines[:MAX_LEADING]):
        if look_of(line) is Look.PROSE and not (number == 0 and is_headline(line)):
            return lines[:number]
    short = next((number for number, line in enumerate(lines[:MAX_LEADING]) if ends_sentence(line)), 0)
    return lines[:short]


def is_headline(line: str) -> bool:
    """Return whether a line has the shape of a headline: some words, mostly letters, no closing full stop."""
    if look_of(line) not in {Look.SHORT, Look.TURN} and not asks(line):
        return False
    closed = line.endswith((".", ":", ",", ";")) and not ABBREVIATION.search(line)
    letters = sum(char.isalpha() or char == " " for char in line)
    return not closed and 2 <= count_words(line) <= MAX_HEADLINE and letters >= 0.7 * len(line)  # noqa: PLR2004


def repeats(line: str, title: str) -> bool:
    """Return whether a line is the title again: other quotes, a category or an outlet glued to it, a word changed."""
    one, other = letters_of(line), letters_of(title)
    if not one or not other:
        return False
    if one == other:
        return True
    if min(len(one), len(other)) < SURE_LETTERS:
        return False
    short, long = sorted((one, other), key=len)
    inside = long.startswith(short) or long.endswith(short)
    if inside and len(long) - len(short) <= GLUED:
        return True
    if abs(count_words(line) - count_words(title)) > MAX_DIFFERENT:
        return False
    return SequenceMatcher(None, line.casefold().split(), title.casefold().split()).ratio() >= ALIKE


def letters_of(text: str) -> str:
    """Return the letters and digits of a text in small letters: what is the same whatever quotes a page uses."""
    return NO_LETTER.sub("", text.casefold())


def first_sentence(text: str) -> str:
    """Return the first sentence of a text, cut at a word where it is too long for a title."""
    text = text[: 4 * TITLE_WIDTH]
    for end in re.finditer(r"[.!?…][\"'”’)]*(?=\s+[\"“‘(]?[A-Z0-9])", text):
        if not ABBREVIATION.search(text[: end.end()]):
            text = text[: end.end()]
            break
    text = text.strip()
    return text if len(text) <= TITLE_WIDTH else text[: TITLE_WIDTH - 1].rpartition(" ")[0].rstrip(" ,;:") + "…"
