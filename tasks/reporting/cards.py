"""What the cards of the models say of themselves: how often what they are so sure of is right. Only what they hold."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

MODELS: Final = Path(__file__).parents[2] / "models"
CARD: Final = "reliability.json"  # `python -m training.reliability` measures it


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How much of what was found with some confidence was right, in the bands that a report has words for."""

    what: str
    unit: str
    on: str  # which texts, and where they stood to what the model learnt from
    model: str
    number: int
    error: float  # how far confidence and right share lie apart, on average
    bands: Mapping[float, tuple[int, int]]  # by the least confidence of a band: how many, and how many right


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """How far confidence lies from the share that is right, on average; which card says so, of how many pairs."""

    what: str
    card: str
    pairs: int
    error: float


@lru_cache(maxsize=2)
def load_measured(models: Path = MODELS) -> tuple[Measured, ...]:
    """Return what the card of reliability holds."""
    figures: Sequence[Mapping[str, Any]] = _read(models, CARD)["figures"]
    return tuple(
        Measured(
            what=one["what"],
            unit=one["unit"],
            on=one["measured_on"],
            model=one["model"],
            number=one["number"],
            error=one["calibration_error"],
            bands={band["least"]: (band["number"], band["right"]) for band in one["bands"]},
        )
        for one in figures
    )


@lru_cache(maxsize=2)
def load_calibrations(models: Path = MODELS) -> tuple[Calibration, ...]:
    """Return the errors that the cards of single models give, where they give no bands."""
    kinship, table = "kinship.json", "judge-table.json"
    kept = _read(models, kinship)["figures"]["kept stories"]
    judged, way = _read(models, table)["development_figures"], "joined, on folds left out"
    return (
        Calibration(
            what="Whether two claims are of one matter",
            card=kinship,
            pairs=kept["all"]["pairs"],
            error=kept["calibration error"],
        ),
        Calibration(
            what="What two bare texts say of each other",
            card=table,
            pairs=judged[way]["all"]["n"],
            error=judged["calibration error"][way],
        ),
    )


def _read(models: Path, name: str) -> Any:
    return json.loads((models / name).read_text(encoding="utf-8"))
