"""Billing: what is charged for ads, in whole cents.

Every impression has its price in millionths of a currency unit. Once a day a set's sum is cut to
whole cents and shared among its ads by largest remainder, so that the bill adds up exactly
and never exceeds the budget.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulator.network.log import Log
from simulator.units import MINUTES_PER_DAY

MICROS_PER_CENT = 10_000
Counts = NDArray[np.int64]


def charges(log: Log) -> Counts:
    """(ads, days) cents charged."""
    micros = np.zeros((len(log.ads), log.days), np.int64)
    views = log.ad_views
    days = np.minimum((views.time // MINUTES_PER_DAY).astype(np.int64), log.days - 1)
    np.add.at(micros, (views.ad, days), views.micros.astype(np.int64))
    cents = np.zeros_like(micros)
    sets: dict[tuple[str, str], list[int]] = {}
    for row, ad in enumerate(log.ads):
        sets.setdefault((ad.ad_set.campaign, ad.ad_set.name), []).append(row)
    for rows in sets.values():
        cents[rows] = np.stack([largest_remainder(day) for day in micros[rows].T], axis=1)
    return cents


def largest_remainder(micros: Counts) -> Counts:
    """Whole cents of each amount, together the whole cents of their sum.

    >>> largest_remainder(np.array([15_000, 15_000, 9_999])).tolist()
    [1, 1, 1]
    """
    cents = micros // MICROS_PER_CENT
    missing = int(micros.sum() // MICROS_PER_CENT - cents.sum())
    first = np.argsort(-(micros % MICROS_PER_CENT), kind="stable")[:missing]
    cents[first] += 1
    return cents
