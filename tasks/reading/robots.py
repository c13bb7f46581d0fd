"""robots.txt: what a site asks of robots, asked once for each site."""

from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Lock
from urllib.parse import urlsplit

from protego import Protego

from tasks.model.errors import FetchError, UnreadableArticleError
from tasks.reading.page import Page

MAX_BYTES = 500_000  # what RFC 9309 asks a robot to read at least
MAX_DELAY = 10.0  # seconds; a longer wish would stop a run


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a site asks for one address: whether it may be fetched, and how long to wait between two requests."""

    allowed: bool
    delay: float


@dataclass(slots=True)
class Robots:
    """The robots.txt of every site met so far."""

    fetch: Callable[[str], Page]  # follows redirects, returns any status
    agent: str
    rules: dict[str, Protego] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def ask(self, url: str) -> Wish:
        """Return what the site of an address asks for it."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc.lower()}"
        with self.lock:
            rules = self.rules.get(site)
        if rules is None:
            rules = self.read(f"{site}/robots.txt")
            with self.lock:
                self.rules[site] = rules
        delay = rules.crawl_delay(self.agent) or 0.0
        return Wish(allowed=rules.can_fetch(url, self.agent), delay=min(float(delay), MAX_DELAY))

    def read(self, address: str) -> Protego:
        """Return the rules at an address; a missing file allows all, a server in trouble is asked again later."""
        try:
            page = self.fetch(address)
        except UnreadableArticleError:  # too long, or a redirect to where nobody may go: no rules that can be read
            return Protego.parse("")
        if page.status >= HTTPStatus.INTERNAL_SERVER_ERROR or page.status == HTTPStatus.TOO_MANY_REQUESTS:
            raise FetchError(f"{address}: the server answered {page.status}; its wishes are not known")
        return Protego.parse(page.body.decode("utf-8", "replace") if page.status == HTTPStatus.OK else "")
