"""Numbers side by side: which are shown, in which order, and how they are read."""

from collections.abc import Callable
from dataclasses import replace
from math import inf

import pytest

from tasks.model.article import Article
from tasks.model.claim import Claim, Entity, EntityKind, Quantity
from tasks.model.finding import Finding, Status
from tasks.reporting.evidence import arrange_evidence, gather_evidence
from tasks.reporting.material import Material
from tasks.reporting.view_numbers import ROWS, NumbersView, number_words, numbers_views

Counts = list[list[object]]


def words_of(view: NumbersView) -> list[tuple[str, str, str]]:
    return [
        (row.number, row.who, "".join(f"{p.before}[{p.number}]{p.after}" for p in row.pieces if p.quoted))
        for row in view.rows
    ]


def test_numbers_of_the_story_stand_side_by_side(material: Material) -> None:
    (view,) = numbers_views(material.findings[-1], gather_evidence(material))
    assert view.unit == "people"
    assert words_of(view) == [
        ("12", "R. Okafor", "[12] people have been treated"),
        ("30", "plant workers' union", "[30]"),
        ("30", "somebody not named", "[Thirty] people were allegedly treated"),
    ]


@pytest.fixture
def counted(
    new_article: Callable[..., Article], new_claim: Callable[..., Claim], new_finding: Callable[..., Finding]
) -> Callable[..., tuple[NumbersView, ...]]:
    """Return what makes the tables of a finding in which each source says a sentence with some numbers."""

    def make(*said: tuple[str, str, Counts]) -> tuple[NumbersView, ...]:
        article = new_article(text="\n".join(words for _, words, _ in said))
        claims = [
            new_claim(
                article,
                who=[Entity(id=name, name=name, kind=EntityKind.PERSON)],
                content=[words],
                counts=counts,
            )
            for name, words, counts in said
        ]
        evidence = arrange_evidence([article], claims)
        return numbers_views(new_finding(Status.DISPUTED, for_=[[c] for c in claims]), evidence)

    return make


def test_the_smallest_comes_first(counted: Callable[..., tuple[NumbersView, ...]]) -> None:
    (view,) = counted(
        ("Ann", "30 died in the town", [[30, 30, "people", "30"]]),
        ("Bob", "more than 20 died there", [[20, inf, "people", "20"]]),
        ("Cid", "up to 200 died, it seems", [[-inf, 200, "people", "200"]]),
        ("Dan", "12 died, no more", [[12, 12, "people", "12"]]),
    )
    assert [row.number for row in view.rows] == ["200 or fewer", "12", "20 or more", "30"]


def test_a_number_is_one_of_its_own(counted: Callable[..., tuple[NumbersView, ...]]) -> None:
    (view,) = counted(
        ("Ann", "of 19 ships 9 sank", [[9, 9, "ship", "9"]]),
        ("Bob", "seven ships sank", [[7, 7, "ship", "seven"]]),
    )
    assert words_of(view)[1][2] == "of 19 ships [9] sank"


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(
            [("Ann", "9 died here", [[9, 9, "people", "9"]]), ("Bob", "nine died", [[9, 9, "people", "nine"]])],
            id="all give the same",
        ),
        pytest.param(
            [("Ann", "from 9 to 14", [[9, 9, "people", "9"], [14, 14, "people", "14"]])], id="one source alone"
        ),
        pytest.param(
            [("Ann", "9 died here", [[9, 9, "people", "9"]]), ("Bob", "8 sank", [[8, 8, "ship", "8"]])],
            id="other things",
        ),
        pytest.param(
            [("Ann", "9 of it", [[9, 9, "", "9"]]), ("Bob", "8 of it", [[8, 8, "", "8"]])], id="nobody knows what"
        ),
        pytest.param(
            [("Ann", "both died", [[2, 2, "people", "2"]]), ("Bob", "8 died", [[8, 8, "people", "8"]])],
            id="a number that does not stand there",
        ),
    ],
)
def test_where_no_two_sources_differ_there_is_no_table(
    counted: Callable[..., tuple[NumbersView, ...]], said: list[tuple[str, str, Counts]]
) -> None:
    assert counted(*said) == ()


def test_many_numbers_are_capped_and_the_rest_is_told(counted: Callable[..., tuple[NumbersView, ...]]) -> None:
    said = [(f"Person {n}", f"it was {n} that died", [[n, n, "people", str(n)]]) for n in range(10, 13 + ROWS)]
    (view,) = counted(*said)
    assert (len(view.rows), view.more) == (ROWS, "3 more numbers not shown")


def test_a_source_that_is_carried_twice_has_one_row(
    counted: Callable[..., tuple[NumbersView, ...]],
) -> None:
    (view,) = counted(
        ("Ann", "9 died here", [[9, 9, "people", "9"]]),
        ("Ann", "the 9 died there", [[9, 9, "people", "9"]]),
        ("Bob", "8 died", [[8, 8, "people", "8"]]),
    )
    assert [(row.who, row.more) for row in view.rows] == [("Bob", ""), ("Ann", "1 more report")]


@pytest.mark.parametrize(
    ("low", "high", "approximate", "expected"),
    [
        (9, 9, False, "9"),
        (12_500, 12_500, True, "about 12,500"),
        (10, 12, False, "10 to 12"),
        (20, inf, False, "20 or more"),
        (-inf, 20, False, "20 or fewer"),
        (-inf, inf, False, "some"),
        (2.5, 2.5, False, "2.5"),
        (4e20, 4e20, False, "4e+20"),
    ],
)
def test_how_a_number_is_read(low: float, high: float, approximate: bool, expected: str) -> None:
    plain = Quantity(low=1.0, high=1.0, unit="people", approximate=False, text="some")
    assert number_words(replace(plain, low=float(low), high=float(high), approximate=approximate)) == expected
