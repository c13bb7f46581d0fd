"""The words of a report are plain and neutral, and there is one for each case."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from tasks.model.article import SetAsideReason
from tasks.model.claim import Act, Certainty, EntityKind
from tasks.model.finding import Contribution, Side, Stake, Status
from tasks.reporting import words

ALL = (
    *map(words.status_label, Status),
    *map(words.status_sentence, Status),
    *map(words.side_title, Side),
    *map(words.side_letter, Side),
    *map(words.act_words, Act),
    *map(words.reason_words, SetAsideReason),
    *map(words.contribution_words, Contribution),
    *(words.stake_words(case) for case in Stake if case is not Stake.UNKNOWN),
)


def test_each_case_has_words() -> None:
    assert all(ALL)
    assert words.stake_words(Stake.UNKNOWN) == ""
    assert [words.certainty_words(case) for case in Certainty] == ["", "as probable", "as possible"]
    assert [case for case in EntityKind if not words.kind_words(case)] == [EntityKind.UNKNOWN]


@pytest.mark.parametrize("banned", ["false", "fake", "lie", "true", "truth", "lying", "wrong"])
def test_words_are_neutral(banned: str) -> None:
    assert not [text for text in ALL if banned in text.lower().split()]


@pytest.mark.parametrize(
    ("number", "noun", "expected"),
    [(0, "article", "0 articles"), (1, "article", "1 article"), (1200, "outlet", "1,200 outlets")],
)
def test_count(number: int, noun: str, expected: str) -> None:
    assert words.count(number, noun) == expected


@pytest.mark.parametrize(
    ("names", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_joined(names: list[str], expected: str) -> None:
    assert words.joined(names) == expected


@pytest.mark.parametrize(
    ("given", "sentence", "headline"),
    [
        pytest.param("it  works", "It works.", "It works", id="plain"),
        pytest.param("It works.", "It works.", "It works", id="stop"),
        pytest.param("is it?", "Is it?", "Is it?", id="question"),
        pytest.param('he said "no."', 'He said "no."', 'He said "no."', id="stop inside marks"),
        pytest.param("and so on...", "And so on...", "And so on...", id="dots"),
        pytest.param("", "", "", id="empty"),
    ],
)
def test_sentence_and_headline(given: str, sentence: str, headline: str) -> None:
    assert (words.sentence(given), words.headline(given)) == (sentence, headline)


def test_times_are_told_in_utc() -> None:
    late = datetime(2031, 4, 3, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    assert words.day(late) == "4 April 2031"
    assert words.minute(late) == "4 April 2031, 04:30 UTC"
    assert words.stamp(late) == "2031-04-04T04:30:00Z"
    assert (words.day(None), words.stamp(None)) == ("date unknown", "")


def test_period() -> None:
    first, last = datetime(2031, 4, 3, tzinfo=UTC), datetime(2031, 4, 6, tzinfo=UTC)
    assert words.period([last, first]) == "3 April 2031 to 6 April 2031"
    assert words.period([first, first]) == "3 April 2031"
    assert words.period([]) == ""


@pytest.mark.parametrize(
    ("one", "several"),
    [
        ("denies", "deny"),
        ("says", "say"),
        ("gives a judgement", "give a judgement"),
        ("wants or hopes", "want or hope"),
    ],
)
def test_several_take_the_plural(one: str, several: str) -> None:
    assert words.plural(one) == several
