"""The rows of an export as files: JSON lines, CSV, Parquet.

JSON lines and Parquet hold the values as they are. CSV holds nested values as JSON, and is made to be opened in a
spreadsheet: a text that a spreadsheet would run as a formula (it begins with = + - @, a tab or a line break) gets an
apostrophe in front. Who needs such a text to the letter reads one of the other two.
"""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any

from tasks.model.errors import InputError

Rows = Sequence[Mapping[str, Any]]

# The columns of each kind, with the types that Parquet gives them, so that a file without rows has them too.
ENTITIES = "STRUCT(id VARCHAR, name VARCHAR, kind VARCHAR)[]"
CAPTURE = (
    "STRUCT(fetched_at TIMESTAMPTZ, url_final VARCHAR, status BIGINT, size BIGINT, "
    "headers STRUCT(name VARCHAR, value VARCHAR)[], parser VARCHAR)"
)
WORDS = "STRUCT(text VARCHAR, spans BIGINT[][])"
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "articles": {
        "id": "VARCHAR",
        "url": "VARCHAR",
        "path": "VARCHAR",
        "outlet": "VARCHAR",
        "title": "VARCHAR",
        "author": "VARCHAR",
        "site_name": "VARCHAR",
        "published_at": "TIMESTAMPTZ",
        "modified_at": "TIMESTAMPTZ",
        "dateline": "VARCHAR",
        "fields": "STRUCT(field VARCHAR, place VARCHAR, sureness VARCHAR)[]",
        "retrieved_at": "TIMESTAMPTZ",
        "language": "VARCHAR",
        "sha256": "VARCHAR",
        "text": "VARCHAR",
        "version": "BIGINT",
        "superseded": "BOOLEAN",
        "copy_of": "VARCHAR",
        "credit": "VARCHAR",
        "capture": CAPTURE,
        "status": "VARCHAR",
        "reason": "VARCHAR",
        "detail": "VARCHAR",
    },
    "claims": {
        "id": "VARCHAR",
        "article_id": "VARCHAR",
        "url": "VARCHAR",
        "path": "VARCHAR",
        "outlet": "VARCHAR",
        "version": "BIGINT",
        "current": "BOOLEAN",
        "voice": "VARCHAR",
        "source": f"STRUCT(text VARCHAR, spans BIGINT[][], entities {ENTITIES}, resolved BOOLEAN)",
        "cue": WORDS,
        "content": WORDS,
        "speech": "VARCHAR",
        "act": "VARCHAR",
        "position": "VARCHAR",
        "certainty": "VARCHAR",
        "distanced": "BOOLEAN",
        "basis": WORDS,
        "via": "VARCHAR[]",
        "parent": "VARCHAR",
        "said_at": "TIMESTAMPTZ",
        "confidence": "DOUBLE",
        "provenance": "STRUCT(component VARCHAR, version VARCHAR, rule VARCHAR, run_id VARCHAR)",
    },
    "relations": {
        "left": "VARCHAR",
        "right": "VARCHAR",
        "relation": "VARCHAR",
        "kind": "VARCHAR",
        "confidence": "DOUBLE",
        "reasons": "VARCHAR[]",
    },
    "findings": {
        "id": "VARCHAR",
        "statement": "VARCHAR",
        "status": "VARCHAR",
        "claims": "STRUCT(id VARCHAR, side VARCHAR, stake VARCHAR, stake_reason VARCHAR)[]",
        "articles": "VARCHAR[]",
        "outlets": "VARCHAR[]",
        "origins": 'STRUCT("for" BIGINT, against BIGINT)',
        "reckoning": "VARCHAR",
        "beginnings": "STRUCT(side VARCHAR, claims VARCHAR[], reason VARCHAR, confidence DOUBLE)[]",
        "carriers": "STRUCT(outlet VARCHAR, contribution VARCHAR, reason VARCHAR)[]",
        "first_seen": "TIMESTAMPTZ",
        "last_seen": "TIMESTAMPTZ",
    },
    "edits": {
        "article": "VARCHAR",
        "before": "VARCHAR",
        "url": "VARCHAR",
        "version": "BIGINT",
        "added": "VARCHAR[]",
        "removed": "VARCHAR[]",
        "claims_added": "VARCHAR[]",
        "claims_removed": "VARCHAR[]",
    },
    "outlets": {
        "name": "VARCHAR",
        "host": "VARCHAR",
        "fetched": "BIGINT",
        "failed": "BIGINT",
        "empty": "BIGINT",
        "other": "BIGINT",
        "average": "BIGINT",
        "last_success_at": "TIMESTAMPTZ",
        "last_failure_at": "TIMESTAMPTZ",
        "last_reason": "VARCHAR",
    },
}
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
LONGEST = 256 * 1024 * 1024  # bytes of one row that the Parquet writer takes


class Format(StrEnum):
    """A kind of file that an export can be."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


def write_export(folder: Path, rows: Mapping[str, Rows], form: str) -> tuple[Path, ...]:
    """Write one file for each kind into the folder, which is made, and return the files."""
    chosen = _format(form)
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(_write(folder / f"{kind}.{chosen}", kind, rows[kind], chosen) for kind in COLUMNS)


def _format(form: str) -> Format:
    try:
        return Format(form)
    except ValueError as error:
        raise InputError(f"format {form!r}: choose one of {', '.join(Format)}") from error


@contextmanager
def put_in_place(path: Path) -> Iterator[Path]:
    """Yield a place to write to; the file has its name once it is whole, and is gone where it fails."""
    passing = path.with_name(f".{path.name}.part")
    try:
        yield passing
        passing.replace(path)
    finally:
        passing.unlink(missing_ok=True)


def _write(path: Path, kind: str, rows: Rows, form: Format) -> Path:
    with put_in_place(path) as passing:
        match form:
            case Format.JSONL:
                _write_lines(passing, rows)
            case Format.CSV:
                _write_csv(passing, kind, rows)
            case Format.PARQUET:
                _write_parquet(passing, kind, rows)
    return path


def _write_lines(path: Path, rows: Rows) -> None:
    # A lone surrogate, which UTF-8 cannot carry, becomes one question mark, so that offsets still hold.
    with path.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _write_csv(path: Path, kind: str, rows: Rows) -> None:
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS[kind])
        writer.writerows([_cell(row[column]) for column in COLUMNS[kind]] for row in rows)


def _cell(value: object) -> object:
    """Return the value of a cell: nested values as JSON, texts so that no spreadsheet runs them."""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return json.dumps(value)
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _write_parquet(path: Path, kind: str, rows: Rows) -> None:
    try:
        import duckdb
    except ImportError as error:
        raise InputError("Parquet needs the extra `parquet`: pip install 'rashomon[parquet]'") from error
    lines = path.with_suffix(".jsonl")
    try:
        _write_lines(lines, rows)
        # Nothing is fetched: the readers and writers used here are built into the package.
        with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as database:
            database.execute("SET TimeZone = 'UTC'")
            table = database.read_json(
                str(lines), format="newline_delimited", columns=dict(COLUMNS[kind]), maximum_object_size=LONGEST
            )
            table.write_parquet(str(path))
    finally:
        lines.unlink(missing_ok=True)
