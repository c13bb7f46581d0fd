"""Who quotes whom: the lines, the table beside them, and when no picture is drawn."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tasks.model.article import Article
from tasks.model.claim import Claim, Entity, EntityKind
from tasks.reporting.evidence import arrange_evidence, gather_evidence
from tasks.reporting.material import Material
from tasks.reporting.view_map import NODES, MapView, map_view


@pytest.fixture
def view(material: Material) -> MapView:
    found = map_view(gather_evidence(material))
    assert found
    return found


def test_table_says_who_carries_whom_how_often_and_at_second_hand(view: MapView) -> None:
    rows = {row.source: row.outlets for row in view.rows}
    assert rows["Ada Holm"] == (
        "National Wire (3), Radio Lune (3), Harbour Post (2, at second hand), Inland Review (1, at second hand)"
    )
    assert rows["Water Board"] == "Inland Review (2), Brenna Herald (1)"


def test_every_cell_of_the_table_is_a_line(view: MapView) -> None:
    assert view.picture
    lines = {lines.look: lines.path.count("M") for lines in view.picture.lines}
    assert sum(lines.values()) == sum(row.outlets.count("(") for row in view.rows)
    assert lines["second"] == sum("second" in cell for row in view.rows for cell in row.outlets.split("), "))


def test_what_nobody_is_known_to_say_is_counted_and_left_out(view: MapView) -> None:
    assert view.notes == ("Left out, since nobody knows who speaks: 2 statements",)
    assert not any("unresolved" in row.source for row in view.rows)


def test_who_passes_on_what_another_outlet_has(view: MapView) -> None:
    assert view.passes == (
        "Harbour Post has 3 statements from National Wire",
        "Inland Review has 1 statement from National Wire",
    )


@pytest.fixture
def quoting(new_article: Callable[..., Article], new_claim: Callable[..., Claim]) -> Callable[..., MapView | None]:
    """Return what makes the map of a report in which each outlet quotes each of its sources once."""

    def make(outlets: int, sources: int) -> MapView | None:
        names = [f"Person {n:02}" for n in range(sources)]
        text = "\n".join(["The dam is safe.", *(f"{name} said it was so." for name in names)])
        articles = [
            new_article(url=f"https://a.example/{n}", outlet=f"Outlet {n:02}", text=text) for n in range(outlets)
        ]
        claims = [
            new_claim(
                article, who=[Entity(id=name, name=name, kind=EntityKind.PERSON)], content=[f"{name} said it was so"]
            )
            for article in articles
            for name in names
        ]
        return map_view(arrange_evidence(articles, claims))

    return make


@pytest.mark.parametrize(
    ("outlets", "sources", "drawn", "notes"),
    [
        pytest.param(2, 2, True, (), id="small"),
        pytest.param(1, 5, False, ("There is too little for a picture: the table says all.",), id="one outlet"),
        pytest.param(5, 1, False, ("There is too little for a picture: the table says all.",), id="one source"),
        pytest.param(
            7, 7, False, ("No picture: it would have 49 lines that cross. The table says the same.",), id="hairball"
        ),
        pytest.param(3, 14, True, ("2 more sources not shown here",), id="capped"),
    ],
)
def test_a_picture_only_where_it_helps(
    quoting: Callable[..., MapView | None], outlets: int, sources: int, drawn: bool, notes: tuple[str, ...]
) -> None:  # fmt: skip
    view = quoting(outlets, sources)
    assert view
    assert ((view.picture is not None), view.notes) == (drawn, notes)
    assert len(view.rows) == min(sources, NODES)


def test_nobody_quoted_gives_no_map(quoting: Callable[..., MapView | None]) -> None:
    assert quoting(3, 0) is None


def test_order_of_the_claims_changes_nothing(material: Material) -> None:
    evidence = gather_evidence(material)
    turned = replace(evidence, claims=dict(reversed(list(evidence.claims.items()))))
    assert map_view(turned) == map_view(evidence)
