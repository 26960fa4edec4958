"""Attribution: which sales the platform reports as an ad's (model 5.4).

A sale within seven days of a click on one of the page's ads counts as that ad's, whatever made
the person buy; of a part of them the platform never learns. Who saw an ad and did not click
counts for nothing. So the reported sales are neither all nor only those the ads brought.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulator.network.log import ACTIONS
from simulator.units import MINUTES_PER_DAY

if TYPE_CHECKING:
    from simulator.network.month import Played

Ids = NDArray[np.int64]
CLICK_BIT = np.uint8(1 << ACTIONS.index("click"))


@dataclass(frozen=True, slots=True)
class Attributed:
    """Sales reported as an ad's.

    ``sale``: rows of the log's purchases; ``ad``: of its ads; ``click``: of its ``ad_views``.
    """

    sale: Ids
    ad: Ids
    click: Ids


def attributed_sales(month: Played) -> Attributed:
    """The sales that the platform reports, each as the ad's that the buyer clicked last."""
    log, p = month.log, month.client.hidden.parameters
    clicked = np.flatnonzero((log.ad_views.actions & CLICK_BIT) > 0)
    sales = log.purchases
    if not len(clicked) or not len(sales.time):
        nothing = np.zeros(0, np.int64)
        return Attributed(nothing, nothing, nothing)
    # The last click of a buyer before each sale: both by person and then by time.
    order = np.lexsort((log.ad_views.time[clicked], log.ad_views.person[clicked]))
    clicks = clicked[order]
    key = _key(log.ad_views.person[clicks], log.ad_views.time[clicks], month.days)
    at = np.searchsorted(key, _key(sales.person, sales.time, month.days), side="right") - 1
    last = clicks[np.maximum(at, 0)]
    window = p["ads.attribution_days"] * MINUTES_PER_DAY
    age = sales.time - log.ad_views.time[last]
    same = (at >= 0) & (log.ad_views.person[last] == sales.person) & (age >= 0) & (age <= window)
    learned = month.world.luck.stream("attribution").uniform(_moment(sales.person, sales.time))
    sale = np.flatnonzero(same & (learned < p["ads.match_rate"]))
    click = last[sale]
    return Attributed(sale, log.ad_views.ad[click].astype(np.int64), click)


def _key(person: NDArray[np.integer], time: NDArray[np.float64], days: int) -> NDArray[np.float64]:
    """Sorts by person, then by time."""
    return person.astype(np.float64) * (2.0 * days * MINUTES_PER_DAY) + time


def _moment(person: NDArray[np.integer], time: NDArray[np.float64]) -> Ids:
    """A whole number for each sale of a person: what is bought within one minute is one thing."""
    return person.astype(np.int64) * (1 << 24) + time.astype(np.int64)
