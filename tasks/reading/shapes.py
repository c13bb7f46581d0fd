"""What one line looks like by itself: prose, a turn of an interview, a list item, a short line, or web residue."""

import re
import tomllib
from enum import StrEnum
from functools import cache
from pathlib import Path

from tasks.reading.lines import count_words, ends_sentence
from tasks.reading.selfspeech import speaks_of_itself

LEXICON = Path(__file__).with_name("residue.toml")

# The C4 corpus keeps a line of five words that closes like a sentence: on saved news pages that found all residue
# of 22 lines marked by hand; what it dropped beyond were headings, which `residue.py` tells by their position.
MIN_PROSE = 5
# A paragraph cut off before its end is still prose; headlines are seldom this long.
LONG_PROSE = 25
# Phrases are looked for in lines of this many words: a longer one only happens to hold them.
MAX_ENDING = 8
MAX_START = 15
MAX_INSIDE = 40

LONGEST = 1000  # characters of a line that is still looked at closely: no residue is longer

TURN = re.compile(r"([A-Z][\w.'’-]*(?: (?:of|the|for|and|de|van|von|al|[A-Z(][\w.'’)-]*)){0,5}):\s+(\S.*)")
ITEM = re.compile(r"(?:[-*•–—▪◦‣·]|\(?\d{1,2}[.)])\s+\S")
BYLINE_WORD = re.compile(r"^(?:By|BY|by) ")
BYLINE = re.compile(r"(?:By|BY|by) [A-Z][\w.'’-]*(?:(?: and| &|,|, for)? [A-Z][\w.'’-]*){1,7}")
CREDIT = re.compile(
    r"(?:\((?:Photo|Image|Picture|Credit|File)\b[^)]*\)|\b(?:REUTERS|AFP|AP|EPA|Getty Images)/[\w .-]+)$"
)
EMPTY_QUOTES = re.compile(r"(?:[\"“”'‘’]\s*[\"“”'‘’](?:\s+|$))+")

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t|tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
DATE_OF_MONTH = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = rf"(?:{MONTH} {DATE_OF_MONTH}|{DATE_OF_MONTH} {MONTH})(?:,? \d{{4}})?|\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}}"
CLOCK = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?(?: ?\(?[a-z]{2,4}\)?)?"
BETWEEN = r"(?:,? at |,? ?[-–|•] ?|,? )?"
# Lines that are nothing but one of these stand beside articles, not in them.
ALONE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:{DAY})?{BETWEEN}(?:{DATE})?{BETWEEN}(?:{CLOCK})?",  # the date and the clock over a page
        r"[-+]?\d+(?:[.,]\d+)? ?°? ?[CF]",  # the temperature beside them
        r"\d[\d.,]* ?[km]? (?:shares?|views?|comments?|likes?|reads?|replies|min(?:ute)?s?(?: read)?)",
        r"(?:\d+|an?|one) (?:second|minute|hour|day|week|month|year)s? ago",
        r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|@\w+|(?:#\w+[\s,]*)+",
        r"(?:[^|\u203a»]+ [|\u203a»] ){2,}[^|\u203a»]*",  # a menu, or the way to this page
    )
)


class Look(StrEnum):
    """What a line looks like before its neighbours are asked."""

    PROSE = "prose"
    TURN = "turn"  # "Editor: Welcome!": prose where the text is an interview
    ITEM = "item"  # of a list
    SHORT = "short"  # a heading, a headline, a name: position decides
    RESIDUE = "residue"
    BOX = "box"  # residue that opens a box of links
    ENDING = "ending"  # residue after which no article goes on


def look_of(line: str) -> Look:
    """Return what a clean line looks like by itself."""
    words = count_words(line)
    if len(line) > LONGEST:
        return Look.PROSE if is_prose(line, words) else Look.SHORT
    for kind, look in (("ends", Look.ENDING), ("boxes", Look.BOX)):
        if words <= MAX_ENDING and phrases(kind).match(plain(line)):
            return look
    if is_residue(line, words):
        return Look.RESIDUE
    if is_prose(line, words):
        return Look.PROSE
    if TURN.fullmatch(line):
        return Look.TURN
    return Look.ITEM if ITEM.match(line) else Look.SHORT


