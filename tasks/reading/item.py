"""What is read, and how much of it: one input, and the limits that every reader keeps."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from tasks.model.article import DateSource


class InputKind(StrEnum):
    """Where the content of an input is."""

    FILE = "file"  # at `path`, read when its turn comes
    URL = "url"  # at `url`; `text`, where there is any, is what a feed says of the page
    RECORD = "record"  # in `text` or `html`: one JSON line, or one entry of a feed file
    TEXT = "text"  # in `text`: pasted, or from standard input


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One thing that may hold one article, with what is known of it beforehand."""

    name: str  # how a person would name it: a path, a URL, "file.jsonl#3"
    kind: InputKind
    path: str = ""
    url: str = ""
    text: str = ""
    html: str = ""
    title: str = ""
    outlet: str = ""
    published_at: datetime | None = None
    date_source: DateSource = DateSource.NONE
    author: str = ""
    modified_at: datetime | None = None
    language: str = ""  # as the feed or record declares it
    told_by: str = ""  # who says all this: feed, sitemap, record
    sha256: str = ""  # of the raw bytes, where `text` or `html` are no longer those bytes
    raw: bytes = b""  # those bytes, where nobody else has them: the line of a record


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLimits:
    """How much is read, how long a page may take, and which hosts on private addresses may be asked."""

    max_file_bytes: int = 5_000_000
    max_page_bytes: int = 5_000_000
    max_feed_bytes: int = 10_000_000
    max_entries: int = 1_000  # of one feed or sitemap
    max_pages: int = 60  # of one PDF
    min_words: int = 25  # of prose in a web page or a feed entry; less is a stub, a cookie wall or an error page
    languages: tuple[str, ...] = ("en",)
    connect_seconds: float = 10.0  # until a connection stands, the look-up of its name included
    read_seconds: float = 15.0  # between two pieces of an answer
    timeout_seconds: float = 20.0  # for one try at a page, its redirects included
    total_seconds: float = 40.0  # for all tries; reading what came may take 20 more
    delay_seconds: float = 1.0  # between two requests to one host
    allow_hosts: frozenset[str] = frozenset()
    proxy: str = field(default="", repr=False)  # may carry a password; none is used that is not named here
    user_agent: str = "Rashomon/0.1 (compares news reports; keeps to robots.txt)"
