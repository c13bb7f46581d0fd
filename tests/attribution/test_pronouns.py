from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        pytest.param(
            "Mayor Tom Reed fired the police chief, Carl Boone. He said Boone had lied.", "Boone had lied", "Tom Reed",
            id="named-in-what-he-says",
        ),
        pytest.param(
            "Tom Reed hired Carl Boone. Boone rejected the charge. He said he had signed every sheet.",
            "signed every sheet", "Carl Boone", id="who-acted-last",
        ),
        pytest.param(
            "Henry Cole stayed until midnight, and he told reporters the project would be revived.",
            "would be revived", "Henry Cole", id="subject-of-the-clause-before",
        ),
        pytest.param(
            "Ann Lewis defeated Paul Gray in the vote. She said the result was clear.", "the result was clear",
            "Ann Lewis", id="only-one-woman",
        ),
        pytest.param(
            "The chair, Hugo Lind, closed the meeting; he said nothing was decided.", "nothing was decided",
            "Hugo Lind", id="name-behind-the-office",
        ),
        pytest.param(
            '"Paul Gray lied to us," Hugo Lind said. Later he said the vote would be held again.', "held again",
            "Hugo Lind", id="who-is-quoted-about-is-not-meant",
        ),
        pytest.param(
            "Harrow Capital shut its office. It said the lease had ended.", "the lease had ended", "Harrow Capital",
            id="it",
        ),
        pytest.param(
            "Hugo Lind owns nine hotels. The billionaire businessman said he would sell them.", "sell them",
            "Hugo Lind", id="called-again-by-what-he-is",
        ),
    ],
)  # fmt: skip
def test_whom_a_pronoun_means(read: Callable[[str], Any], text: str, words: str, name: str) -> None:
    found = read(text)
    claim = next(claim for claim in found.spoken if words in found.content(claim))

    assert (claim.entities[0].name, claim.resolved) == (name, True)


def test_they_are_all_who_spoke_together(read: Callable[[str], Any]) -> None:
    text = "Norway and Iceland said the quota was void. They said the fleet would sail."

    assert [entity.id for entity in read(text).spoken[-1].entities] == ["state:NO", "state:IS"]
