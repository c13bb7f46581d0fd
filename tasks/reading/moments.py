"""Times as people and machines write them -> aware UTC times; what leaves a part open gives none."""

import re
from calendar import timegm
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import struct_time

import dateparser

# A month in letters: without it "03/04/2024" could be March or April, and a wrong date is worse than none.
MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
LONGEST = 80  # characters of a date; parsing more is a waste that a stranger could ask for


def parse_moment(text: str) -> datetime | None:
    """Return the moment that the text names, midnight UTC where it names a day; None if day, month or year is open."""
    text = text.strip()
    if not text or len(text) > LONGEST:
        return None
    return from_iso(text) or from_mail(text) or from_words(text)


def from_iso(text: str) -> datetime | None:
    """Return the moment written as ISO 8601."""
    try:
        return as_utc(datetime.fromisoformat(text.replace("/", "-")))
    except (ValueError, OverflowError):
        return None


def from_mail(text: str) -> datetime | None:
    """Return the moment written as in mail headers and RSS."""
    try:
        return as_utc(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def from_words(text: str) -> datetime | None:
    """Return the moment written with the month in letters and a year of four digits."""
    if not (MONTH.search(text) and YEAR.search(text)):
        return None
    settings = {
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PARSERS": ["absolute-time"],
        "TIMEZONE": "UTC",
        "TO_TIMEZONE": "UTC",
        "RETURN_AS_TIMEZONE_AWARE": True,
    }
    try:
        return dateparser.parse(text, languages=["en"], settings=settings)
    except (ValueError, OverflowError):
        return None


def from_struct(moment: struct_time | None) -> datetime | None:
    """Return the moment that feedparser read, which is in UTC."""
    try:
        return datetime.fromtimestamp(timegm(moment), UTC) if moment else None
    except (ValueError, OverflowError, OSError):
        return None


def as_utc(moment: datetime) -> datetime:
    """Return the moment in UTC, which is assumed where it names no zone."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
