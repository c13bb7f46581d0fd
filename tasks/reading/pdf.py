"""A PDF -> draft: its lines joined to paragraphs, what every page repeats left out, its dates only guesses.

A PDF knows where letters stand and not what they are: lines end where the column does. A paragraph ends with a line
that closes a sentence before the column is full.
"""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tasks.model.article import SetAsideReason, Sureness
from tasks.model.errors import UnreadableArticleError
from tasks.reading.draft import Draft
from tasks.reading.fields import dated, draft_with
from tasks.reading.lines import Line, clean_line, count_words, ends_sentence
from tasks.reading.titles import letters_of

WORKER = Path(__file__).with_name("pdf_worker.py")
SECONDS = 20  # for one document, the start of the process included
FULL = 0.85  # share of the column's width from which a line is full
HEAD = 0.7  # share up to which a line that closes no sentence is a heading
EDGE = 2  # lines at the top and foot of a page among which running titles stand
MIN_WORDS = 25  # fewer on all pages together: pictures of text
DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
TROUBLES = {
    "encrypted": (SetAsideReason.UNSUPPORTED, "a PDF with a password: save it without"),
    "memory": (SetAsideReason.TOO_LARGE, "a PDF that asks for more memory than one is given"),
    "died": (SetAsideReason.UNSUPPORTED, "a PDF on which its reader broke down"),
    "damaged": (SetAsideReason.UNSUPPORTED, "a PDF that is damaged"),
    "pages": (SetAsideReason.TOO_LARGE, "a PDF with more pages than are read"),
}


def parse_pdf(raw: bytes, *, max_pages: int) -> Draft:
    """Return the draft of a PDF; raise with the reason where it has no text that can be had."""
    found = run_worker(raw, max_pages)
    if trouble := found.get("trouble"):
        reason, detail = TROUBLES[trouble]
        raise UnreadableArticleError(reason, detail + (f" ({found['count']})" if "count" in found else ""))
    pages = [[clean_line(line) for line in page] for page in found["pages"]]
    if count_words(" ".join(line for page in pages for line in page)) < MIN_WORDS:
        detail = "a PDF without text, scanned perhaps: read it with a text recognition first"
        raise UnreadableArticleError(SetAsideReason.NO_ARTICLE, detail)
    running = running_lines(pages)
    lines = [line for page in pages for line in page if line]
    kept = [line for line in lines if letters_of(line) not in running]
    repeated = tuple(dict.fromkeys(line for line in lines if letters_of(line) in running))
    return replace(with_metadata(found, tuple(find_paragraphs(kept))), residue=repeated)


def with_metadata(found: Mapping[str, Any], lines: tuple[Line, ...]) -> Draft:
    """Return the draft of the lines; the day on which the file was made is a guess at that of publication."""
    title = clean_line(found.get("Title", ""))
    fields = {"title": title if " " in title else "", "author": clean_line(found.get("Author", ""))}
    draft = draft_with(fields, lines, place="file", sureness=Sureness.GUESSED)
    return replace(dated(draft, moment_of(found.get("CreationDate", "")), "file"), min_words=MIN_WORDS)


def run_worker(raw: bytes, max_pages: int) -> dict[str, Any]:
    """Return what the process that reads the PDF answers; it is ended where it takes too long."""
    command = [sys.executable, "-P", str(WORKER), str(max_pages)]
    try:
        done = subprocess.run(command, input=raw, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        detail = f"a PDF that takes more than {SECONDS} seconds to read"
        raise UnreadableArticleError(SetAsideReason.TOO_LARGE, detail) from None
    except ValueError:  # the process died
        return {"trouble": "died"}
    return dict(answer)


def running_lines(pages: Sequence[Sequence[str]]) -> set[str]:
    """Return the letters of what stands at the edges of most pages: running titles, and numbers of pages."""
    edges: Counter[str] = Counter()
    for page in pages:
        lines = [line for line in page if line]
        edges.update({letters_of(re.sub(r"\d+", "", line)) for line in (*lines[:EDGE], *lines[-EDGE:])})
    often = {letters for letters, number in edges.items() if number > 1 and number >= len(pages) / 2}
    return {letters_of(line) for page in pages for line in page if letters_of(re.sub(r"\d+", "", line)) in often | {""}}


def find_paragraphs(lines: Sequence[str]) -> Iterator[Line]:
    """Yield the paragraphs and headings of lines that end where the column does."""
    width = sorted(map(len, lines))[int(len(lines) * 0.9)] if lines else 0
    block: list[str] = []
    number = 0
    for place, line in enumerate(lines):
        block.append(line)
        if ends_block(line, lines[place + 1] if place + 1 < len(lines) else "", width):
            yield Line(text=joined(block), block=number)
            block, number = [], number + 1
    if block:
        yield Line(text=joined(block), block=number)


def ends_block(line: str, after: str, width: int) -> bool:
    """Return whether a paragraph or a heading ends with a line."""
    if ends_sentence(line):
        return len(line) < FULL * width
    return len(line) < HEAD * width and not after[:1].islower() and not line.endswith((",", ";", "-"))


def joined(block: Sequence[str]) -> str:
    """Return lines as one, a word that was broken at the end of a line whole again."""
    text = " ".join(block)
    return re.sub(r"(?<=[a-z])- (?=[a-z])", "", text)


def moment_of(written: str) -> datetime | None:
    """Return the day that a PDF writes as D:20240305101500Z."""
    match = DATE.match(written)
    try:
        return datetime(int(match[1]), int(match[2]), int(match[3]), tzinfo=UTC) if match else None
    except ValueError:
        return None
