"""Texts of our own with their attributions marked inline, read into rows of the shape that training takes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

MARK = re.compile(r"\{(?P<role>[sck])(?P<numbers>\d+(?:\+\d+)*):|[{}]")
TITLE = "==="
GOES_ON = 0  # the number of a content that goes on from the paragraphs before


class Attribution(TypedDict):
    """Who said what by which cue, as character offsets into the text of its row."""

    source: list[tuple[int, int]] | None
    cue: list[tuple[int, int]] | None
    content: list[tuple[int, int]]


class Row(TypedDict):
    """One article without its marks, and what is attributed in it."""

    id: str
    corpus: str
    licence: str
    text: str
    attributions: list[Attribution]


class MarkError(ValueError):
    """The marks of a text cannot be read; the message names file, line and what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One marked span: its role, the attributions that it belongs to, and its place in the text."""

    role: str
    numbers: tuple[int, ...]
    start: int
    end: int


@dataclass(slots=True, kw_only=True)
class Article:
    """One article while it is read."""

    title: str
    lines: list[str] = field(default_factory=list)
    attributions: list[Attribution] = field(default_factory=list)

    @property
    def length(self) -> int:
        """How many characters the next line is away from the beginning."""
        return sum(len(line) + 1 for line in self.lines)


def read_own(path: Path) -> list[Row]:
    """Return the articles of a file or of a folder; the first mark that cannot be read raises MarkError."""
    paths = sorted(path.glob("*.txt")) if path.is_dir() else [path]
    return [row for path in paths for row in _read_file(path)]


def _read_file(path: Path) -> Iterator[Row]:
    """Yield the articles of one file."""
    articles: list[Article] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            _take_line(articles, line)
        except MarkError as error:
            raise MarkError(f"{path}:{number}: {error}") from None
    return (_row(path.stem, article) for article in articles)


def _take_line(articles: list[Article], line: str) -> None:
    """Begin an article at a title line; add any other line, which is a paragraph of its own, to the newest article."""
    if line.startswith(TITLE):
        title = line.removeprefix(TITLE).strip()
        if not title or title in {article.title for article in articles}:
            raise MarkError(f"the title {title!r} is empty or was used before")
        articles.append(Article(title=title))
    elif not articles:
        raise MarkError("text before the first title")
    elif line.strip() or articles[-1].lines:  # blank lines before the text are no part of it
        article = articles[-1]
        plain, marks = _read_marks(line, article.length)
        article.lines.append(plain)
        _add_attributions(article, marks)


def _read_marks(line: str, offset: int) -> tuple[str, list[Mark]]:
    """Return the line without marks, and the marks with their places in a text where it begins at the offset."""
    plain, marks, at = "", [], 0
    opened: tuple[re.Match[str], int] | None = None
    for found in MARK.finditer(line):
        plain, at = plain + line[at : found.start()], found.end()
        if found["role"]:
            if opened:
                raise MarkError(f"{found.group()} opens inside {opened[0].group()}")
            opened = found, len(plain)
        elif not opened or found.group() == "{":
            raise MarkError(f"{found.group()} at column {found.start() + 1} belongs to no mark")
        else:
            marks.append(_close(opened[0], plain, opened[1], offset))
            opened = None
    if opened:
        raise MarkError(f"{opened[0].group()} is not closed in its paragraph")
    return plain + line[at:], marks


def _close(opening: re.Match[str], plain: str, start: int, offset: int) -> Mark:
    """Return the mark that was opened at the start and ends with the text so far."""
    words = plain[start:]
    if not words or words != words.strip():
        raise MarkError(f"{opening.group()} is empty or has a space at its edge: {words!r}")
    numbers = tuple(map(int, opening["numbers"].split("+")))
    return Mark(role=opening["role"], numbers=numbers, start=offset + start, end=offset + len(plain))


def _add_attributions(article: Article, marks: list[Mark]) -> None:
    """Add what the marks of one paragraph say, its numbers in rising order."""
    for number in sorted({number for mark in marks for number in mark.numbers}):
        source, cue, content = (list(_spans(marks, role, number)) for role in "sck")
        if not content:
            raise MarkError(f"attribution {number} has no content")
        if number == GOES_ON:
            if source or cue or not article.attributions:
                raise MarkError("what goes on (number 0) is content alone, after an attribution")
            _last(article)["content"].extend(content)
        else:
            article.attributions.append(Attribution(source=source or None, cue=cue or None, content=content))


def _spans(marks: list[Mark], role: str, number: int) -> Iterator[tuple[int, int]]:
    """Yield the places that have this role in this attribution."""
    return ((mark.start, mark.end) for mark in marks if mark.role == role and number in mark.numbers)


def _last(article: Article) -> Attribution:
    """Return the attribution whose content ends last."""
    return max(article.attributions, key=lambda attribution: attribution["content"][-1][1])


def _row(stem: str, article: Article) -> Row:
    """Return the finished article, named by its file and title."""
    return Row(
        id=f"own/{stem}/{article.title.lower().replace(' ', '-')}",
        corpus="own",
        licence="Apache-2.0",
        text="\n".join(article.lines).rstrip(),
        attributions=article.attributions,
    )
