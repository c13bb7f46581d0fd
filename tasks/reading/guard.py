"""The network as the reader may use it: public addresses only, judged after the name is looked up, until a deadline."""

import socket
import ssl
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Thread
from time import monotonic
from typing import Any

from httpcore2 import ConnectError, ConnectTimeout, NetworkBackend, NetworkStream, ReadTimeout, SyncBackend

from tasks.model.article import SetAsideReason
from tasks.model.errors import UnreadableArticleError

TRANSLATED = ip_network("64:ff9b::/96")  # IPv4 behind a translator: the last four bytes are the address
# What the standard library of one version or another calls global, though nobody publishes news there.
NOT_PUBLIC = tuple(
    map(
        ip_network,
        (
            "168.63.129.16/32",  # the metadata service of one cloud, on an address that looks public
            "192.0.0.0/24",  # protocols, and the metadata service of another
            "192.88.99.0/24",  # relays of 6to4
            "::/96",  # IPv4 in the oldest wrapping
            "64:ff9b:1::/48",  # IPv4 behind a translator of one's own
            "100:0:0:1::/64",
            "3fff::/20",  # for books
            "5f00::/16",
            "fec0::/10",  # the site-local addresses of old
        ),
    )
)


class GuardedBackend(NetworkBackend):
    """Connects only to addresses that anybody may reach, and to the very address that it judged.

    A name is looked up once and the answer is used, so a second answer (DNS rebinding) has no effect; every hop of a
    redirect opens its connection here. Hosts in `allow_hosts` may be anywhere.
    """

    def __init__(self, allow_hosts: Iterable[str], deadline: float) -> None:
        """Take the hosts that may be anywhere, and the moment of `monotonic` at which all must be done."""
        self.allow_hosts = frozenset(host.lower() for host in allow_hosts)
        self.deadline = deadline
        self.backend = SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> NetworkStream:
        """Return a stream to the first address of the host that may be reached and answers."""
        fault: ConnectError | None = None
        for address in permitted(host, port, self.allow_hosts, remaining(self.deadline, timeout)):
            try:
                left = remaining(self.deadline, timeout)
                stream = self.backend.connect_tcp(address, port, left, local_address, socket_options)
                return DeadlineStream(stream, self.deadline)
            except ConnectError as error:
                fault = error
        raise fault or ConnectError("the host has no address")


class DeadlineStream(NetworkStream):
    """A stream on which every step ends at the deadline: a server that sends a byte now and then cannot hold us."""

    def __init__(self, stream: NetworkStream, deadline: float) -> None:
        """Take the stream to carry on, and the deadline."""
        self.stream = stream
        self.deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what comes next."""
        return self.stream.read(max_bytes, remaining(self.deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send the bytes."""
        self.stream.write(buffer, remaining(self.deadline, timeout))

    def close(self) -> None:
        """Close the stream."""
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        """Return the stream with TLS begun."""
        secure = self.stream.start_tls(ssl_context, server_hostname, remaining(self.deadline, timeout))
        return DeadlineStream(secure, self.deadline)

    def get_extra_info(self, info: str) -> Any:
        """Return what the stream knows of itself."""
        return self.stream.get_extra_info(info)


def remaining(deadline: float, timeout: float | None) -> float:
    """Return how long a step may take; raise where no time is left."""
    left = deadline - monotonic()
    if left <= 0:
        raise ReadTimeout("the time for one page is over")
    return left if timeout is None else min(left, timeout)


def look_up(host: str, port: int, seconds: float) -> list[str]:
    """Return the addresses of a host; the system's own look-up has no limit of time, so a thread waits for it."""
    found: list[str] = []
    faults: list[Exception] = []

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.extend(dict.fromkeys(str(answer[4][0]) for answer in answers))
        except (OSError, UnicodeError) as error:
            faults.append(error)

    thread = Thread(target=ask, daemon=True)
    thread.start()
    thread.join(seconds)
    if faults:
        raise ConnectError(f"the name {host} could not be looked up") from faults[0]
    if thread.is_alive():
        raise ConnectTimeout(f"the name {host} was not looked up in time")
    return found


def permitted(host: str, port: int, allow_hosts: frozenset[str], seconds: float = 10.0) -> list[str]:
    """Return the addresses of a host that may be reached; raise where it has none but private ones."""
    addresses = look_up(host, port, seconds)
    if host.lower() in allow_hosts:
        return addresses
    public = [address for address in addresses if address in allow_hosts or is_public(address)]
    if not public:
        raise UnreadableArticleError(SetAsideReason.REFUSED, f"{host} is on a private or local address")
    return public


def is_public(address: str) -> bool:
    """Return whether an address belongs to the public internet, whatever it is wrapped in."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = inner_address(found) if isinstance(found, IPv6Address) else None
    judged = inner or found  # what is behind a wrapping is what would answer
    if any(one.version == network.version and one in network for network in NOT_PUBLIC for one in {found, judged}):
        return False
    return judged.is_global and not judged.is_multicast and not judged.is_reserved


def inner_address(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 address only wraps."""
    if address in TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
