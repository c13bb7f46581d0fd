from collections.abc import Callable
from typing import Any

import pytest

from tasks.model.claim import Speech


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        pytest.param("Moscow denies it.", "Moscow", "denies", "it", id="pronoun"),
        pytest.param(
            "The Kremlin has denied any evidence of a deal.", "The Kremlin", "has denied", "any evidence of a deal",
            id="object",
        ),
        pytest.param(
            "According to South Korea, the North is trading shells.", "South Korea", "According to",
            "the North is trading shells", id="according-to-first",
        ),
        pytest.param(
            "The bridge was closed, according to police.", "police", "according to", "The bridge was closed",
            id="according-to-last",
        ),
        pytest.param(
            "The vaccine, the company insists, is safe.", "the company", "insists", "The vaccine … is safe",
            id="interrupted",
        ),
        pytest.param(
            "China's role was highlighted by Minister Park.", "Minister Park", "was highlighted", "China's role",
            id="passive-with-agent",
        ),
        pytest.param(
            "The airline was accused of hiding the leak.", "", "was accused", "The airline … of hiding the leak",
            id="passive-without-agent",
        ),
        pytest.param(
            "Two dockers told the Courier that lorries had brought sacks.", "Two dockers", "told",
            "that lorries had brought sacks", id="told-an-outlet",
        ),
        pytest.param(
            "Kestria offered two ships, and the offer was refused, an official said.", "an official", "said",
            "Kestria offered two ships, and the offer was refused", id="both-clauses-before",
        ),
        pytest.param(
            "Leaving the talks, Smith said that the deal was dead.", "Smith", "said", "that the deal was dead",
            id="that",
        ),
        pytest.param(
            "Boeing said on Monday it would halt deliveries.", "Boeing", "said", "it would halt deliveries",
            id="the-day-of-speaking",
        ),
    ],
)  # fmt: skip
def test_source_cue_and_content(read: Callable[[str], Any], text: str, source: str, cue: str, content: str) -> None:
    found = read(text)
    claim = found.spoken[0]

    assert (found.source(claim), found.cue(claim), found.content(claim)) == (source, cue, content)


def test_a_semicolon_parts_two_claims(read: Callable[[str], Any]) -> None:
    found = read("Kyiv says Russia fired 40 missiles; Moscow says it fired none.")

    assert [found.content(claim) for claim in found.spoken] == ["Russia fired 40 missiles", "it fired none"]


def test_a_claim_inside_a_claim_names_its_parent(read: Callable[[str], Any]) -> None:
    found = read("Seoul says that Pyongyang told Moscow it would send troops.")
    outer, inner = found.spoken

    assert (found.source(outer), found.source(inner)) == ("Seoul", "Pyongyang")
    assert inner.parent == outer.id
    assert outer.parent == ""


@pytest.mark.parametrize(
    ("text", "speech"),
    [
        pytest.param('"It was our fault," the director said.', Speech.DIRECT, id="direct"),
        pytest.param("The director said it was their fault.", Speech.INDIRECT, id="indirect"),
        pytest.param('The director said it was "our fault" alone.', Speech.MIXED, id="mixed"),
        pytest.param("‘We knew nothing about it,’ said the director.", Speech.DIRECT, id="single-marks"),
    ],
)
def test_speech(read: Callable[[str], Any], text: str, speech: Speech) -> None:
    assert [claim.speech for claim in read(text).spoken] == [speech]


def test_a_quotation_goes_on_in_the_next_sentence(read: Callable[[str], Any]) -> None:
    found = read('"It was our fault," said Maria Lopez, the director. "We should have closed the gate."')
    first, second = found.spoken

    assert second.cue == ()
    assert second.entities == first.entities
    assert found.content(second) == '"We should have closed the gate."'


def test_a_long_quotation_becomes_claims_of_whole_sentences(read: Callable[[str], Any]) -> None:
    sentence = "We have looked at every pipe in the building and we have found no leak anywhere at all. "
    found = read(f'"{sentence * 6}" the engineer said.')

    assert len(found.spoken) > 1
    assert all(len(found.content(claim).split()) <= 60 for claim in found.spoken)
