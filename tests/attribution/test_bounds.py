from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        pytest.param(
            "It was raining, the roads were closed; according to the mayor, help came at noon.",
            "the mayor",
            "help came at noon",
            id="according-to-behind-a-semicolon",
        ),
        pytest.param(
            "Kyiv says Russian troops shelled the port; Moscow denies targeting civilians.",
            "Kyiv",
            "Russian troops shelled the port",
            id="another-speaker-behind-a-semicolon",
        ),
        pytest.param(
            "The paper wrote, citing a memo, that the plant would close.",
            "The paper",
            "that the plant would close",
            id="evidence-before-the-clause",
        ),
        pytest.param(
            "The claim by the opposition that ballots were burned, first made in May, was repeated on Sunday.",
            "the opposition",
            "that ballots were burned",
            id="what-became-of-the-claim",
        ),
        pytest.param(
            "The union says it was never asked, and that the law was broken.",
            "The union",
            "it was never asked, and that the law was broken",
            id="a-clause-cut-behind-its-subject",
        ),
        pytest.param(
            "Bern rejected as groundless the claim that it had sheltered the banker.",
            "Bern",
            "the claim that it had sheltered the banker",
            id="what-a-claim-is-called",
        ),
    ],
)
def test_where_a_content_ends(read: Callable[[str], Any], text: str, source: str, content: str) -> None:
    found = read(text)
    claim = next(claim for claim in found.spoken if found.source(claim) == source)

    assert found.content(claim) == content
