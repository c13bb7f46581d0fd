"""Short articles to make a long run with: small events, each told by five outlets, of which the last one denies it.

Deeds, remarks and the nouns in them come in many combinations, so that two events share hardly a sentence: in real news
little is said twice in the same words, and whatever is would be read by the judge pair by pair.
"""

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from bench.articles import SYLLABLES
from tasks.settings import ROOT

TELLERS = 5  # articles of one event
OUTLETS = 40
FIRST = date(2024, 1, 1)
DAYS = 365  # over which the events lie: with a window of 30 days a sixth of what is stored is in it
DEEDS = (
    ("closed", "closing"), ("sold", "selling"), ("flooded", "flooding"), ("fenced off", "fencing off"),
    ("poisoned", "poisoning"), ("burned down", "burning down"), ("emptied", "emptying"), ("mined", "mining"),
    ("rented out", "renting out"), ("searched", "searching"), ("insured", "insuring"), ("demolished", "demolishing"),
    ("photographed", "photographing"), ("overcharged", "overcharging"), ("abandoned", "abandoning"),
)  # fmt: skip
THINGS = (
    "harbour", "paper mill", "hospital", "quarry", "power station", "brewery", "airfield", "school", "archive",
    "reservoir", "tram depot", "vineyard", "prison", "lighthouse", "fish market", "opera house", "tannery", "orchard",
)  # fmt: skip
REMARKS = (
    "said that {one} had been seen beside the {two} on {number} mornings",
    "told reporters that nobody had asked about the {one}, the {two} or the {three}",
    "said that the {one} smelled of {two} and cost {number} crowns",
    "complained that {number} lorries with {one} blocked the {two}",
    "said the {one} would be turned into a {two} within {number} months",
    "said that her brother had lost a {one} in a bet about the {two}",
    "told a radio station that the {one} kept the {two} awake",
    "said pupils had painted the {one} like a {two}",
)
CLOSINGS = (
    "A {one} and {number} {two} crates stood in the rain of {town}.",
    "The {one} of {town} is known for its {two}.",
    "Trains to {town} ran {number} minutes late, since a {one} lay on the {two}.",
    "{town} has had no {one} of its own since the {two} of that winter.",
)
WORDS = json.loads((ROOT / "tasks" / "attribution" / "things.json").read_text(encoding="utf-8"))["things"]
NOUNS = [word for line in WORDS for word in line.split() if "_" not in word]


def write_articles(wanted: int, folder: Path, parts: int = 1) -> None:
    """Write so many articles into a folder, a thousand to a folder beneath it; the same ones each time.

    With more parts an article tells of as many events, and is as long as one of a paper: eight make some 350 words.
    """
    for number in range(wanted):
        place = folder / f"{number // 1000:03}"
        place.mkdir(parents=True, exist_ok=True)
        lines = [*header_of(number), *(line for part in range(parts) for line in lines_of(number, part))]
        (place / f"{number:06}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def header_of(number: int) -> Iterator[str]:
    """Yield the lines before the text of an article."""
    event, teller = divmod(number, TELLERS)
    told = FIRST + timedelta(days=event % DAYS)
    yield from (f"title: Report {number}", f"url: https://desk{number % OUTLETS}.example/{number}")
    yield from (f"outlet: Desk {number % OUTLETS}", f"published: {told:%Y-%m-%d}T{6 + teller:02}:00:00Z", "")


def lines_of(number: int, part: int) -> Iterator[str]:
    """Yield what an article tells of one event: what was done or is denied, a remark, and a line of its own."""
    event, teller = divmod(number, TELLERS)
    dice = random.Random(f"{event} {part}")  # noqa: S311  (the same articles in every run)
    own = random.Random(f"{number} {part} own")  # noqa: S311
    firm, person, minister, town = (name(dice) for _ in range(4))
    (deed, doing), thing = dice.choice(DEEDS), dice.choice(THINGS)
    if teller == TELLERS - 1:
        yield f"{firm} Works denied {doing} the {thing} in {town}. Director {person} {name(dice)} rejected the charge."
    else:
        yield f"{firm} Works {deed} the {thing} in {town}, Minister {minister} {name(dice)} said on Thursday."
    one, two, three = own.sample(NOUNS, 3)
    words = {"one": one, "two": two, "three": three, "town": town, "number": own.randrange(2, 90)}
    yield f"{name(own)} {name(own)}, a {own.choice(NOUNS)} there, {own.choice(REMARKS).format(**words)}."
    yield f"{own.choice(CLOSINGS).format(**words)}\n"


def name(dice: random.Random) -> str:
    """Return an invented name."""
    return "".join(dice.sample(SYLLABLES, 3)).capitalize()
