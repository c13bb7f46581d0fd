"""Articles of our own making beside their statements: frames filled with matters, each with its stance."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tasks.comparison.checking.stance import Stance

FILE = Path(__file__).with_name("made.toml")
TURNED = {Stance.SUPPORTS: Stance.DENIES, Stance.DENIES: Stance.SUPPORTS, Stance.REPORTS: Stance.REPORTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One statement, one article that was made for it, its outlet where that is a party, and its stance."""

    statement: str
    text: str
    outlet: str
    stance: Stance
    topic: str


def make_articles() -> Iterator[Made]:
    """Yield each frame filled with each matter, and for those that speak plainly the contrary statement too."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    for matter in table["matter"]:
        for frame in table["frame"]:
            text = frame["text"].format_map(matter)
            text = text[0].upper() + text[1:]
            outlet = matter[frame["outlet"]] if "outlet" in frame else ""
            stance, topic = Stance(frame["stance"]), f"made: {matter['claim']}"
            yield Made(statement=matter["claim"], text=text, outlet=outlet, stance=stance, topic=topic)
            if stance is not Stance.REPORTS:
                turned = TURNED[stance]
                yield Made(statement=matter["negated"], text=text, outlet=outlet, stance=turned, topic=topic)
