import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.comparison.differences import differences_of


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param(
            "Three men sit there.",
            "Five men sit there.",
            {"contrast of number": 1.0, "contrast of number alone": 1.0, "another number": 0.75},
            id="number",
        ),
        pytest.param("He did not go home.", "He went home.", {"negation alone": 1.0}, id="did-not"),
        pytest.param("She isn't there.", "She is there.", {"negation alone": 1.0}, id="contracted"),
        pytest.param("No boats sank.", "Boats sank.", {"negation alone": 1.0}, id="no"),
        pytest.param("No, she never left.", "She left.", {}, id="two-negations"),
        pytest.param("The dog bit the man.", "The man bit the dog.", {"same words, other order": 1.0}, id="order"),
        pytest.param("It rained.", "It rained.", {}, id="same"),
        pytest.param("He is not awake.", "He is asleep.", {}, id="negated-opposite"),
        pytest.param("About 90 came.", "88 came.", {"numbers that can both hold": 1.0}, id="numbers-that-meet"),
        pytest.param("It rained all day.", "The bank was sold to a firm from Oslo.", {}, id="other-matter"),
    ],
)
def test_what_sets_two_texts_apart(left: str, right: str, expected: dict[str, float]) -> None:
    found = {name: value for name, value in differences_of(left, right).items() if value}
    assert found == pytest.approx(expected)


def test_a_contrast_in_a_long_text_is_not_alone() -> None:
    long = "The harbour town of Vell, where two ships burned last spring, has a mayor and a bridge."
    found = differences_of(long, "Six ships burned.")
    assert found["another number"] > 0
    assert found["contrast of number alone"] == 0.0


@given(left=st.text(max_size=60), right=st.text(max_size=60))
def test_the_names_are_always_the_same(left: str, right: str) -> None:
    found = differences_of(left, right)
    assert found.keys() == differences_of("", "").keys()
    assert all(0.0 <= value <= 1.0 for value in found.values())
