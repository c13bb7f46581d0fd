"""Where the network's source or content takes in what another one says."""

from collections.abc import Callable
from typing import Any

import pytest


def said(found: Any) -> list[tuple[str, str]]:
    """Return source and content of the claims that sit in no other."""
    return [(found.source(claim), found.content(claim)) for claim in found.spoken if not claim.parent]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The county government of Tesk said on Monday that 14 traders had been evicted, but the traders' "
            "association put the figure at 60 and accused officials of lying.",
            [
                ("The county government of Tesk", "that 14 traders had been evicted"),
                ("the traders' association", "the figure at 60"),
                ("the traders' association", "officials of lying"),
            ],
            id="two-speakers-are-not-one",
        ),
        pytest.param(
            "The port authority of Vellin said on Friday that nine crates had been lost, but the dockers' union "
            "put the number at 40 and accused managers of fraud.",
            [
                ("The port authority of Vellin", "that nine crates had been lost"),
                ("the dockers' union", "the number at 40"),
                ("the dockers' union", "managers of fraud"),
            ],
            id="a-list-of-three",
        ),
        pytest.param(
            "The ministry said 12 people had died, while the rebels put the toll at 45.",
            [("The ministry", "12 people had died"), ("the rebels", "the toll at 45")],
            id="while-another-says",
        ),
        pytest.param(
            "The ministry said 12 people had died while they slept.",
            [("The ministry", "12 people had died while they slept")],
            id="while-nobody-says",
        ),
        pytest.param(
            "The official, who preferred not to be quoted, said the vote was rigged.",
            [("The official, who preferred not to be quoted", "the vote was rigged")],
            id="a-relative-clause-torn",
        ),
        pytest.param(
            "The firm said on Friday it could close the mill by June.",
            [("The firm", "it could close the mill by June")],
            id="the-day-of-speaking",
        ),
        pytest.param(
            "The firm said that on Friday it would close the mill.",
            [("The firm", "that on Friday it would close the mill")],
            id="the-day-of-closing",
        ),
        pytest.param(
            "The firm said on Friday that in March it would close the mill, and the union asked for talks.",
            [("The firm", "that in March it would close the mill"), ("the union", "talks")],
            id="no-link-at-the-end",
        ),
        pytest.param(
            "Tarn Agro rejected that figure as outdated.", [("Tarn Agro", "that figure")], id="no-as-at-the-end"
        ),
        pytest.param(
            "Tarn Agro today announced that its mill would close.",
            [("Tarn Agro", "that its mill would close")],
            id="today",
        ),
        pytest.param(
            "14:05 Police say the bridge has reopened. 13:20 is the time of the last train.",
            [("Police", "the bridge has reopened")],
            id="the-time-of-a-live-blog",
        ),
        pytest.param(
            "A clerk said no vote had been held. It is understood that the vote will be held in May.",
            [("A clerk", "no vote had been held"), ("", "that the vote will be held in May")],
            id="what-is-understood-follows",
        ),
        pytest.param(
            'She said the city was "not under attack" and urged people to stay calm.',
            [("She", 'the city was "not under attack"'), ("She", "people to stay calm")],
            id="urged-behind-a-quotation",
        ),
    ],
)  # fmt: skip
def test_whose_words_are_whose(read: Callable[[str], Any], text: str, expected: list[tuple[str, str]]) -> None:
    assert said(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ('The minister dismissed as "kitchen gossip" claims that the bridge was unsafe.',
         "claims that the bridge was unsafe"),
        ('The harbour board dismissed as "idle talk" claims that the pier had sunk.', "claims that the pier had sunk"),
        ('He rejected as "pure theatre" allegations that he had sold the seats.',
         "allegations that he had sold the seats"),
        ("The bishop dismissed as nonsense claims that the bell was cracked.", "claims that the bell was cracked"),
        ('The envoy brushed aside as "fairy tales" reports that the fleet had sailed.',
         "reports that the fleet had sailed"),
        ('The bank denounced as "a cheap smear" charges that it had hidden losses.',
         "charges that it had hidden losses"),
        ('The club dismissed as "idle gossip" rumours of a sale.', "rumours of a sale"),
    ],
)  # fmt: skip
def test_claims_that_are_called_something(read: Callable[[str], Any], text: str, content: str) -> None:
    found = read(text)

    assert [(claim.act, found.content(claim)) for claim in found.spoken] == [("deny", content)]


def test_who_claims_as_a_daily_reports_does_claim(read: Callable[[str], Any]) -> None:
    found = read("As the Courier reports, the minister claims that the bridge was unsafe.")

    assert [found.source(claim) for claim in found.spoken] == ["the Courier", "the minister"]