def is_prose(line: str, words: int) -> bool:
    """Return whether a line reads like a sentence or more: it closes like one, introduces something, or is long."""
    closes = ends_sentence(line) or line.endswith(":") or line.startswith(("“", '"', "«"))
    return (closes and words >= MIN_PROSE) or words >= LONG_PROSE


def is_residue(line: str, words: int) -> bool:
    """Return whether a line is what web pages put around articles, by its phrases or its shape alone."""
    if words > MAX_INSIDE and not any(mark in line for mark in "|\u203a»#"):  # no menu: a paragraph like most
        return False
    if not any(map(str.isalpha, line)) or any(pattern.fullmatch(line) for pattern in ALONE):
        return True
    text = plain(line)
    if text.rstrip(" .:!?*»→>…") in words_of("whole") or CREDIT.search(line):
        return words < LONG_PROSE
    quoted = line.startswith(("“", '"', "«", "‘", "'"))
    return not quoted and is_of_the_page(line, text, words)


def is_of_the_page(line: str, text: str, words: int) -> bool:
    """Return whether a line, and its plain text, are words of the page and not of its story."""
    if speaks_of_itself(line, words) and not TURN.fullmatch(line):  # in an interview people speak to each other
        return True
    if words <= MAX_INSIDE and (phrases("start_always").match(text) or phrases("inside").search(text)):
        return True
    short = words <= MAX_START and not is_prose(line, words)
    return short and bool(phrases("start").match(text) or BYLINE.fullmatch(line))


def is_date_alone(line: str) -> bool:
    """Return whether a line is a date, a clock or both, and nothing else."""
    return bool(ALONE[0].fullmatch(line))


def is_credit(line: str) -> bool:
    """Return whether a line only names an agency or a desk."""
    return plain(line).strip(" .-–—()|").casefold() in words_of("credits")


def asks(line: str) -> bool:
    """Return whether a line is one question of the kind that stands over a section."""
    first = plain(line).casefold().split(" ", 1)[0]
    return line.endswith("?") and first in words_of("questions") and not re.search(r"[.!?] ", line)


def split_edges(line: str) -> tuple[str, str, str]:
    """Return empty quotation marks before a line, the line, and what the page glued on behind its last sentence."""
    empty = EMPTY_QUOTES.match(line)
    before, line = (empty[0].strip(), line[empty.end() :]) if empty else ("", line)
    end = max(line.rfind(mark) for mark in '.!?”"') + 1
    body, after = line[:end], line[end:].strip()
    glued = (
        any(map(str.isalpha, after))
        and count_words(after) <= MAX_ENDING
        and look_of(after) in {Look.ENDING, Look.BOX, Look.RESIDUE}
        and look_of(line) is not Look.RESIDUE
        and is_prose(body, count_words(body))
    )
    return (before, body, after) if glued else (before, line, "")


def plain(line: str) -> str:
    """Return the line as phrases are written: straight quotes, no marks before the first word."""
    straight = line.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
    return re.sub(r"^[^\w(©]+", "", straight)


@cache
def lexicon() -> dict[str, list[str]]:
    """Return the phrases of residue.toml by their kind."""
    return tomllib.loads(LEXICON.read_text(encoding="utf-8"))


@cache
def words_of(kind: str) -> frozenset[str]:
    """Return the phrases of one kind as a set."""
    return frozenset(lexicon()[kind])


@cache
def phrases(kind: str) -> re.Pattern[str]:
    """Return a pattern for the phrases of one kind; glued to a capital ("Scroll to TopGate opened") they count too."""
    parts = (re.escape(phrase) + ("(?-i:(?![a-z0-9]))" if phrase[-1].isalnum() else "") for phrase in lexicon()[kind])
    return re.compile("|".join(parts), re.IGNORECASE)
