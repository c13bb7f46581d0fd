import pytest

from tasks.reading.lines import count_words, split_lines
from tasks.reading.residue import clean_text
from tasks.reading.selfspeech import is_biography, speaks_of_itself


@pytest.mark.parametrize(
    "line",
    [
        "This article was updated at ten to add a comment by the company.",
        "This story originally appeared in the Gazette.",
        "Correction: An earlier version of this article misstated the age of the boat.",
        "The post Ferry left too early appeared first on Bay Post.",
        "The views expressed in this article are the author’s own.",
        "Bay Post staff contributed to this report.",
        "Read the original article on Bay Post.",
        "You can reach our newsroom at any hour of the day.",
        "Contact Ada Brandt at ada@bay.example or 555 0101.",
        "Ada Brandt covers the harbour. Find her at @adabrandt.",
        "Our journalism is free for everyone. Please consider a donation today.",
        "Want more stories like this? Get our morning briefing.",
        "Download the Bay Post app for the latest news.",
        "Share this story with your friends!",
        "If you have information about this story, let the desk know.",
    ],
)
def test_a_page_that_speaks_of_itself_or_to_its_reader(line: str) -> None:
    assert speaks_of_itself(line, count_words(line))


@pytest.mark.parametrize(
    "line",
    [
        "The ferry company denied on Monday that its boat had left too early.",
        "The minister said that this report was wrong and that you cannot trust our rivals.",
        "“You can reach our newsroom,” the sign over the door read.",
        "This report, the third in a year, blames the harbour master.",
        "According to the letter, your taxes will pay for our bridge.",
        "Share prices of the company fell by a tenth on Monday.",
        "Support for the mayor fell after the vote.",
        "Follow the river for an hour and the mill appears.",
        "Get the gate open first was the rule that night.",
        "A man with an account called @gatekeeper had posted the picture an hour before the boat left the quay.",
    ],
)
def test_what_is_news_or_somebodys_word_stays(line: str) -> None:
    assert not speaks_of_itself(line, count_words(line))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Ada Brandt is a reporter at the Bay Post.", True),
        ("Ada Brandt is the paper’s chief harbour correspondent and lives in Larden.", True),
        ("Ada Brandt covers the harbour and the sea for the Bay Post.", True),
        ("Ada Brandt is a fisherman who lost two boats in the storm.", False),
        ("Ada Brandt is a reporter who said that she had seen it.", False),
    ],
)
def test_is_biography(line: str, expected: bool) -> None:
    assert is_biography(line) is expected


def test_a_biography_ends_a_text_and_is_news_inside_one() -> None:
    first = "The ferry company denied on Monday that its boat had left the quay too early."
    last = "Passengers said that the gate had been locked and that nobody had warned them."
    bio = "Ada Brandt is a reporter at the Bay Post who was on board."
    assert clean_text(split_lines(f"{first}\n\n{last}\n\n{bio}")).residue == (bio,)
    assert bio in clean_text(split_lines(f"{first}\n\n{bio}\n\n{last}")).text


def test_people_in_an_interview_speak_to_each_other() -> None:
    text = (
        "Editor: Welcome to our studio, and thank you.\nDr. Brandt: Thank you.\nEditor: Who locked it?\nDr. Brandt: Us."
    )
    assert clean_text(split_lines(text)).residue == ()
