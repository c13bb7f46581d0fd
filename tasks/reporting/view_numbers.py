"""Who says how many: the numbers of a finding side by side, where its claims differ in them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import isinf

from tasks.model.claim import Claim, Quantity
from tasks.model.finding import TAKEN, Finding
from tasks.reporting.context import Piece, bare_pieces
from tasks.reporting.evidence import Evidence
from tasks.reporting.speakers import speaker_of
from tasks.reporting.view_outlets import NO_OUTLET
from tasks.reporting.words import count

ROWS = 8
TABLES = 3
WHOLE = 1e15  # past it a float no longer tells one whole number from the next


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberPiece:
    """A stretch of a quote, cut where its number stands; without a number, all of it stands before."""

    before: str
    number: str
    after: str
    quoted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRow:
    """One number: how it is read, who gives it, the words as they stand, and how many more reports repeat it."""

    number: str
    who: str
    outlet: str
    claim_id: str
    anchor: str
    pieces: tuple[NumberPiece, ...]
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbersView:
    """The numbers of one thing that is counted, the smallest first, and how many are not shown."""

    unit: str
    rows: tuple[NumberRow, ...]
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """A number in a claim, and who gives it."""

    quantity: Quantity
    claim: Claim
    who: str

    @property
    def value(self) -> tuple[float, float, bool]:
        return self.quantity.low, self.quantity.high, self.quantity.approximate


def numbers_views(finding: Finding, evidence: Evidence) -> tuple[NumbersView, ...]:
    """Return a table for each thing that two sources count differently."""
    given = sorted(_given(finding, evidence), key=lambda one: one.quantity.unit)
    units = ((unit, list(held)) for unit, held in groupby(given, key=lambda one: one.quantity.unit))
    return tuple(_table(unit, held, evidence) for unit, held in units if unit and _differ(held))[:TABLES]


def _given(finding: Finding, evidence: Evidence) -> Iterator[_Given]:
    """Yield the numbers that stand as such in the words of the claims; what was only worked out is shown nowhere."""
    for member in finding.members:
        claim = evidence.claims[member.claim_id]
        article = evidence.article_of(claim)
        for quantity in claim.proposition.quantities if member.side in TAKEN else ():
            if any(quantity.text in span.of(article.text) for span in claim.content):
                yield _Given(quantity=quantity, claim=claim, who=speaker_of(claim, article).name)


def _differ(given: Sequence[_Given]) -> bool:
    """Return whether two sources give two numbers; a source that gives two alone ("from 9 to 14") differs with none."""
    values: dict[str, set[tuple[float, float, bool]]] = {}
    for one in given:
        values.setdefault(one.who, set()).add(one.value)
    return len(set(map(frozenset, values.values()))) > 1


def _table(unit: str, given: Sequence[_Given], evidence: Evidence) -> NumbersView:
    """Return the numbers in their order, each source once for each of its numbers."""
    groups: dict[tuple[float, float, bool, str], list[_Given]] = {}
    for one in sorted(given, key=lambda one: _earliest(one, evidence)):
        groups.setdefault((*one.value, one.who), []).append(one)
    rows = [_row(groups[key], evidence) for key in sorted(groups)]
    more = len(rows) - ROWS
    return NumbersView(
        unit=unit, rows=tuple(rows[:ROWS]), more=f"{count(more, 'more number')} not shown" if more > 0 else ""
    )


def _earliest(given: _Given, evidence: Evidence) -> tuple[bool, bool, str, str]:
    article = evidence.article_of(given.claim)
    at = article.published_at
    return bool(article.copy_of), at is None, at.isoformat() if at else "", given.claim.id


def _row(given: Sequence[_Given], evidence: Evidence) -> NumberRow:
    first = given[0]
    article = evidence.article_of(first.claim)
    pieces = bare_pieces(article.text, first.claim)
    return NumberRow(
        number=number_words(first.quantity),
        who=first.who,
        outlet=article.outlet or NO_OUTLET,
        claim_id=first.claim.id,
        anchor=f"claim-{first.claim.id}",
        pieces=tuple(_cut(piece, first.quantity.text) for piece in pieces),
        more=count(len(given) - 1, "more report") if len(given) > 1 else "",
    )


def _cut(piece: Piece, number: str) -> NumberPiece:
    """Return the piece with its number set apart: a number of its own, not the 9 of 19; the words stay as they are."""
    found = re.search(rf"(?<!\w){re.escape(number)}(?!\w)", piece.text) if piece.quoted else None
    start, end = found.span() if found else (len(piece.text), len(piece.text))
    text = piece.text
    return NumberPiece(before=text[:start], number=text[start:end], after=text[end:], quoted=piece.quoted)


def number_words(quantity: Quantity) -> str:
    """Return how the number is read: "about 400", "20 or more", "10 to 12"."""
    low, high = _figure(quantity.low), _figure(quantity.high)
    if isinf(quantity.low) and isinf(quantity.high):
        return quantity.text
    if isinf(quantity.high):
        return f"{low} or more"
    if isinf(quantity.low):
        return f"{high} or fewer"
    words = low if low == high else f"{low} to {high}"
    return f"about {words}" if quantity.approximate else words


def _figure(value: float) -> str:
    if isinf(value):
        return ""
    return f"{int(value):,}" if value.is_integer() and abs(value) < WHOLE else f"{value:,.6g}"
