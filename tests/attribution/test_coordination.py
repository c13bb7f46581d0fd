from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            "The minister denied that salaries were cut and accused the union of lying.",
            [("The minister", "that salaries were cut"), ("The minister", "the union of lying")],
            id="a-thing-accuses-nobody",
        ),
        pytest.param(
            "Officials confirmed that two wells had been poisoned but denied that the river was at risk.",
            [("Officials", "that two wells had been poisoned"), ("Officials", "that the river was at risk")],
            id="a-participle-that-is-none",
        ),
        pytest.param(
            "Paris said its troops had left Mali and urged citizens to do likewise.",
            [("Paris", "its troops had left Mali"), ("Paris", "citizens to do likewise")],
            id="another-tense",
        ),
        pytest.param(
            "The ministry denied that its officer took money and called the report a smear.",
            [("The ministry", "that its officer took money"), ("The ministry", "the report")],
            id="behind-a-denial",
        ),
        pytest.param(
            "The judge denied the claim that he was bribed and accused the paper of libel.",
            [("The judge", "the claim that he was bribed"), ("The judge", "the paper of libel")],
            id="a-clause-of-a-noun",
        ),
        pytest.param(
            "The minister said the firm hid the leak and later denied it.",
            [("The minister", "the firm hid the leak and later denied it"), ("the firm", "it")],
            id="whoever-can-speak-may-be-meant",
        ),
        pytest.param(
            "The king said that workers had been beaten and told to leave.",
            [("The king", "that workers had been beaten and told to leave")],
            id="were-told",
        ),
        pytest.param(
            "The minister said that the firm had lied and that it had denied the leak.",
            [
                ("The minister", "that the firm had lied and that it had denied the leak"),
                ("it", "the leak"),
            ],
            id="a-that-of-its-own",
        ),
        pytest.param(
            "He said he neither knew nor asked who paid for the trip.",
            [("He", "he neither knew nor asked who paid for the trip")],
            id="neither-nor",
        ),
        pytest.param(
            '"We lost the keys and accused the porter," he said.',
            [("he", '"We lost the keys and accused the porter,"')],
            id="in-a-quotation",
        ),
    ],
)
def test_whose_verb_the_second_one_is(read: Callable[[str], Any], text: str, said: list[tuple[str, str]]) -> None:
    found = read(text)

    assert [(found.source(claim), found.content(claim)) for claim in found.spoken] == said
