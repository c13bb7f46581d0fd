"""Contrasts: two texts laid side by side, and where they part with a number, a name or a word against its opposite.

A small model overlooks that "two" became "three" or "Peru" became "Chile", since all the rest is the same. So the texts
are aligned word by word, and each place where one has something else than the other is looked up in tables.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import product

from tasks.comparison.alternatives import Alternatives, load_alternatives
from tasks.comparison.quantities import both_hold
from tasks.comparison.remembered import remembered
from tasks.comparison.texts import stem
from tasks.model.claim import Quantity
from tasks.model.numerals import ABOUT, LOOK_BACK, SCALE, TENS, bounds, ordinal_of, spells_number, value_of

_TOKEN = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?(?:[A-Za-z]{1,2}\b)?|[^\W\d_]+(?:['\u2019][^\W\d_]+)?|[$€£¥%]")
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")
_PERCENT = re.compile(r"\bper ?cent\b", re.IGNORECASE)
LONGEST = 4  # words that may stand on either side of one contrast
LONGEST_NAME = 5  # words
LONGEST_THING = 2  # words
YEARS = (1000.0, 2100.0)
MAY = "May"
MANY = frozenset(f"{scale}s" for scale in SCALE)  # "hundreds": that many, or more


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """Something in a text that could have been another of its kind: a number, a country, a day, a colour."""

    kind: str
    key: str  # what it is, in one spelling; "" for numbers, which are ranges
    quantity: Quantity | None
    text: str
    start: int  # half-open range of words
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """One place where two texts have different things of one kind, and how alike they are besides (0 to 1)."""

    kind: str
    left: str
    right: str
    rest: float

    @property
    def reason(self) -> str:
        """Return the contrast in plain words."""
        return f"{self.kind}: {self.left} against {self.right}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One word, or the words of one value, which are never torn apart."""

    word: str  # in small letters
    stem: str
    value: Value | None = None


@remembered(4096)
def lay_out(text: str) -> tuple[Unit, ...]:
    """Return the words and values of a text in their order."""
    plain = _DOTTED.sub(lambda match: match.group().replace(".", ""), text.replace("\u2019", "'"))
    tokens = tuple(_TOKEN.findall(_PERCENT.sub("%", plain)))
    words = tuple(map(str.casefold, tokens))
    tables = load_alternatives()
    starting = {value.start: value for value in _values(tokens, words, tables)}
    units, at = [], 0
    while at < len(words):
        value = starting.get(at)
        end = value.end if value is not None else at + 1
        word = " ".join(words[at:end])
        named = f"{value.kind} {value.key}" if value is not None and value.key else word
        base = named if value is not None else stem(tables.irregular.get(word, word))
        units.append(Unit(word=word, stem=base, value=value))
        at = end
    return tuple(units)


def _values(tokens: Sequence[str], words: Sequence[str], tables: Alternatives) -> Iterator[Value]:
    at = 0
    while at < len(tokens):
        value = _number(words, at) or _nation(tokens, at, tables) or _thing(tokens, words, at, tables)
        if value is not None:
            yield value
        at = value.end if value is not None else at + 1


def _number(words: Sequence[str], at: int) -> Value | None:
    place = _place_in_a_row(words, at)
    if place is not None:
        return place
    end = at
    while end < len(words) and spells_number(words[end]):
        end += 1
    number = value_of(words[at:end]) if end > at else None
    if number is None:
        return None
    before = list(words[max(0, at - LOOK_BACK) : at])
    low, high = bounds(number, before) if words[end - 1] not in MANY else (number, math.inf)
    text = " ".join(words[at:end])
    year = low == high and YEARS[0] <= number < YEARS[1] and text.isdigit()
    unit = "percent" if tuple(words[end : end + 1]) == ("%",) else ""
    quantity = Quantity(low=low, high=high, unit=unit, approximate=bool(set(before) & ABOUT), text=text)
    kind = "year" if year else "number"
    return Value(kind=kind, key=text if year else "", quantity=None if year else quantity, text=text, start=at, end=end)


def _place_in_a_row(words: Sequence[str], at: int) -> Value | None:
    """Return an ordinal that begins at a place: "third", "21st", "twenty-first"."""
    tens = TENS.get(words[at], 0.0)
    last = at + 1 if tens and at + 1 < len(words) else at
    number = ordinal_of(words[last])
    if number is None or (tens and number >= TENS["twenty"] / 2):
        return None
    text = " ".join(words[at : last + 1])
    return Value(kind="place in a row", key=str(tens + number), quantity=None, text=text, start=at, end=last + 1)


