"""Names changed in a slot that holds one alone; other deeds of the same; places known to lie in one another."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from random import Random

from training.stance.making.clause import sentence, swap_voice
from training.stance.making.frames import FRAMES, SLOTS, draw, fill, make_base, put
from training.stance.making.negation import pairs_of_opposites
from training.stance.making.pairs import AGREE, CONFLICT, NEUTRAL, OWN, Base, Bundle, both, conflict, oneway, some
from training.stance.making.shells import spoken

_RAW = tomllib.loads(Path(__file__).with_name("roles.toml").read_text(encoding="utf-8"))
EXCLUSIVE: list[str] = _RAW["exclusive"]
SHARED: list[str] = _RAW["shared"]
LIES_IN: dict[str, str] = _RAW["lies_in"]
TIMES = ("day", "month", "year", "n")
# Whose deed another may do as well: the one sentence then says nothing of the other.
ANYBODY = re.compile(r"(?:Shares in |Sales at |The army of |The economy of )?\{(company|country)\}$")
ALONE = frozenset({"win", "buy", "hire", "lead"})


def kind_of(mark: str) -> str:
    """Return what fills a slot: "city" for "city2!"."""
    return re.sub(r"\d*!?$", "", mark)


def make_name(base: Base, rng: Random) -> Iterator[Bundle]:
    """Yield an invented sentence against itself with another name in an exclusive slot."""
    marks = [mark for mark in base.filled if mark.endswith("!") and kind_of(mark) not in TIMES]
    if base.origin != OWN or base.clause is None or not marks:
        return
    mark = rng.choice(marks)
    other = make_base(base.frame, base.filled | {mark: draw(kind_of(mark), "", rng, tuple(base.filled.values()))})
    passive = swap_voice(base.clause) if not base.clause.object.startswith("its ") else None
    same = sentence(passive) if passive is not None else base.text
    yield [
        *some(rng, conflict(base.text, other.text), 1),
        oneway(other.text, same, CONFLICT),
        oneway(same, base.text, AGREE),
    ]


def make_subject(base: Base, rng: Random) -> Iterator[Bundle]:
    """Yield the same deed of another company or country, which may be as well."""
    who = ANYBODY.match(str(base.frame.get("s", "")))
    if base.origin != OWN or base.clause is None or who is None or base.clause.lemma in ALONE:
        return
    other = make_base(base.frame, base.filled | {who[1]: draw(who[1], "", rng, tuple(base.filled.values()))})
    yield some(rng, both(base.text, other.text, NEUTRAL), 1)


def make_same_party(base: Base, rng: Random) -> Iterator[Bundle]:
    """Yield another deed of the same party, positive or negated: a shared name makes neither agreement nor conflict."""
    slots = re.findall(r"\{[a-z]+\}", str(base.frame.get("s", "")))
    if base.origin != OWN or not slots:
        return
    others = [frame for frame in FRAMES if frame["s"] == base.frame["s"] and frame["v"] != base.frame["v"]]
    if not others:
        return
    frame = rng.choice(others)
    other = make_base(
        frame, fill(frame, rng) | {key: value for key, value in base.filled.items() if f"{{{key}}}" in slots}
    )
    left, right = pairs_of_opposites(base, rng), pairs_of_opposites(other, rng)
    if left is not None and right is not None:
        yield some(rng, both(rng.choice(left), rng.choice(right), NEUTRAL), 1)


def make_place(base: Base, rng: Random) -> Iterator[Bundle]:
    """Yield a town against the country it lies in, and against another country."""
    mark = next((mark for mark in base.filled if kind_of(mark) == "city"), None)
    town = base.filled.get(mark or "", "")
    if base.origin != OWN or mark is None or not re.search(rf"\bin {town}\b", base.text):
        return
    land = LIES_IN[town]
    wide, found = base.text.replace(town, land), pairs_of_opposites(base, rng)
    bundle = [oneway(base.text, wide, AGREE), oneway(wide, base.text, NEUTRAL)]
    if mark.endswith("!"):
        other = rng.choice([name for name in SLOTS["country"] if name != land])
        bundle += conflict(base.text, base.text.replace(town, other))
    if found is not None:
        bundle.append(oneway(found[1], wide, NEUTRAL))
    yield some(rng, bundle, 3)


def draw_facts(number: int, rng: Random) -> Iterator[Bundle]:
    """Yield what can be true of one alone, and beside it what may be true of two."""
    for _ in range(number):
        one, other = _two_fillings(rng.choice(EXCLUSIVE), rng)
        yield some(rng, [*conflict(one, other), oneway(spoken(rng, "after", one, named=True), one, AGREE)], 2)
        one, other = _two_fillings(rng.choice(SHARED), rng)
        yield some(rng, both(one, other, NEUTRAL), 1)


def _two_fillings(shape: str, rng: Random) -> tuple[str, str]:
    """Return a sentence twice, its marked slot filled otherwise."""
    filled = fill({"s": shape}, rng)
    mark = next(key for key in filled if key.endswith("!"))
    number = re.sub(r"\D", "", mark) if mark[0] == "n" and mark[1].isdigit() else ""
    name = "n" if number else kind_of(mark)
    return put(shape, filled), put(shape, filled | {mark: draw(name, number, rng, tuple(filled.values()))})
