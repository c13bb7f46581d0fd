"""Numbers as English writes them, in words and figures, and the words that widen or loosen them."""

import math
import re
from collections.abc import Sequence

SCALE = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0}
SHORT = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
ONES = {word: float(value) for value, word in enumerate(_UNITS.split())}
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
TENS = {word: 10.0 * number for number, word in enumerate(_TENS.split(), start=2)}
_FIRST = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_LATER = "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
ORDINALS = {word: float(value) for value, word in enumerate(f"{_FIRST} {_LATER}".split(), start=1)}
ORDINALS |= {f"{word.removesuffix('y')}ieth": value for word, value in TENS.items()} | {"hundredth": 100.0}
FIGURE = re.compile(r"(?P<figure>\d[\d,]*(?:\.\d+)?)(?P<short>k|m|mn|bn|tn)?$", re.IGNORECASE)
ORDINAL_FIGURE = re.compile(r"(?P<figure>\d+)(?:st|nd|rd|th)$", re.IGNORECASE)
CURRENCY = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
ABOUT = frozenset({"about", "around", "some", "nearly", "almost", "roughly", "approximately", "circa", "up"})
AT_LEAST = frozenset({"least", "over", "more", "above", "exceeding"})
AT_MOST = frozenset({"most", "under", "fewer", "less", "below"})
LOOK_BACK = 3  # words before a number that may loosen it


def spells_number(word: str) -> bool:
    """Return whether a word in small letters may be part of a number: "12", "twelve", "million", "4k"."""
    if word[:1].isdigit():
        return bool(FIGURE.match(word))
    return word in ONES or word in TENS or word.rstrip("s") in SCALE


def value_of(words: Sequence[str]) -> float | None:
    """Return the number that words in small letters spell, None where they spell none."""
    total, current = 0.0, 0.0
    for word in words:
        figure = FIGURE.match(word)
        if figure:
            current += float(figure["figure"].replace(",", "")) * SHORT.get((figure["short"] or "").lower(), 1.0)
        elif word in ONES or word in TENS:
            current += ONES.get(word, TENS.get(word, 0.0))
        elif word.rstrip("s") in SCALE:
            scale = SCALE[word.rstrip("s")]
            current = (current or 1.0) * scale
            if scale >= SCALE["thousand"]:
                total, current = total + current, 0.0
        elif word != "-":
            return None
    return total + current


def ordinal_of(word: str) -> float | None:
    """Return the place that a word in small letters names ("third", "21st"), None where it names none."""
    figure = ORDINAL_FIGURE.match(word)
    return float(figure["figure"]) if figure else ORDINALS.get(word)


def bounds(value: float, before: Sequence[str]) -> tuple[float, float]:
    """Return the lowest and the highest number that is meant, from the words before it: "at least", "no more than"."""
    if before[-3:-1] in (["no", "more"], ["not", "more"]) or before[-2:] in (["no", "more"], ["not", "more"]):
        return -math.inf, value
    if before[-3:-1] in (["no", "fewer"], ["no", "less"]) or set(before) & AT_LEAST:
        return value, math.inf
    if set(before) & AT_MOST or before[-2:] == ["up", "to"]:
        return -math.inf, value
    return value, value
