"""What bytes are, judged by the bytes: a name can lie, the first bytes seldom do."""

import json
import re
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
FEED_INSIDE = (b"<rss", b"<feed", b"<rdf:rdf", b"<urlset", b"<sitemapindex")
JSON_FEED = re.compile(rb"""\s*\{.{0,4000}?"version"\s*:\s*"https?:[/\\]+(?:www\.)?jsonfeed\.org""", re.DOTALL)
FRONT_MATTER = re.compile(rb"(---|\+\+\+)[ \t]*\r?\n(?:.*\r?\n){0,100}?\1[ \t]*(?:\r?\n|\Z)")
PDF_MARK = b"%PDF"
GZIP_MARK = b"\x1f\x8b"
MARKDOWN_SUFFIXES = frozenset((".md", ".markdown", ".mdown", ".mkd"))


class Form(StrEnum):
    """The form of some bytes."""

    EMPTY = "empty"
    BINARY = "binary"
    HTML = "html"
    FEED = "feed"  # what lists articles: RSS, Atom, a JSON feed, a sitemap or an index of sitemaps
    RECORDS = "records"  # one JSON object to a line
    ADDRESSES = "addresses"  # nothing but web addresses and comments, one to a line
    MARKDOWN = "markdown"  # told by the block of fields at its top; without one only its name tells
    PDF = "pdf"
    TEXT = "text"


def form_of(head: bytes) -> Form:
    """Return the form of content that begins with these bytes."""
    if not head.strip(b" \t\r\n\x0b\x0c\xef\xbb\xbf"):
        return Form.EMPTY
    if head.startswith(UTF16_MARKS):
        return Form.TEXT
    if binary_kind(head):
        return Form.PDF if head.startswith(PDF_MARK) else Form.BINARY
    start = head.removeprefix(UTF8_MARK).lstrip().lower()
    if not start.startswith(b"<"):
        return form_of_plain(head.removeprefix(UTF8_MARK))
    return form_of_markup(start)


def form_of_markup(start: bytes) -> Form:
    """Return the form of content that begins with a tag."""
    if any(mark in start[:2048] for mark in FEED_INSIDE) and not start.startswith(HTML_STARTS):
        return Form.FEED
    return Form.HTML if start.startswith(HTML_STARTS) or any(mark in start for mark in HTML_INSIDE) else Form.TEXT


def form_of_plain(head: bytes) -> Form:
    """Return the form of content that is no markup."""
    if JSON_FEED.match(head):
        return Form.FEED
    if is_record_start(head):
        return Form.RECORDS
    if FRONT_MATTER.match(head.lstrip(b"\r\n")):
        return Form.MARKDOWN
    return Form.ADDRESSES if lists_addresses(head) else Form.TEXT


def lists_addresses(head: bytes) -> bool:
    """Return whether every line is a web address or a comment; the last one may be cut off."""
    lines = [line.strip().lower() for line in head.splitlines() if line.strip()]
    addresses = [line for line in lines if line.startswith((b"http://", b"https://")) and len(line.split()) == 1]
    comments = [line for line in lines if line.startswith(b"#")]
    whole = lines[:-1] if len(head) >= HEAD_BYTES else lines
    return bool(addresses) and len(addresses) + len(comments) >= len(whole)


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
