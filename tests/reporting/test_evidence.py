"""A quote that is not in the stored text stops the report."""

from dataclasses import replace
from typing import Any

import pytest

from tasks.model.article import Span
from tasks.model.errors import EvidenceError
from tasks.model.finding import Member, Side
from tasks.reporting.evidence import gather_evidence
from tasks.reporting.material import Material
from tasks.reporting.view import report_view


@pytest.mark.parametrize(
    ("field", "span"),
    [
        pytest.param("content", Span(start=10, end=100_000), id="content past the end"),
        pytest.param("cue", Span(start=99_999, end=100_000), id="cue past the end"),
        pytest.param("source", Span(start=99_999, end=100_000), id="source past the end"),
        pytest.param("basis", Span(start=99_999, end=100_000), id="basis past the end"),
    ],
)
def test_span_past_the_end_is_named(material: Material, field: str, span: Span) -> None:
    changed: dict[str, Any] = {field: (span,)}
    wrong = replace(material.claims[0], **changed)
    with pytest.raises(EvidenceError, match=rf"claim {wrong.id}: .* of article {wrong.article_id}"):
        gather_evidence(replace(material, claims=(wrong,), findings=()))


def test_span_over_white_space_is_no_quote(material: Material) -> None:
    claim = material.claims[0]
    gap = material.articles[0].text.index(" ")
    wrong = replace(claim, content=(Span(start=gap, end=gap + 1),))
    with pytest.raises(EvidenceError, match="no words at"):
        gather_evidence(replace(material, claims=(wrong,), findings=()))


def test_changed_text_leaves_its_claims_without_an_article(material: Material) -> None:
    first, *others = material.articles
    changed = replace(first, text=first.text.replace("nine days", "nine years"))
    with pytest.raises(EvidenceError, match=f"its article {first.id} is not among the stored articles"):
        report_view(replace(material, articles=(changed, *others)))


def test_finding_of_an_unknown_claim(material: Material) -> None:
    finding = replace(material.findings[0], members=(Member(claim_id="feedfeed", side=Side.FOR),))
    with pytest.raises(EvidenceError, match=f"finding {finding.id}: its claims feedfeed are not"):
        gather_evidence(replace(material, findings=(finding,)))
