"""The whole report as one view: every decision is made here, the templates print it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tasks.model.article import SetAside
from tasks.model.finding import Finding
from tasks.reporting.evidence import Evidence, gather_evidence
from tasks.reporting.material import Material
from tasks.reporting.view_articles import ArticleView, each_article, shown_claims, texts_words
from tasks.reporting.view_attention import AttentionView, attention_views
from tasks.reporting.view_facets import ToolsView, tools_view
from tasks.reporting.view_findings import FindingView, HeadView, finding_view, head_view, order_findings
from tasks.reporting.view_health import HealthView, health_views
from tasks.reporting.view_map import MapView, map_view
from tasks.reporting.view_masthead import MastheadView, masthead_view
from tasks.reporting.view_matrix import MatrixView, SourceView, matrix_view, source_views
from tasks.reporting.view_method import SurenessView, open_rows, sureness_view
from tasks.reporting.view_outlets import OutletView, outlet_views
from tasks.reporting.view_since import SinceView, since_view
from tasks.reporting.words import count, minute, reason_words, stamp

LABELS = {  # of what the record of a run keeps
    "rashomon.attribution": "Claims found by",
    "comparison": "Claims compared by",
    "judge": "Pairs weighed by",
    "rashomon": "Version of Rashomon",
}


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
    heads: tuple[HeadView, ...]
    findings: tuple[FindingView, ...]  # none where each has a page of its own
    tools: ToolsView
    matrix: MatrixView
    map: MapView | None
    sources: tuple[SourceView, ...]
    outlets: tuple[OutletView, ...]
    health: tuple[HealthView, ...]
    articles: tuple[ArticleView, ...]
    set_asides: tuple[SetAsideView, ...]
    method: tuple[tuple[str, str], ...]
    since: SinceView | None
    sureness: SurenessView
    left_open: tuple[tuple[str, str], ...]
    contact: str
    texts: str  # how much of each article is printed
    quotes: int
    quotes_words: str
    summary: str
    in_one: bool  # whether findings and articles stand whole on the page
    listed: int  # of those that stand on pages of their own: how many are listed at once


LISTED = 150  # each is some twenty elements: with more, a list of thousands would be slow to open


def report_view(material: Material, *, in_one: bool = True) -> ReportView:
    """Return the view of a report; raise EvidenceError where a quote is not in the stored text.

    Where it is not all in one page, findings and articles have pages of their own, and are only listed here.
    """
    evidence = gather_evidence(material)
    findings = order_findings(material.findings)
    attention, more = attention_views(material, findings, evidence)
    shown = shown_claims(evidence, (member.claim_id for finding in findings for member in finding.members))
    masthead = masthead_view(material, findings, evidence)
    heads = tuple(head_view(number, finding, evidence) for number, finding in enumerate(findings, 1))
    return ReportView(
        run_id=material.run.id,
        started=stamp(material.run.started_at),
        masthead=masthead,
        attention=attention,
        attention_more=f"{count(more, 'more sentence')} of this kind below" if more else "",
        heads=heads,
        findings=tuple(each_finding(findings, evidence)) if in_one else (),
        tools=tools_view(findings, (head.facets for head in heads)),
        matrix=matrix_view(findings, evidence),
        map=map_view(evidence),
        sources=source_views(findings, evidence),
        outlets=outlet_views(evidence),
        articles=tuple(each_article(findings, evidence, material, bare=not in_one)),
        health=health_views(material.health),
        set_asides=tuple(_set_aside(item) for item in material.set_asides),
        method=method_rows(material),
        since=since_view(material.since, _places(findings, material)),
        sureness=sureness_view(),
        left_open=open_rows(material, findings, evidence),
        contact=material.contact,
        texts=texts_words(whole=material.whole_texts),
        quotes=len(shown),
        quotes_words=f"{len(shown):,} of {len(shown):,} quotes checked" if shown else "No quotes to check",
        summary=", ".join(f"{figure.number} {figure.noun}" for figure in masthead.figures[1:]),
        in_one=in_one,
        listed=LISTED,
    )


def each_finding(findings: Sequence[Finding], evidence: Evidence) -> Iterator[FindingView]:
    """Yield the sections of the findings, numbered as they come."""
    yield from (finding_view(number, finding, evidence) for number, finding in enumerate(findings, 1))


def _places(findings: Sequence[Finding], material: Material) -> Iterator[str]:
    """Yield the anchors of the report to which what is new may lead."""
    yield from (f"finding-{finding.id}" for finding in findings)
    yield from (f"article-{article.id}" for article in material.articles)
    if material.health and material.articles:
        yield "health"


def _set_aside(item: SetAside) -> SetAsideView:
    return SetAsideView(name=item.name, reason=reason_words(item.reason), detail=item.detail)


def method_rows(material: Material) -> tuple[tuple[str, str], ...]:
    """Return what made this report: the run, the versions, the settings."""
    run = material.run
    finished = minute(run.finished_at) if run.finished_at else "not recorded as finished"
    rows = (
        *((LABELS.get(label, label), words) for label, words in material.method),
        ("Run", run.id),
        ("Flow", run.flow),
        ("Started", minute(run.started_at)),
        ("Finished", finished),
        ("Report made", minute(material.generated_at)),
    )
    return tuple((label, words) for label, words in rows if words)
