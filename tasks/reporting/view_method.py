"""How sure the report is, in words and shares that were right; and what it leaves open."""

from collections.abc import Sequence
from dataclasses import dataclass

from tasks.model.claim import Voice
from tasks.model.finding import Finding
from tasks.reporting.cards import Calibration, Measured, load_calibrations, load_measured
from tasks.reporting.evidence import Evidence
from tasks.reporting.material import Material
from tasks.reporting.sureness import DOUBTFUL, has_no_source, is_open
from tasks.reporting.words import LIKELIHOODS, count

RIGHT_IN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class BandView:
    """One word for how sure something is, what it means, and how often it was right."""

    word: str
    meaning: str
    shares: tuple[str, ...]  # one for each column of the table


@dataclass(frozen=True, slots=True, kw_only=True)
class SurenessView:
    """The table of words and shares, and what was measured on what."""

    columns: tuple[str, ...]
    bands: tuple[BandView, ...]
    notes: tuple[str, ...]


def sureness_view() -> SurenessView:
    """Return the words for confidence with the shares that the cards of the models give."""
    measured = load_measured()
    return SurenessView(
        columns=tuple(f"{one.what}; {one.on}" for one in measured),
        bands=tuple(
            BandView(word=word, meaning=_meaning(place), shares=tuple(_share(one, least) for one in measured))
            for place, (least, word) in enumerate(LIKELIHOODS)
        ),
        notes=(*map(_measured_note, measured), *map(_error_note, load_calibrations())),
    )


def _meaning(place: int) -> str:
    """Return the range of a word: "70 to 89 %"."""
    least = round(LIKELIHOODS[place][0] * RIGHT_IN)
    most = round(LIKELIHOODS[place - 1][0] * RIGHT_IN) - 1 if place else RIGHT_IN
    return f"{least} to {most} %" if least else f"below {most + 1} %"


def _share(one: Measured, least: float) -> str:
    number, right = one.bands.get(least, (0, 0))
    return f"{right:,} of {number:,} ({right * RIGHT_IN / number:.0f} %)" if number else "none found"


def _measured_note(one: Measured) -> str:
    return (
        f"{one.what}: {count(one.number, one.unit)} of {one.on}, model {one.model} (models/reliability.json); "
        f"confidence and right share lie {_points(one.error)} apart, on average."
    )


def _error_note(one: Calibration) -> str:
    return (
        f"{one.what}: {count(one.pairs, 'pair')} (models/{one.card}); confidence and right share lie "
        f"{_points(one.error)} apart, on average. This card gives no bands."
    )


def _points(error: float) -> str:
    return f"{error * RIGHT_IN:.1f} of {RIGHT_IN}"


def open_rows(material: Material, findings: Sequence[Finding], evidence: Evidence) -> tuple[tuple[str, str], ...]:
    """Return what was not decided, label and words: pairs, sources, inputs."""
    pairs = {(pair.left, pair.right) for finding in findings for pair in finding.pairs if is_open(pair)}
    quoted = [claim for claim in evidence.claims.values() if claim.voice is Voice.SOURCE]
    unknown, doubtful = sum(map(has_no_source, quoted)), sum(claim.confidence < DOUBTFUL for claim in quoted)
    return (
        ("Left as “cannot tell”", f"{count(len(pairs), 'pair')} of claims"),
        ("No known source", f"{unknown:,} of {count(len(quoted), 'quoted claim')}"),
        ("Source or words doubtful", f"{doubtful:,} of {count(len(quoted), 'quoted claim')}"),
        ("Set aside, not read", count(len(material.set_asides), "input")),
    )
