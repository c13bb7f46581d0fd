import pytest

from tasks.reading.titles import choose_title, first_sentence, is_headline, repeats

PROSE = "The ferry company denied on Monday that its boat had left the quay too early."


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        pytest.param(["Ferry left too early", PROSE], "Ferry left too early", id="first line"),
        pytest.param(["Ferry late", PROSE], "Ferry late", id="two words on top"),
        pytest.param(
            ["Port City", "Ferry left too early again", PROSE], "Ferry left too early again", id="below a city"
        ),
        pytest.param(
            ["News and more for the bay", "Ferry left too early", "BayFerry left too early", PROSE],
            "Ferry left too early",
            id="the one that is repeated",
        ),
        pytest.param(["Who locked the gate at nine?", PROSE], "Who locked the gate at nine?", id="question"),
        pytest.param([PROSE, "Ferry left too early", PROSE], "", id="none over the text"),
        pytest.param(["By Ada Brandt", "Monday, March 4, 2024", PROSE], "", id="byline and date"),
        pytest.param(["Guest: Thank you for this", "Host: Hello", "Guest: Yes", PROSE], "", id="interview"),
        pytest.param(["Analysis: Who locked the gate", PROSE], "Analysis: Who locked the gate", id="label"),
        pytest.param(["Ferry left too early", "He denied it."], "Ferry left too early", id="over a short sentence"),
    ],
)
def test_choose_title(lines: list[str], title: str) -> None:
    assert choose_title(lines) == title


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Talks in the U.S.", True),
        ("Talks end without result.", False),
        ("Ministers:", False),
        ("Ferry", False),
        ("12 14 18 9 late", False),
    ],
)
def test_is_headline(line: str, is_one: bool) -> None:
    assert is_headline(line) is is_one


@pytest.mark.parametrize(
    ("line", "again"),
    [
        pytest.param('Ferry "left too early", say passengers', True, id="straight quotes"),
        pytest.param("BayFerry “left too early”, say passengers", True, id="category glued before"),
        pytest.param("Ferry “left too early”, say passengers - Bay Post", True, id="outlet behind"),
        pytest.param("Ferry “left too soon”, say passengers", True, id="a word changed"),
        pytest.param("Ferry company buys two boats", False, id="another headline"),
        pytest.param("Passengers", False, id="one word of it"),
    ],
)
def test_repeats(line: str, again: bool) -> None:
    assert repeats(line, "Ferry “left too early”, say passengers") is again


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The gate was locked. Nobody knew.", "The gate was locked."),
        ("Dr. Brandt of the U.S. Navy said no. She left.", "Dr. Brandt of the U.S. Navy said no."),
        ("“It was locked.” She left.", "“It was locked.”"),
        ("word " * 40, "word " * 16 + "word…"),
    ],
)
def test_first_sentence(text: str, title: str) -> None:
    assert first_sentence(text) == title
