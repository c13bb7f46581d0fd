"""What stands before a paragraph's first sentence and is no part of it: a dateline, a heading that runs in."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from tasks.attribution.gazetteer import load_gazetteer

MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
# "Seoul, Nov 9: ", "GENEVA (Agency) - ", "PARIS — ": where and when it was written is no part of the sentence.
DATELINE = re.compile(
    rf"(?:[A-Z][\w.’' ]{{1,30}}(?:, [A-Z][\w. ]{{1,20}})?"
    rf",? (?:{MONTHS})\w*\.? \d{{1,2}}(?:,? \d{{4}})?(?: \([^)]{{2,30}}\))?"
    rf"|[A-Z][\w.’' ]{{1,30}}(?:, [A-Z][\w. ]{{1,20}})? \([^)]{{2,30}}\)"
    r"|[A-Z][A-Z.’' ]{2,30}(?:, [A-Z][\w. ]{1,20})?)\s*(?::|[—–]|--| -)\s+(?=[A-Z“\"])"
)
# "1. The Threat of Arms: The discussions ...": the heading that runs into an item is no part of its sentence either.
RUN_IN = re.compile(r"\s*(?:\d{1,2}[.)]|[•*–-])\s+[^.:?!\n]{3,90}:\s+(?=[A-Z“\"])")
_RAW = tomllib.loads(Path(__file__).with_name("labels.toml").read_text(encoding="utf-8"))
QUESTIONERS, ANSWERERS = frozenset(_RAW["questioners"]), frozenset(_RAW["answerers"])
SPOKEN_TITLES, NOBODYS = frozenset(_RAW["titles"]), frozenset(_RAW["nobodys"])
MIN_SPEAKERS = 2


def find_leads(text: str, lines: Iterable[re.Match[str]]) -> dict[int, int]:
    """Return where the sentence of a line begins, by the start of the line, for lines that begin otherwise."""
    found = [
        lead
        for line in lines
        if (lead := DATELINE.match(text, line.start(), line.end()) or RUN_IN.match(text, line.start(), line.end()))
    ]
    labels = _labels(text, [lead.group().strip() for lead in found])
    return {lead.start(): lead.end() for lead in found if lead.group().strip() not in labels}


def _labels(text: str, leads: list[str]) -> set[str]:
    """Return the leads that are labels of speakers: they come back, or several in capitals stand before a colon."""
    back = {lead for lead in leads if text.count(lead) > 1}  # "MR. SMITH:", "QUESTION:"
    shouted = {lead for lead in leads if lead.isupper() and lead.endswith(":") and not speaks_for_nobody(lead)}
    shouted = {lead for lead in shouted if not _is_place(lead.partition(",")[0].rstrip(": "))}
    return back | (shouted if len(shouted) >= MIN_SPEAKERS else set())


def speaks_for_nobody(label: str) -> bool:
    """Return whether a label is no speaker's: "Verdict:", "PHOTO:", "Editor's note:"."""
    words = label.casefold().rstrip(":. ").split()
    return bool(words) and words[-1] in NOBODYS


@cache
def _is_place(name: str) -> bool:
    """Return whether a lead in capitals is a city or country that the gazetteer knows: "KYIV:"."""
    return name.title() in load_gazetteer().names
