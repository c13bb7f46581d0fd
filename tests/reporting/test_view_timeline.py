"""The time line of a finding: its lanes, its signs, its table, and what is told in words."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tasks.model.article import Article
from tasks.model.claim import Claim, Entity, EntityKind
from tasks.model.finding import Finding, Side, Status
from tasks.reporting.evidence import Evidence, arrange_evidence, gather_evidence
from tasks.reporting.material import Material
from tasks.reporting.view_lanes import EDGE, NAME, WIDTH, picture_view
from tasks.reporting.view_timeline import LANES, ROWS, TimelineView, timeline_view

DAY = datetime(2031, 4, 3, 12, tzinfo=UTC)


@pytest.fixture
def evidence(material: Material) -> Evidence:
    return gather_evidence(material)


@pytest.fixture
def disputed(material: Material, evidence: Evidence) -> TimelineView:
    view = timeline_view(material.findings[0], evidence)
    assert view
    return view


def test_sources_stand_in_the_order_in_which_they_are_heard(disputed: TimelineView) -> None:
    assert disputed.picture
    assert [lane.name for lane in disputed.picture.lanes] == [
        "Ada Holm (Environment Ministry)",
        "Jonas Weir (Kestrel Works)",
        "Kestrel Works",
        "Piet Arends",
        "Mira Solt (plant workers' union)",
    ]


def test_table_says_what_the_picture_shows(disputed: TimelineView) -> None:
    rows = {
        row.source: (
            row.side,
            [day.words for day in row.said],
            [(day.words, outlets) for day, outlets in row.published],
        )
        for row in disputed.rows
    }
    assert rows["Kestrel Works"] == ("Denies", ["3 April 2031"], [("3 April 2031", "Kestrel Works and National Wire")])
    assert rows["Ada Holm (Environment Ministry)"] == (
        "Says so",
        [],
        [
            ("3 April 2031", "Harbour Post and National Wire"),
            ("6 April 2031", "Inland Review"),
            ("date unknown", "Radio Lune"),
        ],
    )
    assert disputed.picture
    signs = {signs.look: len(signs.letters) for signs in disputed.picture.signs}
    assert signs == {"for-published": 3, "against-said": 1, "against-published": 2, "declines-published": 1}


def test_each_side_has_a_shape_and_a_letter_of_its_own(disputed: TimelineView) -> None:
    assert disputed.picture
    shapes = {signs.look: (signs.letters[0], re.sub(r"[^a-z]", "", signs.path)) for signs in disputed.picture.signs}
    assert {look.split("-")[0]: letter for look, (letter, _) in shapes.items()} == {
        "for": "S", "against": "D", "declines": "–",
    }  # fmt: skip
    assert len({path[:4] for _, path in shapes.values()}) == len(Side) - 1


def test_one_source_on_one_day_needs_no_time_line(material: Material, evidence: Evidence) -> None:
    by_status = {finding.status: timeline_view(finding, evidence) for finding in material.findings}
    assert by_status[Status.DENIED] is None


def people(
    days: Sequence[datetime | None], new_article: Callable[..., Article], new_claim: Callable[..., Claim]
) -> tuple[list[Claim], Evidence]:
    """Return a claim of another source for each day, each in an article of that day."""
    articles = [
        new_article(
            url=f"https://a.example/{n}", published_at=at, text=f"Person {n:02} said so.", outlet=f"Outlet {n:02}"
        )
        for n, at in enumerate(days)
    ]
    claims = [
        new_claim(
            article,
            who=[Entity(id=f"person:{n}", name=f"Person {n:02}", kind=EntityKind.PERSON)],
            source=f"Person {n:02}",
            content=["so"],
        )
        for n, article in enumerate(articles)
    ]
    return claims, arrange_evidence(articles, claims)


@pytest.mark.parametrize(
    ("days", "notes"),
    [
        pytest.param([DAY, DAY], ("All that has a date here was said or published on 3 April 2031.",), id="one day"),
        pytest.param([None, None], ("None of it has a date.",), id="no day"),
    ],
)
def test_without_two_days_there_are_words_and_no_picture(
    days: Sequence[datetime | None],
    notes: Sequence[str],
    new_article: Callable[..., Article],
    new_claim: Callable[..., Claim],
    new_finding: Callable[..., Finding],
) -> None:
    claims, evidence = people(days, new_article, new_claim)
    view = timeline_view(new_finding(Status.SEVERAL_ORIGINS, for_=[[claim] for claim in claims]), evidence)
    assert view
    assert (view.picture, view.notes) == (None, notes)


def test_lanes_and_rows_are_capped_and_the_rest_is_told(
    new_article: Callable[..., Article], new_claim: Callable[..., Claim], new_finding: Callable[..., Finding]
) -> None:
    days = [DAY + timedelta(days=n) for n in range(ROWS)]
    claims, evidence = people([*days, None], new_article, new_claim)
    view = timeline_view(new_finding(Status.SEVERAL_ORIGINS, for_=[[claim] for claim in claims]), evidence)
    assert view
    assert view.picture
    assert (len(view.picture.lanes), len(view.rows)) == (LANES, ROWS)
    assert view.notes == (
        "Without any date: 1 source.",
        f"{ROWS - LANES} more sources in the table.",
        "1 more row not shown.",
    )


def test_order_of_the_members_changes_nothing(material: Material, evidence: Evidence) -> None:
    finding = material.findings[0]
    turned = replace(finding, members=tuple(reversed(finding.members)))
    assert timeline_view(turned, evidence) == timeline_view(finding, evidence)


def test_claims_beside_the_matter_have_no_lane(material: Material, evidence: Evidence) -> None:
    finding = material.findings[0]
    beside = replace(finding, members=tuple(replace(member, side=Side.BESIDE) for member in finding.members))
    assert timeline_view(beside, evidence) is None


@pytest.mark.parametrize("number", [2, 5, 24, 60])
def test_signs_of_neighbouring_days_stay_apart_and_inside(number: int) -> None:
    days = [date(2031, 4, 1) + timedelta(days=n) for n in range(number)]
    far = date(2035, 4, 1)
    drawn = picture_view(["A"], {("A", Side.FOR): {"said": set(days), "published": {far}}}, [*days, far])
    xs = sorted(float(x) for signs in drawn.signs for x in signs.xs.split())
    assert len(xs) == number + 1
    assert len(set(xs)) == len(xs)
    assert xs[0] >= EDGE
    assert xs[-1] <= WIDTH - EDGE


def test_a_long_name_is_cut_in_the_picture() -> None:
    spoken: Mapping[tuple[str, Side], Mapping[str, set[date]]] = {}
    drawn = picture_view(["x" * 200], spoken, [date(2031, 4, 1), date(2031, 4, 9)])
    assert drawn.lanes[0].name == "x" * (NAME - 1) + "…"


def test_axis_names_the_first_the_last_and_a_day_between() -> None:
    days = [date(2031, 4, 1), date(2031, 4, 5), date(2031, 4, 9)]
    assert [tick.words for tick in picture_view([], {}, days).ticks] == ["1 Apr 2031", "5 Apr", "9 Apr 2031"]
    assert [tick.words for tick in picture_view([], {}, days[::2]).ticks] == ["1 Apr 2031", "9 Apr 2031"]
