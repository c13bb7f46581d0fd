"""What came back from the network."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tasks.model.article import SetAsideReason
from tasks.model.errors import UnreadableArticleError


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One answer of a server: its body inflated, and the address that it came from after all redirects."""

    url_final: str
    status: int
    content_type: str  # in small letters, without parameters
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    charset: str = ""


class FeedFoundError(UnreadableArticleError):
    """The page of one input is a feed: no article itself, but its entries may be."""

    def __init__(self, page: Page) -> None:
        """Take the page, which need not be fetched again."""
        super().__init__(SetAsideReason.UNSUPPORTED, "the address is that of a feed, not of an article")
        self.page = page

    def __reduce__(self) -> tuple[type["FeedFoundError"], tuple[Page]]:  # type: ignore[override]
        """The page survives pickling."""
        return type(self), (self.page,)
