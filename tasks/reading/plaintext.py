"""Bytes of a text -> draft: decoded, its header block understood."""

import re
from datetime import datetime

from charset_normalizer import from_bytes

from tasks.model.article import DateSource, SetAsideReason
from tasks.model.errors import UnreadableArticleError
from tasks.reading.draft import Draft
from tasks.reading.header import Header, split_header
from tasks.reading.lines import Line, clean_line, split_lines
from tasks.reading.moments import parse_moment
from tasks.reading.sniff import UTF8_MARK, UTF16_MARKS, binary_kind
from tasks.reading.urls import canonical_url

GUESSED_BYTES = 200_000  # that the guess at an encoding looks at
FEW_ACCENTS = 0.2  # of the bytes of a text; most bytes of Cyrillic, Greek or Chinese text are beyond ASCII
DATELINE_WIDTH = 60
DATELINE = re.compile(r"[A-Z][\w .,'’()/-]*?[,(] ?([^,():]*,? ?\d{4})\)?(?: \([\w .]+\))? ?[:–—-] ")


def parse_text(raw: bytes) -> Draft:
    """Return the draft of a text given as bytes."""
    return draft_of(decode(raw))


def draft_of(text: str, *, given: bool = False) -> Draft:
    """Return the draft of a text: what its header says of it, else what its first line dates it to."""
    header, body = split_header(text)
    lines = split_lines(body)
    published_at, date_source = published(header, lines)
    unread = tuple(line for line in header.lines if line.split(":")[0].strip().lower() == "published")
    return Draft(
        lines=lines,
        title=clean_line(header.get("title")),
        outlet=clean_line(header.get("outlet")),
        url=canonical_url(header.get("url")),
        published_at=published_at,
        date_source=date_source,
        residue=unread if header.get("published") and date_source is not DateSource.HEADER else (),
        given=given or bool(header.lines),
    )


def published(header: Header, lines: tuple[Line, ...]) -> tuple[datetime | None, DateSource]:
    """Return when a text was published and who says so; a dateline without a year says nothing."""
    if moment := parse_moment(header.get("published")):
        return moment, DateSource.HEADER
    for line in lines[:5]:
        if match := DATELINE.match(line.text[:DATELINE_WIDTH]):
            moment = parse_moment(match[1])
            return moment, DateSource.DATELINE if moment else DateSource.NONE
    return None, DateSource.NONE


def decode(raw: bytes) -> str:
    """Return the text of UTF-8, or of UTF-16 with its mark; raise with a guess for other encodings."""
    if not raw.removeprefix(UTF8_MARK).strip():
        raise UnreadableArticleError(SetAsideReason.EMPTY, "the file is empty")
    try:
        if raw.startswith(UTF16_MARKS):
            text = raw.decode("utf-16")
        else:
            if kind := binary_kind(raw):
                raise UnreadableArticleError(SetAsideReason.BINARY, f"not text but {kind}: save it as text or HTML")
            text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableArticleError(
            SetAsideReason.ENCODING, f"not UTF-8; looks like {guess_encoding(raw)}: convert it to UTF-8"
        ) from None
    if not text.strip():
        raise UnreadableArticleError(SetAsideReason.EMPTY, "nothing but white space")
    return text


def guess_encoding(raw: bytes) -> str:
    """Return what the encoding seems to be, in words."""
    if raw.startswith(UTF16_MARKS):
        return "damaged UTF-16"
    sample = raw[:GUESSED_BYTES]
    # Where few bytes are beyond ASCII they are accents and curly quotes; guesses by frequency wander there.
    if sum(byte > 127 for byte in sample) < FEW_ACCENTS * len(sample):  # noqa: PLR2004 - the last ASCII byte
        return "Latin-1 (cp1252)"
    best = from_bytes(sample).best()
    return best.encoding if best else "no encoding known here"
