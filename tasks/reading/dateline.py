"""The dateline of a text, "Seoul, Nov 9:": where and on which day it was written.

It is a date for the text, as the clock over a page is not; without a year it dates nothing alone, but it can tell that
another date is wrong.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from tasks.reading.lines import Line
from tasks.reading.moments import parse_moment
from tasks.reading.shapes import DAY, MONTH

LOOKED_AT = 5  # lines at the top, headlines among them
WIDTH = 80  # characters of a line in which a dateline ends
APART = timedelta(days=3)  # between a dateline and the publication of its text: time zones, a night, a weekend
BEHIND = r"\)?(?: \([\w .]+\))? ?[:–—-] "
WITH_YEAR = re.compile(r"([A-Z][\w .,'’()/-]*?)[,(] ?([^,():]*,? ?\d{4})" + BEHIND)
NAME = r"[A-Z][\w.'’-]*(?:[ /](?:of|the|and|de|la|el|al|[A-Z][\w.'’-]*)){0,3}"
NO_PLACE = rf"(?!(?:On|By|In|At|From|Since|Until|Published|Updated|Posted|(?i:{DAY}))\b)"
WITHOUT_YEAR = re.compile(
    rf"({NO_PLACE}{NAME}(?:, {NAME})?)(?:, ?| ?\()((?i:{MONTH}) \d{{1,2}}|\d{{1,2}} (?i:{MONTH}))" + BEHIND
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """A dateline as it stands, and the moment that it names; None where it leaves the year open."""

    text: str
    day: str  # "Nov 9"
    moment: datetime | None

    def allows(self, moment: datetime) -> bool:
        """Return whether a text with this dateline can have been published at a moment."""
        if self.moment:
            return abs(self.moment - moment) <= APART
        years = (moment.year - 1, moment.year, moment.year + 1)
        days = filter(None, (parse_moment(f"{self.day} {year}") for year in years))
        return any(abs(day - moment) <= APART for day in days)


def find_dateline(lines: Iterable[Line]) -> Dateline | None:
    """Return the dateline among the first lines of a text, None where there is none."""
    for line in islice(lines, LOOKED_AT):
        head = line.text[:WIDTH]
        if found := WITH_YEAR.match(head):
            return Dateline(text=f"{found[1]}, {found[2].strip()}", day="", moment=parse_moment(found[2]))
        if found := WITHOUT_YEAR.match(head):
            return Dateline(text=f"{found[1]}, {found[2]}", day=found[2].replace(".", ""), moment=None)
    return None
