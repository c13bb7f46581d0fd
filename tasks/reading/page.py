"""What came back from the network."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import urljoin

from tasks.model.article import SetAsideReason
from tasks.model.errors import UnreadableArticleError

# Headers that say something of the page; the others, cookies among them, are nobody's business.
KEPT = ("etag", "last-modified", "content-type", "content-language", "link", "retry-after")

CANONICAL = re.compile(r"""<([^<>\s]{1,2000})>\s*;[^,<>]{0,200}?\brel="?canonical\b""", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One answer of a server: its body inflated, and the address that it came from after all redirects."""

    url_final: str
    status: int
    content_type: str  # in small letters, without parameters
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)  # those of KEPT alone, by their names in small letters
    charset: str = ""
    fetched_at: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def unchanged(self) -> bool:
        """Return whether the server says that nothing has changed since it was asked before; the body is empty then."""
        return self.status == HTTPStatus.NOT_MODIFIED

    @property
    def linked(self) -> str:
        """Return the canonical address that the server names in a header; "" where it names none."""
        match = CANONICAL.search(self.headers.get("link", ""))
        return urljoin(self.url_final, match[1]) if match else ""

    def with_body(self, body: bytes) -> "Page":
        """Return the page with another body, such as the one that was packed in its own."""
        return replace(self, body=body)


class FeedPointedError(UnreadableArticleError):
    """The page of one input holds no article and is there for the feed that it points to."""

    def __init__(self, address: str) -> None:
        """Take the address of the feed."""
        super().__init__(SetAsideReason.NO_ARTICLE, f"no article was found in the page, which points to {address}")
        self.address = address

    def __reduce__(self) -> tuple[type["FeedPointedError"], tuple[str]]:  # type: ignore[override]
        """The address survives pickling."""
        return type(self), (self.address,)


class FeedFoundError(UnreadableArticleError):
    """The page of one input is a feed: no article itself, but its entries may be."""

    def __init__(self, page: Page) -> None:
        """Take the page, which need not be fetched again."""
        super().__init__(SetAsideReason.UNSUPPORTED, "the address is that of a feed, not of an article")
        self.page = page

    def __reduce__(self) -> tuple[type["FeedFoundError"], tuple[Page]]:  # type: ignore[override]
        """The page survives pickling."""
        return type(self), (self.page,)
