from collections.abc import Callable
from typing import Any

import pytest

from tasks.model.claim import Voice


def outlets_words(found: Any) -> list[str]:
    return [found.content(claim) for claim in found.claims if claim.voice is Voice.OUTLET]


@pytest.mark.parametrize(
    "text",
    [
        "The blast killed 12 people at the Varna refinery on Sunday.",
        "Firefighters from three towns fought the flames for nine hours.",
        "A protest in Cairo drew thousands on Friday.",
    ],
)
def test_a_plain_fact_is_the_outlets_own_claim(read: Callable[[str], Any], text: str) -> None:
    assert outlets_words(read(text)) == [text.removesuffix(".")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Why was the alarm at the Varna refinery switched off?", id="question"),
        pytest.param("Related: Ten people died in a crash near Sofia last week.", id="another-story"),
        pytest.param("Read more: Minister Tom Reed resigns after the blast in Varna.", id="read-more"),
        pytest.param("The plant in Varna should be closed at once by the minister.", id="view"),
        pytest.param("Perhaps the minister will visit the town of Varna on Friday.", id="guess"),
        pytest.param("The town of Varna lies on the coast of the Black Sea.", id="background"),
        pytest.param("Varga Steel was founded in 1962 by two brothers from Tallin.", id="founded"),
        pytest.param("Sign up for our newsletter on Varna and the Black Sea coast.", id="newsletter"),
    ],
)
def test_what_is_no_claim_of_the_outlet(read: Callable[[str], Any], text: str) -> None:
    assert outlets_words(read(text)) == []


def test_the_outlet_keeps_its_distance(read: Callable[[str], Any]) -> None:
    (claim,) = read("The ferry allegedly sailed from Varna without a permit.").claims

    assert (claim.voice, claim.distanced, claim.certainty) == (Voice.OUTLET, True, "certain")
