"""The body of an answer: as long as is read and no longer, and of a kind that somebody here reads."""

import httpx2

from tasks.model.article import SetAsideReason
from tasks.model.errors import UnreadableArticleError
from tasks.reading.item import ReadingLimits
from tasks.reading.robots import MAX_BYTES
from tasks.reading.sitemaps import is_sitemap, unpacked
from tasks.reading.sniff import GZIP_MARK, HEAD_BYTES, Form, binary_kind, form_of

NOT_READ = ("image/", "video/", "audio/", "font/")
MISTAKEN = frozenset((Form.HTML, Form.FEED, Form.PDF, Form.MARKDOWN))  # forms that a server may call by a wrong name
ENOUGH = 1_024  # bytes from which content shows what it is


def body_of(response: httpx2.Response, limits: ReadingLimits, *, for_robots: bool) -> bytes:
    """Return the inflated body; raise as soon as it is longer than is read, or shows that nobody here reads it."""
    limit = MAX_BYTES if for_robots else limit_of(response, limits)
    if not for_robots and declared_length(response) > limit:
        raise too_large(limit)
    body, looked = bytearray(), for_robots or not response.is_success
    for chunk in response.iter_bytes():
        body += chunk
        if not looked and len(body) >= ENOUGH:
            check_head(content_type_of(response), bytes(body[:HEAD_BYTES]))
            looked = True
        if len(body) > limit and for_robots:
            break
        if len(body) > limit:
            raise too_large(limit)
    if not looked:
        check_head(content_type_of(response), bytes(body[:HEAD_BYTES]))
    return bytes(body)


def limit_of(response: httpx2.Response, limits: ReadingLimits) -> int:
    """Return how many bytes of an answer are read; a feed may be longer than a page."""
    kind = content_type_of(response)
    return limits.max_feed_bytes if "xml" in kind or "json" in kind else limits.max_page_bytes


def check_head(kind: str, head: bytes) -> None:
    """Raise where the first bytes, or the declared kind where they leave it open, are of what is not read."""
    form = form_of(head)
    packed = head.startswith(GZIP_MARK) and is_sitemap(unpacked(head, HEAD_BYTES))
    if packed or form in MISTAKEN or form is Form.EMPTY:
        return
    if kind.startswith(NOT_READ):
        raise UnreadableArticleError(SetAsideReason.UNSUPPORTED, f"{kind} is not read")
    if form is Form.BINARY:
        raise UnreadableArticleError(SetAsideReason.BINARY, f"not text but {binary_kind(head)}, sent as {kind or 'is'}")


def declared_length(response: httpx2.Response) -> int:
    """Return the length that the server declares, 0 where it declares none that is a number."""
    said = response.headers.get("content-length", "")
    return int(said) if said.isdecimal() else 0


def content_type_of(response: httpx2.Response) -> str:
    """Return the content type in small letters, without its parameters."""
    declared: str = response.headers.get("content-type", "")
    return declared.partition(";")[0].strip().lower()[:100]


def too_large(limit: int) -> UnreadableArticleError:
    """Return the error for what is longer than is read."""
    return UnreadableArticleError(SetAsideReason.TOO_LARGE, f"longer than the {limit:,} bytes that are read")
