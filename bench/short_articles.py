"""Short articles to make a long run with: small events, each told by five outlets, of which the last one denies it."""

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
    ("closed the {thing} in {town}", "closing the {thing} in {town}"),
    ("dumped {count} barrels of oil near {town}", "dumping any oil near {town}"),
    ("paid {count} thousand crowns to the council of {town}", "paying the council of {town}"),
    ("dismissed {count} workers of the {thing} in {town}", "dismissing workers of the {thing} in {town}"),
    ("sold the {thing} in {town} to a foreign buyer", "selling the {thing} in {town}"),
)
THINGS = ("harbour", "paper mill", "hospital", "quarry", "power station", "brewery", "airfield", "school")


def write_articles(wanted: int, folder: Path) -> None:
    """Write so many articles into a folder, a thousand to a folder beneath it; the same ones each time."""
    for number in range(wanted):
        place = folder / f"{number // 1000:03}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:06}.txt").write_text("\n".join(lines_of(number)) + "\n", encoding="utf-8")


def lines_of(number: int) -> Iterator[str]:
    """Yield the lines of an article: its header, then three sentences that attribute and one that does not."""
    event, teller = divmod(number, TELLERS)
    dice = random.Random(event)  # noqa: S311  (the same articles in every run)
    firm, person, minister, town = (name(dice) for _ in range(4))
    deed, undone = (
        form.format(thing=THINGS[event % len(THINGS)], town=town, count=dice.randrange(20, 900))
        for form in DEEDS[event % len(DEEDS)]
    )
    own = random.Random(-1 - number)  # noqa: S311
    witness, days = name(own), own.randrange(2, 60)
    told = FIRST + timedelta(days=event % DAYS)
    yield from (f"title: {firm} and {town}, report {number}", f"url: https://desk{number % OUTLETS}.example/{number}")
    yield from (f"outlet: Desk {number % OUTLETS}", f"published: {told:%Y-%m-%d}T{6 + teller:02}:00:00Z", "")
    if teller == TELLERS - 1:
        yield f"{firm} Works denied {undone}. Its director {person} {name(dice)} rejected the charge on Friday."
    else:
        yield f"{firm} Works {deed}, Minister {minister} {name(dice)} said on Thursday."
    yield f"Resident {witness} {name(own)} said that the matter had occupied {town} for {days} days."
    yield f"The council of {town} meets again next week."


def name(dice: random.Random) -> str:
    """Return an invented name."""
    return "".join(dice.sample(SYLLABLES, 3)).capitalize()
