"""Sources against findings: who says so, who denies, who declines, at one glance; and the list of sources."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tasks.model.claim import Claim
from tasks.model.finding import Finding, Side
from tasks.reporting.evidence import Evidence
from tasks.reporting.speakers import speaker_of
from tasks.reporting.words import count, headline, side_letter, side_title

COLUMNS = 12
ROWS = 24
NAMED = 12  # findings that the line of a source leads to


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnView:
    """One finding as the head of a column."""

    number: int
    anchor: str
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StanceView:
    """One letter in a cell: the side, its letter and its words."""

    name: str
    letter: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """One source and its cell for each column."""

    name: str
    kind: str
    cells: tuple[tuple[StanceView, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixView:
    """The table and what did not fit into it, in words."""

    columns: tuple[ColumnView, ...]
    rows: tuple[RowView, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """One source of the report: how often it speaks, and in which findings."""

    name: str
    kind: str
    claims: str
    findings: tuple[ColumnView, ...]
    more: int  # findings that are not named


@dataclass(slots=True, kw_only=True)
class _Row:
    name: str
    kind: str
    stances: dict[int, set[Side]] = field(default_factory=dict)
    claims: int = 0


def column_views(findings: Sequence[Finding]) -> tuple[ColumnView, ...]:
    """Return the findings as numbered heads."""
    return tuple(
        ColumnView(number=number, anchor=f"finding-{finding.id}", statement=headline(finding.statement))
        for number, finding in enumerate(findings, 1)
    )


def matrix_view(findings: Sequence[Finding], evidence: Evidence) -> MatrixView:
    """Return the matrix of the first findings, the sources that speak on most of them first."""
    shown = findings[:COLUMNS]
    rows, unresolved = _rows(shown, evidence)
    ordered = sorted(rows.values(), key=lambda row: (-len(row.stances), row.name.casefold(), row.kind))
    notes = (
        _more(len(findings) - len(shown), "finding"),
        _more(len(ordered) - ROWS, "source"),
        f"Left out, since nobody knows who speaks: {count(unresolved, 'claim')}" if unresolved else "",
    )
    return MatrixView(
        columns=column_views(shown),
        rows=tuple(_row_view(row, len(shown)) for row in ordered[:ROWS]),
        notes=tuple(filter(None, notes)),
    )


def source_views(findings: Sequence[Finding], evidence: Evidence) -> tuple[SourceView, ...]:
    """Return every known source, those who say most first."""
    rows, _ = _rows(findings, evidence)
    for claim in evidence.claims.values():
        for row in _rows_of(claim, rows, evidence):
            row.claims += 1
    heads = column_views(findings)
    quoted = [row for row in rows.values() if row.kind != "the outlet itself"]
    return tuple(
        SourceView(
            name=row.name,
            kind=row.kind,
            claims=count(row.claims, "claim"),
            findings=tuple(heads[number - 1] for number in sorted(row.stances)[:NAMED]),
            more=max(0, len(row.stances) - NAMED),
        )
        for row in sorted(quoted, key=lambda row: (-row.claims, row.name.casefold(), row.kind))
    )


def _rows(findings: Sequence[Finding], evidence: Evidence) -> tuple[dict[str, _Row], int]:
    """Return the rows by key, and how many claims belong to nobody known."""
    rows: dict[str, _Row] = {}
    unresolved = 0
    for number, finding in enumerate(findings, 1):
        for member in finding.members:
            if member.side is Side.BESIDE:
                continue
            own = _rows_of(evidence.claims[member.claim_id], rows, evidence)
            unresolved += not own
            for row in own:
                row.stances.setdefault(number, set()).add(member.side)
    return rows, unresolved


def _rows_of(claim: Claim, rows: dict[str, _Row], evidence: Evidence) -> list[_Row]:
    """Return the rows of the one who speaks, made where they are new."""
    speaker = speaker_of(claim, evidence.article_of(claim))
    return [rows.setdefault(key, _Row(name=name, kind=kind)) for key, name, kind in speaker.rows]


def _row_view(row: _Row, columns: int) -> RowView:
    cells = tuple(
        tuple(_stance(side) for side in Side if side in row.stances.get(number, set()))
        for number in range(1, columns + 1)
    )
    return RowView(name=row.name, kind=row.kind, cells=cells)


def _stance(side: Side) -> StanceView:
    return StanceView(name=side.value, letter=side_letter(side), words=side_title(side).lower())


def _more(number: int, noun: str) -> str:
    return f"{count(number, 'more ' + noun)} not shown in this table" if number > 0 else ""
