"""Numbers changed, written otherwise, widened and loosened; days, months, years and places in a row changed."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from training.stance.making.frames import SLOTS
from training.stance.making.pairs import AGREE, CONFLICT, NEUTRAL, OWN, Base, Bundle, agree, conflict, oneway, some

UNITS = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
# A figure before a plain word, a share or a sum: not "iPhone 6", "9/11", "2014", "1-0", "24th".
FIGURE = re.compile(
    r"(?<![\w.,/:#–-])(?P<sum>[$€£]?)(?P<figure>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?P<after>%| percent\b| per cent\b"
    r"| (?:million|billion|thousand)\b|(?= [a-z]{3,}s\b)| (?:people|men|women|children)\b|(?= kilos)"
    r"|(?<=[$€£\d]\d)(?= (?:for|in|to|from|on|by|of|a)\b))"
)
_RAW = tomllib.loads(Path(__file__).with_name("grammar.toml").read_text(encoding="utf-8"))["numbers"]
HEDGED = re.compile(rf"\b(?:{'|'.join(_RAW['hedged'])})\s*$", re.IGNORECASE)
SPAN = re.compile(r"\d\s*(?:-|–|to|and|or)\s*[$€£]?\d|\bone-time\b")
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")
ORDINAL = re.compile(
    rf"(?<=\b(?:the|his|her|its) )(?:{'|'.join(ORDINALS)})(?= (?!lady|amendment|class|of all|and\b|time\b|step)[a-z]+)"
)
DAY = re.compile(rf"(?<=\b[Oo]n )(?:{'|'.join(SLOTS['day'])})\b(?! (?:morning|night|evening|afternoon))")
MONTH = re.compile(rf"(?<=\b[Ii]n )(?:{'|'.join(SLOTS['month'])})\b(?! \d)")
YEAR = re.compile(r"(?<=\b[Ii]n )(?:19[5-9]|20[01])\d\b(?! and\b)")
COUNTED = re.compile(r" (?:[a-z]{3,}s|kilos)\b")
SMALL, WHOLE, TENTH = 100, 100.0, 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A number in a sentence: what stands before and after it, its value, its currency sign."""

    before: str
    after: str
    value: float
    coin: str

    def put(self, number: float, hedge: str = "") -> str:
        """Return the sentence with another number and with what loosens it."""
        return self.words(f"{hedge}{' ' if hedge else ''}{self.coin}{figures(number)}")

    def words(self, number: str) -> str:
        """Return the sentence with a number in words."""
        made = f"{self.before}{number}{self.after}"
        return made[:1].upper() + made[1:]

    @property
    def counted(self) -> bool:
        """Return whether things are counted, not shares or sums."""
        return not self.coin and not re.match(r"%| per| mi| bi| th", self.after)


def in_words(value: int) -> str:
    """Return a number below a hundred in words: "forty-two"."""
    if value < len(UNITS):
        return UNITS[value]
    tens, ones = divmod(value, 10)
    return TENS[tens - 2] + (f"-{UNITS[ones]}" if ones else "")


def figures(value: float) -> str:
    """Return a number in figures as newspapers write it."""
    return f"{value:,.1f}" if value != int(value) else f"{int(value):,}"


def rounded(value: float, keep: int) -> float:
    """Return a number rounded to so many figures."""
    return float(int(float(f"{value:.{max(0, keep - 1)}e}")))


def kept_figures(value: float) -> int:
    """Return how many figures of a whole number are not closing zeros."""
    return max(1, len(str(int(value)).rstrip("0")))


def other_value(place: Place, rng: Random, low: float = 1.25, high: float = 3.0) -> float:
    """Return a number that is clearly another one, above or below, and a share no greater than the whole."""
    value, factor = place.value, rng.uniform(low, high)
    up = rng.random() < 0.5 and not (_is_share(place) and value * factor >= WHOLE)  # noqa: PLR2004
    made = value * factor if up else value / factor
    made = round(made, 1) if value != int(value) else rounded(made, max(kept_figures(value), 1))
    return made if abs(made - value) > TENTH * value and made >= 1 else value + max(1.0, round(value * 0.4))


def find_place(text: str, rng: Random) -> Place | None:
    """Return a number of the sentence that may be changed, drawn where there are several."""
    places = [found for found in FIGURE.finditer(text) if not HEDGED.search(text[: found.start()])]
    if not places or SPAN.search(text):
        return None
    found = rng.choice(places)
    if not (found["after"] or found["sum"] or COUNTED.match(text[found.end() :])):
        return None
    value = float(found["figure"].replace(",", ""))
    if value < 2 or (found["figure"].isdigit() and 1900 <= value <= 2100):  # noqa: PLR2004  one is no plural; a year
        return None
    after = found["after"] + text[found.end() :]
    return Place(before=text[: found.start()], after=after, value=value, coin=found["sum"])


def make_number(base: Base, rng: Random) -> Iterator[Bundle]:
    """Yield a sentence against itself with the number changed, hedged or written otherwise."""
    place = find_place(base.text, rng)
    if place is not None and (base.clause is None or not base.clause.negated):
        yield some(rng, [*_changed(place, rng), *_hedged(place, rng)], 4)
        yield some(rng, [*_changed(place, rng), *_loose(place, rng), *_written(place, rng)], 3)