def _nation(tokens: Sequence[str], at: int, tables: Alternatives) -> Value | None:
    """Return the longest name of a country, a nationality or a capital that begins at a place."""
    if not tokens[at][0].isupper():
        return None
    for end in range(min(len(tokens), at + LONGEST_NAME), at, -1):
        names = tuple(tokens[at:end])
        found = tables.nations.get(names) or tables.nations.get((*names[:-1], names[-1].removesuffix("'s")))
        if found is not None:
            return Value(kind=found[0], key=found[1], quantity=None, text=" ".join(names), start=at, end=end)
    return None


def _thing(tokens: Sequence[str], words: Sequence[str], at: int, tables: Alternatives) -> Value | None:
    """Return the longest name of a month, a colour, a room and so on that begins at a place."""
    if tokens[at] == MAY:  # in small letters it is no month
        return Value(kind="month", key="may", quantity=None, text=MAY, start=at, end=at + 1)
    for end in range(min(len(tokens), at + LONGEST_THING), at, -1):
        for lemma in sorted(tables.lemmas(words[end - 1])):
            found = tables.kinds.get((*words[at : end - 1], lemma))
            if found is not None:
                text = " ".join(tokens[at:end])
                return Value(kind=found[0], key=found[1], quantity=None, text=text, start=at, end=end)
    return None


def exclude(left: Value, right: Value) -> bool:
    """Return whether two values are of one kind and only one of them can be right in one place."""
    if left.kind != right.kind:
        return False
    if left.quantity is not None and right.quantity is not None:
        return left.quantity.unit == right.quantity.unit and not both_hold(left.quantity, right.quantity)
    ones, others = set(left.key.split()), set(right.key.split())
    return not (ones <= others or others <= ones)  # "juice" may be orange juice


def find_contrasts(left: str, right: str) -> list[Contrast]:
    """Return where two texts part, first to last; the order of the texts makes no difference but in the words."""
    one, other = lay_out(left), lay_out(right)
    matcher = SequenceMatcher(None, [unit.stem for unit in one], [unit.stem for unit in other], autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    found: list[Contrast] = []
    for step, left_start, left_end, right_start, right_end in matcher.get_opcodes():
        mine, yours = one[left_start:left_end], other[right_start:right_end]
        if step == "replace" and max(len(mine), len(yours)) <= LONGEST:
            shorter = min(len(one) - len(mine), len(other) - len(yours))
            rest = min(1.0, same / shorter) if shorter > 0 else 0.0
            found.extend(_contrasts(mine, yours, rest))
    return found


def _contrasts(mine: Sequence[Unit], yours: Sequence[Unit], rest: float) -> Iterator[Contrast]:
    """Yield the first pair that excludes each other in two stretches that stand in one place."""
    tables = load_alternatives()
    for one, other in product(mine, yours):
        if one.value is not None and other.value is not None:
            kind = one.value.kind if exclude(one.value, other.value) else ""
        else:
            kind = tables.between(one.word, other.word)
        if kind:
            yield Contrast(kind=kind, left=_text(one), right=_text(other), rest=rest)
            return


def _text(unit: Unit) -> str:
    return unit.value.text if unit.value is not None else unit.word


def find_missing(left: str, right: str) -> list[tuple[Value, Value]]:
    """Return for each value of the right text that the left lacks, though it has others of the kind, such a pair."""
    ones, others = _followed(lay_out(left)), _followed(lay_out(right))
    found = []
    for value, counted in others:
        alike = [
            mine
            for mine, mine_counted in ones
            if mine.kind == value.kind and (value.quantity is None or counted == mine_counted)
        ]
        if alike and all(exclude(mine, value) for mine in alike):
            found.append((alike[0], value))
    return found


def meets(left: str, right: str) -> bool:
    """Return whether each number of the right text is written otherwise in the left, and can hold there."""
    ones, others = (
        [(value, after) for value, after in _followed(lay_out(text)) if value.quantity is not None]
        for text in (left, right)
    )
    return bool(others) and all(
        any(after == counted and value.text != mine.text and not exclude(mine, value) for mine, after in ones)
        for value, counted in others
    )


def _followed(units: Sequence[Unit]) -> list[tuple[Value, str]]:
    """Return each value with the word behind it, which tells what a number counts."""
    following = (*(unit.stem for unit in units[1:]), "")
    return [(unit.value, after) for unit, after in zip(units, following, strict=False) if unit.value is not None]
