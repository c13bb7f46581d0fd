"""Whom a text names as the one it was taken from: "SEOUL (Reuters) - ...", "AP - ...", a last line "Source: dpa"."""

import re
import tomllib
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("agencies.toml")
HEAD = 160  # characters of the first line in which a dateline stands
LAST_LINES = 3  # among which a credit stands
LONGEST_CREDIT = 60  # characters of a line that is nothing but a credit

# A place in capitals or as a name, a day perhaps, and in brackets who wrote it; then a dash.
IN_BRACKETS = re.compile(r"^[^()\n]{0,80}\((?P<name>[A-Z][\w .&'’-]{1,40})\)\s*(?:[-–—:]|\Z)")
# An agency's name alone before the dash, or behind the place: "AP - ", "LONDON, AFP — ".
BEFORE_DASH = re.compile(r"^(?:[^()\n]{1,60}[,/] ?)?(?P<name>[A-Za-z][\w .-]{1,40}?) ?[-–—] ")
CREDIT = re.compile(
    r"^[(\[]?(?:source|with reporting by|by|from|©|copyright)?:? ?(?P<name>[A-Za-z][\w .-]+?)[)\].]*$", re.IGNORECASE
)


@cache
def agencies() -> dict[str, str]:
    """Return the agencies' own names by every name that texts give them, in small letters."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))["names"]
    return {spelling.casefold(): name for name, spellings in table.items() for spelling in (name, *spellings)}


def agency_named(name: str) -> str:
    """Return the agency that a name stands for, "" where it is none that is known."""
    return agencies().get(name.strip().casefold(), "")


def credit_of(text: str) -> str:
    """Return whom a text names as its origin: an agency, or another name in brackets in its dateline; "" for nobody."""
    lines = text.split("\n")
    head = lines[0][:HEAD]
    if found := IN_BRACKETS.match(head):
        return agency_named(found["name"]) or found["name"].strip()
    if (found := BEFORE_DASH.match(head)) and (agency := agency_named(found["name"])):
        return agency
    for line in reversed(lines[-LAST_LINES:]):
        if len(line) <= LONGEST_CREDIT and (found := CREDIT.match(line)) and (agency := agency_named(found["name"])):
            return agency
    return ""
