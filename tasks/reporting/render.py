"""Views -> HTML: one self-contained page for each run, and an index that shows the newest in full."""

import re
from base64 import b64encode
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tasks.model.errors import EvidenceError
from tasks.reporting.evidence import gather_evidence
from tasks.reporting.linked_data import linked_data
from tasks.reporting.links import safe_url
from tasks.reporting.material import Material, ReportPaths
from tasks.reporting.proof import clean, prove_page
from tasks.reporting.shelf import INDEX, ReportEntry, list_reports, replace_file, report_name
from tasks.reporting.view import report_view

# Between these two comments stands the way to the other reports; strangers' text is escaped and cannot hold them.
SHELF = re.compile(r"<!--reports-->.*?<!--/reports-->", re.DOTALL)


@lru_cache(maxsize=4)
def environment(templates: Path) -> Environment:
    """Return the templates with escaping on, undefined names an error, and links through one filter."""
    made = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,  # select_autoescape would leave some file names out
        undefined=StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["safe_url"] = safe_url
    return made


def _printable(value: object) -> object:
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def render_report(material: Material, templates: Path) -> str:
    """Return the page of one run; raise EvidenceError where it would show words that are not in an article."""
    view = report_view(material)
    style = (templates / "report.css").read_text(encoding="utf-8")
    page = (
        environment(templates)
        .get_template("report.html")
        .render(
            report=view,
            style=Markup(style),  # noqa: S704 - our own file, inlined as it is
            policy=content_policy(style),
            linked=Markup(linked_data(material.findings, gather_evidence(material))),  # noqa: S704 - escaped there
        )
    )
    proved = prove_page(page, gather_evidence(material))
    if proved != view.quotes:
        raise EvidenceError(f"the page marks {proved} claims, and the report says {view.quotes}")
    return page


def content_policy(style: str) -> str:
    """Return the policy that lets a page load nothing and run nothing; only the style with this hash applies."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'none'; base-uri 'none'; form-action 'none'"


def render_index(entries: Sequence[ReportEntry], newest: str, templates: Path) -> str:
    """Return the newest page with the list of all reports in the place kept for it."""
    shelf = environment(templates).get_template("_reports.html").render(entries=entries)
    return SHELF.sub(lambda _: f"<!--reports-->{shelf}<!--/reports-->", newest, count=1)


def write_report(folder: Path, material: Material, templates: Path) -> ReportPaths:
    """Write the page of the run and the index anew, and return where they are; a rerun replaces its own page."""
    folder.mkdir(parents=True, exist_ok=True)
    report = folder / report_name(material.run)
    replace_file(report, render_report(material, templates))
    renew_index(folder, templates)
    return ReportPaths(report=report, index=folder / INDEX)


def renew_index(folder: Path, templates: Path) -> None:
    """Write the index anew from the pages that are in the folder; at least one must be."""
    entries = list_reports(folder)
    newest = (folder / entries[0].file).read_text(encoding="utf-8")
    replace_file(folder / INDEX, render_index(entries, newest, templates))
