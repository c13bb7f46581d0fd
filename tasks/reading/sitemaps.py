"""Sitemaps -> inputs: one for each page, the newest first; of an index one for each sitemap, which is fetched in turn.

A news sitemap says of its pages what a feed does: title, outlet, language, date. A plain one says when a page was last
changed, which is no date of publication.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from lxml import etree

from tasks.model.article import DateSource, SetAside, SetAsideReason
from tasks.model.errors import UnreadableArticleError
from tasks.reading.item import Input, InputKind
from tasks.reading.lines import clean_line
from tasks.reading.moments import from_iso
from tasks.reading.urls import check_url, outlet_of, without_credentials

ROOTS = (b"<urlset", b"<sitemapindex")
LOOKED_AT = 4096  # bytes at the top, where the root stands
MAX_SITEMAPS = 20  # of one index, the newest; archives go back for years
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """One <url> or <sitemap>: its address, and what stands beside it by the names of the tags."""

    address: str
    fields: dict[str, str]

    @property
    def seen_at(self) -> datetime:
        """Return when the page was published, else changed; long ago where nothing is told."""
        said = (self.fields.get("publication_date", ""), self.fields.get("lastmod", ""))
        return next(filter(None, map(from_iso, said)), LONG_AGO)


def is_sitemap(body: bytes) -> bool:
    """Return whether some bytes are a sitemap or an index of sitemaps."""
    head = body[:LOOKED_AT].lower()
    return any(root in head for root in ROOTS) and b"<rss" not in head and b"<feed" not in head


def unpacked(body: bytes, limit: int) -> bytes:
    """Return what a gzip file holds, at most one byte more than the limit; nothing where it is damaged."""
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(body, limit + 1)
    except zlib.error:
        return b""


def find_locations(body: bytes, name: str) -> Iterator[Input | SetAside]:
    """Yield one input for each address of a sitemap; an address that nobody may ask for is set aside."""
    found = sorted(read_locations(body), key=lambda location: location.seen_at, reverse=True)
    if not found:
        detail = "a sitemap without an address, or one that is broken"
        yield SetAside(name=name, reason=SetAsideReason.NO_ARTICLE, detail=detail, sha256=sha256(body).hexdigest())
    index = ROOTS[1] in body[:LOOKED_AT].lower()
    for location in found[:MAX_SITEMAPS] if index else found:
        yield from_location(location)
    if index and len(found) > MAX_SITEMAPS:
        detail = f"only the {MAX_SITEMAPS} newest of {len(found):,} sitemaps are asked for"
        yield SetAside(name=name, reason=SetAsideReason.TOO_LARGE, detail=detail)


def read_locations(body: bytes) -> Iterator[Location]:
    """Yield what a sitemap lists; entities are not resolved and nothing is fetched, and what is broken ends it."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        return
    for entry in root if root is not None else ():
        fields = {local(child): text_of(child) for child in entry.iter() if not is_of_media(child)}
        if local(entry) in {"url", "sitemap"} and fields.get("loc"):
            yield Location(address=fields["loc"], fields=fields)


def local(element: Any) -> str:
    """Return the name of a tag without its namespace; "" for a comment."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def text_of(element: Any) -> str:
    """Return the clean text of an element; "" where a broken character makes it none."""
    try:
        return clean_line(element.text or "")
    except UnicodeDecodeError:  # half of a pair of surrogates, which the parser lets through where it mends
        return ""


def is_of_media(element: Any) -> bool:
    """Return whether an element tells of a picture or a film of the page, or is no element at all."""
    name = element.tag if isinstance(element.tag, str) else "image"
    return "image" in name or "video" in name


def from_location(location: Location) -> Input | SetAside:
    """Return the input for one address."""
    try:
        url = check_url(location.address)
    except UnreadableArticleError as error:
        return SetAside(name=without_credentials(location.address), reason=error.reason, detail=error.detail)
    said = location.fields
    published_at = from_iso(said.get("publication_date", ""))
    return Input(
        name=url,
        kind=InputKind.URL,
        url=url,
        title=said.get("title", ""),
        outlet=said.get("name", "") or outlet_of(url),
        published_at=published_at,
        date_source=DateSource.FEED if published_at else DateSource.NONE,
        modified_at=from_iso(said.get("lastmod", "")),
        language=said.get("language", ""),
        told_by="sitemap",
    )
