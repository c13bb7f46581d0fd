"""The address of a mail server: smtp:, smtp+starttls: or smtps:, with name and password where it asks for them."""

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit


class Safety(StrEnum):
    """How the way to a mail server is kept secret."""

    PLAIN = "smtp"
    STARTTLS = "smtp+starttls"  # begins in the open and changes over; the usual one, on port 587
    TLS = "smtps"  # secret from the first word, on port 465


PORTS = {Safety.PLAIN: 25, Safety.STARTTLS: 587, Safety.TLS: 465}


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """A mail server that takes what is to be sent."""

    host: str
    port: int
    safety: Safety
    user: str = ""
    password: str = ""


def read_relay(address: str) -> Relay:
    """Return the mail server that an address names; what is wrong is said without showing it: it holds a password."""
    parts = urlsplit(address)
    try:
        safety, port = Safety(parts.scheme), parts.port
    except ValueError:
        safety, port = Safety.PLAIN, 0
    if not parts.hostname or port == 0 or parts.path.strip("/") or parts.query:
        raise ValueError("not the address of a mail server (write smtp+starttls://user:password@host:587)")
    relay = Relay(
        host=parts.hostname,
        port=port or PORTS[safety],
        safety=safety,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )
    if relay.password and safety is Safety.PLAIN and not is_this_machine(relay.host):
        raise ValueError("a password would travel in the open: write smtp+starttls:// or smtps://")
    return relay


def is_this_machine(host: str) -> bool:
    """Return whether a host is the machine itself."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
