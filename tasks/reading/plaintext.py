"""Bytes of a text -> draft: decoded, its header block understood."""

from dataclasses import replace

from charset_normalizer import from_bytes

from tasks.model.article import DateSource, SetAsideReason
from tasks.model.errors import UnreadableArticleError
from tasks.reading.draft import Draft
from tasks.reading.fields import draft_with
from tasks.reading.header import split_header
from tasks.reading.lines import split_lines
from tasks.reading.sniff import UTF8_MARK, UTF16_MARKS, binary_kind

GUESSED_BYTES = 200_000  # that the guess at an encoding looks at
FEW_ACCENTS = 0.2  # of the bytes of a text; most bytes of Cyrillic, Greek or Chinese text are beyond ASCII


def parse_text(raw: bytes) -> Draft:
    """Return the draft of a text given as bytes."""
    return draft_of(decode(raw))


def draft_of(text: str, *, given: bool = False) -> Draft:
    """Return the draft of a text: what its header says of it, else what its first line dates it to."""
    header, body = split_header(text)
    draft = draft_with(header.fields, split_lines(body), place="header")
    unread = tuple(line for line in header.lines if line.split(":")[0].strip().lower() == "published")
    residue = unread if header.get("published") and draft.date_source is not DateSource.HEADER else ()
    return replace(draft, residue=residue, given=given or bool(header.lines))


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
