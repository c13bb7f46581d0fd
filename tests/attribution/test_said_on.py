"""When something was said, read from the words beside the cue; published on Tuesday 4 March 2025."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("The minister said on Friday that the bridge was safe.", date(2025, 2, 28), id="said-on"),
        pytest.param(
            '"We closed it on Sunday," Ruth Amsel told reporters yesterday.', date(2025, 3, 3), id="yesterday"
        ),
        pytest.param(
            "The union, in a statement released on Thursday, denied that its members had walked out on Monday.",
            date(2025, 2, 27),
            id="in-a-statement",
        ),
        pytest.param("Speaking on 12 February, the mayor said that nobody was hurt.", date(2025, 2, 12), id="speaking"),
        pytest.param("Police said the blast on Sunday killed two people.", None, id="of-the-event"),
        pytest.param("Ruth Amsel, who resigned on Sunday, said the bridge was safe.", None, id="of-the-source"),
        pytest.param("The mayor said in 2019 that the bridge was safe.", None, id="a-year-is-no-day"),
        pytest.param("The mayor said that the bridge was safe.", None, id="no-date"),
    ],
)
def test_the_day_of_a_statement(text: str, day: date | None, read: Callable[[str], Any]) -> None:
    expected = None if day is None else datetime(day.year, day.month, day.day, tzinfo=UTC)
    assert [claim.said_at for claim in read(text).spoken] == [expected]
