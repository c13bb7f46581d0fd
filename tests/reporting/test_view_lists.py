"""The matrix, the sources, the outlets and the articles of a report."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from tasks.model.article import Article
from tasks.model.claim import Claim
from tasks.reporting.evidence import gather_evidence
from tasks.reporting.material import Material
from tasks.reporting.view import report_view
from tasks.reporting.view_articles import each_article
from tasks.reporting.view_findings import order_findings
from tasks.reporting.view_matrix import COLUMNS, matrix_view, source_views
from tasks.reporting.view_outlets import outlet_views


def test_matrix_has_a_row_for_each_who_speaks(material: Material) -> None:
    view = matrix_view(order_findings(material.findings), gather_evidence(material))
    rows = {row.name: "".join("".join(s.letter for s in cell) or "." for cell in row.cells) for row in view.rows}
    assert rows["Ada Holm"] == "S....S"
    assert rows["Kestrel Works"] == "D....."
    assert rows["Water Board"] == ".SD...."
    assert rows["National Wire"] == "..S..."
    assert view.notes == ("Left out, since nobody knows who speaks: 2 claims",)


def test_matrix_shows_twelve_findings_and_says_how_many_more(material: Material) -> None:
    many = tuple(replace(material.findings[0], id=f"{number:04}") for number in range(15))
    view = matrix_view(many, gather_evidence(material))
    assert len(view.columns) == COLUMNS
    assert view.notes == ("3 more findings not shown in this table",)


def test_sources_are_listed_by_what_they_say(material: Material) -> None:
    views = source_views(order_findings(material.findings), gather_evidence(material))
    assert [(view.name, view.claims, [f.number for f in view.findings]) for view in views[:2]] == [
        ("Ada Holm", "9 claims", [1, 6]),
        ("Jonas Weir", "4 claims", [1, 4]),
    ]
    assert "National Wire" not in [view.name for view in views]


def test_outlets(material: Material) -> None:
    views = {view.name: view for view in outlet_views(gather_evidence(material))}
    assert (views["National Wire"].articles, views["National Wire"].claims) == ("1 article", "9 quoted claims")
    assert views["Harbour Post"].note == "1 article repeating another outlet"


def test_articles_stand_by_date_the_undated_last(material: Material) -> None:
    views = list(each_article(material.findings, gather_evidence(material), material))
    assert [view.outlet for view in views][-2:] == ["Inland Review", "Radio Lune"]


def test_article_text_is_whole_and_headings_are_headings(material: Material, articles: Mapping[str, Article]) -> None:
    views = {view.id: view for view in list(each_article(material.findings, gather_evidence(material), material))}
    wire = views[articles["wire"].id]
    assert "\n".join("".join(part.text for part in block.segments) for block in wire.blocks) == articles["wire"].text
    assert ["".join(p.text for p in block.segments) for block in wire.blocks if block.heading] == [
        "What the town has seen"
    ]


def test_outlets_own_words_are_marked_only_in_a_finding(material: Material, claims: Mapping[str, Claim]) -> None:
    evidence = gather_evidence(material)
    texts = [
        [part.text for view in views for block in view.blocks for part in block.segments if part.marked]
        for views in (
            list(each_article(material.findings, evidence, material)),
            list(each_article((), evidence, material)),
        )
    ]
    fish = "Thousands of fish have died in the Lune"
    assert [fish in marked for marked in texts] == [True, False]
    assert report_view(replace(material, findings=())).quotes == len(claims) - 2


@pytest.mark.parametrize(
    ("changed", "fact"),
    [
        pytest.param({"version": 3}, ("Version", "3: an edited text under the same address"), id="edited"),
        pytest.param({"copy_of": "gone"}, ("Near copy of", "an article that is not in this report"), id="copy"),
        pytest.param({"path": "in/a.txt"}, ("File", "a.txt"), id="file"),
    ],
)
def test_facts(
    material: Material, new_article: Callable[..., Article], changed: dict[str, object], fact: tuple[str, str]
) -> None:
    alone = replace(material, articles=(new_article(**changed),), claims=(), findings=())
    assert fact in next(each_article((), gather_evidence(alone), alone)).facts
