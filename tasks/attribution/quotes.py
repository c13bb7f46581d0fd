"""Where a paragraph stands between quotation marks."""

import re
from collections.abc import Iterator

from tasks.model.article import Span

OPENING, CLOSING, EITHER = "“„«❝〝‟", "”»❞〞", ('"', "\uff02", "''")
DOUBLE = re.compile(r"[\"“”„«»❝❞〝〞‟\uff02]|``|''")
# British style. An apostrophe is no quotation mark: the opening one follows a space, the closing one a letter or
# punctuation and no letter comes after it; two words at least stand between. The first word ends at the first space and
# nowhere else: where nothing closes ("in the '90s"), time must not grow with the cube of what follows.
SINGLE = re.compile(r"(?<![\w’'])[‘'](?=\w)(?P<inside>[^\s‘]+\s[^‘\n]*?[\w.,!?…])[’'](?![\w])")
SINGLE_END = re.compile(r"[.,!?…]$")


def find_quotes(text: str) -> tuple[Span, ...]:
    """Return the quotations of one paragraph, marks included; one that is not closed runs to the end."""
    double = tuple(_double_quotes(text))
    # A paper may quote in both styles in one paragraph; a single mark inside a double one is part of it.
    single = (span for span in _single_quotes(text) if not any(span.overlaps(other) for other in double))
    return tuple(sorted((*double, *single)))


def _double_quotes(text: str) -> Iterator[Span]:
    start: int | None = None
    for match in DOUBLE.finditer(text):
        mark = match.group()
        if start is None:
            if _opens(text, match, mark):
                start = match.start()
        elif mark in CLOSING or mark in EITHER or _closes(text, match):
            if match.end() - start > len(mark) + 1:
                yield Span(start=start, end=match.end())
            start = None
    if start is not None and text[start + 1 :].strip():
        yield Span(start=start, end=len(text.rstrip()))


def _opens(text: str, match: re.Match[str], mark: str) -> bool:
    """Return whether a mark outside a quotation opens one: 5'10" and a stray closing mark do not."""
    if mark in OPENING or mark == "``":
        return True
    before, after = _around(text, match)
    if mark in CLOSING:  # ”Yes,” with the wrong mark in front
        return before.isspace() and after.isalnum()
    return not before.isalnum() and not after.isspace()


def _closes(text: str, match: re.Match[str]) -> bool:
    """Return whether an opening mark inside a quotation closes it: “Yes,“ with the wrong mark behind, „Yes“."""
    before, after = _around(text, match)
    return not before.isspace() and not after.isalnum()


def _around(text: str, match: re.Match[str]) -> tuple[str, str]:
    """Return the characters before and after a mark, a space where the text ends."""
    return text[match.start() - 1 : match.start()] or " ", text[match.end() : match.end() + 1] or " "


def _single_quotes(text: str) -> Iterator[Span]:
    for match in SINGLE.finditer(text):
        curly = match.group()[0] == "‘" and match.group()[-1] == "’"
        if curly or SINGLE_END.search(match["inside"]):
            yield Span(start=match.start(), end=match.end())
