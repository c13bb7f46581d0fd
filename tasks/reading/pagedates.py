"""When a page was published: as it declares, as its text is dated, else as a search guesses; never by its clock.

Many pages show today's date over everything, or list other stories with theirs; a saved page keeps both. Dates there
are taken out before the library searches, and what it finds in the end is a guess that a dateline may refute.
"""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

from lxml import etree

from tasks.model.article import DateSource, FieldNote, Sureness
from tasks.reading.dateline import Dateline
from tasks.reading.declared import Found, address_moment, moment_of
from tasks.reading.extractor import find_date
from tasks.reading.lines import clean_line
from tasks.reading.moments import from_iso
from tasks.reading.shapes import is_date_alone
from tasks.reading.titles import SURE_LETTERS, letters_of

TIME_FORMAT = "%Y-%m-%dT%H:%M:%S%z"
CLOCK_WIDTH = 60  # characters of a clock
CLOCK = re.compile(
    r"(?:^|[-_ ])(?:clock|current-?(?:date|time)|date-?now|today|todays?-?date|weather)(?:$|[-_ ])", re.IGNORECASE
)
UNSEEN = ("script", "style", "noscript", "svg", "form")
OUTSIDE = ("header", "nav", "aside", "footer")  # parts of a page that speak of other things, unless inside the article
INSIDE = frozenset(("article", "main"))

# The headings of a page, and its short elements with a digit in them, in the order of the page.
find_dates = etree.XPath(
    f"//*[self::h1 or self::h2 or (not(*) and string-length(.) < {CLOCK_WIDTH} "
    "and translate(., '0123456789', '') != string(.))]"
)
Dated = tuple[datetime | None, DateSource, tuple[FieldNote, ...]]


def date_settings(now: datetime, *, guess: bool) -> dict[str, Any]:
    """Return how a date is looked for: the first publication, with its time, never one in the future."""
    last = (now + timedelta(days=1)).strftime("%Y-%m-%d")  # somewhere it is tomorrow already
    return {"extensive_search": guess, "original_date": True, "outputformat": TIME_FORMAT, "max_date": last}


def published(
    tree: Any, declared: Mapping[str, Found], found: str, dateline: Dateline | None, *, url: str, now: datetime
) -> Dated:
    """Return when a page was published, what says so, and a note on it; `found` is what the library found."""
    told, filed, quick = declared.get("published"), address_moment(url), from_iso(found)
    if moment := moment_of(told, now):
        return dated(moment, DateSource.METADATA, told.place if told else "", Sureness.DECLARED)
    if filed and filed <= now + timedelta(days=1):
        same = quick and quick.date() == filed.date()
        return dated(quick if quick and same else filed, DateSource.METADATA, "address", Sureness.DECLARED)
    if quick and quick.date().isoformat() in set(times_in(tree)):
        return dated(quick, DateSource.METADATA, "time", Sureness.READ)
    if dateline and dateline.moment:
        return dated(dateline.moment, DateSource.DATELINE, "dateline", Sureness.READ)
    for moment in filter(None, (quick, guessed(tree, url, now) if quick is None else None)):
        if dateline is None or dateline.allows(moment):
            return dated(moment, DateSource.PAGE, "page", Sureness.GUESSED)
    return None, DateSource.NONE, ()


def dated(moment: datetime, source: DateSource, place: str, sureness: Sureness) -> Dated:
    """Return a date with the note on it."""
    return moment, source, (FieldNote(field="published_at", place=place, sureness=sureness),)


def guessed(tree: Any, url: str, now: datetime) -> datetime | None:
    """Return the date that a wide search finds in the article's own part of the page."""
    part = deepcopy(tree)
    for element in list(part.iter(*OUTSIDE, *UNSEEN)):
        if element.getparent() is not None and (element.tag in UNSEEN or not is_inside(element)):
            element.drop_tree()
    return from_iso(find_date(part, url=url or None, **date_settings(now, guess=True)))


def times_in(tree: Any) -> Iterator[str]:
    """Yield the days that the page marks as times."""
    for element in tree.iter("time"):
        if moment := from_iso(clean_line((element.get("datetime") or "")[:CLOCK_WIDTH])):
            yield moment.date().isoformat()


def stop_clocks(tree: Any) -> None:
    """Take out the dates that a page shows of today: over its headline and outside its article, or called a clock."""
    head = headline_of(tree)
    before = head is not None
    for element in find_dates(tree):
        if element is head:
            before = False
        if len(element) or not element.text or not is_date_alone(clean_line(element.text)):
            continue
        named = CLOCK.search(f"{element.get('class') or ''} {element.get('id') or ''}")
        outside = before or any(one.tag in OUTSIDE for one in element.iterancestors())
        if named or (outside and not is_inside(element) and element.get("itemprop") is None):
            element.text = None
            element.attrib.pop("datetime", None)


def is_inside(element: Any) -> bool:
    """Return whether an element stands in what the page marks as its article."""
    return any(one.tag in INSIDE for one in element.iterancestors())


def headline_of(tree: Any) -> Any:
    """Return the heading that the page's title repeats, else its first main heading, None where there is neither."""
    title = letters_of(" ".join(next((node.itertext() for node in tree.iter("title")), ())))
    headings = list(tree.iter("h1", "h2"))
    for heading in headings:
        letters = letters_of(" ".join(heading.itertext()))
        if len(letters) >= SURE_LETTERS and letters in title:
            return heading
    return next((heading for heading in headings if heading.tag == "h1"), None)
