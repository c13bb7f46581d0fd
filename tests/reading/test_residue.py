from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.reading.lines import split_lines
from tasks.reading.residue import clean_text

ONE = "The ferry company denied on Monday that its boat had left the quay too early."
TWO = "Passengers said that the gate had been locked and that nobody had warned them."
THREE = "The harbour master will publish the log of the night before the end of the week."
TITLE = "Ferry left too early, passengers say"


def marked(text: str, *, title: str = "", given: bool = False) -> list[str]:
    """Return the lines that are kept, headings with a mark, and those that are dropped behind a line of dashes."""
    found = clean_text(split_lines(text), title=title, given=given)
    heads = {span.of(found.text) for span in found.headings}
    return [f"# {line}" if line in heads else line for line in found.text.split("\n")] + ["--", *found.residue]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"{TITLE}\n\n{ONE}\n\n{TWO}", [ONE, TWO, "--"], id="title and paragraphs"),
        pytest.param(f"{ONE}\n\nLocked gates\n\n{TWO}", [ONE, "# Locked gates", TWO, "--"], id="heading"),
        pytest.param(f"{ONE}\n\nWho knew?\n\n{TWO}", [ONE, "# Who knew?", TWO, "--"], id="question over a paragraph"),
        pytest.param(f"{ONE}\n\nBut why?\n\n{TWO}", [ONE, "But why?", TWO, "--"], id="question in the text"),
        pytest.param(f"{ONE}\n\nHe left.\n\n{TWO}", [ONE, "He left.", TWO, "--"], id="short sentence inside"),
        pytest.param(
            f"8.5 C\nPort City\nMonday, March 4, 2024\n\n{TITLE}\n\nBay{TITLE}\n\n0 214\n\n{ONE}",
            [ONE, "--", "8.5 C", "Port City", "Monday, March 4, 2024", f"Bay{TITLE}", "0 214"],
            id="weather, clock, headline repeated, counter",
        ),
        pytest.param(
            f"{TITLE}\n\nThe company says it waited for all\n\n{ONE}",
            ["# The company says it waited for all", ONE, "--"],
            id="line under the headline",
        ),
        pytest.param(
            f"{ONE}\n{TWO}\n\nAbout the Author\n\nAda Brandt has written about ferries for ten years.\n\nLeave a Reply",
            [
                ONE,
                TWO,
                "--",
                "About the Author",
                "Ada Brandt has written about ferries for ten years.",
                "Leave a Reply",
            ],
            id="author box",
        ),
        pytest.param(
            f"{TITLE}\nBy Ada Brandt\n{ONE}\n{TWO}\nAda Brandt\nShe has written about ferries for more than ten years.",
            [ONE, TWO, "--", "By Ada Brandt", "Ada Brandt", "She has written about ferries for more than ten years."],
            id="author box under the name alone",
        ),
        pytest.param(
            f"{ONE}\n\nDust over the mountains\nReuters News Service\n\n{TWO}",
            [ONE, TWO, "--", "Dust over the mountains", "Reuters News Service"],
            id="another story with its agency",
        ),
        pytest.param(
            f"{ONE}\n\nRelated articles\n\nTen walks along the coast\n\n{TWO}\n\n{THREE}",
            [ONE, TWO, THREE, "--", "Related articles", "Ten walks along the coast"],
            id="box of links inside",
        ),
        pytest.param(
            f"{ONE}\n\n{TWO}\n\n❤️\n😄\n\nStorm warning lifted\n\nCheck out our other content\n\nMost Popular Articles",
            [ONE, TWO, "--", "❤️", "😄", "Storm warning lifted", "Check out our other content", "Most Popular Articles"],
            id="tail of the page",
        ),
        pytest.param(
            f"{TITLE}\n\n- Two boats left\n- Gate locked\n\n{ONE}",
            ["# - Two boats left", "# - Gate locked", ONE, "--"],
            id="points over the article",
        ),
        pytest.param(
            f"{ONE}\n{TWO}\n\nMost read\n\nStorm warning\nHe will go.",
            [ONE, TWO, "--", "Most read", "Storm warning", "He will go."],
            id="teasers at the end",
        ),
        pytest.param(f"{ONE}\n\n{TWO}\n\n{ONE}", [ONE, TWO, "--", ONE], id="paragraph twice"),
        pytest.param(
            f"{ONE}\n\n- two boats\n- one gate\n\n{TWO}", [ONE, "- two boats", "- one gate", TWO, "--"], id="list"
        ),
        pytest.param(f"{ONE}\n1. Ropes\n2. Chains", [ONE, "1. Ropes", "2. Chains", "--"], id="list at the end"),
        pytest.param(
            "Editor: Welcome!\nDr. Brandt: Thank you\nEditor: Who locked the gate?\nDr. Brandt: Not us.",
            ["Editor: Welcome!", "Dr. Brandt: Thank you", "Editor: Who locked the gate?", "Dr. Brandt: Not us.", "--"],
            id="interview",
        ),
        pytest.param(
            f"{ONE}\nTitle: Locked Gates and Open Seas\n{TWO}",
            [ONE, "# Title: Locked Gates and Open Seas", TWO, "--"],
            id="a label that nobody speaks under",
        ),
        pytest.param("He denied it.", ["He denied it.", "--"], id="one short sentence"),
        pytest.param(f'" " {ONE}Leave a Reply', [ONE, "--", '" "', "Leave a Reply"], id="glued to the text"),
        pytest.param("Home\nNews\nSport", ["", "--", "Home", "News", "Sport"], id="no article"),
    ],
)
def test_parts(text: str, expected: list[str]) -> None:
    assert marked(text) == expected


