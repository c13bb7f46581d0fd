"""What sets two bare texts apart, as named numbers for the table of weights: contrasts, missing values, order."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from tasks.comparison.alternatives import OPPOSITE
from tasks.comparison.checking.words import compile_words, load_phrases
from tasks.comparison.contrasts import Contrast, Unit, find_contrasts, find_missing, lay_out, meets
from tasks.comparison.lexicon import load_lexicon
from tasks.comparison.texts import share

GROUPS = {
    "number": "number", "place in a row": "number", "year": "number", "weekday": "time", "month": "time",
    "season": "time", "time of day": "time", "country": "name", "nationality": "name", "city": "name",
    "opposite": "opposite",
}  # fmt: skip
OTHER = "alternative"
NAMES = ("number", "time", "name", "opposite", OTHER)
HELPERS = frozenset({"do", "does", "did"})
NEARLY = 0.8  # share of the rest from which a contrast is the whole difference


def group_of(kind: str) -> str:
    """Return the group that a kind of contrast is weighed in."""
    return GROUPS.get(kind, OTHER)


def differences_of(left: str, right: str) -> dict[str, float]:
    """Return the named features of what two texts differ in; each from 0 to 1."""
    one, other = lay_out(left), lay_out(right)
    contrasts = find_contrasts(left, right)
    found = dict.fromkeys((f"contrast of {name}" for name in NAMES), 0.0)
    found |= dict.fromkeys((f"contrast of {name} alone" for name in NAMES), 0.0)
    found["numbers that can both hold"] = float(meets(left, right))
    for contrast in contrasts:
        if contrast.kind == OPPOSITE and negated_once(contrast, (left, right), (one, other)):
            continue  # "not asleep" is awake
        name = f"contrast of {group_of(contrast.kind)}"
        found[name] = max(found[name], contrast.rest)
        found[f"{name} alone"] = max(found[f"{name} alone"], float(alone(contrast, one, other)))
    return found | _missing(left, right, one, other) | _order(one, other)


def alone(contrast: Contrast, one: Sequence[Unit], other: Sequence[Unit]) -> bool:
    """Return whether two texts of like length differ in nearly nothing but this contrast."""
    return contrast.rest >= NEARLY and min(len(one), len(other)) >= NEARLY * max(len(one), len(other))


def negated_once(contrast: Contrast, texts: tuple[str, str], sides: tuple[Sequence[Unit], Sequence[Unit]]) -> bool:
    """Return whether just one of two opposites is negated: "not asleep" is awake."""
    told = (contrast.left, contrast.right)
    counts = [
        count_negations(text, [unit for unit in side if unit.word != word])
        for text, side, word in zip(texts, sides, told, strict=True)
    ]
    return sum(counts) % 2 == 1


def count_negations(text: str, units: Sequence[Unit]) -> int:
    """Return how many of the words negate, without those that turn nothing ("not only", "no fewer than")."""
    negation = load_lexicon().texts["negation"]
    found = sum(unit.word in negation or negates(unit) for unit in units)
    return max(0, found - len(_idle().findall(text.casefold())))


@lru_cache(maxsize=1)
def _idle() -> re.Pattern[str]:
    return compile_words(load_phrases()["idle negations"])


def _missing(left: str, right: str, one: Sequence[Unit], other: Sequence[Unit]) -> dict[str, float]:
    """Return for each group how much of the right text the left covers, where a value of it is another there."""
    covered = share(frozenset(unit.stem for unit in other), frozenset(unit.stem for unit in one))
    found = dict.fromkeys((f"another {name}" for name in NAMES), 0.0)
    for _, value in find_missing(left, right):
        found[f"another {group_of(value.kind)}"] = covered
    return found


def _order(one: Sequence[Unit], other: Sequence[Unit]) -> dict[str, float]:
    """Return whether all words are the same but negations, and whether all are the same in another order."""
    negation = load_lexicon().texts["negation"]
    sides = [[unit for unit in side if unit.word not in HELPERS] for side in (one, other)]
    plain = [[unit.stem for unit in side if unit.word not in negation and not negates(unit)] for side in sides]
    negated = [len(side) - len(words) for side, words in zip(sides, plain, strict=True)]
    left, right = Counter(plain[0]), Counter(plain[1])
    apart = sum(((left - right) + (right - left)).values())
    same = bool(plain[0]) and apart == 0 and negated[0] == negated[1]
    said = min(len(plain[0]), len(plain[1])) > 1
    return {
        "negation alone": float(said and apart <= 1 and negated[0] % 2 != negated[1] % 2),
        "same words, other order": float(same and plain[0] != plain[1]),
    }


def negates(unit: Unit) -> bool:
    """Return whether a word holds a negation: "didn't"."""
    return unit.word.endswith("n't")
