"""Uncertainty: an estimate from worlds, its standard error and its interval."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

CONFIDENCE: Final = 0.95

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value, its standard error, and how many worlds it comes from.

    >>> mean_of(np.array([1.0, 2.0, 3.0])).interval
    (-0.484..., 4.484...)
    """

    value: float
    error: float
    worlds: int

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval by Student's t."""
        from scipy.stats import t

        half = float(t.ppf((1 + CONFIDENCE) / 2, self.worlds - 1)) * self.error
        return self.value - half, self.value + half

    @property
    def chance_of_none(self) -> float:
        """The chance of a value at least so high, if the truth is 0 (one-sided t test)."""
        from scipy.stats import t

        if not self.error:
            return 0.0 if self.value > 0 else 1.0
        return float(t.sf(self.value / self.error, self.worlds - 1))


def mean_of(column: Floats) -> Estimate:
    """The mean over worlds."""
    error = float(column.std(ddof=1) / np.sqrt(len(column)))
    return Estimate(float(column.mean()), error, len(column))


def jackknife(columns: Floats, value: Callable[[Floats], float]) -> Estimate:
    """``value`` of the column means of (worlds, columns), with the error of leaving out a world at a time.

    Efron and Stein 1981. What is common to the columns of a world drops out of the error by itself.

    >>> jackknife(np.array([[1.0, 11.0], [2.0, 12.0], [3.0, 13.0]]), lambda means: float(means[1] - means[0]))
    Estimate(value=10.0, error=0.0, worlds=3)
    """
    count = len(columns)
    total = columns.sum(axis=0)
    left_out = np.array([value((total - row) / (count - 1)) for row in columns])
    error = np.sqrt((count - 1) / count * ((left_out - left_out.mean()) ** 2).sum())
    return Estimate(float(value(total / count)), float(error), count)
