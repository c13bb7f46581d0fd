"""The two commands without a database: texts -> attributions, pairs of texts -> labels, one JSON object a line."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Literal, TextIO

from tasks.model.article import Article, DateSource
from tasks.model.errors import InputError
from tasks.settings import load_settings

Row = Mapping[str, Any]
Work = Callable[[Iterable[Row]], Iterator[Row]]

STANDARD = Path("-")


def run_lines(work: Work, source: Path, target: Path) -> None:
    """Take each line of the source through the work, and write its answers in the same order."""
    if STANDARD not in {source, target} and target.exists() and source.exists() and source.samefile(target):
        raise InputError(f"{target}: would overwrite what is read; name another file")
    with ExitStack() as stack:
        lines = open_text(stack, source, "r", sys.stdin)
        rows = list(read_rows(lines, str(source)))  # a broken line is told before anything is written
        output = open_text(stack, target, "w", sys.stdout)
        for row in work(rows):
            output.write(json.dumps(row, ensure_ascii=False) + "\n")


def open_text(stack: ExitStack, path: Path, mode: Literal["r", "w"], standard: TextIO) -> IO[str]:
    """Return a file opened as UTF-8, or the standard stream where the path is `-`."""
    if path == STANDARD:
        return standard
    try:
        return stack.enter_context(path.open(mode, encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error


def read_rows(lines: Iterable[str], name: str) -> Iterator[Row]:
    """Yield the object on each line that is not empty; anything else is an InputError that names the line."""
    try:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield read_row(line, f"{name}, line {number}")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not UTF-8 ({error.reason})") from error


def read_row(line: str, place: str) -> Row:
    """Return the JSON object on a line."""
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"{place}: not JSON: {error.msg}") from error
    if not isinstance(row, dict):
        raise InputError(f"{place}: not a JSON object")
    return row


def text_of(row: Row, key: str) -> str:
    """Return a text of a row, or say which row lacks it."""
    value = row.get(key)
    if not isinstance(value, str):
        raise InputError(f"the row with id {row.get('id')!r} has no text under {key!r}")
    return value


def extract_lines(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the attributions of each text, in the order of the rows."""
    from tasks.attribution.continued import join_continued
    from tasks.reporting.attributions import attribution_rows
    from tasks.steps.safely import extract_claims

    rows = list(rows)
    articles = [article_of(text_of(row, "text"), number) for number, row in enumerate(rows)]
    outcomes = extract_claims([article for article in articles if article], load_settings())
    for row, article in zip(rows, articles, strict=True):
        claims = next(outcomes)[1] if article else ()
        if isinstance(claims, Exception):
            yield {"id": row.get("id"), "attributions": [], "error": str(claims)}
        else:
            yield {"id": row.get("id"), "attributions": attribution_rows(join_continued(claims), text_of(row, "text"))}


def article_of(text: str, number: int) -> Article | None:
    """Return an article that holds the text as it is, since offsets point into it; None for an empty text."""
    if not text.strip():
        return None
    return Article(
        url="",
        path=str(number),
        outlet="",
        title="",
        published_at=None,
        date_source=DateSource.NONE,
        retrieved_at=datetime.now(UTC),
        language="en",
        sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        text=text,
    )


def compare_lines(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the judgement of each pair of texts, in the order of the rows."""
    from tasks.comparison.pairs import load_judge

    rows = list(rows)
    pairs = [(text_of(row, "premise"), text_of(row, "hypothesis")) for row in rows]
    for row, found in zip(rows, load_judge(load_settings().judge).judge(pairs), strict=True):
        yield {
            "id": row.get("id"),
            "label": found.label.value,
            "score": round(found.score, 4),
            "p_conflict": round(found.p_conflict, 4),
            "probabilities": {label.value: round(share, 4) for label, share in found.probabilities.items()},
            "reasons": list(found.reasons),
        }
