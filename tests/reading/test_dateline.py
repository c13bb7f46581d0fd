from datetime import UTC, datetime

import pytest

from tasks.reading.dateline import find_dateline
from tasks.reading.lines import Line


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Dornhal, Nov 9: He left.", "Dornhal, Nov 9", id="no year"),
        pytest.param("DORNHAL (Nov. 9) - He left.", "DORNHAL, Nov. 9", id="brackets"),
        pytest.param(
            "PORT MAREN, Lower Bay, 9 November (Bay Wire) — He left.", "PORT MAREN, Lower Bay, 9 November", id="region"
        ),
        pytest.param("Port of Maren, 9 Nov 2023 - He left.", "Port of Maren, 9 Nov 2023", id="with its year"),
        pytest.param("On Monday, March 4: the gate was locked.", "", id="a time"),
        pytest.param("Monday, March 4 - the gate was locked.", "", id="a day of the week"),
        pytest.param("Updated, March 4: the gate was locked.", "", id="an update"),
        pytest.param("He left on Monday, March 4: nobody saw it.", "", id="a sentence"),
        pytest.param("Wednesday, July 17, 2024", "", id="the clock of a page"),
    ],
)
def test_find_dateline(text: str, found: str) -> None:
    dateline = find_dateline([Line(text="Ferry left early", block=0), Line(text=text, block=1)])
    assert (dateline.text if dateline else "") == found


@pytest.mark.parametrize(
    ("day", "allowed"),
    [
        pytest.param(datetime(2023, 11, 10, tzinfo=UTC), True, id="the day after"),
        pytest.param(datetime(2019, 11, 7, tzinfo=UTC), True, id="any year"),
        pytest.param(datetime(2024, 7, 17, tzinfo=UTC), False, id="the clock of a page"),
    ],
)
def test_a_dateline_without_a_year_still_tells_which_dates_are_wrong(day: datetime, allowed: bool) -> None:
    dateline = find_dateline([Line(text="Dornhal, Nov 9: He left.", block=0)])
    assert dateline
    assert dateline.allows(day) is allowed


def test_the_turn_of_a_year_is_no_year_apart() -> None:
    dateline = find_dateline([Line(text="Dornhal, Dec 31: He left.", block=0)])
    assert dateline
    assert dateline.allows(datetime(2024, 1, 1, 3, tzinfo=UTC))
