"""What the comparison writes down as a reason, and what a reader is told."""

import pytest

from tasks.reporting.plain import numbers_in, plain_reason, plain_reasons, why_once


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        pytest.param("Holm says so; Weir denies it", "Holm says so; Weir denies it.", id="plain already"),
        pytest.param(
            "the numbers cannot both hold: Nine against 14",
            "Both numbers cannot be right at once: Nine and 14.",
            id="numbers",
        ),
        pytest.param(
            "it happens once, and the dates differ: 2031-04-03 against 2031-04-05",
            "It happens once, and they name two days: 3 April 2031 and 5 April 2031.",
            id="days in words",
        ),
        pytest.param(
            "they speak of different times: 2031-02-30 and 2031-04-05",
            "They speak of different times: 2031-02-30 and 5 April 2031.",
            id="no such day",
        ),
        pytest.param(
            "all signals together do not make it sure",
            "Taken together, the signs are too weak to be sure.",
            id="jargon",
        ),
        pytest.param(r"\1 says so", r"\1 says so.", id="a reference in a stranger's name is no reference"),
        pytest.param(
            r"\g<1> takes two positions: a change, not a conflict between sources",
            r"\g<1> said one thing and then another.",
            id="a reference that is moved stays as it is",
        ),
    ],
)
def test_a_reason_in_plain_words(reason: str, expected: str) -> None:
    assert plain_reason(reason) == expected


def test_what_shows_one_matter_is_one_sentence_at_the_end() -> None:
    reasons = (
        "both speak of the Lune",
        "same event: fish",
        "the wording is close (similarity 0.97)",
        "they differ",
        "they differ",
    )
    assert plain_reasons(reasons) == (
        "They differ.",
        "Both speak of the Lune, tell of one kind of event (fish) and use nearly the same words.",
    )


@pytest.mark.parametrize(
    ("similarity", "expected"), [("0.95", "use nearly the same words"), ("0.94", "use much the same words")]
)
def test_likeness_of_words_has_two_steps(similarity: str, expected: str) -> None:
    assert plain_reasons((f"the wording is close (similarity {similarity})",)) == (f"Both {expected}.",)


def test_blank_reasons_are_no_sentence() -> None:
    assert plain_reasons(("", "  ")) == ()


def test_numbers_of_a_reason() -> None:
    assert numbers_in("the numbers cannot both hold: Nine against more than 14") == ("Nine", "more than 14")
    assert numbers_in("the numbers can both hold: 9 and 14") == ()


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("3 articles, one origin: Holm is the source of all", "Holm is quoted more than once."),
        (
            "2 statements in one article, one origin: Holm is among those who speak jointly; copies count once",
            "Holm is among those who say it together; copies count once.",
        ),
        ("Jonas Weir speaks for Kestrel Works", "Jonas Weir speaks for Kestrel Works."),
    ],
)
def test_why_once_leaves_the_count_to_the_line(reason: str, expected: str) -> None:
    assert why_once(reason) == expected
