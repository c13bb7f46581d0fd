import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.model.article import DateSource, SetAside, SetAsideReason
from tasks.reading.item import Input, ReadingLimits
from tasks.reading.records import find_records

LIMITS = ReadingLimits()


def test_a_record_becomes_an_input() -> None:
    record = {
        "text": "He left.",
        "title": "T",
        "url": "https://bay.example/a?utm_source=x",
        "outlet": "O",
        "published_at": "2024-03-05",
    }
    (found,) = find_records([json.dumps(record).encode()], "a.jsonl", LIMITS)
    assert isinstance(found, Input)
    assert (found.name, found.path, found.text, found.title, found.outlet) == (
        "a.jsonl#1",
        "a.jsonl#1",
        "He left.",
        "T",
        "O",
    )
    assert found.url == "https://bay.example/a"
    assert found.published_at == datetime(2024, 3, 5, tzinfo=UTC)
    assert found.date_source is DateSource.HEADER


@pytest.mark.parametrize(
    ("line", "reason", "words"),
    [
        pytest.param(b'{"text": ', SetAsideReason.BAD_RECORD, "line 1: not JSON", id="broken"),
        pytest.param(b"[1, 2]", SetAsideReason.BAD_RECORD, "not a JSON object", id="a list"),
        pytest.param(b'{"title": "T"}', SetAsideReason.BAD_RECORD, "neither", id="no text"),
        pytest.param(b'{"text": 7}', SetAsideReason.BAD_RECORD, "neither", id="a number for a text"),
        pytest.param('{"text": "café"}'.encode("cp1252"), SetAsideReason.BAD_RECORD, "not UTF-8", id="Latin-1"),
        pytest.param(b"[" * 100_000, SetAsideReason.BAD_RECORD, "not JSON", id="nested without end"),
        pytest.param(b'{"text": "' + b"a" * 6_000_000, SetAsideReason.TOO_LARGE, "longer than", id="too long"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(line: bytes, reason: SetAsideReason, words: str) -> None:
    (found,) = find_records([line], "a.jsonl", LIMITS)
    assert isinstance(found, SetAside)
    assert found.reason is reason
    assert words in found.detail
    assert found.name == "a.jsonl#1"
    assert len(found.sha256) == 64


def test_the_others_are_read_and_lines_keep_their_numbers() -> None:
    lines = [b'{"text": "a"}\n', b"\n", b"broken\n", b'{"html": "<p>b</p>"}\n']
    found = list(find_records(lines, "a.jsonl", LIMITS))
    assert [item.name for item in found] == ["a.jsonl#1", "a.jsonl#3", "a.jsonl#4"]
    assert isinstance(found[1], SetAside)


@given(
    st.dictionaries(
        st.sampled_from(["text", "html", "url", "title", "published"]), st.text() | st.none() | st.integers()
    )
)
def test_any_record_gives_one_result(record: dict[str, object]) -> None:
    assert len(list(find_records([json.dumps(record).encode()], "a", LIMITS))) == 1
