"""What was charged for ads, shared among groups of impressions, to the cent.

A bill knows ads and days in whole cents. A group (an age, a city, an hour) has of each bill what
its impressions cost of it, in whole cents by largest remainder: over all groups the bill comes out.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulator.network.billing import MICROS_PER_CENT, charges
from simulator.network.log import Log
from simulator.units import MINUTES_PER_DAY

Ids = NDArray[np.int64]


def cents_by_group(log: Log, views: Ids, group: Ids, groups: int) -> Ids:
    """(groups,) cents of the bills of ``views`` (rows of the log's), each view being of a ``group``."""
    shown = log.ad_views
    day = np.minimum((shown.time[views] // MINUTES_PER_DAY).astype(np.int64), log.days - 1)
    bill = shown.ad[views].astype(np.int64) * log.days + day
    parts, part_of = np.unique(bill * groups + group, return_inverse=True)
    micros = np.zeros(len(parts), np.int64)
    np.add.at(micros, part_of, shown.micros[views].astype(np.int64))
    cents = shared(charges(log).ravel(), parts // groups, micros)
    return np.bincount(parts % groups, cents, minlength=groups).astype(np.int64)


def shared(bills: Ids, bill: Ids, micros: Ids) -> Ids:
    """Whole cents of each part of a bill, given what it cost in millionths, by largest remainder.

    ``bill``: of each part the row of ``bills`` it is of, in rising order. Of equal remainders the
    first part has the cent.

    >>> shared(np.array([2, 7]), np.array([0, 0, 0, 1]), np.array([6_000, 7_000, 7_000, 70_000])).tolist()
    [0, 1, 1, 7]
    """
    cents, rest = micros // MICROS_PER_CENT, micros % MICROS_PER_CENT
    given = np.bincount(bill, cents, minlength=len(bills)).astype(np.int64)
    turn = np.empty(len(bill), np.int64)
    turn[np.lexsort((-rest, bill))] = np.arange(len(bill))
    turn -= np.searchsorted(bill, bill)
    return cents + (turn < (bills - given)[bill])
