import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.comparison.quantities import both_hold, match_numbers, without_additions
from tasks.model.claim import Quantity


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param("12 person", "30 person", False, id="apart"),
        pytest.param("12 person", "13 person", False, id="one-more"),
        pytest.param("10000+ soldier", "~11000 soldier", True, id="at-least-and-about"),
        pytest.param("10000+ soldier", "3000 soldier", False, id="below-at-least"),
        pytest.param("~100 tonne", "108 tonne", True, id="about"),
        pytest.param("2500000000 USD", "2540000000 USD", True, id="rounded"),
        pytest.param("101 person", "104 person", False, id="counted"),
        pytest.param("0 person", "0 person", True, id="nought"),
    ],
)
def test_can_both_hold(left: str, right: str, expected: bool, make_quantity: Callable[[str], Quantity]) -> None:
    assert both_hold(make_quantity(left), make_quantity(right)) is expected
    assert both_hold(make_quantity(right), make_quantity(left)) is expected


def test_the_best_fit_of_a_unit_counts(make_quantity: Callable[[str], Quantity]) -> None:
    left = [make_quantity("12 person"), make_quantity("40 person"), make_quantity("3 year")]
    right = [make_quantity("40 person"), make_quantity("5 year"), make_quantity("7 ship")]
    (match,) = match_numbers(left, right)
    assert (match.left.text, match.right.text, match.same, match.alone) == ("40", "40", True, False)


@pytest.mark.parametrize(
    ("statement", "kept"),
    [
        pytest.param("14 people were arrested", 1, id="plain"),
        pytest.param("Another 14 people were arrested", 0, id="another"),
        pytest.param("14 more people were arrested", 0, id="more"),
        pytest.param("More than 14 people were arrested", 1, id="more-than"),
        pytest.param("An additional 14 people were arrested", 0, id="additional"),
    ],
)
def test_numbers_on_top_of_others_are_left_aside(
    statement: str, kept: int, make_quantity: Callable[[str], Quantity]
) -> None:
    assert len(without_additions([make_quantity("14 person")], statement)) == kept


NUMBERS = st.floats(0, 1e12) | st.just(math.inf)


@given(first=NUMBERS, second=NUMBERS, approximate=st.booleans())
def test_a_number_always_fits_itself(first: float, second: float, approximate: bool) -> None:
    low, high = sorted((first, second))
    number = Quantity(low=low, high=high, unit="person", approximate=approximate, text="x")
    assert both_hold(number, number)
