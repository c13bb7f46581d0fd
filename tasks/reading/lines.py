"""Raw text -> clean lines: one paragraph each, wording untouched, invisible characters gone."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

# Lines of a hard-wrapped text are at most this long; longer ones are paragraphs already.
WRAP_WIDTH = range(40, 101)
HEADLINE_LINES = 3

WORD = re.compile(r"\w\S*")  # from the first letter of a run to its end
TERMINAL = ".!?…"
CLOSING = "\"'”’»\u203a)]}*_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One paragraph or other line, and the block (between two empty lines) that it stands in."""

    text: str
    block: int
    heading: bool = False  # the page itself marks it as one


def split_lines(raw: str) -> tuple[Line, ...]:
    """Return the lines of a text that are not empty, hard wraps undone."""
    blocks = list(find_blocks(raw))
    width = max((len(text) for block in blocks for text in block), default=0)
    return tuple(Line(text=text, block=number) for number, block in enumerate(blocks) for text in unwrap(block, width))


def find_blocks(raw: str) -> Iterator[list[str]]:
    """Yield the runs of clean lines between empty lines."""
    block: list[str] = []
    for line in raw.splitlines():
        if text := clean_line(line):
            block.append(text)
        elif block and not line.strip():
            yield block
            block = []
    if block:
        yield block


def clean_line(line: str) -> str:
    """Return the line in NFC, without control and zero-width characters, white space folded."""
    if line.isascii() and line.isprintable():
        return " ".join(line.split())
    visible = "".join(" " if char.isspace() else char for char in line if char.isspace() or is_visible(char))
    return " ".join(unicodedata.normalize("NFC", visible).split())


def is_visible(char: str) -> bool:
    """Return whether a character shows: no control, format character or half of a pair."""
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs"}


def unwrap(block: list[str], width: int) -> list[str]:
    """Return the block as one line if its lines were broken at a fixed width, else as it is."""
    return [" ".join(block)] if is_wrapped(block, width) else block


def is_wrapped(block: list[str], width: int) -> bool:
    """Return whether each line but the last is so full that the next word would not have fitted.

    A headline over such a text is broken where its author liked; there a small letter tells that a line goes on.
    """
    if len(block) < 2 or width not in WRAP_WIDTH:  # noqa: PLR2004 - two lines make a wrap
        return False
    pairs = list(pairwise(block))
    if len(block) <= HEADLINE_LINES and all(after[0].islower() and not ends_sentence(line) for line, after in pairs):
        return True
    full = all(len(line) + 1 + len(after.split(" ", 1)[0]) > width for line, after in pairs)
    broken = any(not ends_sentence(line) for line, _ in pairs)
    return full and broken


def ends_sentence(line: str) -> bool:
    """Return whether a line closes with the mark of a sentence, quotes and brackets behind it aside."""
    return line.rstrip(CLOSING + " ").endswith(tuple(TERMINAL))


def count_words(text: str) -> int:
    """Return the number of words: runs that hold a letter or a digit."""
    return len(WORD.findall(text))
