"""JSON lines -> inputs: one record, one article."""

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from tasks.model.article import DateSource, SetAside, SetAsideReason
from tasks.model.errors import UnreadableArticleError
from tasks.reading.item import Input, InputKind, ReadingLimits
from tasks.reading.moments import parse_moment
from tasks.reading.urls import canonical_url


def find_records(lines: Iterable[bytes], name: str, limits: ReadingLimits) -> Iterator[Input | SetAside]:
    """Yield one input for each line that holds a record, and a note with its number for each that cannot be used."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        place = f"{name}#{number}"
        try:
            yield from_record(read_record(line, limits), line, place)
        except UnreadableArticleError as error:
            digest = sha256(line).hexdigest()
            yield SetAside(name=place, reason=error.reason, detail=f"line {number}: {error.detail}", sha256=digest)


def read_record(line: bytes, limits: ReadingLimits) -> dict[str, Any]:
    """Return the object on one line; raise with the reason where there is none."""
    if len(line) > limits.max_file_bytes:
        raise UnreadableArticleError(
            SetAsideReason.TOO_LARGE, f"longer than the {limits.max_file_bytes:,} bytes that are read"
        )
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UnreadableArticleError(SetAsideReason.BAD_RECORD, "not UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise UnreadableArticleError(SetAsideReason.BAD_RECORD, f"not JSON ({error})") from None
    if not isinstance(record, dict):
        raise UnreadableArticleError(SetAsideReason.BAD_RECORD, "not a JSON object")
    return record


def from_record(record: dict[str, Any], line: bytes, place: str) -> Input:
    """Return the input that a record describes; raise if it holds neither text nor HTML."""
    text, html = field(record, "text"), field(record, "html")
    if not text.strip() and not html.strip():
        raise UnreadableArticleError(SetAsideReason.BAD_RECORD, 'neither "text" nor "html" holds anything')
    published_at = parse_moment(field(record, "published_at") or field(record, "published"))
    return Input(
        name=place,
        kind=InputKind.RECORD,
        path=place,
        url=canonical_url(field(record, "url")),
        text=text,
        html="" if text.strip() else html,
        title=field(record, "title"),
        outlet=field(record, "outlet"),
        author=field(record, "author"),
        published_at=published_at,
        date_source=DateSource.HEADER if published_at else DateSource.NONE,
        modified_at=parse_moment(field(record, "modified_at") or field(record, "modified")),
        language=field(record, "language"),
        told_by="record",
        sha256=sha256(line).hexdigest(),
        raw=line,
    )


def field(record: dict[str, Any], key: str) -> str:
    """Return a field that is a string; "" for one that is missing or something else."""
    value = record.get(key)
    return value if isinstance(value, str) else ""
