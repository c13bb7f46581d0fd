"""Lists of articles on the network -> inputs: lists in lists are opened, and a page may point to its feed."""

from collections.abc import Callable, Iterator
from itertools import islice
from urllib.parse import urljoin, urlsplit

from tasks.model.article import SetAside, SetAsideReason
from tasks.model.errors import FetchError, UnreadableArticleError
from tasks.reading.extractor import load_html
from tasks.reading.feeds import find_entries
from tasks.reading.item import Input, ReadingLimits
from tasks.reading.lines import count_words
from tasks.reading.markup import decode_page, visible_text
from tasks.reading.page import Page
from tasks.reading.sitemaps import is_sitemap, unpacked
from tasks.reading.sniff import GZIP_MARK, HEAD_BYTES, Form, form_of
from tasks.reading.urls import canonical_url, without_credentials

MAX_DEPTH = 2  # sitemaps below an index, and below an index in it
FEW_WORDS = 60  # of all that a page shows, which only points to its feed
FEED_ENDINGS = (".rss", ".atom", "rss.xml", "feed.xml", "atom.xml", "feed.json")
FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")

Fetch = Callable[[str], Page]


def find_listed(url: str, *, limits: ReadingLimits, fetch: Fetch) -> Iterator[Input | SetAside]:
    """Yield what the feed or sitemap at an address lists, or the feed that the page there points to.

    `fetch` may ask for what changed alone: a list that has not changed lists nothing.
    """
    name = without_credentials(url)
    try:
        page = opened(fetch(url), limits)
        if not (page.unchanged or is_list(page)) and (feed := feed_of(page)):
            page = opened(fetch(feed), limits)
    except FetchError as error:
        yield SetAside(name=name, reason=SetAsideReason.FETCH_FAILED, detail=str(error))
    except UnreadableArticleError as error:
        yield SetAside(name=name, reason=error.reason, detail=error.detail)
    else:
        yield from find_in_page(page, name, limits=limits, fetch=fetch)


def find_in_page(page: Page, name: str, *, limits: ReadingLimits, fetch: Fetch) -> Iterator[Input | SetAside]:
    """Yield what a list lists, that of the lists in it included, and no more than one list may hold."""
    found = find_in_list(page, name, MAX_DEPTH, limits=limits, fetch=fetch)
    yield from islice(found, limits.max_entries)
    if next(found, None):
        detail = f"only the first {limits.max_entries:,} entries are taken"
        yield SetAside(name=name, reason=SetAsideReason.TOO_LARGE, detail=detail)


def find_in_list(
    page: Page, name: str, depth: int, *, limits: ReadingLimits, fetch: Fetch
) -> Iterator[Input | SetAside]:
    """Yield the entries of a list; those of an index are lists, and are fetched."""
    if page.unchanged:
        return
    entries = find_entries(page.body, name, url=page.url_final, limits=limits)
    if not is_index(page.body):
        yield from entries
        return
    for entry in entries:
        if isinstance(entry, SetAside):
            yield entry
        elif not depth:
            yield SetAside(name=entry.name, reason=SetAsideReason.TOO_LARGE, detail="an index below too many others")
        else:
            yield from find_below(entry, depth - 1, limits=limits, fetch=fetch)


def find_below(entry: Input, depth: int, *, limits: ReadingLimits, fetch: Fetch) -> Iterator[Input | SetAside]:
    """Yield what one sitemap of an index lists, or why it cannot be had; the others go on."""
    try:
        page = opened(fetch(entry.url), limits)
    except FetchError as error:
        yield SetAside(name=entry.name, reason=SetAsideReason.FETCH_FAILED, detail=str(error))
    except UnreadableArticleError as error:
        yield SetAside(name=entry.name, reason=error.reason, detail=error.detail)
    else:
        yield from find_in_list(page, entry.name, depth, limits=limits, fetch=fetch)


def opened(page: Page, limits: ReadingLimits) -> Page:
    """Return the page, unpacked where it is a packed sitemap; raise where it unpacks to more than is read."""
    if not page.body.startswith(GZIP_MARK) or not is_sitemap(unpacked(page.body, HEAD_BYTES)):
        return page
    body = unpacked(page.body, limits.max_feed_bytes)
    if len(body) > limits.max_feed_bytes:
        raise UnreadableArticleError(
            SetAsideReason.TOO_LARGE, f"unpacks to more than the {limits.max_feed_bytes:,} bytes that are read"
        )
    return page.with_body(body)


def is_list(page: Page) -> bool:
    """Return whether a page is a feed or a sitemap."""
    return form_of(page.body[:HEAD_BYTES]) is Form.FEED


def is_index(body: bytes) -> bool:
    """Return whether a list is an index of sitemaps."""
    return is_sitemap(body) and b"<sitemapindex" in body[:HEAD_BYTES].lower()


def feed_of(page: Page) -> str:
    """Return the address of the feed that a web page declares, or the only one it links to; "" where it has none."""
    tree = load_html(decode_page(page.body, page.charset))
    links = [] if tree is None else [node for node in tree.iter("link", "a") if node.get("href")]
    declared = [node for node in links if (node.get("type") or "").partition(";")[0].strip().lower() in FEED_TYPES]
    named = [node for node in links if node.tag == "a" and looks_like_feed(node.get("href"))]
    addresses = (canonical_url(urljoin(page.url_final, node.get("href").strip())) for node in declared or named)
    return next((address for address in addresses if address and address != canonical_url(page.url_final)), "")


def looks_like_feed(href: str) -> bool:
    """Return whether a link leads to a feed by its name."""
    last = href.partition("?")[0].rstrip("/").rpartition("/")[2].lower()
    return last in {"feed", "rss", "atom", "feeds"} or last.endswith(
        (".rss", ".atom", "rss.xml", "feed.xml", "atom.xml")
    )


def only_points(page: Page) -> bool:
    """Return whether a page without an article is there for its feed: a home page, or one that shows little."""
    home = urlsplit(page.url_final).path in {"", "/"}
    return home or count_words(visible_text(decode_page(page.body, page.charset))) < FEW_WORDS
