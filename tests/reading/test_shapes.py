import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.reading.shapes import Look, is_credit, lexicon, look_of, split_edges


@pytest.mark.parametrize(
    ("line", "look"),
    [
        pytest.param("The ferry left at nine, the company said.", Look.PROSE, id="sentence"),
        pytest.param("“We waited,” she said, “for an hour.”", Look.PROSE, id="quotation"),
        pytest.param("The minister made three points:", Look.PROSE, id="introduces a list"),
        pytest.param("word " * 30 + "and no end", Look.PROSE, id="cut off"),
        pytest.param(
            "Sign up fees will rise in May, the company told its customers.", Look.PROSE, id="prose about signing up"
        ),
        pytest.param("“Sign up for our newsletter,” the page said, but nobody did.", Look.PROSE, id="quoted residue"),
        pytest.param(
            "Advertisement rates fell by a fifth, the paper said.", Look.PROSE, id="prose about advertisement"
        ),
        pytest.param("Editor: Welcome!", Look.TURN, id="turn"),
        pytest.param("1. Ropes and chains", Look.ITEM, id="numbered"),
        pytest.param("• Ropes and chains", Look.ITEM, id="bullet"),
        pytest.param("Ferry leaves early again", Look.SHORT, id="headline"),
        pytest.param("By the numbers", Look.SHORT, id="heading that begins with by"),
        pytest.param("Weather warning stays in place", Look.SHORT, id="headline about the weather"),
        pytest.param("8.5 C", Look.RESIDUE, id="temperature"),
        pytest.param("-3°C", Look.RESIDUE, id="frost"),
        pytest.param("Tuesday, March 5, 2024", Look.RESIDUE, id="date"),
        pytest.param("5 March 2024 10:15 am", Look.RESIDUE, id="date and clock"),
        pytest.param("12 shares", Look.RESIDUE, id="shares"),
        pytest.param("3 hours ago", Look.RESIDUE, id="age"),
        pytest.param("5 min read", Look.RESIDUE, id="reading time"),
        pytest.param("0 214", Look.RESIDUE, id="counter"),
        pytest.param("😀 12 😢 87", Look.RESIDUE, id="emoji"),
        pytest.param("* * *", Look.RESIDUE, id="stars"),
        pytest.param("By Ada Brandt and Jo Lund", Look.RESIDUE, id="byline"),
        pytest.param("Home | News | Sport | Opinion", Look.RESIDUE, id="menu"),
        pytest.param("#ferry #bay", Look.RESIDUE, id="hash tags"),
        pytest.param("https://bay.example/ferry", Look.RESIDUE, id="address"),
        pytest.param("Photo: Ada Brandt", Look.RESIDUE, id="photo credit"),
        pytest.param("A ferry at the quay on Monday. REUTERS/Ada Brandt", Look.RESIDUE, id="caption"),
        pytest.param("Share on Facebook", Look.RESIDUE, id="share"),
        pytest.param("Sign up for our newsletter and never miss a ferry.", Look.RESIDUE, id="newsletter"),
        pytest.param("We use cookies to make this site better for you.", Look.RESIDUE, id="cookies"),
        pytest.param(
            "Your email address will not be published. Required fields are marked *", Look.RESIDUE, id="comment form"
        ),
        pytest.param("Read more: Ten walks along the coast for a rainy weekend.", Look.RESIDUE, id="read more"),
        pytest.param("Leave a Reply", Look.ENDING, id="reply"),
        pytest.param("LEAVE A COMMENT", Look.ENDING, id="comment in capitals"),
        pytest.param("About the Author", Look.ENDING, id="author"),
        pytest.param("Related articles", Look.BOX, id="links"),
        pytest.param("Check out other tags:", Look.ENDING, id="tags"),
        pytest.param("Scroll to TopFerry leaves early", Look.ENDING, id="glued to a headline"),
    ],
)
def test_look_of(line: str, look: Look) -> None:
    assert look_of(line) is look


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ('" " The ferry left at nine, she said.', ('" "', "The ferry left at nine, she said.", "")),
        ("The ferry left at nine, she said.Leave a Reply", ("", "The ferry left at nine, she said.", "Leave a Reply")),
        ("The ferry left at nine. Bay Post", ("", "The ferry left at nine. Bay Post", "")),
        ("31.2 C", ("", "31.2 C", "")),
        ('""', ('""', "", "")),
    ],
)
def test_edges(line: str, parts: tuple[str, str, str]) -> None:
    assert split_edges(line) == parts


def test_an_agency_alone_is_a_credit() -> None:
    assert is_credit("Reuters News Service")
    assert not is_credit("Reuters reported that the ferry left early.")


def test_phrases_are_written_as_they_are_compared() -> None:
    phrases = [phrase for kind in lexicon().values() for phrase in kind]
    assert [phrase for phrase in phrases if phrase != phrase.lower() or "’" in phrase or phrase[:1] == '"'] == []


@given(st.text(max_size=300))
def test_any_line_looks_like_something(line: str) -> None:
    assert look_of(line) in Look
    assert "".join("".join(split_edges(line)).split()) == "".join(line.split())


@pytest.mark.parametrize("unit", ["By A", "(Photo ", "A: ", "#a", "a@", "| a ", "1. ", "“”", "Jan 1 ", "A."])
def test_no_line_takes_long(unit: str) -> None:
    look_of(unit * 20_000)  # a pattern that backtracks would not come back
    look_of(unit * (990 // len(unit)) + "!")
