"""Feeds -> inputs: one for each entry, with what the feed itself says of it."""

from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from typing import Any

import feedparser

from tasks.model.article import DateSource, SetAside, SetAsideReason
from tasks.reading.item import Input, InputKind, ReadingLimits
from tasks.reading.lines import clean_line, count_words
from tasks.reading.markup import fragment_text
from tasks.reading.moments import from_struct
from tasks.reading.urls import canonical_url, outlet_of


def find_entries(body: bytes, name: str, *, url: str = "", limits: ReadingLimits) -> Iterator[Input | SetAside]:
    """Yield one input for each entry of a feed, in the feed's order.

    Entries of a feed from the network (`url` is given) are pages to be fetched; the text in the feed serves where the
    page is refused. Entries of a feed file are read from the file itself where it holds enough of them.
    """
    feed = feedparser.parse(BytesIO(body), response_headers={"content-location": url} if url else None)
    outlet = clean_line(feed.feed.get("title", "")) or outlet_of(url)
    if not feed.entries:
        detail = "a feed without entries" if not feed.bozo else "a feed that is broken and shows no entry"
        yield SetAside(name=name, reason=SetAsideReason.NO_ARTICLE, detail=detail, sha256=sha256(body).hexdigest())
    for number, entry in enumerate(feed.entries, start=1):
        yield from_entry(entry, outlet, f"{name}#{number}", offline=not url, limits=limits)


def from_entry(entry: Any, outlet: str, place: str, *, offline: bool, limits: ReadingLimits) -> Input | SetAside:
    """Return the input for one entry of a feed; an entry without link and text is set aside."""
    link, text = canonical_url(entry.get("link", "")), entry_text(entry)
    own = offline and count_words(text) >= limits.min_words
    if not link and not text.strip():
        return SetAside(name=place, reason=SetAsideReason.NO_ARTICLE, detail="an entry with neither link nor text")
    published_at = from_struct(entry.get("published_parsed")) or from_struct(entry.get("updated_parsed"))
    return Input(
        name=place if own or not link else link,
        kind=InputKind.RECORD if own or not link else InputKind.URL,
        path=place if offline and (own or not link) else "",
        url=link,
        text=text,
        title=clean_line(fragment_text(entry.get("title", ""))),
        outlet=outlet or outlet_of(link),
        published_at=published_at,
        date_source=DateSource.FEED if published_at else DateSource.NONE,
        sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
    )


def entry_text(entry: Any) -> str:
    """Return the longest text that an entry carries, its markup taken off."""
    values = [part.get("value", "") for part in entry.get("content", ())] + [entry.get("summary", "")]
    return max(map(fragment_text, values), key=count_words)
