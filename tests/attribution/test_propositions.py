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
    assert proposition.statement == "North Korea supplies weapons to Russia"
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
    ("text", "statement"),
    [
        pytest.param(
            "Alan Moss told the judges that his manager had shredded the ledgers.",
            "Alan Moss's manager had shredded the ledgers",
            id="his",
        ),
        pytest.param(
            "The cycling federation said its champion had failed.",
            "The cycling federation's champion had failed",
            id="its",
        ),
        pytest.param('"I am ready," Ruth Adler said.', "Ruth Adler is ready", id="i-am"),
        pytest.param('"I love this club," Leon Abara said.', "Leon Abara loves this club", id="i-love"),
        pytest.param('"We were never asked," Lila Grant said.', "We were never asked", id="we-of-one-person"),
        pytest.param(
            'Norway and Iceland said: "We are close to a text."',
            "Norway and Iceland are close to a text",
            id="we-of-two",
        ),
        pytest.param("Brasilia said the country had paid its share.", "Brazil had paid its share", id="the-country"),
        pytest.param(
            "Norway praised Iceland and said the country had paid.",
            "Iceland had paid",
            id="the-country-named-last",
        ),
        pytest.param(
            "Rita Sand and Joel Marks said they would open the books.",
            "Rita Sand and Joel Marks would open the books",
            id="they",
        ),
        pytest.param(
            "The White House said it was ready to help.",
            "The White House was ready to help",
            id="articled",
        ),
        pytest.param(
            "Tom Reed fired Ann Lewis. Lewis said he was hiding the reason.",
            "Tom Reed was hiding the reason",
            id="he-is-not-she",
        ),
        pytest.param("Boone said the mayor knew that he was ill.", "The mayor knew that he was ill", id="another-man"),
        pytest.param(
            "The agency said it was clear that the gate leaked.", "It was clear that the gate leaked", id="empty-it"
        ),
        pytest.param("China described it as a threat.", "It as a threat", id="it-is-another"),
        pytest.param("Iran denied supplying drones.", "Iran supplies drones", id="gerund"),
        pytest.param("The mayor said the States' ships were old.", "The States' ships were old", id="possessive"),
    ],
)
def test_names_stand_in(read: Callable[[str], Any], text: str, statement: str) -> None:
    assert read(text).spoken[-1].proposition.statement == statement


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
