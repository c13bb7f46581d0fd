"""Addresses -> pages: politely, within limits of size and time, and never from inside the network that we run in."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from random import uniform
from time import sleep

import httpx2

from tasks.model.article import SetAsideReason
from tasks.model.errors import FetchError, UnreadableArticleError
from tasks.reading.body import body_of, content_type_of
from tasks.reading.hosts import Hosts, LeftAloneError
from tasks.reading.item import ReadingLimits
from tasks.reading.network import Network
from tasks.reading.page import KEPT, Page
from tasks.reading.patience import Patience, in_words, retry_after
from tasks.reading.robots import Robots
from tasks.reading.urls import check_url, host_of, without_credentials

__all__ = ["Downloader", "Page"]

TRIES = 3
PAUSE = 1.0  # seconds before the second try, twice as many before the third, each more or less by half
MAX_REDIRECTS = 5
LONGEST_HEADER = 1_000  # characters of one that is kept
PASSING = frozenset((HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS))
LASTING = frozenset((HTTPStatus.NOT_IMPLEMENTED, HTTPStatus.HTTP_VERSION_NOT_SUPPORTED))
GONE = frozenset((HTTPStatus.NOT_FOUND, HTTPStatus.GONE))


@dataclass(slots=True)
class Downloader:
    """Fetches pages one by one for each host; one is made for each process and shared by its threads."""

    limits: ReadingLimits
    network: Network = field(init=False)
    robots: Robots = field(init=False)
    hosts: Hosts = field(default_factory=Hosts)

    def __post_init__(self) -> None:
        """Make what the limits decide."""
        self.network = Network(self.limits)
        self.robots = Robots(agent=self.limits.user_agent.partition("/")[0])

    def fetch(self, url: str, *, etag: str = "", modified: str = "") -> Page:
        """Return the page at an address; FetchError tells of what may pass, UnreadableArticleError of what will not.

        What may pass is tried again, as long as the patience with one address lasts. With `etag` or `modified`, as an
        earlier answer named them, a page that has not changed since comes back without a body (`Page.unchanged`).
        """
        patience = Patience.of(self.limits.total_seconds)
        wishes = conditions(etag, modified)
        for number in range(TRIES):
            try:
                return self.try_once(url, patience, wishes)
            except LeftAloneError:
                raise
            except FetchError:
                pause = PAUSE * 2**number * uniform(0.5, 1.5)  # noqa: S311 - spreads requests, hides nothing
                if number + 1 == TRIES or pause > patience.left:
                    raise
                sleep(pause)
        raise AssertionError("the last try returns or raises")

    def try_once(self, url: str, patience: Patience, wishes: Mapping[str, str]) -> Page:
        """Return the page, and note how the host behaved."""
        patience.begin_try(self.limits.timeout_seconds)
        host = self.hosts.of(host_of(url))
        try:
            page = self.follow(url, patience, wishes)
        except FetchError as error:
            if not isinstance(error, LeftAloneError):
                host.note(well=False)
            raise
        host.note(well=page.status < HTTPStatus.INTERNAL_SERVER_ERROR)
        self.judge(page, url, conditional=bool(wishes))
        return page

    def judge(self, page: Page, url: str, *, conditional: bool) -> None:
        """Raise where the server gave no page."""
        status = page.status
        if status in PASSING or (status >= HTTPStatus.INTERNAL_SERVER_ERROR and status not in LASTING):
            raise self.busy(page, url)
        if status in GONE:
            raise UnreadableArticleError(SetAsideReason.NOT_FOUND, f"the server answered {status}: no such page")
        if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES and not (page.unchanged and conditional):
            raise UnreadableArticleError(SetAsideReason.REFUSED, f"the server answered {status}")

    def busy(self, page: Page, url: str) -> FetchError:
        """Return the error for a server that answers later, perhaps, and leave it alone for as long as it asks."""
        said = page.headers.get("retry-after", "")[:40]
        seconds = retry_after(said, datetime.now(UTC))
        self.hosts.of(host_of(page.url_final)).leave(seconds, "asked to be left alone")
        after = f", try after {said if seconds == 0 else in_words(seconds)}" if said else ""
        return FetchError(f"{without_credentials(url)}: the server answered {page.status}{after}")

    def follow(self, url: str, patience: Patience, wishes: Mapping[str, str], *, for_robots: bool = False) -> Page:
        """Return the answer at the end of the redirects; each hop is judged like the first."""
        for _ in range(MAX_REDIRECTS + 1):
            url = check_url(url)
            page, onward = (
                self.exchange(url, patience, {}, for_robots=True) if for_robots else self.ask(url, patience, wishes)
            )
            if not onward:
                return page
            url = onward
        raise UnreadableArticleError(SetAsideReason.REFUSED, f"more than {MAX_REDIRECTS} redirects")

    def ask(self, url: str, patience: Patience, wishes: Mapping[str, str]) -> tuple[Page, str]:
        """Return one answer of a host whose turn it is and whose robots.txt allows it, and where it leads."""
        name = host_of(url)
        with self.hosts.turn(name, patience) as host:
            wish = self.robots.ask(url, lambda address: self.follow(address, patience, {}, for_robots=True))
            if not wish.allowed:
                detail = "the site's robots.txt asks robots not to read this page"
                raise UnreadableArticleError(SetAsideReason.REFUSED, detail)
            own = name in self.limits.allow_hosts
            host.wait(0.0 if own else max(self.limits.delay_seconds, wish.delay), patience)
            return self.exchange(url, patience, wishes, for_robots=False)

    def exchange(
        self, url: str, patience: Patience, wishes: Mapping[str, str], *, for_robots: bool
    ) -> tuple[Page, str]:
        """Return one answer and the address it redirects to, "" for none."""
        try:
            self.network.check(url)
            with self.network.client(patience) as client, client.stream("GET", url, headers=wishes) as response:
                if response.next_request is not None:
                    return page_of(response, url, b""), str(response.next_request.url)
                return page_of(response, url, body_of(response, self.limits, for_robots=for_robots)), ""
        except (httpx2.UnsupportedProtocol, httpx2.InvalidURL):
            raise UnreadableArticleError(SetAsideReason.REFUSED, "not an address that can be asked for") from None
        except httpx2.TimeoutException:
            raise FetchError(f"{without_credentials(url)}: no answer within the time for one page") from None
        except httpx2.HTTPError as error:
            raise fault_of(error, url) from None


def conditions(etag: str, modified: str) -> dict[str, str]:
    """Return the headers that ask for a page only if it changed; what could not stand in a header is left out."""
    said = {"if-none-match": etag, "if-modified-since": modified}
    return {name: value for name, value in said.items() if value.isascii() and value.isprintable() and value.strip()}


def fault_of(error: httpx2.HTTPError, url: str) -> FetchError | UnreadableArticleError:
    """Return a fault of the network as one that may pass, or as one that will not: a broken certificate stays so."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return UnreadableArticleError(SetAsideReason.REFUSED, "the certificate of the site is not valid")
        if isinstance(cause, ssl.SSLError) and not isinstance(cause, ssl.SSLEOFError | ssl.SSLSyscallError):
            return UnreadableArticleError(SetAsideReason.REFUSED, "no secure connection can be made to the site")
        cause = cause.__cause__ or cause.__context__
    return FetchError(f"{without_credentials(url)}: {str(error)[:200] or type(error).__name__}")


def page_of(response: httpx2.Response, url: str, body: bytes) -> Page:
    """Return the answer as a page."""
    headers = {name: response.headers[name][:LONGEST_HEADER] for name in KEPT if name in response.headers}
    if "canonical" not in headers.get("link", "").lower():
        headers.pop("link", None)
    return Page(
        url_final=url,
        status=response.status_code,
        content_type=content_type_of(response),
        body=body,
        headers=headers,
        charset=response.charset_encoding or "",
    )
