from collections.abc import Callable
from datetime import date
from math import inf
from typing import Any

import pytest

from tasks.model.claim import Role


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        pytest.param("Iran said it did not supply drones.", "Iran did not supply drones", id="it"),
        pytest.param('"I never touched the money," Smith said.', "Smith never touched the money", id="i"),
        pytest.param("North Korea and Russia denied any arms deals.", "Arms deals by North Korea and Russia", id="who"),
        pytest.param("Hungary rejected accusations that it misused funds.", "Hungary misused funds", id="peeled"),
        pytest.param("The vaccine, the company insists, is safe.", "The vaccine is safe", id="joined"),
    ],
)
def test_a_statement_stands_alone(read: Callable[[str], Any], text: str, statement: str) -> None:
    assert read(text).spoken[0].proposition.statement == statement


def test_denied_evidence_is_not_the_thing_denied(read: Callable[[str], Any]) -> None:
    text = "Notably, the Kremlin has denied any evidence of North Korea supplying weapons to Russia."
    proposition = read(text).spoken[0].proposition

    assert proposition.evidence
    assert proposition.statement == "North Korea supplying weapons to Russia"
    assert proposition.core == "supplying weapons"


def test_who_does_it_to_whom(read: Callable[[str], Any]) -> None:
    claim = read("Kyiv said that Russia attacked Poland.").spoken[0]
    roles = {party.entity.id: party.role for party in claim.proposition.parties}

    assert roles == {"state:RU": Role.AGENT, "state:PL": Role.PATIENT}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("12 people were killed", (12, 12, "people", False), id="figure"),
        pytest.param("at least 12 people were killed", (12, inf, "people", False), id="at-least"),
        pytest.param("about 11,000 soldiers arrived", (11_000, 11_000, "soldier", True), id="about"),
        pytest.param("fewer than 300 tonnes burned", (-inf, 300, "tonne", False), id="fewer-than"),
        pytest.param("fifty thousand people fled", (50_000, 50_000, "people", False), id="words"),
        pytest.param("it cost $1.5 billion", (1.5e9, 1.5e9, "USD", False), id="money"),
        pytest.param("prices rose 4 percent", (4, 4, "percent", False), id="percent"),
    ],
)
def test_quantities(read: Callable[[str], Any], words: str, expected: tuple[float, float, str, bool]) -> None:
    (quantity,) = read(f"Police said {words}.").spoken[0].proposition.quantities

    assert (quantity.low, quantity.high, quantity.unit, quantity.approximate) == expected


@pytest.mark.parametrize("words", ["the two leaders met", "a two-pronged plan failed", "Flight 17 crashed"])
def test_numbers_that_count_nothing(read: Callable[[str], Any], words: str) -> None:
    assert read(f"Police said {words}.").spoken[0].proposition.quantities == ()


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        pytest.param("in 2019", date(2019, 1, 1), date(2019, 12, 31), id="year"),
        pytest.param("in March 2022", date(2022, 3, 1), date(2022, 3, 31), id="month"),
        pytest.param("on Monday", date(2025, 3, 3), date(2025, 3, 3), id="weekday-before-publication"),
        pytest.param("on Tuesday", date(2025, 3, 4), date(2025, 3, 4), id="weekday-of-publication"),
        pytest.param("yesterday", date(2025, 3, 3), date(2025, 3, 3), id="yesterday"),
    ],
)
def test_times(read: Callable[[str], Any], words: str, start: date, end: date) -> None:
    (time,) = read(f"The mayor said that the bridge collapsed {words}.").spoken[0].proposition.times

    assert (time.start, time.end) == (start, end)


def test_a_forecast(read: Callable[[str], Any]) -> None:
    assert read("The bank said that prices will rise.").spoken[0].proposition.forecast
    assert not read("The bank said that prices rose.").spoken[0].proposition.forecast


@pytest.mark.parametrize(
    "denial",
    [
        "Moscow denies it.",
        "Moscow rejected the accusation.",
        "Moscow called that report false.",
        "Moscow rejected that.",
    ],
)
def test_a_denial_that_points_back_is_about_the_claim_before(read: Callable[[str], Any], denial: str) -> None:
    claim, answer = read(f"Kyiv said that Russia had shelled a hospital. {denial}").spoken

    assert answer.proposition == claim.proposition
    assert (claim.position, answer.position) == ("for", "against")
