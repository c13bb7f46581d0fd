import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.reading.lines import clean_line, count_words, ends_sentence, split_lines

WRAPPED = """\
The harbour master said on Monday that the gate had been locked at
nine, which is when the boat was due to leave, and that nobody had
been seen on the quay after that.

A second paragraph stands here, and it is wrapped like the first one
was by the program that saved it.
"""


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param("  a\t b  ", "a b", id="white space folded"),
        pytest.param("no\u200b break\u00a0here\ufeff", "no break here", id="invisible"),
        pytest.param("re\u00adport", "report", id="soft hyphen"),
        pytest.param("cafe\u0301", "café", id="composed"),
        pytest.param("evil \u202etxt.exe", "evil txt.exe", id="direction overridden"),
        pytest.param("half \ud83d pair", "half pair", id="half a surrogate pair"),
        pytest.param("a\x00b\x1b[0m", "ab[0m", id="control characters"),
        pytest.param("“It’s ‘fine’,” he said—twice…", "“It’s ‘fine’,” he said—twice…", id="odd quotes stay"),
    ],
)
def test_clean_line(raw: str, expected: str) -> None:
    assert clean_line(raw) == expected


@given(st.text())
def test_cleaning_is_idempotent(raw: str) -> None:
    once = clean_line(raw)
    assert clean_line(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode("utf-8")


def test_a_headline_over_a_wrapped_text_is_joined() -> None:
    lines = [line.text for line in split_lines("Ferry company denies leaving the\nquay too early\n\n" + WRAPPED)]
    assert lines[0] == "Ferry company denies leaving the quay too early"
    assert len(lines) == 3


def test_hard_wraps_are_undone() -> None:
    lines = [line.text for line in split_lines(WRAPPED)]
    assert len(lines) == 2
    assert lines[0].startswith("The harbour master said on Monday that the gate had been locked at nine, which")


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param("Gate opened at night\nBy Ada Brandt\nMonday", id="short lines"),
        pytest.param(
            "He said that it was so.\nShe said that it was not so.\nThey left it there.", id="one sentence each"
        ),
        pytest.param("Editor: " + "word " * 40 + "end.\nGuest: " + "word " * 50 + "end.", id="one paragraph each"),
    ],
)
def test_lines_that_are_no_wraps_stay(raw: str) -> None:
    assert [line.text for line in split_lines(raw)] == raw.split("\n")


def test_blocks_are_counted() -> None:
    assert [line.block for line in split_lines("a\nb\n\n\nc\r\n\r\nd")] == [0, 0, 1, 2]


@pytest.mark.parametrize(
    ("line", "closes"),
    [
        ("He left.", True),
        ("“He left.”", True),
        ("He left. (Bay Post)", False),
        ("(He left.)", True),
        ("Ferry late", False),
    ],
)
def test_ends_sentence(line: str, closes: bool) -> None:
    assert ends_sentence(line) is closes


def test_words_are_counted_without_marks() -> None:
    assert count_words("Two — words …") == 2
