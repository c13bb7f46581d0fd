"""The summary of a run in Markdown, for places that show no HTML of ours; strangers' text is escaped."""

import re
from collections.abc import Iterable, Sequence

from tasks.model.finding import TAKEN, Finding
from tasks.reporting.evidence import gather_evidence
from tasks.reporting.links import safe_url
from tasks.reporting.material import Material
from tasks.reporting.proof import clean
from tasks.reporting.view_findings import order_findings, origin_count
from tasks.reporting.view_masthead import attention_views, masthead_view
from tasks.reporting.words import count, headline, reason_words, status_label

ROWS = 20  # of a table; the report has the rest
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
        [f"# {escape(masthead.title)}", escape(masthead.deck), masthead.ended],
        [" · ".join(f"**{figure.number}** {figure.noun}" for figure in masthead.figures)],
        [_link(report_link)],
        _section("What needs attention", [_item(item.tag, item.statement, item.words) for item in attention]),
        _section("Findings", _table(("Status", "Statement", "Say so", "Deny", "Decline"), _finding_rows(findings))),
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


def _link(link: str) -> str:
    """Return a link where browsers may follow it; a path on this machine is shown to copy."""
    if safe_url(link):
        return f"[Open the report](<{link.replace('>', '%3E').replace('<', '%3C')}>)"
    return f"Report: {escape(link)}" if "`" in link else f"Report: `{BIDI.sub('', clean(link))}`"


def _item(tag: str, statement: str, words: str) -> str:
    return f"- **{tag}:** {escape(statement)}. {escape(words)}"


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return [f"## {title}", "\n".join(lines)] if lines else []


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a table with at most twenty rows; nothing where there is none."""
    body = [f"| {' | '.join(escape(cell) for cell in row)} |" for row in rows]
    more = ["", f"{count(len(body) - ROWS, 'more row')} in the report"] if len(body) > ROWS else []
    top = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    return [*top, *body[:ROWS], *more] if body else []


def _finding_rows(findings: Iterable[Finding]) -> Iterable[Sequence[str]]:
    for finding in findings:
        origins = (f"at most {origin_count(finding, side)}" if origin_count(finding, side) else "" for side in TAKEN)
        yield status_label(finding.status), headline(finding.statement), *origins


def _set_aside_rows(material: Material) -> Iterable[Sequence[str]]:
    for item in material.set_asides:
        yield item.name, reason_words(item.reason), item.detail
