"""Impressions of ads: places won, as one batch of columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.network.batch import Batch

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Impressions(Batch):
    """Places won in one round: columns of equal length.

    ``person``: id. ``ad``: row of the page's table. ``nth``: how often the person had seen the
    set's ads before. ``micros``: what each cost, millionths of a currency unit.
    """

    time: NDArray[np.float64]
    person: Ids
    ad: Ids
    nth: Ids
    micros: Ids


def no_impressions() -> Impressions:
    """A round in which nothing was won."""
    nothing = np.zeros(0, np.int64)
    return Impressions(np.zeros(0), nothing, nothing, nothing, nothing)
