from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "ids", "resolved"),
    [
        pytest.param("The Kremlin denied it sent arms.", ["body:kremlin", "state:RU"], True, id="seat-and-state"),
        pytest.param("Moscow said it sent nothing.", ["state:RU"], True, id="capital"),
        pytest.param("The DPRK said it tested a rocket.", ["state:KP"], True, id="abbreviation"),
        pytest.param("Seoul and Tokyo said they agreed.", ["state:KR", "state:JP"], True, id="joint"),
        pytest.param(
            "Antony Blinken arrived on Monday. Blinken said the talks went well.", ["person:antony-blinken"], True,
            id="surname",
        ),
        pytest.param(
            "South Korea's Foreign Minister Park Jin said the ties were close.", ["person:park-jin", "state:KR"], True,
            id="office-speaks-for-a-state",
        ),
        pytest.param(
            "Maria Lopez runs the port. She said the gate was shut.", ["person:maria-lopez"], True, id="pronoun",
        ),
        pytest.param("The NATO chief is away. NATO said it was ready.", ["body:nato"], True, id="body"),
    ],
)  # fmt: skip
def test_who_a_source_is(read: Callable[[str], Any], text: str, ids: list[str], resolved: bool) -> None:
    claim = read(text).spoken[-1]

    assert ([entity.id for entity in claim.entities], claim.resolved) == (ids, resolved)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("He said the talks had failed.", "he (unresolved)", id="nobody-before"),
        pytest.param(
            "John Miller met Peter Stone. Later he said the talks had failed.", "he (unresolved)", id="two-before",
            marks=pytest.mark.xfail(reason="the subject of the sentence before is taken for the speaker", strict=True),
        ),
    ],
)  # fmt: skip
def test_a_pronoun_that_cannot_be_known_stays_unresolved(read: Callable[[str], Any], text: str, name: str) -> None:
    claim = read(text).spoken[-1]

    assert ([entity.name for entity in claim.entities], claim.resolved) == ([name], False)


def test_nameless_people_of_two_articles_are_not_the_same(read: Callable[[str], Any]) -> None:
    one = read("Analysts said the deal was dead.").spoken[0]
    other = read("Analysts said the deal was alive.").spoken[0]

    assert one.entities[0].id != other.entities[0].id


def test_a_list_is_remembered_by_its_number(read: Callable[[str], Any]) -> None:
    text = "The United States, South Korea and Japan met. The three nations expressed concern about the arms."

    assert [entity.id for entity in read(text).spoken[-1].entities] == ["state:US", "state:KR", "state:JP"]


def test_a_name_inside_a_longer_name_is_not_meant(read: Callable[[str], Any]) -> None:
    claim = read("The Texas Department of State Health Services refuted the claim.").spoken[0]

    assert "state:US" not in [entity.id for entity in claim.entities]
