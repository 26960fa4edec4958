"""The auction: who else bids for a place on a screen, who wins and what is paid (model 5.2).

Every place goes to the highest total value (what an advertiser bids for the action x the
rate at which the platform expects it, plus what the ad is worth to the person who sees it).
The winner pays the second price: what the best of the others would have given. The others
are drawn from a lognormal landscape (Cui et al. 2011) that rises in the evening and before the
holidays. Amounts are cents for one impression.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from simulator.parameters import Parameters
from simulator.units import MINUTES_PER_DAY, MINUTES_PER_HOUR

Floats = NDArray[np.float64]
IMPRESSIONS_OF_A_PRICE = 1000
"""Prices are quoted for so many impressions (CPM)."""


@dataclass(frozen=True, slots=True)
class Market:
    """The competition in one round: the best of the others' total values is lognormal.

    ``centre``: log of its median, cents an impression; ``spread``: log; ``reserve``: the least
    an impression costs, cents.
    """

    centre: float
    spread: float
    reserve: float

    def wins(self, value: Floats, relevance: Floats) -> Floats:
        """Probability that a total ``value`` wins; below the reserve it never does.

        ``relevance``: log by which others value these people more than the average person.
        """
        return self._wins(value, self._place(value, relevance))

    def paid(self, value: Floats, relevance: Floats) -> Floats:
        """Expected payment for one place, won or not: the mean of the others' best below ``value``."""
        return self.sold(value, relevance)[1]

    def sold(self, value: Floats, relevance: Floats) -> tuple[Floats, Floats]:
        """What :meth:`wins` and :meth:`paid` say, at the price of one of them."""
        place = self._place(value, relevance)
        chance = self._wins(value, place)
        below = np.exp(self.centre + relevance + self.spread**2 / 2) * ndtr(place - self.spread)
        return chance, np.where(chance > 0, np.maximum(below, self.reserve * chance), 0.0)

    def prices(self, value: Floats, relevance: Floats, luck: NDArray[Any]) -> Floats:
        """What is paid for places that were won: the others' best, known to be below ``value``.

        ``luck``: uniform numbers in (0, 1), one a place.
        """
        won = ndtr(self._place(value, relevance))
        others = np.exp(self.centre + relevance + self.spread * ndtri(np.maximum(luck * won, 1e-12)))
        paid: Floats = np.minimum(np.maximum(others, self.reserve), value)
        return paid

    def _wins(self, value: Floats, place: Floats) -> Floats:
        chance: Floats = np.where(value >= self.reserve, ndtr(place), 0.0)
        return chance

    def _place(self, value: Floats, relevance: Floats) -> Floats:
        place: Floats = (np.log(np.maximum(value, 1e-12)) - self.centre - relevance) / self.spread
        return place


def market_at(now: float, month_start: date, p: Parameters) -> Market:
    """The competition at ``now`` (minutes from the first Monday 00:00).

    >>> from simulator.parameters import model_parameters
    >>> p, start = model_parameters(), date(2027, 3, 1)
    >>> market_at(20 * 60, start, p).centre > market_at(4 * 60, start, p).centre
    True
    """
    hour = int(now // MINUTES_PER_HOUR) % 24
    day = month_start + timedelta(days=int(now // MINUTES_PER_DAY))
    centre = np.log(p["ads.price_level"] / IMPRESSIONS_OF_A_PRICE)
    reserve = p["ads.reserve"] * np.exp(centre)
    centre += p["ads.evening"] * (18 <= hour < 23)
    centre += p["ads.weekend"] * (day.weekday() >= 5)
    centre += p["ads.holidays"] * (day.month in (11, 12))
    return Market(float(centre), p["ads.price_spread"], float(reserve))
