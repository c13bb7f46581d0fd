from collections.abc import Callable
from typing import Any

TALK = """Radio North: Welcome, Dr. Chen! It is great to have you here. What does the agreement say?
Dr. Emily Chen: Thank you for having me! The agreement doubles the number of joint exercises.
Radio North: Some critics argue that such agreements provoke instability. Do you agree?
Dr. Chen: That's a valid point. While the army asserts that its presence is defensive, the neighbours feel threatened.
Dr. Chen: Will it last? I doubt it. The next government will cut the money."""


def test_statements_of_a_turn_belong_to_its_speaker(read: Callable[[str], Any]) -> None:
    found = read(TALK)
    said = [found.content(claim) for claim in found.spoken if claim.rule == "turn"]

    assert said == [
        "The agreement doubles the number of joint exercises",
        "While the army asserts that its presence is defensive, the neighbours feel threatened",
        "The next government will cut the money",
    ]
    turns = [claim for claim in found.spoken if claim.rule == "turn"]
    assert {claim.entities[0].name for claim in turns} == {"Emily Chen"}


def test_a_source_inside_a_turn_is_nested(read: Callable[[str], Any]) -> None:
    found = read(TALK)
    army = next(claim for claim in found.spoken if found.source(claim) == "the army")
    parent = next(claim for claim in found.spoken if claim.id == army.parent)

    assert parent.rule == "turn"


def test_a_label_that_does_not_come_back_makes_no_transcript(read: Callable[[str], Any]) -> None:
    found = read("Title: A bridge too far\nNote: The mayor said that the bridge was closed.")

    assert [claim.rule for claim in found.spoken] == ["clause"]