def _changed(place: Place, rng: Random) -> Bundle:
    return conflict(place.put(place.value), place.put(other_value(place, rng)))


def _is_share(place: Place) -> bool:
    return place.after.startswith(("%", " per"))


def _hedged(place: Place, rng: Random) -> Bundle:
    """Return the exact number against "at least", "at most" and a range."""
    exact, put = place.put(place.value), place.put
    high, low = (
        rounded(place.value * rng.uniform(1.2, 2) + 1, 2),
        max(1.0, rounded(place.value / rng.uniform(1.2, 2), 2)),
    )
    if _is_share(place) and high >= WHOLE:
        high = min(99.0, float(int(place.value) + 1))
    if not low < place.value < high:
        return []
    least, most = rng.choice(("at least", "more than", "over")), rng.choice(("no more than", "less than", "under"))
    if place.counted:
        least = rng.choice(("at least", "more than", "over", "no fewer than"))
        most = rng.choice(("no more than", "fewer than", "at most"))
    between = f"between {place.coin}{figures(low)} and"
    beyond = f"between {place.coin}{figures(high)} and"
    return [
        oneway(exact, put(low, least), AGREE), *conflict(exact, put(high, least)),
        oneway(put(low, least), exact, NEUTRAL), oneway(put(high, most), exact, NEUTRAL),
        oneway(exact, put(high, most), AGREE), *conflict(exact, put(low, most)),
        oneway(exact, put(high, between), AGREE), oneway(put(high, between), exact, NEUTRAL),
        *conflict(exact, put(high + max(1.0, rounded(high - low, 1)), beyond)),
        *conflict(put(high, least), put(low, most)),
        oneway(put(high, least), put(low, least), AGREE), oneway(put(low, most), put(high, most), AGREE),
    ]  # fmt: skip


def _loose(place: Place, rng: Random) -> Bundle:
    """Return the exact number against "about" and "nearly" with a round one."""
    exact, value = place.put(place.value), place.value
    about = rng.choice(("about", "around", "some", "roughly", "approximately"))
    near = rounded(value * rng.choice((0.97, 0.98, 1.02, 1.03)), 2) if value >= SMALL else value
    other = other_value(place, rng, 1.6)
    bundle = [*agree(place.put(near, about), exact), *conflict(place.put(other, about), exact)]
    above = rounded(value * 1.03, 2) if value >= SMALL else value + 1
    if value < above <= value * 1.06:
        nearly = rng.choice(("nearly", "almost", "close to", "just under"))
        bundle += [*agree(place.put(above, nearly), exact), *conflict(place.put(other, nearly), exact)]
    return bundle


def _written(place: Place, rng: Random) -> Bundle:
    """Return the number in words, or as a vague multitude, against figures."""
    exact, value = place.put(place.value), place.value
    if not place.counted:
        full = re.match(r" (million|billion)", place.after)
        if full is None or not place.coin:
            return []
        scale = {"million": 1e6, "billion": 1e9}[full[1]]
        long = place.words(f"{place.coin}{figures(value * scale)}").replace(full[0], "", 1)
        return [*agree(exact, long), *conflict(long, place.put(other_value(place, rng)))]
    if value != int(value):
        return []
    if value < SMALL:
        words, other = in_words(int(value)), place.put(other_value(place, rng))
        bundle = [*agree(place.words(words), exact), *conflict(place.words(words), other)]
        return bundle + [oneway(exact, place.words("dozens of"), AGREE)] * (value > 24)  # noqa: PLR2004
    many, fewer = ("hundreds of", "dozens of") if value < 1000 else ("thousands of", "dozens of")  # noqa: PLR2004
    return [oneway(exact, place.words(many), AGREE), oneway(place.words(many), exact, NEUTRAL),
            oneway(exact, place.words("no"), CONFLICT), oneway(place.words(fewer), exact, NEUTRAL)]  # fmt: skip


def make_date(base: Base, rng: Random) -> Iterator[Bundle]:
    """Yield a past event against itself on another day, in another month or year, or as another in a row."""
    clause = base.clause
    if clause is not None and (not clause.past or clause.modal or clause.negated):
        return
    drawn: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
        (DAY, tuple(SLOTS["day"])), (MONTH, tuple(SLOTS["month"])), (YEAR, tuple(SLOTS["year"])), (ORDINAL, ORDINALS),
    )  # fmt: skip
    for pattern, words in drawn:
        found = pattern.search(base.text)
        if found is None or (base.origin == OWN and not _is_exclusive(base, found[0])):
            continue
        swapped = rng.choice([word for word in words if word != found[0]])
        before, after = base.text[: found.start()], base.text[found.end() :]
        other = f"{before}{swapped}{after}"
        yield some(rng, conflict(base.text, other), 1)
        if pattern is not ORDINAL and " " in before.strip():
            short = re.sub(r"\s*\b[OoIi]n $", "", before) + after
            yield [oneway(base.text, short, AGREE), *some(rng, conflict(other, base.text), 1)]


def _is_exclusive(base: Base, word: str) -> bool:
    return any(mark.endswith("!") and filling == word for mark, filling in base.filled.items())
