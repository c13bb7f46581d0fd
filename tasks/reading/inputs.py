"""Sources that a person names -> inputs, each of which may hold one article."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tasks.model.article import SetAside, SetAsideReason
from tasks.model.errors import InputError
from tasks.reading.addresses import address_input, find_addresses
from tasks.reading.feeds import find_entries
from tasks.reading.folders import Identity, find_files, shown_path
from tasks.reading.item import Input, InputKind, ReadingLimits
from tasks.reading.records import find_records
from tasks.reading.sitemaps import is_sitemap, unpacked
from tasks.reading.sniff import GZIP_MARK, HEAD_BYTES, MARKDOWN_SUFFIXES, Form, binary_kind, form_of
from tasks.reading.urls import has_credentials, is_url, without_credentials

__all__ = ["Input", "InputKind", "ReadingLimits", "find_inputs", "text_input"]

STANDARD_INPUT = "-"
NAME_WIDTH = 120  # of a name in an error
# Text of other kinds: no article is written in it, though a few lines of it may look like prose.
NOT_PROSE = frozenset(
    {
        ".css",
        ".csv",
        ".dtd",
        ".ini",
        ".js",
        ".json",
        ".map",
        ".py",
        ".sh",
        ".sql",
        ".svg",
        ".toml",
        ".tsv",
        ".xml",
        ".xsl",
    }
    | {".yaml", ".yml"}
)
RECORD_SUFFIXES = frozenset((".jsonl", ".ndjson"))


def find_inputs(
    sources: Iterable[str], *, stdin: Callable[[], str] | None = None, limits: ReadingLimits
) -> Iterator[Input | SetAside]:
    """Yield one input for each article that the sources may hold, in order, and what is set aside at sight.

    A source is a file, a folder (with all below it), a web address, or "-" for standard input. A JSON lines file
    gives an input for each record, a feed or sitemap one for each entry, a list of addresses one for each line. In
    folders hidden files and the files that introduce a folder (README, LICENSE and the like) are passed over: they
    are about the articles. A file named twice is read once. A name that leads nowhere is wrong use and raises
    InputError before anything is read.
    """
    names = list(dict.fromkeys(sources))
    check_names(names)
    seen: set[Identity] = set()
    for name in names:
        if name == STANDARD_INPUT:
            yield from from_standard_input(stdin, limits)
        elif is_url(name):
            yield address_input(name)
        else:
            for found in find_files(Path(name), seen):
                if isinstance(found, SetAside):
                    yield found
                else:
                    yield from from_file(found, limits)


def check_names(names: list[str]) -> None:
    """Raise InputError if there is no source, or one that cannot be one."""
    if not names:
        raise InputError("no source is named: give files, folders, web addresses, or - for standard input")
    for name in names:
        if is_url(name) and has_credentials(name):  # before anybody notes down what was asked for
            raise InputError(f"{without_credentials(name)}: name the address without the user name or password in it")
        if name == STANDARD_INPUT or is_url(name):
            continue
        if "://" in name:
            raise InputError(f"{without_credentials(name)}: only http and https addresses can be read")
        if not is_there(name):
            raise InputError(f"{shortened(name)}: no such file or folder (a web address begins with https://)")


def is_there(name: str) -> bool:
    """Return whether the name is that of a file, a folder or a link; a link may lead nowhere and is told of later."""
    try:
        return bool(name.strip()) and os.path.lexists(name)
    except ValueError:  # a null character
        return False


def shortened(name: str) -> str:
    """Return the name in quotes, cut where somebody gave a whole text for one."""
    return repr(name if len(name) <= NAME_WIDTH else name[:NAME_WIDTH] + "…")


def text_input(text: str, name: str = "pasted text") -> Input:
    """Return the input for a text that a person gives directly."""
    return Input(name=name, kind=InputKind.TEXT, text=text)


def from_standard_input(stdin: Callable[[], str] | None, limits: ReadingLimits) -> Iterator[Input | SetAside]:
    """Yield what standard input holds: one text or page, or the records and entries in it."""
    if stdin is None:
        raise InputError("standard input cannot be read here: name a file instead of -")
    text = stdin()
    raw = text.encode("utf-8", "surrogateescape")
    form = form_of(raw[:HEAD_BYTES])
    if form is Form.RECORDS:
        yield from find_records(raw.splitlines(keepends=True), "standard input", limits)
    elif len(raw) > limits.max_file_bytes:
        yield too_large("standard input", len(raw), limits.max_file_bytes)
    elif form is Form.FEED:
        yield from find_entries(raw, "standard input", limits=limits)
    elif form is Form.ADDRESSES:
        yield from find_addresses(raw.splitlines(), "standard input")
    else:
        yield text_input(text, "standard input")


def from_file(path: Path, limits: ReadingLimits) -> Iterator[Input | SetAside]:
    """Yield the inputs of one file, or the reason why it is set aside; whole files are not read here."""
    name = shown_path(path)
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
        form = Form.RECORDS if size and path.suffix.lower() in RECORD_SUFFIXES else form_of(head)
        yield from by_form(form, path, head, size, limits)
    except OSError as error:
        yield SetAside(name=name, reason=SetAsideReason.REFUSED, detail=f"cannot be opened: {error.strerror}")


def by_form(form: Form, path: Path, head: bytes, size: int, limits: ReadingLimits) -> Iterator[Input | SetAside]:
    """Yield what a file of this form holds; records are read line by line, so that their file may be of any size."""
    name = shown_path(path)
    limit = limits.max_feed_bytes if form is Form.FEED else limits.max_file_bytes
    if form is Form.RECORDS and not binary_kind(head):
        yield from find_records(file_lines(path, limits), name, limits)
    elif size > limit:
        yield too_large(name, size, limit)
    elif form is Form.FEED:
        yield from find_entries(path.read_bytes(), name, limits=limits)
    elif form is Form.ADDRESSES and path.suffix.lower() not in MARKDOWN_SUFFIXES:
        yield from find_addresses(file_lines(path, limits), name)
    elif form is Form.PDF:
        yield Input(name=name, kind=InputKind.FILE, path=str(path))
    elif head.startswith(GZIP_MARK) and is_sitemap(unpacked(head, HEAD_BYTES)):
        yield from from_packed(unpacked(path.read_bytes(), limits.max_feed_bytes), name, limits)
    elif binary_kind(head):
        detail = f"not text but {binary_kind(head)}: save it as text or HTML"
        yield SetAside(name=name, reason=SetAsideReason.BINARY, detail=detail)
    elif path.suffix.lower() in NOT_PROSE:
        detail = f"{path.suffix.lower()} files are not read as articles (JSON is read with one record to a line)"
        yield SetAside(name=name, reason=SetAsideReason.UNSUPPORTED, detail=detail)
    else:
        yield Input(name=name, kind=InputKind.FILE, path=str(path))


def from_packed(body: bytes, name: str, limits: ReadingLimits) -> Iterator[Input | SetAside]:
    """Yield the entries of a sitemap that was packed."""
    if len(body) > limits.max_feed_bytes:
        yield too_large(name, len(body), limits.max_feed_bytes)
    else:
        yield from find_entries(body, name, limits=limits)


def file_lines(path: Path, limits: ReadingLimits) -> Iterator[bytes]:
    """Yield the lines of a file; of a line that is too long the beginning, one byte beyond the limit."""
    with path.open("rb") as file:
        while line := file.readline(limits.max_file_bytes + 1):
            yield line
            while len(line) > limits.max_file_bytes and not line.endswith(b"\n"):
                line = file.readline(limits.max_file_bytes)
                if not line:
                    break


def too_large(name: str, size: int, limit: int) -> SetAside:
    """Return the note on something longer than is read."""
    detail = f"{size:,} bytes are more than the {limit:,} that are read"
    return SetAside(name=name, reason=SetAsideReason.TOO_LARGE, detail=detail)
