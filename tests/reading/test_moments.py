from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.reading.moments import parse_moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        pytest.param("2024-03-05", datetime(2024, 3, 5, tzinfo=UTC), id="day"),
        pytest.param("2024-03-05T21:40:00+02:00", datetime(2024, 3, 5, 19, 40, tzinfo=UTC), id="zone"),
        pytest.param("2024-03-05 21:40", datetime(2024, 3, 5, 21, 40, tzinfo=UTC), id="no zone"),
        pytest.param("Tue, 05 Mar 2024 10:00:00 -0500", datetime(2024, 3, 5, 15, tzinfo=UTC), id="mail"),
        pytest.param("5 March 2024", datetime(2024, 3, 5, tzinfo=UTC), id="words"),
        pytest.param("March 5, 2024 10:15 am", datetime(2024, 3, 5, 10, 15, tzinfo=UTC), id="words and clock"),
        pytest.param("03/04/2024", None, id="March or April"),
        pytest.param("March 2024", None, id="no day"),
        pytest.param("Nov 9", None, id="no year"),
        pytest.param("yesterday", None, id="relative"),
        pytest.param("soon", None, id="no date"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_parse_moment(text: str, moment: datetime | None) -> None:
    assert parse_moment(text) == moment


@given(st.text(max_size=100) | st.from_regex(r"\A\d{1,4}[-/ ](\d{1,2}|mar|may)[-/ ]\d{1,4}( \d{1,2}:\d\d)?\Z"))
def test_any_text_gives_an_aware_time_or_none(text: str) -> None:
    moment = parse_moment(text)
    assert moment is None or moment.tzinfo is not None
