"""The client for one request: its network guarded, its time bounded, nothing kept from the request before."""

import ssl
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx2
from httpcore2 import ConnectError, ConnectTimeout

from tasks.reading.guard import GuardedBackend, permitted
from tasks.reading.item import ReadingLimits
from tasks.reading.patience import Patience

ACCEPT = (
    "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,"
    "application/xml;q=0.9,text/plain;q=0.8,text/markdown;q=0.8,application/pdf;q=0.7,*/*;q=0.1"
)


@dataclass(slots=True)
class Network:
    """Makes clients."""

    limits: ReadingLimits
    tls: ssl.SSLContext = field(default_factory=httpx2.create_ssl_context)

    def client(self, patience: Patience) -> httpx2.Client:
        """Return a client for one request; the environment cannot lead it elsewhere."""
        limits = self.limits
        transport = httpx2.HTTPTransport(verify=self.tls, trust_env=False, proxy=limits.proxy or None)
        through = {urlsplit(limits.proxy).hostname or ""} if limits.proxy else set[str]()
        # The library has no public door for this; `test_guard.py` fails on the day that this one moves.
        backend = GuardedBackend(limits.allow_hosts | through, patience.try_end)
        transport._pool._network_backend = backend  # noqa: SLF001
        headers = {
            "user-agent": limits.user_agent,
            "accept": ACCEPT,
            "accept-language": ", ".join(limits.languages),
            "connection": "close",
        }
        times = httpx2.Timeout(limits.read_seconds, connect=limits.connect_seconds)
        return httpx2.Client(transport=transport, trust_env=False, timeout=times, headers=headers)

    def check(self, url: str) -> None:
        """Raise where a proxy would be asked for a private address; a name that only the proxy knows is left to it."""
        if not self.limits.proxy:
            return  # the guard judges the connection itself
        parts = urlsplit(url)
        try:
            permitted(parts.hostname or "", parts.port or 80, self.limits.allow_hosts, self.limits.connect_seconds)
        except (ConnectError, ConnectTimeout):
            return