def test_a_known_title_is_dropped_wherever_it_stands_alone() -> None:
    text = f"{ONE}\n\n{TITLE} - Bay Post\n\n{TWO}"
    assert marked(text, title=TITLE) == [ONE, TWO, "--", f"{TITLE} - Bay Post"]


def test_what_a_person_gives_is_read_though_it_does_not_close_like_a_sentence() -> None:
    assert marked("Moscow denies it all") == ["", "--", "Moscow denies it all"]
    assert clean_text(split_lines("Moscow denies it all"), title="x", given=True).text == "Moscow denies it all"


PIECES = st.sampled_from(
    [
        ONE,
        TWO,
        TITLE,
        "Locked gates",
        "Leave a Reply",
        "0 214",
        "By Ada Brandt",
        "Editor: Yes",
        "- ropes",
        "Why?",
        '" "',
        "",
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=60)), max_size=25).map("\n".join))
def test_nothing_is_lost_or_invented(raw: str) -> None:
    lines = split_lines(raw)
    found = clean_text(lines)
    cleaned = "\n".join(line.text for line in lines)
    kept = found.text.split("\n") if found.text else []
    assert all(line in cleaned for line in kept)
    assert all(line in cleaned for line in found.residue)
    # Every letter is kept, dropped where a reader can see it, or stands in the title.
    count = sum(map(len, kept)) + sum(map(len, found.residue))
    assert len("".join(cleaned.split())) <= count + len(found.title)


@given(st.lists(st.one_of(PIECES, st.text(max_size=60)), max_size=25).map("\n".join))
def test_headings_are_whole_lines_in_order(raw: str) -> None:
    found = clean_text(split_lines(raw))
    lines = found.text.split("\n")
    assert all(span.of(found.text) in lines for span in found.headings)
    assert all(left.end < right.start for left, right in pairwise(found.headings))


@given(st.lists(PIECES, max_size=25).map("\n\n".join))
def test_cleaning_twice_changes_no_wording(raw: str) -> None:
    once = clean_text(split_lines(raw))
    twice = clean_text(split_lines(once.text), title=once.title)
    assert all(line in once.text.split("\n") for line in twice.text.split("\n") if line)
