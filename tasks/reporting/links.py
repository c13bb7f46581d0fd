"""Links out of a report: http and https alone, with a pointer to the quoted words."""

import re
from urllib.parse import quote, urlsplit

# What RFC 3987 keeps out of an address, marks of direction among it; other letters than Latin ones may stand.
UNFIT = re.compile('[\x00-\x20"<>\\\\^`{|}\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]')
ENDS = 5  # words at each end of a long quote that a text fragment names
WHOLE = 12  # a quote of at most so many words is named whole


def safe_url(url: str) -> str:
    """Return the URL when a reader may follow it, else nothing: `javascript:` and the like stay plain text."""
    if any(ord(sign) <= ord(" ") for sign in url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:  # "http://[" is no address
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc else ""


def iri(url: str) -> str:
    """Return the URL as linked data may hold it, signs that no address may have as %XX; nothing if unsafe."""
    return UNFIT.sub(lambda sign: quote(sign.group(), safe="", errors="replace"), safe_url(url))


def fragment_url(url: str, words: str) -> str:
    """Return the URL with a text fragment, by which browsers scroll to the words and mark them; nothing if unsafe."""
    if not safe_url(url):
        return ""
    parts = words.split()
    if not parts:
        return url
    ends = [parts] if len(parts) <= WHOLE else [parts[:ENDS], parts[-ENDS:]]
    target = ",".join(_encode(" ".join(end)) for end in ends)
    return f"{url}{'' if '#' in url else '#'}:~:text={target}"


def _encode(words: str) -> str:
    # A dash has a meaning of its own in a text fragment, and quote() leaves it as it is.
    return quote(words, safe="", errors="replace").replace("-", "%2D")
