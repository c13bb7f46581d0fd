"""The conflicts of a run as rows whose cells are Markdown, for places that show no HTML; strangers' text is escaped."""

from collections.abc import Iterable, Iterator

from tasks.model.finding import Finding, Kind, Relation, Side, Status
from tasks.reporting.evidence import Evidence, gather_evidence
from tasks.reporting.material import Material
from tasks.reporting.speakers import speaker_of
from tasks.reporting.summary import escape, linked_statement
from tasks.reporting.view_findings import order_findings, origin_count, side_claims
from tasks.reporting.words import likelihood_words, status_label

ROWS = 100  # the report has the rest
NAMES = 2  # of one cell: Prefect's page breaks no line in a table
WIDTH = 60  # signs of a matter
CONTRARY = frozenset({Status.DISPUTED, Status.SHIFTED})


def conflict_rows(material: Material, report_link: str) -> Iterator[dict[str, str]]:
    """Yield a row for each finding in which somebody stands against somebody, in the order of the report."""
    evidence = gather_evidence(material)
    contrary = [finding for finding in order_findings(material.findings) if finding.status in CONTRARY]
    yield from (_row(finding, evidence, report_link) for finding in contrary[:ROWS])


def _row(finding: Finding, evidence: Evidence, report_link: str) -> dict[str, str]:
    carriers = (evidence.article_of(evidence.claims[member.claim_id]).outlet for member in finding.members)
    return {
        "Matter": linked_statement(finding, report_link, WIDTH),
        "Says so": _names(_speakers(finding, Side.FOR, evidence)),
        "Denies it or says otherwise": _names(_speakers(finding, Side.AGAINST, evidence)),
        "Origins": _origins(finding),
        "A conflict": likelihood_words(_surest(finding)),
        "Outlets": _names(carriers),
        "Status": status_label(finding.status),
    }


def _speakers(finding: Finding, side: Side, evidence: Evidence) -> Iterator[str]:
    for claim in side_claims(finding, side, evidence):
        yield speaker_of(claim, evidence.article_of(claim)).name


def _names(names: Iterable[str]) -> str:
    """Return the names, each once, with how many more there are."""
    each = list(dict.fromkeys(filter(None, names)))
    more = [f"{len(each) - NAMES:,} more"] if len(each) > NAMES else []
    return "; ".join([*map(escape, each[:NAMES]), *more])


def _origins(finding: Finding) -> str:
    counts = (origin_count(finding, side) for side in (Side.FOR, Side.AGAINST))
    return " against ".join(f"at most {number:,}" for number in counts)


def _surest(finding: Finding) -> float:
    """Return how sure it is that two of its claims stand against each other."""
    contrary = (pair for pair in finding.pairs if pair.relation is Relation.CONFLICT or pair.kind is Kind.SHIFT)
    return max((pair.confidence for pair in contrary), default=0.0)
