"""The finished page is read back, and a word that was changed on the way is found."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tasks.model.claim import Claim
from tasks.model.errors import EvidenceError
from tasks.reporting.evidence import gather_evidence
from tasks.reporting.material import Material
from tasks.reporting.proof import clean, prove_page
from tasks.reporting.render import render_report


def test_the_page_of_the_story_holds_its_quotes(material: Material, templates: Path) -> None:
    assert prove_page(render_report(material, templates), gather_evidence(material)) == len(material.claims)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("<mark>the plant would close</mark>", "<mark>the plant would open</mark>", id="a word of a card"),
        pytest.param("<mark>the plant would close</mark>", "the plant would close", id="a mark that is lost"),
        pytest.param("<ins>of it </ins>", "<ins>of that </ins>", id="a word of a wording"),
        pytest.param("<mark><b>12</b> people", "<mark><b>13</b> people", id="a number"),
        pytest.param("Dead fish covered", "Some fish covered", id="a word of an article"),
    ],
)
def test_a_changed_page_is_refused(material: Material, templates: Path, old: str, new: str) -> None:
    page = render_report(material, templates)
    assert old in page
    with pytest.raises(EvidenceError, match="the page shows"):
        prove_page(page.replace(old, new), gather_evidence(material))


def test_mark_that_is_missing_in_the_article_is_missed(
    material: Material, claims: Mapping[str, Claim], templates: Path
) -> None:
    page = render_report(material, templates)
    anchor = f'<span id="claim-{claims["wire_books"].id}"></span>'
    assert prove_page(page.replace(anchor, ""), gather_evidence(material)) == len(material.claims) - 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a\x00b", "a\ufffdb"), ("a\ud800", "a\ufffd"), ("a\r\nb\tc", "a \nb\tc"), ("naïve ✓", "naïve ✓")],
)
def test_clean(text: str, expected: str) -> None:
    assert clean(text) == expected
