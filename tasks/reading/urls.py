"""Addresses: which may be asked for, which mean the same page, and who publishes there."""

from urllib.parse import SplitResult, urlsplit, urlunsplit

from courlan import clean_url
from url_normalize import url_normalize

from tasks.model.article import SetAsideReason
from tasks.model.errors import UnreadableArticleError

SCHEMES = ("http", "https")


def is_url(source: str) -> bool:
    """Return whether a source named by a person is meant as a web address."""
    return source.strip().lower().startswith(("http://", "https://"))


def canonical_url(url: str) -> str:
    """Return one spelling for all spellings of a page's address, without trackers and fragment; "" if it is none."""
    parts = split_url(url)
    if parts is None or "@" in parts.netloc:
        return ""
    cleaned = clean_url(urlunsplit(parts._replace(fragment="")))
    try:
        normal = (url_normalize(cleaned) or "") if cleaned else ""
    except ValueError:  # a host that no name server could know
        return ""
    return normal if split_url(normal) else ""


def outlet_of(url: str) -> str:
    """Return the host without `www.`: the name of an outlet that gives none."""
    parts = split_url(url)
    return (parts.hostname or "").removeprefix("www.") if parts else ""


def host_of(url: str) -> str:
    """Return the host of an address in small letters."""
    parts = split_url(url)
    return (parts.hostname or "").lower() if parts else ""


def without_credentials(url: str) -> str:
    """Return the address with user name and password cut out, fit to be shown."""
    parts = split_url(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])) if parts else url.rpartition("@")[2]


def has_credentials(url: str) -> bool:
    """Return whether an address carries a user name or a password."""
    parts = split_url(url)
    return parts is not None and "@" in parts.netloc


def check_url(url: str) -> str:
    """Return the address as it may be asked for, without fragment; raise where nobody should ask for it."""
    parts = split_url(url)
    if parts is None:
        raise UnreadableArticleError(SetAsideReason.REFUSED, "only http and https addresses are fetched")
    if has_credentials(url):
        raise UnreadableArticleError(
            SetAsideReason.REFUSED, "the address carries a user name or password: name it without them"
        )
    return urlunsplit(parts._replace(fragment=""))


def same_site(left: str, right: str) -> bool:
    """Return whether one host is the other, or lies below it: only then may a page speak for another address."""
    one, other = outlet_of(left), outlet_of(right)
    return bool(one and other) and (one == other or one.endswith(f".{other}") or other.endswith(f".{one}"))


def split_url(url: str) -> SplitResult | None:
    """Return the parts of an http or https address with a host; None for anything else."""
    try:
        parts = urlsplit(url.strip())
        usable = parts.scheme.lower() in SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port of letters, a broken IPv6 address
        return None
    return parts if usable else None
