"""JSON feeds (jsonfeed.org, versions 1 and 1.1) -> inputs: one for each item."""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from tasks.model.article import DateSource, SetAside, SetAsideReason
from tasks.reading.item import Input, InputKind, ReadingLimits
from tasks.reading.lines import clean_line, count_words
from tasks.reading.markup import fragment_text
from tasks.reading.moments import parse_moment
from tasks.reading.records import field
from tasks.reading.urls import canonical_url, outlet_of


def find_json_entries(body: bytes, name: str, *, url: str, limits: ReadingLimits) -> Iterator[Input | SetAside]:
    """Yield one input for each item of a JSON feed, in its order."""
    try:
        feed = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        feed = None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or not items:
        detail = "a JSON feed that is broken and shows no item" if feed is None else "a JSON feed without items"
        yield SetAside(name=name, reason=SetAsideReason.NO_ARTICLE, detail=detail, sha256=sha256(body).hexdigest())
        return
    outlet, language = clean_line(field(feed, "title")) or outlet_of(url), field(feed, "language")
    for number, item in enumerate(items, start=1):
        known = item if isinstance(item, dict) else {}
        yield from_item(known, outlet, language, f"{name}#{number}", offline=not url, limits=limits)


def from_item(
    item: dict[str, Any], outlet: str, language: str, place: str, *, offline: bool, limits: ReadingLimits
) -> Input | SetAside:
    """Return the input for one item; one without address and text is set aside."""
    link, text = canonical_url(field(item, "url")), item_text(item)
    own = offline and count_words(text) >= limits.min_words
    if not link and not text.strip():
        return SetAside(name=place, reason=SetAsideReason.NO_ARTICLE, detail="an item with neither address nor text")
    published_at = parse_moment(field(item, "date_published"))
    here = own or not link
    return Input(
        name=place if here else link,
        kind=InputKind.RECORD if here else InputKind.URL,
        path=place if offline and here else "",
        url=link,
        text=text,
        title=clean_line(field(item, "title")),
        outlet=outlet or outlet_of(link),
        author=authors_of(item),
        published_at=published_at,
        date_source=DateSource.FEED if published_at else DateSource.NONE,
        modified_at=parse_moment(field(item, "date_modified")),
        language=field(item, "language") or language,
        told_by="feed",
        sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
    )


def item_text(item: dict[str, Any]) -> str:
    """Return the longest text that an item carries, its markup taken off."""
    values = (fragment_text(field(item, "content_html")), field(item, "content_text"), field(item, "summary"))
    return max(values, key=count_words)


def authors_of(item: dict[str, Any]) -> str:
    """Return the names of who wrote an item: `authors` since version 1.1, `author` before."""
    listed = item.get("authors")
    people = [*(listed if isinstance(listed, list) else ()), item.get("author")]
    names = (clean_line(field(person, "name")) for person in people if isinstance(person, dict))
    return ", ".join(dict.fromkeys(filter(None, names)))
