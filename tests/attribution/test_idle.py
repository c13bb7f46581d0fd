"""Words that attribute elsewhere and tell a deed here, each beside a sentence in which they do attribute."""

from collections.abc import Callable
from typing import Any

import pytest

from tasks.attribution.idle import load_deeds
from tasks.attribution.things import load_nouns
from tasks.model.claim import Act


def outermost(claims: list[Any]) -> list[Act]:
    """Return the acts of the claims that sit in no other."""
    return [claim.act for claim in claims if not claim.parent]


@pytest.mark.parametrize(
    ("deed", "said", "act"),
    [
        pytest.param(
            "He asked for a glass of water and a blanket.", "The envoy asked for the release of two nurses.", Act.URGE,
            id="asked-for",
        ),
        pytest.param(
            "The couple asked for the menu.", "The ministry asked for forty generators.", Act.URGE,
            id="asked-by-a-body",
        ),
        pytest.param(
            "She claimed her suitcase from the belt.", "The skater claimed that the suitcase was hers.", Act.ASSERT,
            id="claimed",
        ),
        pytest.param(
            "The children lined up according to height.", "According to the planner, the tunnel will flood.",
            Act.ASSERT, id="according-to-a-measure",
        ),
        pytest.param(
            "The crew rebuilt the tower according to the old drawings.",
            "Forty houses will be built, according to the drawings.", Act.ASSERT, id="according-to-a-drawing",
        ),
        pytest.param(
            "The family was promised a boat by June.", "The mayor promised the family a boat by June.", Act.PROMISE,
            id="promised",
        ),
        pytest.param(
            "The sky promised snow.", "The minister promised that the ship would be raised.", Act.PROMISE,
            id="promised-by-the-sky",
        ),
        pytest.param("It promises to be a warm weekend.", "The firm promises to be quick.", Act.PROMISE, id="it"),
        pytest.param("He said goodbye at the gate.", "She said the goodbye party was off.", Act.ASSERT, id="said"),
        pytest.param("She said her name and sat down.", "She said that her name was Ost.", Act.ASSERT, id="her-name"),
        pytest.param(
            "The grandmother told the children a fairy tale.", "The grandmother told the court she was ill.",
            Act.ASSERT, id="told",
        ),
        pytest.param(
            "The post office issued a stamp with a lynx.", "The office issued a warning that the dam might burst.",
            Act.ASSERT, id="issued",
        ),
        pytest.param(
            "They called their daughter Edda.", "The priest called the raid a disgrace.", Act.ASSERT, id="called"
        ),
        pytest.param(
            "The carter announced his arrival with a horn.", "The minister announced a ban on night flights.",
            Act.ASSERT, id="announced",
        ),
        pytest.param(
            "The winners will be announced on Sunday.", "The firm announced that it would close the mill.",
            Act.ASSERT, id="to-be-announced",
        ),
        pytest.param(
            "She was accused of nothing.", "She was accused of stealing the bell.", Act.ACCUSE, id="accused"
        ),
        pytest.param(
            "The girl was admitted to hospital with a fever.", "The captain admitted to theft.", Act.CONFIRM,
            id="admitted-to",
        ),
        pytest.param(
            "The museum admits children free of charge.", "The captain admitted the mistake.", Act.CONFIRM,
            id="admitted",
        ),
        pytest.param(
            "The pianist acknowledged the applause with a bow.", "The pianist acknowledged that he was late.",
            Act.CONFIRM, id="acknowledged",
        ),
        pytest.param(
            "The tenor slammed the door behind him.", "The critics slammed the new opera.", Act.JUDGE, id="slammed"
        ),
        pytest.param(
            "The driver backed the van into a wall.", "The guild backed the plan for a canal.", Act.ATTITUDE,
            id="backed",
        ),
        pytest.param(
            "The queen welcomed the guests on the steps.", "The mayor welcomed the ruling.", Act.JUDGE, id="welcomed"
        ),
        pytest.param(
            "Were he to deny it, nobody would believe him.", "He denied it, and nobody believed him.", Act.DENY,
            id="supposed",
        ),
        pytest.param(
            "Is there any reason to doubt the minister?", "The envoy had reason to doubt that it was true.", Act.DENY,
            id="asked-about",
        ),
        pytest.param(
            "Verdict: The mayor did not resign.", "The miller: 'The tax will rise in May.'", Act.ASSERT, id="verdict"
        ),
    ],
)  # fmt: skip
def test_a_deed_and_a_word_of_the_same_verb(read: Callable[[str], Any], deed: str, said: str, act: Act) -> None:
    assert outermost(read(deed).spoken) == []
    assert outermost(read(said).spoken)[:1] == [act]


@pytest.mark.parametrize(
    "text",
    [
        "Two witnesses, who asked not to be named, told the Courier that the gate had been locked.",
        "A clerk who asked not to be identified because he feared for his job said the gate had been locked.",
        "The official, who preferred not to be quoted, said the gate had been locked.",
        "A nurse who wished not to be named said the gate had been locked.",
        "A nurse who did not want to be named said the gate had been locked.",
        "A guard declined to be identified but said the gate had been locked.",
        "An aide, who spoke on condition of anonymity, said the gate had been locked.",
        '"The gate had been locked," said an aide, speaking on the condition of anonymity.',
        "The engineer, who requested anonymity, said the gate had been locked.",
        "The officer, who was granted anonymity to speak freely, said the gate had been locked.",
        "The diplomat, who wanted to remain anonymous, said the gate had been locked.",
        "The trader, asking not to be named, said the gate had been locked.",
        "The engineer asked that his name not be published and said the gate had been locked.",
        "A witness, who did not want to give her name, said the gate had been locked.",
    ],
)
def test_how_a_source_is_named_is_nothing_said(read: Callable[[str], Any], text: str) -> None:
    found = read(text)

    assert [found.content(claim).strip('",').removeprefix("that ").lower() for claim in found.spoken] == [
        "the gate had been locked"
    ]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The firm declined to name the buyer.", Act.DECLINE),
        ("The ministry declined to identify the two men.", Act.DECLINE),
        ("The minister refused to be drawn on the tax.", Act.DECLINE),
        ("The minister asked farmers not to burn straw.", Act.URGE),
        ("The miners asked not to be moved from the valley.", Act.URGE),
        ("The police asked that the boy not be named.", Act.URGE),
        ("The mayor asked the court not to be named as a defendant.", Act.URGE),
        ("The club wants the arena to be named after its founder.", Act.URGE),
    ],
)
def test_what_is_asked_for_beside_a_name(read: Callable[[str], Any], text: str, act: Act) -> None:
    assert outermost(read(text).spoken) == [act]


def test_a_wish_of_a_body_for_things_is_a_demand(read: Callable[[str], Any]) -> None:
    assert [claim.act for claim in read("The hospital asked for blankets.").spoken] == [Act.URGE]


@pytest.mark.parametrize(
    ("word", "thing"),
    [("suitcase", True), ("soup", True), ("bridge", False), ("missile", False), ("film", False), ("panel", False)],
)
def test_what_can_be_held_and_what_stands_for_a_policy(word: str, thing: bool) -> None:
    assert (word in load_deeds().things) is thing


def test_people_are_known_too() -> None:
    assert {"vet", "recruit"} <= load_nouns("people")
