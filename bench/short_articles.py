"""Short articles to make a long run with: small events, each told by five outlets, of which the last one denies it.

Deeds, things and remarks come in many combinations, and each names its town, so that two events share hardly a
sentence: in real news little is said twice in the same words, and whatever is would be read by the judge pair by pair.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from bench.articles import SYLLABLES

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
    "said that {number} windows of the {other} of {town} had rattled that night",
    "said the smell of diesel had reached the {other} of {town} before dawn",
    "told reporters that nobody from the {other} of {town} had been asked",
    "said that rents around the {other} of {town} would double within {number} months",
    "said {number} lorries had left for the {other} of {town} on one evening",
    "complained that the dogs at the {other} of {town} barked for {number} hours",
    "said the choir of the {other} of {town} would sing for the families",
    "said that her brother lost {number} crowns in a bet about the {other} of {town}",
    "told a radio station that the road to the {other} of {town} was icy",
    "said the mayor had promised {number} jobs at the {other} of {town} in spring",
    "said that pupils painted the gate of the {other} of {town} yellow",
    "said a priest had blessed the {other} of {town} with {number} candles",
)
CLOSINGS = (
    "The council of {town} meets again next week.",
    "Trains to {town} ran {number} minutes late.",
    "{town} has had no newspaper of its own since the flood.",
    "Rain is expected in {town} until the weekend.",
    "The bakery of {town} stayed open through the night.",
)


def write_articles(wanted: int, folder: Path) -> None:
    """Write so many articles into a folder, a thousand to a folder beneath it; the same ones each time."""
    for number in range(wanted):
        place = folder / f"{number // 1000:03}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:06}.txt").write_text("\n".join(lines_of(number)) + "\n", encoding="utf-8")


def lines_of(number: int) -> Iterator[str]:
    """Yield the lines of an article: its header, then what was done or is denied, a remark, and a line of its own."""
    event, teller = divmod(number, TELLERS)
    dice, own = random.Random(event), random.Random(-1 - number)  # noqa: S311  (the same articles in every run)
    firm, person, minister, town = (name(dice) for _ in range(4))
    (deed, doing), thing = dice.choice(DEEDS), dice.choice(THINGS)
    told = FIRST + timedelta(days=event % DAYS)
    yield from (
        f"title: {firm} and the {thing}, report {number}",
        f"url: https://desk{number % OUTLETS}.example/{number}",
    )
    yield from (f"outlet: Desk {number % OUTLETS}", f"published: {told:%Y-%m-%d}T{6 + teller:02}:00:00Z", "")
    if teller == TELLERS - 1:
        yield f"{firm} Works denied {doing} the {thing} in {town}. Director {person} {name(dice)} rejected the charge."
    else:
        yield f"{firm} Works {deed} the {thing} in {town}, Minister {minister} {name(dice)} said on Thursday."
    said = own.choice(REMARKS).format(other=own.choice(THINGS), town=town, number=own.randrange(2, 90))
    yield f"{name(own)} {name(own)}, who lives there, {said}."
    yield own.choice(CLOSINGS).format(town=town, number=own.randrange(2, 90))


def name(dice: random.Random) -> str:
    """Return an invented name."""
    return "".join(dice.sample(SYLLABLES, 3)).capitalize()
