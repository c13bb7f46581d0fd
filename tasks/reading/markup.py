"""Markup -> text with one paragraph to a line, and the encoding that a page declares."""

import re
from typing import Any

from tasks.reading.extractor import load_html

BLOCKS = (
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "br",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "tr",
    "table",
    "section",
    "article",
)
UNSEEN = ("script", "style", "template", "noscript", "svg", "head")
DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{2,30})""", re.IGNORECASE)
DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
DECLARATION_BYTES = 4096  # at the top of a page, where the encoding must be declared
# What browsers read under these names; decoders beyond those for text must not be reached from a page.
LATIN = ("iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii", "ascii", "cp1252", "windows-1252")
ENCODINGS = re.compile(
    r"utf-?8|utf-16(?:le|be)?|windows-125\d|cp125\d|iso-?8859-\d{1,2}|koi8-[ru]|gb2312|gbk|gb18030|big5|euc-(?:jp|kr)|shift_jis|macintosh"
)
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def fragment_text(markup: str) -> str:
    """Return the text of a piece of HTML, its paragraphs on lines of their own, nothing of its scripts."""
    if "<" not in markup and "&" not in markup:
        return markup
    return visible_text(f"<html><body><div>{' '.join(markup.split())}</div></body></html>")


def visible_text(page: str) -> str:
    """Return all that a page shows, its paragraphs on lines of their own."""
    tree: Any = load_html(page)
    if tree is None:
        return ""
    for element in tree.iter(*UNSEEN):
        element.clear(keep_tail=True)
    for element in tree.iter(*BLOCKS):
        element.text = "\n" + (element.text or "")
        element.tail = "\n" + (element.tail or "")
    lines = (" ".join(line.split()) for line in "".join(tree.itertext(with_tail=True)).splitlines())
    return "\n".join(line for line in lines if line)


def decode_page(body: bytes, declared: str = "") -> str:
    """Return a page as text: by its mark, by what the server declares, by what the page declares, else as UTF-8."""
    for mark, encoding in MARKS:
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    inside = DECLARED.search(body[:DECLARATION_BYTES])
    for label in (declared, inside[1].decode("ascii", "replace") if inside else ""):
        if encoding := encoding_of(label):
            return without_declaration(body.decode(encoding, "replace"))
    try:
        return without_declaration(body.decode("utf-8"))
    except UnicodeDecodeError:
        return without_declaration(body.decode("cp1252", "replace"))  # what browsers do


def encoding_of(label: str) -> str:
    """Return the encoding behind a label as browsers understand it; "" for one that no page should name."""
    name = label.strip().lower()
    if name in LATIN:
        return "cp1252"
    return name if ENCODINGS.fullmatch(name) else ""


def without_declaration(text: str) -> str:
    """Return the page without its XML declaration, which is about the bytes and confuses a parser of text."""
    return DECLARATION.sub("", text, count=1)
