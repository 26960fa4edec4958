"""Carry-over: the margin a month leaves behind (model 14).

It is expected, not realised: half a year in which the page is run steadily by
whoever comes next, starting from the people, goodwill and knowledge of offers this month left.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from simulator.network.known import KnownPeople, Mind
from simulator.network.purchases import PriceList, need_chances, stranger_chance
from simulator.parameters import Parameters

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class CarryOver:
    """Expected margin in cents that the page adds in the half year after a month, by whom it comes from.

    ``kept``: who followed on day one, also where they follow no more; ``won``: who follows since;
    ``others``: everybody else the page is known to; ``service``: all of them, because of how messages
    were answered, which the other three leave out.
    """

    kept: float
    won: float
    others: float
    service: float

    @property
    def cents(self) -> float:
        """All of it."""
        return self.kept + self.won + self.others + self.service


NO_CARRY_OVER = CarryOver(0.0, 0.0, 0.0, 0.0)


def carry_over(
    known: KnownPeople, prices: PriceList, now: float, followers_start: NDArray[np.integer]
) -> CarryOver:
    """Expected margin of the half year after ``now`` that the page adds; ``followers_start``: on day one.

    Over what the people it is known to would buy had they never met it.

    Per person: need x chance to buy, with goodwill, offers and loyalty on their way from what
    they are now to what steady posting keeps up in those who still follow.
    """
    p = known.parameters
    rows = np.arange(known.count)
    mind = known.mind(rows, now)
    steady = _steady_state(known, p)
    horizon = p["worth.horizon_days"]
    points = int(p["worth.points_in_time"])
    plain, served = np.zeros(known.count, np.float32), np.zeros(known.count, np.float32)
    for k in range(points):
        day = (k + 0.5) * horizon / points
        follows = known.follower[rows] * _staying(known, p, steady.utility, day)
        later = _later(mind, steady, follows, p, day)
        # Only who follows sees the steady posts: what others feel of the page stays as it is.
        moved = steady.utility + (known.utility[rows] - steady.utility) * np.float32(_kept(p, day))
        utility = np.where(known.follower[rows], moved, known.utility[rows])
        proneness, no_deal = known.deal_proneness[rows], known.deal[rows] * 0
        unserved = need_chances(p, replace(later, service=no_deal), utility, proneness, no_deal)
        plain += unserved - np.float32(stranger_chance(p))
        served += need_chances(p, later, utility, proneness, no_deal) - unserved
    each = known.need[rows] * np.float32(prices.mean_margin * horizon / points)
    first = np.isin(known.person[rows], followers_start)
    won = known.follower[rows] & ~first
    kept, new, others = (_total(plain * each, who) for who in (first, won, ~first & ~won))
    return CarryOver(kept, new, others, _total(served * each, np.ones(len(rows), np.bool_)))


def _total(cents: Floats, who: NDArray[np.bool_]) -> float:
    return float(np.sum(cents[who], dtype=np.float64))


class _Steady:
    """Where steady posting takes each person: arrays of one row a known person."""

    def __init__(self, goodwill: Floats, offers: Floats, utility: Floats) -> None:
        self.goodwill, self.offers, self.utility = goodwill, offers, utility


def _steady_state(known: KnownPeople, p: Parameters) -> _Steady:
    """The level at which what steady posts bring in equals what fades, person by person."""
    n = known.count
    match = known.match[:n].mean(axis=1)
    taste = known.taste[:n, :3].mean(axis=1)
    per_day = _per_day(p)
    selling, quality = p["worth.steady_selling_share"], p["worth.steady_quality"]
    liked = (
        taste
        * (p["following.value_floor"] + p["following.value_match"] * match)
        * (p["following.value_quality_floor"] + quality)
        - p["following.attention_price"]
    )
    fit = p["following.nuisance_level"] - p["following.nuisance_match"] * match
    disliked = known.nuisance[:n] * fit * (1 + p["following.nuisance_poor"] * (1 - quality))
    inflow = per_day * (1 - selling) * p["goodwill.gain"] * np.clip(liked, 0, 5)
    heard = p["offers.match_floor"] + (1 - p["offers.match_floor"]) * match
    told = per_day * selling * p["offers.gain"] * heard
    return _Steady(
        _balance(inflow, p["goodwill.half_life"]),
        _balance(told, p["offers.half_life"]),
        (1 - selling) * liked - selling * disliked,
    )


def _balance(inflow: Floats, half_life: float) -> Floats:
    fading = np.log(2) / half_life
    level: Floats = (inflow / (inflow + fading)).astype(np.float32)
    return level


def _staying(known: KnownPeople, p: Parameters, steady_utility: Floats, day: float) -> Floats:
    """Probability that each person still follows after ``day`` days of steady posting."""
    n = known.count
    utility = known.utility[:n]
    # Between now and then utility moves exponentially to its steady level: hazard at the mean of it.
    moved = np.float32((1 - _kept(p, day)) / (_speed(p) * day))
    mean_utility = steady_utility + (utility - steady_utility) * moved
    hazard = _per_day(p) * p["following.leave_base"] * np.exp(-p["following.leave_slope"] * mean_utility)
    staying: Floats = np.exp(-(hazard + p["following.idle"]) * day).astype(np.float32)
    return staying


def _per_day(p: Parameters) -> float:
    """Posts of steady posting that a follower sees a day."""
    return p["worth.steady_posts_per_week"] / 7 * p["worth.steady_reach"]


def _speed(p: Parameters) -> float:
    """How fast the utility of following moves to its steady level, per day."""
    return _per_day(p) * p["following.learning"]


def _kept(p: Parameters, day: float) -> float:
    """Share of today's distance from steady utility that is left after ``day`` days."""
    return float(np.exp(-_speed(p) * day))


def _later(mind: Mind, steady: _Steady, follows: Floats, p: Parameters, day: float) -> Mind:
    def towards(name: str, goal: Floats | float, half_life: float) -> Floats:
        left = np.float32(2.0 ** (-day / half_life))
        moved: Floats = goal + (getattr(mind, name) - goal) * left
        return moved

    return Mind(
        goodwill=towards("goodwill", steady.goodwill * follows, p["goodwill.half_life"]),
        offers=towards("offers", steady.offers * follows, p["offers.half_life"]),
        affinity=mind.affinity,
        commercials=mind.commercials,
        loyalty=towards("loyalty", 0.0, p["purchase.loyalty_half_life"]),
        reference=towards("reference", 0.0, p["offers.reference_half_life"]),
        load=mind.load,
        service=towards("service", 0.0, p["inbox.service_half_life"]),
    )
