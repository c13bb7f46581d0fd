"""Multinomial logistic regression with weighted rows, in numpy: convex, so that no seed plays a part."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
STEPS = 6  # of Newton's: the loss is convex, and the last ones change nothing
FREE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """Weights for scaled features, one column an outcome."""

    names: tuple[str, ...]
    outcomes: tuple[str, ...]
    mean: Matrix
    spread: Matrix
    weights: Matrix
    bias: Matrix

    def probabilities(self, table: Matrix) -> Matrix:
        """Return one row of probabilities per row of features."""
        return softmax((table - self.mean) / self.spread @ self.weights + self.bias)

    def as_table(self) -> dict[str, object]:
        """Return the weights by name, as `models/check.json` holds them."""
        rows = {}
        for place, name in enumerate(self.names):
            rows[name] = {"mean": round(float(self.mean[place]), 5), "spread": round(float(self.spread[place]), 5)}
            rows[name] |= {
                one: round(float(weight), 4) for one, weight in zip(self.outcomes, self.weights[place], strict=True)
            }
        return {
            "bias": {one: round(float(value), 4) for one, value in zip(self.outcomes, self.bias, strict=True)},
            "features": rows,
        }


def softmax(sums: Matrix) -> Matrix:
    """Return the rows as probabilities."""
    powers = np.exp(sums - sums.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def fit(
    names: Sequence[str], outcomes: Sequence[str], table: Matrix, truth: Sequence[str], *, rows: Matrix, decay: float
) -> Fitted:
    """Return the weights after full-batch Adam from zero; `rows` says how much each row counts."""
    rows = rows / rows.sum()
    mean = rows @ table
    spread = np.sqrt(rows @ (table - mean) ** 2) + 1e-6
    scaled = np.hstack([(table - mean) / spread, np.ones((len(table), 1))])
    wanted = np.array([[float(one == outcome) for outcome in outcomes] for one in truth])
    shrink = np.full(scaled.shape[1], decay)
    shrink[-1] = FREE  # the bias is free
    weights = np.zeros((scaled.shape[1], len(outcomes)))
    for _ in range(STEPS):
        weights = weights - _step(scaled, wanted, rows, shrink, weights)
    return Fitted(
        names=tuple(names), outcomes=tuple(outcomes), mean=mean, spread=spread, weights=weights[:-1], bias=weights[-1]
    )


def _step(scaled: Matrix, wanted: Matrix, rows: Matrix, shrink: Matrix, weights: Matrix) -> Matrix:
    """Return one of Newton's steps: the slope over the curvature, for all outcomes together."""
    shares = softmax(scaled @ weights)
    slope = scaled.T @ (rows[:, None] * (shares - wanted)) + shrink[:, None] * weights
    width, outcomes = weights.shape
    curvature = np.zeros((outcomes, width, outcomes, width))
    for one in range(outcomes):
        for other in range(one + 1):
            beside = rows * shares[:, one] * ((one == other) - shares[:, other])
            curvature[one, :, other, :] = curvature[other, :, one, :] = scaled.T @ (beside[:, None] * scaled)
        curvature[one, :, one, :] += np.diag(shrink)
    found = np.linalg.solve(curvature.reshape(outcomes * width, outcomes * width), slope.T.reshape(-1))
    return np.asarray(found.reshape(outcomes, width).T, dtype=np.float64)
