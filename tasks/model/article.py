"""What was read: articles, their spans, and the inputs that were set aside."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256


def content_id(*parts: object) -> str:
    """Return 16 hexadecimal digits made from the parts, the same on every machine and run."""
    return sha256("|".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A half-open range of character offsets into a text; never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, got {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """Return the words of the text that this span points at."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Return whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Return whether the other span lies inside this one."""
        return self.start <= other.start and other.end <= self.end


def words_of(text: str, spans: Iterable[Span]) -> str:
    """Return the words under the spans in their order, gaps shown as an ellipsis, white space folded."""
    return " … ".join(" ".join(span.of(text).split()) for span in spans)


class DateSource(StrEnum):
    """Where a publication date came from, surest first."""

    HEADER = "header"  # the optional header block of a text file, or a field of a JSON line
    FEED = "feed"
    METADATA = "metadata"  # meta tags or JSON-LD of the page
    PAGE = "page"  # guessed from the page by htmldate's wider search
    DATELINE = "dateline"  # "Seoul, Nov 9:"; the year may be unknown, then there is no date
    NONE = "none"


class Sureness(StrEnum):
    """How sure one field of an article is, surest first; no number, since none was measured for each place."""

    GIVEN = "given"  # a person said so: a header block, a record
    DECLARED = "declared"  # the outlet says so where machines read it: feed, sitemap, JSON-LD, meta tag, address
    READ = "read"  # it stands in the visible text in the shape of such a field: a dateline, a byline
    GUESSED = "guessed"  # a library's search or a file's own dates: often right, sometimes invented


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldNote:
    """Where one field of an article came from: "published_at" from "json-ld", as the page declares."""

    field: str
    place: str  # header, record, feed, sitemap, json-ld, meta, time, address, page, dateline, file, text, http
    sureness: Sureness


class SetAsideReason(StrEnum):
    """Why an input was not taken; the report lists each with its detail."""

    EMPTY = "empty"
    BINARY = "binary"
    ENCODING = "encoding"
    LANGUAGE = "language"
    TOO_LARGE = "too-large"
    NO_ARTICLE = "no-article"
    BAD_RECORD = "bad-record"  # a JSON line that cannot be used
    UNSUPPORTED = "unsupported"  # a kind of file that nobody here reads
    NOT_FOUND = "not-found"
    LINK_LOOP = "link-loop"
    REFUSED = "refused"  # robots.txt, a private address, a status that will not pass
    FETCH_FAILED = "fetch-failed"
    FAILED = "failed"  # a stage raised on this one article


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """One input that was not taken: its path or URL, the reason, and a sentence for people."""

    name: str
    reason: SetAsideReason
    detail: str
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One version of one article: the working text and where every part of it came from.

    `text` holds the paragraphs, one to a line; `headings` are the lines kept for display from which
    no claim is taken; `residue` holds the lines that were dropped, so that a reader can see them.
    """

    url: str  # canonical, "" where none is known
    path: str  # "" for pages from the network
    outlet: str
    title: str
    published_at: datetime | None
    date_source: DateSource
    retrieved_at: datetime
    language: str
    sha256: str  # of the raw bytes
    text: str
    headings: tuple[Span, ...] = ()
    residue: tuple[str, ...] = ()
    author: str = ""  # as the byline or the metadata say, names joined by ", "; "" where nobody is named
    site_name: str = ""  # what the page calls its site; `outlet` may be a feed's or a person's word for it
    modified_at: datetime | None = None  # as the outlet says; None where it does not tell
    dateline: str = ""  # "Seoul, Nov 9": the text's own place and day, whether or not it tells the year
    field_notes: tuple[FieldNote, ...] = ()  # where each field came from that has a value
    version: int = 1  # set by storage: the n-th text seen under this URL
    superseded: bool = False  # set by storage: a newer text is stored under this URL
    copy_of: str = ""  # set by comparison: id of the article that this one repeats
    id: str = field(init=False)

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("an article needs a text")
        for moment in (self.published_at, self.retrieved_at, self.modified_at):
            if moment is not None and moment.tzinfo is None:
                raise ValueError("times are aware: give a time zone")
        place = self.url or self.path.replace("\\", "/").rsplit("/", 1)[-1]
        object.__setattr__(self, "id", content_id(place, self.text))

    def note_on(self, field: str) -> FieldNote | None:
        """Return where a field came from; None where it has no value."""
        return next((note for note in self.field_notes if note.field == field), None)

    @property
    def place(self) -> str:
        """Return the URL, or the path where there is none: what a person opens."""
        return self.url or self.path
