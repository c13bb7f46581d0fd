"""What was read -> captures: the bytes of each article, tied to it by their hash; free of Prefect.

Reading gives articles, each with the hash of its bytes. Whoever reads asks a `Recorder` for the pages, which keeps
what it hands on; files and texts are at hand anyway. What has another hash than the article says is not kept for it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from tasks.model.article import Article, SetAside
from tasks.model.evidence import Capture, pack
from tasks.reading.inputs import Input, InputKind
from tasks.reading.page import Page

READER = "reading-1"  # raise it when the same bytes give another text
# What tells when a text was made, and whether it has changed since; cookies and the rest are nobody's business.
HEADERS = ("age", "content-language", "content-type", "date", "etag", "last-modified")
LONGEST_HEADER = 500  # characters


@cache
def parser_version() -> str:
    """Return the version of what makes texts of bytes: our own reading, and the library that takes pages apart."""
    return f"{READER}+trafilatura-{version('trafilatura')}"


@dataclass(slots=True)
class Recorder:
    """Fetches pages, and keeps what came back as captures, by the hash of their bytes."""

    ask: Callable[[str], Page]
    now: datetime
    keep_raw: bool
    max_file_bytes: int
    captures: dict[str, Capture] = field(default_factory=dict)

    def fetch(self, url: str) -> Page:
        """Return the page at an address, kept; an error of the download is the caller's."""
        page = self.ask(url)
        capture = self.capture_of(page.body, page.fetched_at, page)
        self.captures[capture.sha256] = capture
        return page

    def capture_of(self, raw: bytes, fetched_at: datetime, page: Page | None = None) -> Capture:
        """Return the capture of some bytes, with what the server said of them where there was one."""
        return Capture(
            sha256=sha256(raw).hexdigest(),
            size=len(raw),
            fetched_at=fetched_at,
            parser=parser_version(),
            packed=pack(raw) if self.keep_raw else b"",
            url_final=page.url_final if page else "",
            status=page.status if page else 0,
            headers=headers_that_matter(page) if page else {},
        )

    def of_articles(self, item: Input, outcomes: Iterable[Article | SetAside]) -> Iterator[Capture]:
        """Yield the captures of the articles that an input gave; one whose bytes are not at hand has none."""
        for article in outcomes:
            if isinstance(article, SetAside):
                continue
            if (capture := self.captures.get(article.sha256)) is not None:
                yield capture
            else:
                yield from (self.capture_of(raw, self.now) for raw in self.own_bytes(item, article.sha256))

    def own_bytes(self, item: Input, digest: str) -> Iterator[bytes]:
        """Yield the bytes with this hash that an input itself stands for, if any: its file, its line, its text."""
        texts = (text.encode("utf-8", "surrogatepass") for text in (item.html, item.text) if text)
        file = [read_again(item.path, self.max_file_bytes)] if item.kind is InputKind.FILE else []
        yield from [raw for raw in (item.raw, *texts, *file) if raw and sha256(raw).hexdigest() == digest][:1]


def headers_that_matter(page: Page) -> dict[str, str]:
    """Return the headers that are kept, each cut where a server says more than anyone needs."""
    said = {name.lower(): value for name, value in page.headers.items()}
    return {name: said[name][:LONGEST_HEADER] for name in HEADERS if said.get(name)}


def read_again(path: str, longest: int) -> bytes:
    """Return the bytes of a file that was just read, b"" where it has gone meanwhile."""
    try:
        with Path(path).open("rb") as file:
            return file.read(longest)
    except OSError:
        return b""
