"""The optional block at the top of a text file that says what the article is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

KEYS = frozenset(("title", "url", "outlet", "published", "modified", "author", "language"))
FIELD = re.compile(r"\s*([A-Za-z]+)\s*:(.*)")
LONGEST = 500  # characters of one field


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The fields of a header block, by their keys in small letters, and its lines as they stand."""

    fields: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[str, ...] = ()

    def get(self, key: str) -> str:
        """Return a field, "" where it is missing."""
        return self.fields.get(key, "")


def split_header(text: str) -> tuple[Header, str]:
    """Return the header block and the text behind it; an empty header where the text has none.

    A block is a header only if each of its lines, up to the first empty line, is a known key with a colon: an
    article may well begin with "Title: ..." or, as an interview does, with "Editor: ...".
    """
    lines = text.lstrip("\ufeff\r\n").splitlines()
    end = next((number for number, line in enumerate(lines) if not line.strip()), len(lines))
    matches = [FIELD.fullmatch(line) for line in lines[:end]]
    fields: dict[str, str] = {}
    for match in matches:
        if match is None or match[1].lower() not in KEYS or len(match[0]) > LONGEST:
            return Header(), text
        fields.setdefault(match[1].lower(), match[2].strip())
    return (Header(fields=fields, lines=tuple(lines[:end])), "\n".join(lines[end:])) if fields else (Header(), text)
