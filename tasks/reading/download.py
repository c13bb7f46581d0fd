"""Addresses -> pages: politely, within limits of size and time, and never from inside the network that we run in."""

import ssl
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Lock
from time import monotonic, sleep

import httpx2

from tasks.model.article import SetAsideReason
from tasks.model.errors import FetchError, UnreadableArticleError
from tasks.reading.guard import GuardedBackend
from tasks.reading.item import ReadingLimits
from tasks.reading.page import Page
from tasks.reading.robots import MAX_BYTES, Robots
from tasks.reading.urls import check_url, split_url, without_credentials

__all__ = ["Downloader", "Page"]

MAX_REDIRECTS = 5
PASSING = frozenset((HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS))
GONE = frozenset((HTTPStatus.NOT_FOUND, HTTPStatus.GONE))
NOT_READ = ("image/", "video/", "audio/", "font/", "application/pdf", "application/zip", "application/octet-stream")
ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,text/plain;q=0.8,*/*;q=0.1"


@dataclass(slots=True)
class Downloader:
    """Fetches pages one by one for each host; one is made for each process and shared by its threads."""

    limits: ReadingLimits
    robots: Robots = field(init=False)
    tls: ssl.SSLContext = field(default_factory=httpx2.create_ssl_context)
    lock: Lock = field(default_factory=Lock)
    hosts: dict[str, Lock] = field(default_factory=dict)
    asked_at: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Let robots.txt be fetched as any page is, but for itself."""
        agent = self.limits.user_agent.partition("/")[0]
        self.robots = Robots(fetch=lambda url: self.follow(url, for_robots=True), agent=agent)

    def fetch(self, url: str) -> Page:
        """Return the page at an address; FetchError tells of what may pass, UnreadableArticleError of what will not."""
        page = self.follow(url)
        status = page.status
        if status in PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            wait = page.headers.get("retry-after", "")
            raise FetchError(f"{shown(url)}: the server answered {status}" + (f", try after {wait}" if wait else ""))
        if status in GONE:
            raise UnreadableArticleError(SetAsideReason.NOT_FOUND, f"the server answered {status}: no such page")
        if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            raise UnreadableArticleError(SetAsideReason.REFUSED, f"the server answered {status}")
        return page

    def follow(self, url: str, *, for_robots: bool = False) -> Page:
        """Return the answer at the end of the redirects; each hop is judged like the first."""
        deadline = monotonic() + self.limits.timeout_seconds
        for _ in range(MAX_REDIRECTS + 1):
            url = check_url(url)
            if not for_robots:
                before = monotonic()
                self.keep_wishes(url)
                deadline += monotonic() - before  # waiting one's turn is not the server's fault
            page, onward = self.exchange(url, deadline, for_robots=for_robots)
            if not onward:
                return page
            url = onward
        raise UnreadableArticleError(SetAsideReason.REFUSED, f"more than {MAX_REDIRECTS} redirects")

    def keep_wishes(self, url: str) -> None:
        """Wait for the host's turn; raise where its robots.txt does not want us."""
        wish = self.robots.ask(url)
        if not wish.allowed:
            raise UnreadableArticleError(
                SetAsideReason.REFUSED, "the site's robots.txt asks robots not to read this page"
            )
        parts = split_url(url)
        host = (parts.hostname or "").lower() if parts else ""
        if host in self.limits.allow_hosts:
            return
        with self.lock:
            turn = self.hosts.setdefault(host, Lock())
        with turn:
            wait = self.asked_at.get(host, -1e9) + max(self.limits.delay_seconds, wish.delay) - monotonic()
            if wait > 0:
                sleep(wait)
            self.asked_at[host] = monotonic()

    def exchange(self, url: str, deadline: float, *, for_robots: bool) -> tuple[Page, str]:
        """Return one answer and the address it redirects to, "" for none."""
        try:
            with self.client(deadline) as client, client.stream("GET", url) as response:
                if response.next_request is not None:
                    return page_of(response, url, b""), str(response.next_request.url)
                return page_of(response, url, self.body_of(response, for_robots=for_robots)), ""
        except (httpx2.UnsupportedProtocol, httpx2.InvalidURL):
            raise UnreadableArticleError(SetAsideReason.REFUSED, "not an address that can be asked for") from None
        except httpx2.TimeoutException:
            raise FetchError(f"{shown(url)}: no answer within {self.limits.timeout_seconds:g} seconds") from None
        except httpx2.HTTPError as error:
            if is_certificate_fault(error):
                raise UnreadableArticleError(
                    SetAsideReason.REFUSED, "the certificate of the site is not valid"
                ) from None
            raise FetchError(f"{shown(url)}: {str(error) or type(error).__name__}") from None

    def client(self, deadline: float) -> httpx2.Client:
        """Return a client for one request, its network guarded and bounded by the deadline."""
        transport = httpx2.HTTPTransport(verify=self.tls, trust_env=False)
        # The library has no public door for this; `test_guard.py` fails on the day that this one moves.
        transport._pool._network_backend = GuardedBackend(self.limits.allow_hosts, deadline)  # noqa: SLF001
        headers = {
            "user-agent": self.limits.user_agent,
            "accept": ACCEPT,
            "accept-language": "en",
            "connection": "close",
        }
        return httpx2.Client(transport=transport, trust_env=False, timeout=self.limits.timeout_seconds, headers=headers)

    def body_of(self, response: httpx2.Response, *, for_robots: bool) -> bytes:
        """Return the inflated body; raise as soon as it is longer than is read, or of a kind that nobody here reads."""
        kind = content_type_of(response)
        if not for_robots and response.is_success and kind.startswith(NOT_READ):
            raise UnreadableArticleError(SetAsideReason.UNSUPPORTED, f"{kind} is not read")
        limit = MAX_BYTES if for_robots else self.limits.max_feed_bytes if "xml" in kind else self.limits.max_page_bytes
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > limit and for_robots:
                break
            if len(body) > limit:
                raise UnreadableArticleError(SetAsideReason.TOO_LARGE, f"longer than the {limit:,} bytes that are read")
        return bytes(body)


def page_of(response: httpx2.Response, url: str, body: bytes) -> Page:
    """Return the answer as a page."""
    return Page(
        url_final=url,
        status=response.status_code,
        content_type=content_type_of(response),
        body=body,
        headers=dict(response.headers),
        charset=response.charset_encoding or "",
    )


def content_type_of(response: httpx2.Response) -> str:
    """Return the content type in small letters, without its parameters."""
    declared: str = response.headers.get("content-type", "")
    return declared.partition(";")[0].strip().lower()


def is_certificate_fault(error: BaseException | None) -> bool:
    """Return whether a bad certificate is behind an error: that will not pass by itself."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False


def shown(url: str) -> str:
    """Return the address as it may be shown."""
    return without_credentials(url)
