"""Numbers of two claims: can both hold?"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.model.claim import Quantity

ABOUT = 0.10  # how far "about 11,000" may be from the number, as a share of it
ROUNDED = 0.03  # the same for two exact numbers of which one is rounded: "2.5 billion" and "2.54 billion"
COARSE = 0.05  # the same where the rounded one shows a single figure: "2,000" and "2,084"
MORE = r"\b(?:more|another|additional|further|extra|others?)\b"
# Units that count so many things in one sentence that two claims rarely mean the same one.
LOOSE_UNITS = frozenset({"", "year", "month", "week", "day", "hour", "minute", "second", "time", "o'clock", "decade"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberMatch:
    """Two numbers of one unit: whether both can hold, and whether they are the same."""

    left: Quantity
    right: Quantity
    both_hold: bool
    same: bool
    alone: bool  # each side has one number of this unit, so that it is clear which is meant


def widened(quantity: Quantity) -> tuple[float, float]:
    """Return the range that a number allows, with room for "about" and for rounding."""
    share = ABOUT if quantity.approximate else rounding(quantity)
    low = quantity.low - abs(quantity.low) * share if math.isfinite(quantity.low) else quantity.low
    high = quantity.high + abs(quantity.high) * share if math.isfinite(quantity.high) else quantity.high
    return low, high


def rounding(quantity: Quantity) -> float:
    """Return how far the exact number may lie, as a share of this one: 0 where more than two of its figures count.

    What is below a hundred has not been rounded: people count so far.
    """
    number = abs(quantity.low)
    if not math.isfinite(number) or number < 100:  # noqa: PLR2004
        return 0.0
    if math.isclose(number, float(f"{number:.0e}"), rel_tol=1e-9):
        return COARSE
    return ROUNDED if math.isclose(number, float(f"{number:.1e}"), rel_tol=1e-9) else 0.0


def both_hold(left: Quantity, right: Quantity) -> bool:
    """Return whether the ranges of two numbers meet."""
    left_low, left_high = widened(left)
    right_low, right_high = widened(right)
    return left_low <= right_high and right_low <= left_high


def same_number(left: Quantity, right: Quantity) -> bool:
    """Return whether two numbers give the same range."""
    return (left.low, left.high) == (right.low, right.high)


def without_additions(quantities: Sequence[Quantity], statement: str) -> tuple[Quantity, ...]:
    """Return the numbers less those that come on top of others: "14 more", "another 60"."""
    return tuple(
        item
        for item in quantities
        if not re.search(rf"{MORE}\s+{re.escape(item.text)}|{re.escape(item.text)}\s+{MORE}", statement, re.IGNORECASE)
        and not re.search(MORE, item.text, re.IGNORECASE)
    )


def match_numbers(left: Sequence[Quantity], right: Sequence[Quantity]) -> tuple[NumberMatch, ...]:
    """Return for each unit that both claims count the pair of numbers that fits best.

    "12 dead and 30 injured" holds two numbers of people: only where none of them fits do the claims differ.
    """
    matches = []
    for unit in sorted({item.unit for item in left} & {item.unit for item in right} - LOOSE_UNITS):
        ones, others = ([item for item in side if item.unit == unit] for side in (left, right))
        alone = len(ones) == len(others) == 1
        pairs = [
            NumberMatch(
                left=one, right=other, both_hold=both_hold(one, other), same=same_number(one, other), alone=alone
            )
            for one in ones
            for other in others
        ]
        matches.append(max(pairs, key=lambda pair: (pair.same, pair.both_hold)))
    return tuple(matches)
