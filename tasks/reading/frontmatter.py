"""The block of fields at the top of a Markdown file: YAML between lines of ---, TOML between lines of +++.

Only `key: value` on one line and lists of plain words are understood: the full languages can name objects, refer to
themselves and grow, and the files are strangers'.
"""

import re
from collections.abc import Mapping

MARKS = ("---", "+++")
MAX_LINES = 100
FIELD = re.compile(r"([A-Za-z][\w-]*)\s*[:=]\s*(.*)")
ITEM = re.compile(r"\s*-\s+(?:name:\s*)?(.*)")
LONGEST = 500  # characters of one field
# What generators of sites call the same thing.
NAMES = {
    "title": ("title", "headline"),
    "author": ("author", "authors", "byline"),
    "published": ("published", "date", "published_at", "pubdate", "publishdate", "publish_date", "created"),
    "modified": ("modified", "updated", "lastmod", "last_modified", "last_modified_at"),
    "url": ("url", "canonical", "canonical_url", "canonicalurl", "source_url", "link"),
    "outlet": ("outlet", "publisher", "site", "site_name", "publication"),
    "language": ("language", "lang", "locale"),
}


def split_front_matter(text: str) -> tuple[Mapping[str, str], str]:
    """Return the fields at the top of a text, by our own names, and the text behind them."""
    lines = text.lstrip("\ufeff\r\n").splitlines()
    mark = lines[0].rstrip() if lines else ""
    ends = [number for number, line in enumerate(lines[1:MAX_LINES], start=1) if line.rstrip() == mark]
    if mark not in MARKS or not ends:
        return {}, text
    found = read_fields(lines[1 : ends[0]])
    known = {name: next(filter(None, map(found.get, keys)), "") or "" for name, keys in NAMES.items()}
    if not any(known.values()):  # two rules with something else between them
        return {}, text
    return known, "\n".join(lines[ends[0] + 1 :])


def read_fields(lines: list[str]) -> dict[str, str]:
    """Return each field of the block under its key in small letters; a list is joined by commas."""
    fields: dict[str, str] = {}
    key = ""
    for line in lines:
        if match := FIELD.fullmatch(line.rstrip()):
            key = match[1].lower()
            fields.setdefault(key, plain(match[2]))
        elif key and (item := ITEM.fullmatch(line.rstrip())):
            fields[key] = ", ".join(filter(None, (fields[key], plain(item[1]))))[:LONGEST]
    return fields


def plain(value: str) -> str:
    """Return a value without its quotes, its brackets and the comment behind it."""
    value = value.strip()[:LONGEST]
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(filter(None, (plain(part) for part in value[1:-1].split(","))))
    if value[:1] in {"'", '"'}:
        return value[1:].partition(value[0])[0].strip()
    return re.sub(r"\s+#.*$", "", value)
