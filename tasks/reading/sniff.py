"""What bytes are, judged by the bytes: a name can lie, the first bytes seldom do."""

import json
from enum import StrEnum

HEAD_BYTES = 8192

MAGIC = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a picture, sound or film"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "gzip data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ", "xz data"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
)
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
UTF8_MARK = b"\xef\xbb\xbf"
HTML_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body")
HTML_INSIDE = (b"<html", b"<head>", b"<body", b"<div", b"<article", b"<p>")
FEED_INSIDE = (b"<rss", b"<feed", b"<rdf:rdf")


class Form(StrEnum):
    """The form of some bytes."""

    EMPTY = "empty"
    BINARY = "binary"
    HTML = "html"
    FEED = "feed"
    RECORDS = "records"  # one JSON object to a line
    TEXT = "text"


def form_of(head: bytes) -> Form:
    """Return the form of content that begins with these bytes."""
    if not head.strip(b" \t\r\n\x0b\x0c\xef\xbb\xbf"):
        return Form.EMPTY
    if head.startswith(UTF16_MARKS):
        return Form.TEXT
    if binary_kind(head):
        return Form.BINARY
    start = head.removeprefix(UTF8_MARK).lstrip().lower()
    if not start.startswith(b"<"):
        return Form.RECORDS if is_record_start(head) else Form.TEXT
    if any(mark in start[:2048] for mark in FEED_INSIDE) and not start.startswith(HTML_STARTS):
        return Form.FEED
    return Form.HTML if start.startswith(HTML_STARTS) or any(mark in start for mark in HTML_INSIDE) else Form.TEXT


def binary_kind(head: bytes) -> str:
    """Return what binary data these bytes begin, "" for text."""
    if head.startswith(UTF16_MARKS):
        return ""
    for magic, name in MAGIC:
        if head.startswith(magic):
            return name
    return "binary data" if b"\x00" in head else ""


def is_record_start(head: bytes) -> bool:
    """Return whether the first line is a JSON object, or the beginning of one too long to see whole."""
    line, newline, _ = head.removeprefix(UTF8_MARK).lstrip().partition(b"\n")
    if not line.startswith(b"{"):
        return False
    if not newline and len(head) >= HEAD_BYTES:
        return line[1:].lstrip().startswith(b'"')
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
