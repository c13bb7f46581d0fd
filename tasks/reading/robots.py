"""robots.txt: what a site asks of robots, asked once a day for each site."""

from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Lock
from time import monotonic
from urllib.parse import urlsplit

from protego import Protego

from tasks.model.errors import FetchError, UnreadableArticleError
from tasks.reading.page import Page

MAX_BYTES = 500_000  # what RFC 9309 asks a robot to read at least
MAX_DELAY = 10.0  # seconds; a longer wish would stop a run
FRESH = 86_400.0  # seconds, after which RFC 9309 wants the file read again
KEPT = 1_000  # sites whose rules are kept, the one read last forgotten last

Fetch = Callable[[str], Page]  # follows redirects, returns any status


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a site asks for one address: whether it may be fetched, and how long to wait between two requests."""

    allowed: bool
    delay: float


@dataclass(slots=True)
class Robots:
    """The robots.txt of every site met lately."""

    agent: str
    rules: dict[str, tuple[float, Protego]] = field(default_factory=dict)  # by site, with when it was read
    lock: Lock = field(default_factory=Lock)

    def ask(self, url: str, fetch: Fetch) -> Wish:
        """Return what the site of an address asks for it."""
        rules = self.rules_of(url, fetch)
        delay = rules.crawl_delay(self.agent) or 0.0
        return Wish(allowed=rules.can_fetch(url, self.agent), delay=min(float(delay), MAX_DELAY))

    def rules_of(self, url: str, fetch: Fetch) -> Protego:
        """Return the rules of a site, read again where they are old."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc.lower()}"
        with self.lock:
            read_at, rules = self.rules.get(site, (0.0, None))
        if rules is not None and monotonic() - read_at < FRESH:
            return rules
        rules = read_rules(f"{site}/robots.txt", fetch)
        with self.lock:
            if len(self.rules) >= KEPT:
                del self.rules[next(iter(self.rules))]
            self.rules[site] = (monotonic(), rules)
        return rules


def read_rules(address: str, fetch: Fetch) -> Protego:
    """Return the rules at an address; a missing file allows all, a server in trouble is asked again later."""
    try:
        page = fetch(address)
    except UnreadableArticleError:  # too long, or a redirect to where nobody may go: no rules that can be read
        return Protego.parse("")
    if page.status >= HTTPStatus.INTERNAL_SERVER_ERROR or page.status == HTTPStatus.TOO_MANY_REQUESTS:
        raise FetchError(f"{address}: the server answered {page.status}; its wishes are not known")
    return Protego.parse(page.body.decode("utf-8", "replace") if page.status == HTTPStatus.OK else "")
