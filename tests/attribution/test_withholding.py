"""Contents that only say that nothing is said."""

from collections.abc import Callable
from typing import Any

import pytest

from tasks.model.claim import Act, Position


@pytest.mark.parametrize(
    "text",
    [
        "The firm said on Friday it could neither confirm nor rule out a leak.",
        "The ministry said it could not confirm or deny the report.",
        "The embassy would neither confirm nor deny that the envoy had left.",
        "The airline said it had neither confirmed nor denied the report.",
        "The police were not in a position to confirm the number of dead.",
        "The ministry was in no position to say whether the dam would hold.",
        "The board said it was not in a position to confirm that the cashier had resigned.",
        "The clerk said he was not at liberty to discuss the contract.",
        "The agency said it was not able to verify the footage.",
        "The consul said she was unable to comment on the arrests.",
        "The coach said he would not comment on the transfer.",
        "The dean said he could not say whether the exam had been stolen.",
        "The mine said it had no comment on the flood.",
        '"We can neither confirm nor deny that," the spokesman said.',
    ],
)
def test_nothing_is_told(read: Callable[[str], Any], text: str) -> None:
    claims = read(text).spoken

    assert [(claim.act, claim.position) for claim in claims if not claim.parent] == [(Act.DECLINE, Position.NONE)]
    assert {claim.act for claim in claims} == {Act.DECLINE}


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("The lab said it could not pay its staff.", Position.AGAINST),
        ("The army said it was in a position to hold the bridge.", Position.FOR),
        ("The minister said police could not confirm the toll.", Position.AGAINST),
        ("The ministry said it could not confirm the toll but that two people had died.", Position.AGAINST),
        ("The mayor said he had never said that the bridge was safe.", Position.AGAINST),
        ("The envoy said he would deny the report and sue.", Position.FOR),
    ],
)
def test_something_is_told(read: Callable[[str], Any], text: str, held: Position) -> None:
    outer = next(claim for claim in read(text).spoken if not claim.parent)

    assert (outer.act, outer.position) == (Act.ASSERT, held)
