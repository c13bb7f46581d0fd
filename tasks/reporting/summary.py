"""The summary of a run in Markdown, for places that show no HTML of ours; strangers' text is escaped."""

import re
from collections.abc import Iterable, Sequence

from tasks.model.finding import TAKEN, Finding
from tasks.reporting.evidence import gather_evidence
from tasks.reporting.links import safe_url
from tasks.reporting.material import Material
from tasks.reporting.proof import clean
from tasks.reporting.view_attention import AttentionView, attention_views
from tasks.reporting.view_findings import order_findings, origin_count
from tasks.reporting.view_masthead import masthead_view
from tasks.reporting.words import count, headline, reason_words, status_label

ROWS = 20  # of a table; the report has the rest
FINDINGS = ("Status", "Say so", "Deny", "Decline", "Statement")  # the longest last: Prefect breaks no line in a table
SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&$:@])")
BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # signs that turn the direction of what follows


def escape(text: str) -> str:
    """Return the text on one line so that Markdown shows it as it is: no link, no markup, no HTML."""
    return SPECIAL.sub(r"\\\1", BIDI.sub("", " ".join(clean(text).split())))


def summary_markdown(material: Material, report_link: str) -> str:
    """Return counts, what needs attention, the findings, what was set aside, and where the report is."""
    evidence = gather_evidence(material)
    findings = order_findings(material.findings)
    masthead = masthead_view(material, findings, evidence)
    attention, _ = attention_views(material, findings, evidence)
    parts = (
        [f"# {escape(masthead.title)}", escape(masthead.deck), masthead.ended, escape(masthead.left_out)],
        [" · ".join(f"**{figure.number}** {figure.noun}" for figure in masthead.figures)],
        [_link(report_link)],
        _section("What needs attention", [_item(item) for item in attention]),
        _section("Findings", _table(FINDINGS, _finding_rows(findings, report_link))),
        _section("Set aside", _table(("Input", "Reason", "Detail"), _set_aside_rows(material))),
    )
    return "\n\n".join(line for part in parts for line in part if line) + "\n"


def summary_line(material: Material) -> str:
    """Return the run in one line of plain text."""
    evidence = gather_evidence(material)
    masthead = masthead_view(material, order_findings(material.findings), evidence)
    figures = ", ".join(f"{figure.number} {figure.noun}" for figure in masthead.figures[1:])
    aside = f", {len(material.set_asides):,} set aside" if material.set_asides else ""
    return f"{figures}{aside}. {masthead.deck}"


def linked(words: str, link: str, anchor: str = "") -> str:
    """Return words in Markdown as a link to a report, or to a place in it; alone where browsers may not follow it."""
    if not safe_url(link):
        return words
    return f"[{words}](<{link.replace('>', '%3E').replace('<', '%3C')}{'#' if anchor else ''}{anchor}>)"


def linked_statement(finding: Finding, link: str, most: int = 0) -> str:
    """Return what a finding states, cut after so many signs if need be, as a link to its place in the report."""
    words = headline(finding.statement)
    shown = f"{words[: most - 1].rstrip()}…" if most and len(words) > most else words
    return linked(escape(shown), link, f"finding-{finding.id}")


def _link(link: str) -> str:
    """Return a link where browsers may follow it; a path on this machine is shown to copy."""
    if safe_url(link):
        return linked("Open the report", link)
    return f"Report: {escape(link)}" if "`" in link else f"Report: `{BIDI.sub('', clean(link))}`"


def _item(view: AttentionView) -> str:
    """Return a sentence that needs attention as an entry of a list; what is new since the run before says so."""
    return f"- **{'New · ' if view.is_new else ''}{view.tag}:** {escape(view.statement)}. {escape(view.words)}"


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return [f"## {title}", "\n".join(lines)] if lines else []


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a table of cells in Markdown with at most twenty rows; nothing where there is none."""
    body = [f"| {' | '.join(row)} |" for row in rows]
    more = ["", f"{count(len(body) - ROWS, 'more row')} in the report"] if len(body) > ROWS else []
    top = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    return [*top, *body[:ROWS], *more] if body else []


def _finding_rows(findings: Iterable[Finding], link: str) -> Iterable[Sequence[str]]:
    """Yield the cells of each finding; where the report is served, its statement leads there."""
    for finding in findings:
        origins = (f"at most {origin_count(finding, side)}" if origin_count(finding, side) else "" for side in TAKEN)
        yield status_label(finding.status), *origins, linked_statement(finding, link)


def _set_aside_rows(material: Material) -> Iterable[Sequence[str]]:
    for item in material.set_asides:
        yield escape(item.name), reason_words(item.reason), escape(item.detail)
