"""What lists articles -> inputs: one for each entry of a feed or a sitemap, with what the list itself says of it."""

from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from itertools import islice
from typing import Any

import feedparser

from tasks.model.article import DateSource, SetAside, SetAsideReason
from tasks.reading.item import Input, InputKind, ReadingLimits
from tasks.reading.jsonfeeds import find_json_entries
from tasks.reading.lines import clean_line, count_words
from tasks.reading.markup import fragment_text
from tasks.reading.moments import from_struct
from tasks.reading.sitemaps import find_locations, is_sitemap
from tasks.reading.sniff import UTF8_MARK
from tasks.reading.urls import canonical_url, outlet_of


def find_entries(body: bytes, name: str, *, url: str = "", limits: ReadingLimits) -> Iterator[Input | SetAside]:
    """Yield one input for each entry of a feed or a sitemap, in its order; of a very long one not all.

    Entries of a feed from the network (`url` is given) are pages to be fetched; the text in the feed serves where the
    page is refused. Entries of a feed file are read from the file itself where it holds enough of them.
    """
    if is_sitemap(body):
        entries = find_locations(body, name)
    elif body.removeprefix(UTF8_MARK).lstrip().startswith(b"{"):
        entries = find_json_entries(body, name, url=url, limits=limits)
    else:
        entries = find_xml_entries(body, name, url=url, limits=limits)
    yield from islice(entries, limits.max_entries)
    if next(entries, None):
        detail = f"only the first {limits.max_entries:,} entries are taken"
        yield SetAside(name=name, reason=SetAsideReason.TOO_LARGE, detail=detail)


def find_xml_entries(body: bytes, name: str, *, url: str, limits: ReadingLimits) -> Iterator[Input | SetAside]:
    """Yield the entries of RSS and Atom."""
    feed = parse_feed(body, url)
    outlet = clean_line(feed.feed.get("title", "")) or outlet_of(url)
    if not feed.entries:
        detail = "a feed without entries" if not feed.bozo else "a feed that is broken and shows no entry"
        yield SetAside(name=name, reason=SetAsideReason.NO_ARTICLE, detail=detail, sha256=sha256(body).hexdigest())
    language = clean_line(feed.feed.get("language", ""))
    for number, entry in enumerate(feed.entries, start=1):
        yield from_entry(entry, outlet, language, f"{name}#{number}", offline=not url, limits=limits)


def parse_feed(body: bytes, url: str) -> Any:
    """Return what feedparser makes of a feed: one that breaks it has no entries, and is told to be broken."""
    try:
        return feedparser.parse(BytesIO(body), response_headers={"content-location": url} if url else None)
    except Exception:  # noqa: BLE001  (fuzzing met half of a pair of surrogates; a feed may find anything)
        return feedparser.FeedParserDict(feed=feedparser.FeedParserDict(), entries=[], bozo=True)


def from_entry(
    entry: Any, outlet: str, language: str, place: str, *, offline: bool, limits: ReadingLimits
) -> Input | SetAside:
    """Return the input for one entry of a feed; an entry without link and text is set aside."""
    link, text = canonical_url(entry.get("link", "")), entry_text(entry)
    own = offline and count_words(text) >= limits.min_words
    if not link and not text.strip():
        return SetAside(name=place, reason=SetAsideReason.NO_ARTICLE, detail="an entry with neither link nor text")
    modified_at = from_struct(dict.get(entry, "updated_parsed"))  # its own `get` makes one up from the publication
    published_at = from_struct(entry.get("published_parsed")) or modified_at
    return Input(
        name=place if own or not link else link,
        kind=InputKind.RECORD if own or not link else InputKind.URL,
        path=place if offline and (own or not link) else "",
        url=link,
        text=text,
        title=clean_line(fragment_text(entry.get("title", ""))),
        outlet=outlet or outlet_of(link),
        author=author_of(entry),
        published_at=published_at,
        date_source=DateSource.FEED if published_at else DateSource.NONE,
        modified_at=modified_at,
        language=language,
        told_by="feed",
        sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
    )


def entry_text(entry: Any) -> str:
    """Return the longest text that an entry carries, its markup taken off."""
    values = [part.get("value", "") for part in entry.get("content", ())] + [entry.get("summary", "")]
    return max(map(fragment_text, values), key=count_words)


def author_of(entry: Any) -> str:
    """Return who wrote an entry, by name: RSS asks for a mail address, which nobody here needs."""
    name = clean_line(entry.get("author_detail", {}).get("name", "") or entry.get("author", ""))
    return "" if "@" in name else name
