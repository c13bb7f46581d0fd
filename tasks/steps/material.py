"""What is stored about a run -> the material of its report -> the report; free of Prefect."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from tasks.model.article import Article, SetAside
from tasks.model.claim import Claim
from tasks.model.errors import InputError, ReportError
from tasks.model.finding import Finding
from tasks.model.run import Run
from tasks.reporting.conflicts import conflict_rows
from tasks.reporting.links import safe_url
from tasks.reporting.material import Material, Whole
from tasks.reporting.render import write_report
from tasks.reporting.summary import summary_line, summary_markdown
from tasks.settings import TEMPLATES, Settings
from tasks.steps.batches import Notice, Published
from tasks.steps.database import open_once
from tasks.steps.patiently import patiently
from tasks.steps.safely import COMPONENT
from tasks.steps.settling import PROCESS
from tasks.storage.articles import count_seen, load_articles
from tasks.storage.claims import load_claims, load_provenance
from tasks.storage.database import Session, reading
from tasks.storage.evidence import load_captures
from tasks.storage.findings import load_findings, rank_findings
from tasks.storage.health import load_health
from tasks.storage.runs import list_runs, load_run, load_set_asides
from tasks.storage.versions import find_earlier

MANY = 2_000  # articles of a run, all of which its report shows
FOREMOST = 500  # findings of a larger one that its report shows
SCOPE = "scope"  # the key of a run's details under which stands what was asked for


def print_report(material: Material, settings: Settings) -> tuple[Published, Notice]:
    """Write the report files; return where they are, and what is shown of them elsewhere."""
    try:
        paths = write_report(settings.report_dir, material, TEMPLATES)
    except OSError as error:
        told = f"{error.filename or settings.report_dir}: {error.strerror or error}"
        raise ReportError(
            f"the report cannot be written ({told}); all that was read is stored: make room there, or name another "
            f"folder in report_dir, and run `rashomon report --run {material.run.id}`"
        ) from error
    link = report_link(paths.report, settings)
    published = Published(
        report=str(paths.report.absolute()), index=str(paths.index.absolute()), summary=summary_line(material)
    )
    summary, conflicts = summary_markdown(material, link), tuple(conflict_rows(material, link))
    return published, Notice(summary=summary, conflicts=conflicts, link=safe_url(link))


def report_link(report: Path, settings: Settings) -> str:
    """Return the address of a report where the folder is served, else the path to copy."""
    if not settings.report_url:
        return str(report.absolute())
    return f"{settings.report_url.rstrip('/')}/{quote(report.name)}"


@patiently
def load_material(run_id: str, settings: Settings, *, all_of_it: bool = False) -> Material:
    """Return what the report of one run shows; an empty id means the newest run.

    Of a run of more than `MANY` articles that is the foremost findings with the articles behind them, unless all of it
    is asked for: nobody reads the rest, and it would fill the disk night by night.
    """
    with reading(open_once(settings.database_url)) as session:
        run = load_run(session, run_id or None)
        if run is None:
            known = "start with rashomon verify" if not run_id else f"none has the id {run_id!r}"
            raise InputError(f"no such run is stored in {settings.database_place}: {known}")
        seen = count_seen(session, run.id)
        if seen > MANY and not all_of_it:
            return with_background(session, load_foremost(session, run, seen))
        articles = load_articles(session, run_id=run.id)
        findings = load_findings(session, run_id=run.id)
        claims = load_claims(session, article_ids=[article.id for article in articles])
        claims += load_claims(session, ids=named_in(findings) - {claim.id for claim in claims})
        others = {claim.article_id for claim in claims} - {article.id for article in articles}
        articles += load_articles(session, ids=others)
        material = material_of(run, articles, claims, findings, load_set_asides(session, run.id))
        return with_background(session, material)


def load_foremost(session: Session, run: Run, seen: int) -> Material:
    """Return the findings of a large run that a reader should meet first, with the claims and articles they rest on."""
    ranked = rank_findings(session, run.id)
    findings = load_findings(session, ids=ranked[:FOREMOST])
    claims = load_claims(session, ids=named_in(findings))
    articles = load_articles(session, ids={claim.article_id for claim in claims})
    material = material_of(run, articles, claims, findings, load_set_asides(session, run.id))
    return replace(material, whole=Whole(articles=seen, findings=len(ranked)))


@patiently
def load_everything(settings: Settings) -> Material:
    """Return all that is stored, whichever run it came from, under the newest run."""
    with reading(open_once(settings.database_url)) as session:
        run = load_run(session)
        if run is None:
            raise InputError(f"nothing is stored in {settings.database_place}: start with rashomon verify")
        asides = [item for one in list_runs(session) for item in load_set_asides(session, one.id)]
        findings = load_findings(session)
        articles, claims = load_articles(session), load_claims(session)
        material = material_of(run, articles, claims, findings, list(dict.fromkeys(asides)))
        return with_background(session, material)


def with_background(session: Session, material: Material) -> Material:
    """Return the material with what stands behind it: provenance, bytes, versions before, the health of outlets."""
    earlier = set(find_earlier(session, material.articles).values())
    return replace(
        material,
        provenance=load_provenance(session, [claim.id for claim in material.claims]),
        captures=load_captures(session, [article.id for article in material.articles]),
        earlier=tuple(load_articles(session, ids=earlier)),
        earlier_claims=tuple(load_claims(session, article_ids=earlier)),
        health=tuple(load_health(session)),
    )


def named_in(findings: Iterable[Finding]) -> set[str]:
    """Return the claims that findings name, also those that looked like a conflict; some are of earlier runs."""
    members = {member.claim_id for finding in findings for member in finding.members}
    return members | {
        claim_id for finding in findings for pair in finding.pairs for claim_id in (pair.left, pair.right)
    }


def material_of(
    run: Run,
    articles: Sequence[Article],
    claims: Sequence[Claim],
    findings: Sequence[Finding],
    asides: Sequence[SetAside],
) -> Material:
    """Return what was loaded as the material of a report."""
    return Material(
        run=run,
        articles=tuple(articles),
        claims=tuple(claims),
        findings=tuple(findings),
        set_asides=tuple(asides),
        method=tuple((label, text) for label, text in run.details.items() if label not in {SCOPE, PROCESS}),
        generated_at=datetime.now(UTC),
        scope=run.details.get(SCOPE, ""),
        component=COMPONENT,
        component_version=run.details.get(COMPONENT, ""),
    )
