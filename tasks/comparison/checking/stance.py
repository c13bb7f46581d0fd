"""The stance of an article towards a statement, and the readable table of weights that decides it."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from tasks.model.errors import InputError

TABLE = Path(__file__).parents[3] / "models" / "check.json"


class Stance(StrEnum):
    """What an article does with a statement."""

    SUPPORTS = "supports"  # the outlet itself states or endorses it
    DENIES = "denies"  # it states or endorses the contrary
    REPORTS = "reports"  # it only attributes it to somebody, or keeps its distance
    SILENT = "silent"


SPEAKING = (Stance.SUPPORTS, Stance.DENIES, Stance.REPORTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One feature: its mean and spread where it was fitted, and a weight for each outcome."""

    mean: float
    spread: float
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pull:
    """How much one feature speaks for an outcome, and whether the article has more of it than is usual."""

    feature: str
    above: bool
    strength: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Regression:
    """A multinomial logistic regression over named features."""

    outcomes: tuple[str, ...]
    bias: tuple[float, ...]
    rows: Mapping[str, Row]

    def probabilities(self, values: Mapping[str, float]) -> dict[str, float]:
        """Return the probability of each outcome for the features of an article."""
        sums = list(self.bias)
        for name, row in self.rows.items():
            scaled = (values[name] - row.mean) / row.spread
            for place, weight in enumerate(row.weights):
                sums[place] += scaled * weight
        return dict(zip(self.outcomes, _shares(sums), strict=True))

    def pull(self, values: Mapping[str, float], outcome: str) -> list[Pull]:
        """Return how much each feature speaks for an outcome against the mean of all, the strongest first."""
        at = self.outcomes.index(outcome)
        pulls = []
        for name, row in self.rows.items():
            scaled = (values[name] - row.mean) / row.spread
            weight = row.weights[at] - sum(row.weights) / len(row.weights)
            pulls.append(Pull(feature=name, above=scaled > 0, strength=scaled * weight))
        return sorted(pulls, key=lambda pull: -pull.strength)


def _shares(sums: Sequence[float]) -> list[float]:
    powers = [math.exp(value - max(sums)) for value in sums]
    return [power / sum(powers) for power in powers]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Both tables: whether the article speaks of the statement at all, and what it does with it."""

    speaks: Regression
    stance: Regression
    version: str


@lru_cache(maxsize=2)
def load_weights(path: Path = TABLE) -> Weights:
    """Return the tables; a file that is missing or damaged is an InputError."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        return Weights(
            speaks=_regression(table["speaks"]), stance=_regression(table["stance"]), version=table["version"]
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"the weights {path} cannot be read ({error!r}); training/check makes them") from error


def _regression(table: Mapping[str, Mapping[str, Mapping[str, float]]]) -> Regression:
    outcomes = tuple(table["bias"])
    rows = {
        name: Row(mean=row["mean"], spread=row["spread"], weights=tuple(row[outcome] for outcome in outcomes))
        for name, row in table["features"].items()
    }
    return Regression(outcomes=outcomes, bias=tuple(table["bias"].values()), rows=rows)  # type: ignore[arg-type]
