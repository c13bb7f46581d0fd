"""What is new since the run before: in which words, where it leads, and what comes first for it."""

from dataclasses import replace

import pytest

from tasks.model.change import Change, Difference, Since
from tasks.reporting.evidence import gather_evidence
from tasks.reporting.material import Material
from tasks.reporting.view import report_view
from tasks.reporting.view_attention import ATTENTION, attention_views
from tasks.reporting.view_findings import order_findings
from tasks.reporting.view_since import FIRST, MOST, SAME, SinceView, since_view
from tests.reporting.conftest import READ_AT

NEW = Difference(change=Change.NEW, subject="f", words="the bridge is closed", after="disputed")


def told(*differences: Difference, places: tuple[str, ...] = ()) -> SinceView:
    view = since_view(Since(before=READ_AT, differences=differences), places)
    assert view is not None
    return view


def test_a_run_of_which_nothing_was_noted_has_no_such_part() -> None:
    assert since_view(None, ()) is None


def test_the_first_run_says_so_in_one_line() -> None:
    assert since_view(Since(before=None), ()) == SinceView(words=FIRST, groups=())


def test_a_run_that_changes_nothing_says_with_what_it_was_compared() -> None:
    view = told()
    assert view.words == f"Compared with what stood at the end of the run of 7 April 2031, 05:00 UTC. {SAME}"
    assert view.groups == ()


@pytest.mark.parametrize(
    ("change", "given", "title", "words", "place"),
    [
        pytest.param(Change.NEW, {"after": "disputed"}, "1 new finding", "Disputed", "finding-f", id="new"),
        pytest.param(
            Change.STATUS,
            {"before": "single-origin", "after": "disputed", "sources": ("Ada Holm",)},
            "1 finding with another status",
            "Single origin → Disputed; 1 more source: Ada Holm",
            "finding-f",
            id="status",
        ),
        pytest.param(
            Change.MORE,
            {"after": "disputed", "sources": tuple("abcde"), "outlets": ("Radio Lune", "The Post")},
            "1 finding with more sources or outlets",
            "5 more sources: a, b, c and 2 more; 2 more outlets: Radio Lune and The Post",
            "finding-f",
            id="more",
        ),
        pytest.param(
            Change.MERGED,
            {"after": "heir"},
            "1 finding that went into another one",
            "its claims stand in that finding now",
            "finding-heir",
            id="merged",
        ),
        pytest.param(
            Change.ENDED,
            {"before": "denied"},
            "1 finding of which nothing is left",
            "it was: denied; no claim that carried it counts any more",
            "",
            id="ended",
        ),
        pytest.param(
            Change.EDITED,
            {"outlets": ("Radio Lune",)},
            "1 edited article",
            "Radio Lune changed the text",
            "article-f",
            id="edited",
        ),
        pytest.param(
            Change.FAILING,
            {},
            "1 outlet that could not be read any more",
            "it has failed several runs in a row",
            "health",
            id="failing",
        ),
    ],
)
def test_each_kind_has_its_words_and_its_place(
    change: Change, given: dict[str, str], title: str, words: str, place: str
) -> None:
    one = Difference(change=change, subject="f", words="the bridge is closed", **given)  # type: ignore[arg-type]
    there = ("finding-f", "finding-heir", "article-f", "health") if place else ()
    (group,) = told(one, places=there).groups
    assert group.title == title
    assert [(item.words, item.anchor) for item in group.items] == [(words, place)]
    assert [item.anchor for item in told(one).groups[0].items] == [""]  # a page without that place


def test_a_long_list_is_cut_and_what_the_page_has_comes_first() -> None:
    many = [replace(NEW, subject=f"{number:02}", words=f"matter {number:02}") for number in range(MOST + 3)]
    (group,) = told(*many, places=("finding-09",)).groups
    assert group.title == "10 new findings"
    assert len(group.items) == MOST
    assert group.items[0].anchor == "finding-09"
    assert group.more == "3 more"


def test_order_of_the_differences_does_not_matter() -> None:
    many = [replace(NEW, subject=str(number), words="the same words") for number in range(4)]
    assert told(*many) == told(*many[::-1])


def test_what_is_new_comes_first_in_what_needs_attention(material: Material) -> None:
    findings, evidence = order_findings(material.findings), gather_evidence(material)
    views, _ = attention_views(material, findings, evidence)
    assert [(view.tag, view.is_new) for view in views] == [
        ("Shifted", True),
        ("Single origin", True),
        ("Edited", True),
        ("Disputed", False),  # more sources came to it, which makes no new conflict
    ]
    none, _ = attention_views(replace(material, since=None), findings, evidence)
    assert [(view.tag, view.is_new) for view in none] == [
        ("Disputed", False),
        ("Shifted", False),
        ("Single origin", False),
        ("Edited", False),
    ]


def test_what_is_new_is_not_crowded_out_by_what_is_not(material: Material) -> None:
    many = tuple(replace(material.findings[0], id=f"{number:04}") for number in range(9))
    news = Since(before=READ_AT, differences=(replace(NEW, subject="0008"),))
    crowded = replace(material, findings=many, since=news)
    views, more = attention_views(crowded, order_findings(many), gather_evidence(crowded))
    assert (len(views), more) == (ATTENTION, 3)
    assert (views[0].anchor, views[0].is_new) == ("finding-0008", True)


def test_a_single_origin_that_reaches_more_outlets_is_new(material: Material) -> None:
    (wells,) = [one for one in material.findings if one.statement == "the ministry has closed two wells"]
    spread = Difference(change=Change.MORE, subject=wells.id, words="", after="single-origin", outlets=("Radio Lune",))
    quoted = replace(spread, outlets=(), sources=("Ada Holm",))
    marked = []
    for one in (spread, quoted):
        case = replace(material, since=Since(before=READ_AT, differences=(one,)))
        views, _ = attention_views(case, order_findings(case.findings), gather_evidence(case))
        marked.append([view.tag for view in views if view.is_new])
    assert marked == [["Single origin"], []]


def test_links_of_the_story_lead_to_its_findings(material: Material) -> None:
    view = report_view(material)
    assert view.since is not None
    places = {head.anchor for head in view.heads} | {article.anchor for article in view.articles}
    anchors = [item.anchor for group in view.since.groups for item in group.items]
    assert set(anchors) - {"", "health"} <= places
    assert anchors.count("") == 1  # the one of which nothing is left
