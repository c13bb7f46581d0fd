"""Views -> HTML: one self-contained page for each run, or many for a large one, and an index that shows the newest."""

import re
from collections.abc import Sequence
from pathlib import Path

from tasks.model.errors import EvidenceError
from tasks.reporting.book import Book
from tasks.reporting.evidence import gather_evidence
from tasks.reporting.linked_data import linked_data
from tasks.reporting.material import Material, ReportPaths
from tasks.reporting.printer import Printer, environment
from tasks.reporting.proof import prove_page
from tasks.reporting.shelf import (
    INDEX,
    ReportEntry,
    list_reports,
    parts_folder,
    replace_file,
    replace_folder,
    report_name,
)
from tasks.reporting.view import report_view

# Between these two comments stands the way to the other reports; strangers' text is escaped and cannot hold them.
SHELF = re.compile(r"<!--reports-->.*?<!--/reports-->", re.DOTALL)
LARGEST = 5_000_000  # bytes of a page: above it a browser on a phone takes long, and mail refuses it
LEAST = 1_000  # bytes that the card of a claim takes at least


def render_report(material: Material, templates: Path) -> str:
    """Return the page of one run; raise EvidenceError where it would show words that are not in an article."""
    view, evidence = report_view(material), gather_evidence(material)
    linked = linked_data(material.findings, evidence)
    page = Printer(templates).page("report.html", {"report": view}, script=True, linked=linked)
    proved = prove_page(page, evidence)
    if proved != view.quotes:
        raise EvidenceError(f"the page marks {proved} claims, and the report says {view.quotes}")
    return page


def render_index(entries: Sequence[ReportEntry], newest: str, templates: Path) -> str:
    """Return the newest page with the list of all reports in the place kept for it."""
    shelf = environment(templates).get_template("_reports.html").render(entries=entries)
    return SHELF.sub(lambda _: f"<!--reports-->{shelf}<!--/reports-->", newest, count=1)


def write_report(folder: Path, material: Material, templates: Path) -> ReportPaths:
    """Write the page of the run and the index anew, and return where they are; a rerun replaces its own pages.

    A report of more than 5 MB becomes a page that lists, with a page for each finding and each article in a folder.
    """
    report = folder / report_name(material.run)
    page = "" if is_large(material) else render_report(material, templates)
    if page and len(page.encode()) <= LARGEST:
        folder.mkdir(parents=True, exist_ok=True)
        replace_file(report, page)
        replace_folder(parts_folder(report), ())  # it may have been a large one before
    else:
        book = Book(material, templates, report.name)
        folder.mkdir(parents=True, exist_ok=True)
        replace_folder(parts_folder(report), book.parts())
        replace_file(report, book.contents())
    renew_index(folder, templates)
    return ReportPaths(report=report, index=folder / INDEX)


def is_large(material: Material) -> bool:
    """Return whether one page would surely be too large: it need not be made to know that."""
    members = sum(len(finding.members) for finding in material.findings)
    return sum(len(article.text) for article in material.articles) + members * LEAST > LARGEST


def renew_index(folder: Path, templates: Path) -> None:
    """Write the index anew from the pages that are in the folder; at least one must be."""
    entries = list_reports(folder)
    newest = (folder / entries[0].file).read_text(encoding="utf-8")
    replace_file(folder / INDEX, render_index(entries, newest, templates))
