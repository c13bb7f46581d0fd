"""Times named in a content, as ranges of days; only what can be known is dated."""

import calendar
import re
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

import dateparser
from spacy.tokens import Token

from tasks.attribution.drafts import Draft
from tasks.model.claim import TimeRange

YEAR = re.compile(r"(?:in |since |during |of )?(?:the year )?(?P<year>(?:19|20)\d\d)$", re.IGNORECASE)
MONTH_YEAR = re.compile(rf"(?P<month>{'|'.join(calendar.month_name[1:])})\s+(?P<year>(?:19|20)\d\d)$", re.IGNORECASE)
FULL = re.compile(rf"(?=.*\d)(?=.*(?:{'|'.join(calendar.month_abbr[1:])}))", re.IGNORECASE)
RELATIVE = {"today": 0, "tonight": 0, "yesterday": -1, "last night": -1}
SPEAKING = frozenset({"speak", "talk", "write", "address", "answer", "reply"})
WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}


def find_times(tokens: Sequence[Token], published_at: datetime | None) -> Iterator[TimeRange]:
    """Yield the days that dates among the tokens can mean; what depends on an unknown publication date is left out."""
    seen: set[str] = set()
    doc = tokens[0].doc if tokens else None
    inside = {token.i for token in tokens}
    for ent in doc.ents if doc is not None else ():
        if ent.label_ == "DATE" and ent.root.i in inside and ent.text not in seen:
            seen.add(ent.text)
            found = read_time(ent.text, published_at)
            if found is not None:
                yield found


def find_said_on(draft: Draft, published_at: datetime | None) -> datetime | None:
    """Return the day on which it was said, as its midnight in UTC: "said on Friday", "told reporters yesterday".

    A date counts that stands with the cue, outside of what was said and of who said it; None where there is none, where
    it means more than a day, or where it depends on an unknown publication date.
    """
    if not draft.cue:
        return None
    cue = {token.i for token in draft.cue}
    said = {token.i for token in draft.source}
    for ent in draft.cue[0].doc.ents:
        if ent.label_ != "DATE" or ent.root.sent.start != draft.cue[0].sent.start or ent.root.i in said:
            continue
        place = draft.paragraph.span(ent.start_char, ent.end_char)
        if any(span.contains(place) for span in draft.content) or not _hangs_on(ent.root, cue, draft):
            continue
        found = read_time(ent.text, published_at)
        if found is not None and found.start == found.end:
            return datetime(found.start.year, found.start.month, found.start.day, tzinfo=UTC)
    return None


def _hangs_on(root: Token, cue: Collection[int], draft: Draft) -> bool:
    """Return whether a date is part of the cue's own clause: no verb of another event stands between.

    "In a statement released on Friday" and "speaking on Friday, he said" tell when it was said.
    """
    for above in (root, *root.ancestors):
        if above.i in cue:
            return True
        own = above.dep_ == "acl" or (above.dep_ == "advcl" and above.lemma_ in SPEAKING)
        if above is draft.root or (above is not root and above.pos_ == "VERB" and not own):
            return False
    return False


def read_time(words: str, published_at: datetime | None) -> TimeRange | None:
    """Return the days that a date in words can mean, None where that cannot be known."""
    words = words.strip().lower().removeprefix("on ")
    if match := YEAR.match(words):
        year = int(match["year"])
        return TimeRange(start=date(year, 1, 1), end=date(year, 12, 31))
    if match := MONTH_YEAR.match(words):
        month = [name.lower() for name in calendar.month_name].index(match["month"].lower())
        return _month(int(match["year"]), month)
    if published_at is None:
        return None
    day = published_at.date()
    if words in RELATIVE:
        return _day(day + timedelta(days=RELATIVE[words]))
    if words in WEEKDAYS:
        # News says "Thursday" for the last one, the day of publication included.
        return _day(day - timedelta(days=(day.weekday() - WEEKDAYS[words]) % 7))
    return _parsed(words, published_at) if FULL.match(words) else None


def _parsed(words: str, published_at: datetime) -> TimeRange | None:
    settings = {"RELATIVE_BASE": published_at.replace(tzinfo=None), "PREFER_DATES_FROM": "past"}
    found = dateparser.parse(words, languages=["en"], settings=settings)
    return _day(found.date()) if found else None


def _day(day: date) -> TimeRange:
    return TimeRange(start=day, end=day)


def _month(year: int, month: int) -> TimeRange:
    return TimeRange(start=date(year, month, 1), end=date(year, month, calendar.monthrange(year, month)[1]))
