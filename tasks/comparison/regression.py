"""A multinomial logistic regression over named features, as a table that a person can read."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One feature: its mean and spread where it was fitted, and a weight for each outcome."""

    mean: float
    spread: float
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pull:
    """How much one feature speaks for an outcome, and whether there is more of it than is usual."""

    feature: str
    above: bool
    strength: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Regression:
    """The weights: a bias for each outcome, and a row for each feature."""

    outcomes: tuple[str, ...]
    bias: tuple[float, ...]
    rows: Mapping[str, Row]

    def probabilities(self, values: Mapping[str, float]) -> dict[str, float]:
        """Return the probability of each outcome for these features."""
        sums = list(self.bias)
        for name, row in self.rows.items():
            scaled = (values[name] - row.mean) / row.spread
            for place, weight in enumerate(row.weights):
                sums[place] += scaled * weight
        return dict(zip(self.outcomes, shares(sums), strict=True))

    def pull(self, values: Mapping[str, float], outcome: str) -> list[Pull]:
        """Return how much each feature speaks for an outcome against the mean of all, the strongest first."""
        at = self.outcomes.index(outcome)
        pulls = []
        for name, row in self.rows.items():
            scaled = (values[name] - row.mean) / row.spread
            weight = row.weights[at] - sum(row.weights) / len(row.weights)
            pulls.append(Pull(feature=name, above=scaled > 0, strength=scaled * weight))
        return sorted(pulls, key=lambda pull: -pull.strength)


def shares(sums: Sequence[float]) -> list[float]:
    """Return sums of weights as probabilities."""
    top = max(sums)
    powers = [math.exp(value - top) for value in sums]
    return [power / sum(powers) for power in powers]


def read_regression(table: Mapping[str, Mapping[str, float | Mapping[str, float]]]) -> Regression:
    """Return the weights of a table as JSON holds it: {bias: {outcome}, features: {name: {mean, spread, outcome}}}.

    Raises:
        KeyError, TypeError, ValueError: something is missing or of the wrong kind.
    """
    outcomes = tuple(table["bias"])
    rows = {}
    for name, row in table["features"].items():
        if not isinstance(row, Mapping):
            raise TypeError(f"{name} has no row of weights")
        rows[name] = Row(mean=row["mean"], spread=row["spread"], weights=tuple(row[outcome] for outcome in outcomes))
    bias = [float(value) for value in table["bias"].values() if not isinstance(value, Mapping)]
    return Regression(outcomes=outcomes, bias=tuple(bias), rows=rows)
