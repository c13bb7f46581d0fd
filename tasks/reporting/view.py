"""The whole report as one view: every decision is made here, the templates print it."""

from dataclasses import dataclass

from tasks.model.article import SetAside
from tasks.reporting.edits import find_edits
from tasks.reporting.evidence import gather_evidence
from tasks.reporting.material import Material
from tasks.reporting.view_articles import ArticleView, article_views, shown_claims
from tasks.reporting.view_findings import FindingView, finding_view, order_findings
from tasks.reporting.view_health import HealthView, health_views
from tasks.reporting.view_map import MapView, map_view
from tasks.reporting.view_masthead import AttentionView, MastheadView, attention_views, masthead_view
from tasks.reporting.view_matrix import MatrixView, SourceView, matrix_view, source_views
from tasks.reporting.view_outlets import OutletView, outlet_views
from tasks.reporting.words import count, minute, reason_words, stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAsideView:
    """One input that was not taken, and why."""

    name: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """Everything that the templates of a report print."""

    run_id: str
    started: str
    masthead: MastheadView
    attention: tuple[AttentionView, ...]
    attention_more: str
    findings: tuple[FindingView, ...]
    matrix: MatrixView
    map: MapView | None
    sources: tuple[SourceView, ...]
    outlets: tuple[OutletView, ...]
    health: tuple[HealthView, ...]
    articles: tuple[ArticleView, ...]
    set_asides: tuple[SetAsideView, ...]
    method: tuple[tuple[str, str], ...]
    quotes: int
    quotes_words: str
    summary: str


def report_view(material: Material) -> ReportView:
    """Return the view of a report; raise EvidenceError where a quote is not in the stored text."""
    evidence = gather_evidence(material)
    findings = order_findings(material.findings)
    attention, more = attention_views(material, findings, evidence)
    shown = shown_claims(evidence, (member.claim_id for finding in findings for member in finding.members))
    masthead = masthead_view(material, findings, evidence)
    return ReportView(
        run_id=material.run.id,
        started=stamp(material.run.started_at),
        masthead=masthead,
        attention=attention,
        attention_more=f"{count(more, 'more sentence')} of this kind below" if more else "",
        findings=tuple(finding_view(number, finding, evidence) for number, finding in enumerate(findings, 1)),
        matrix=matrix_view(findings, evidence),
        map=map_view(evidence),
        sources=source_views(findings, evidence),
        outlets=outlet_views(evidence),
        articles=article_views(findings, evidence, edits=find_edits(material), captures=material.captures),
        health=health_views(material.health),
        set_asides=tuple(_set_aside(item) for item in material.set_asides),
        method=method_rows(material),
        quotes=len(shown),
        quotes_words=f"{len(shown):,} of {len(shown):,} quotes checked" if shown else "No quotes to check",
        summary=", ".join(f"{figure.number} {figure.noun}" for figure in masthead.figures[1:]),
    )


def _set_aside(item: SetAside) -> SetAsideView:
    return SetAsideView(name=item.name, reason=reason_words(item.reason), detail=item.detail)


def method_rows(material: Material) -> tuple[tuple[str, str], ...]:
    """Return what made this report: the run, the versions, the settings."""
    run = material.run
    finished = minute(run.finished_at) if run.finished_at else "not recorded as finished"
    rows = (
        *material.method,
        ("Run", run.id),
        ("Flow", run.flow),
        ("Started", minute(run.started_at)),
        ("Finished", finished),
        ("Report made", minute(material.generated_at)),
    )
    return tuple((label, words) for label, words in rows if words)
