"""Delivery: one ad set on its way, from its budget to the people who see it (model 5).

Once an hour the platform bids for the set's crowd. It lifts or lowers the bid so that the
day's money lasts through the day (pacing), bids more for those it expects to act, which it
learns from results, and stops when the money is gone. Charges are whole millionths of a
currency unit.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.network.auction import Market
from simulator.network.billing import MICROS_PER_CENT
from simulator.network.crowd import Crowd
from simulator.network.impressions import Impressions, no_impressions
from simulator.parameters import Parameters
from simulator.playbook.ads import AdSet
from simulator.randomness import Luck, Stream
from simulator.units import DAYS_PER_WEEK, HOURS_PER_DAY, HOURS_PER_WEEK, MINUTES_PER_DAY, MINUTES_PER_HOUR

Floats = NDArray[np.float64]
Ids = NDArray[np.int64]
_BIDS = np.exp(np.linspace(np.log(0.1), np.log(5.0), 48))
"""What the platform tries by itself, in medians of the competition: from a tenth to five."""

_MOST_IN_A_ROUND = 2_000_000


@dataclass(frozen=True, slots=True)
class Standing:
    """What the platform thinks of a set at the moment.

    ``results``: wanted actions of the last 7 days, which it learns from; ``rate``: wanted actions an
    impression, expected of the whole crowd; ``quality``: cents that an impression is worth to
    people beyond the bid.
    """

    results: float
    rate: float
    quality: float


class Delivery:
    """An ad set while it runs: money spent, people reached, how often each has seen it."""

    def __init__(
        self, ad_set: AdSet, rows: Ids, starts: Ids, window: tuple[int, int], people: int, luck: Luck
    ) -> None:
        """``rows``: its ads in the page's table, and the minute from which each can be shown.

        ``window``: the set's first and last minute; ``people``: in town.
        """
        self.ad_set = ad_set
        self.rows = rows
        self._starts = starts
        self.window = window
        self.spent = 0
        self.crowd: Crowd | None = None
        self.sought: Crowd | None = None
        self._luck = luck
        self._open = self._hours_open()
        self._by_hour = np.zeros(HOURS_PER_WEEK)
        self._seen = np.zeros(people, np.uint16)
        self._lately = np.zeros(people, np.uint16)
        self._by_hour_shown: deque[tuple[int, Ids]] = deque()
        self.day = -1
        self._spent_before_today = 0
        self._shown = 0
        self._keen = 0.0

    def begin_day(self, day: int, crowd: Crowd) -> None:
        """A new day with its ``crowd``."""
        self.crowd = crowd
        self._by_hour = crowd.by_hour
        self.day = day
        self._spent_before_today = self.spent

    def change(self, ad_set: AdSet, rows: Ids, starts: Ids, window: tuple[int, int]) -> None:
        """Go on with other settings; what was spent, and who has seen it how often, stays.

        Whom it reaches is looked up anew where the set is another than before.
        """
        if ad_set != self.ad_set or not np.array_equal(rows, self.rows):
            self.crowd, self.sought = None, None
        self.ad_set, self.rows, self._starts, self.window = ad_set, rows, starts, window
        self._open = self._hours_open()

    def release(self, ad: int, now: int) -> None:
        """An ad that waited for its post can be shown from ``now`` on."""
        if ad in self.rows:
            self._starts = np.where(self.rows == ad, now, self._starts)
            self._open = self._hours_open()

    def _hours_open(self) -> NDArray[np.bool_]:
        """(hours,) whether it may bid in each hour of the run, as far as is known."""
        return np.array([self.runs_at(at) for at in range(0, self.window[1], MINUTES_PER_HOUR)], bool)

    def runs_at(self, now: int) -> bool:
        """Whether it may bid in the hour that begins at ``now``."""
        ready = bool((self._starts <= now).any())
        return ready and self.window[0] <= now < self.window[1] and self.ad_set.runs_at(now)

    def bid(self, now: int, market: Market, standing: Standing, p: Parameters) -> Impressions:
        """One round: the places won in the hour that begins at ``now``."""
        crowd = self.crowd
        left = self._left_today()
        if crowd is None or left <= 0 or not len(crowd.persons):
            return no_impressions()
        places = crowd.sessions_in(now // MINUTES_PER_HOUR % HOURS_PER_WEEK) * p["ads.places"]
        expected = expected_rates(crowd, standing.results, p)
        relevance = p["ads.competition_relevance"] * crowd.relevance
        value, share = self._offer(now, left, places, expected, relevance, market, standing)
        won = share * places * winning(market, value, relevance, standing.quality)
        shown = self._draw(now, left, won, value, relevance, market, standing.quality)
        if count := len(shown.person):
            self._shown += count
            self._keen += count * float(won @ expected / won.sum())
        return shown

    @property
    def keenness(self) -> float:
        """How much likelier to act those who have seen it were taken to be than the crowd as a whole."""
        return self._keen / self._shown if self._shown else 1.0

    # ------------------------------------------------------------------ money

    def _left_today(self) -> int:
        """Micros that may still be spent today."""
        plan, spent_today = self.ad_set, self.spent - self._spent_before_today
        if plan.daily_budget_cents is not None:
            return plan.daily_budget_cents * MICROS_PER_CENT - spent_today
        left = (plan.lifetime_budget_cents or 0) * MICROS_PER_CENT - self._spent_before_today
        hours = self._open[self.day * HOURS_PER_DAY :]
        share = hours[:HOURS_PER_DAY].sum() / max(1, hours.sum())
        return int(left * share) - spent_today

    def _share_of_the_rest(self, now: int) -> float:
        """Which part of the places still to come today this hour holds."""
        hour = now // MINUTES_PER_HOUR
        rest = np.arange(hour, min((self.day + 1) * HOURS_PER_DAY, len(self._open)))
        places = self._by_hour[rest % HOURS_PER_WEEK] * self._open[rest]
        return float(places[0] / max(places.sum(), 1e-12))

    def _offer(
        self,
        now: int,
        left: int,
        places: Floats,
        expected: Floats,
        relevance: Floats,
        market: Market,
        standing: Standing,
    ) -> tuple[Floats, float]:
        """What is bid for an impression in each cell, cents, and for which share of the places.

        The lowest of the platform's bids that spends this hour's part of the money; where even that
        spends more, it takes part in some of the auctions only.
        """
        target = left / MICROS_PER_CENT * self._share_of_the_rest(now)
        levels = _BIDS * np.exp(market.centre)
        if self.ad_set.bid_cents is not None:
            levels = np.minimum(levels, self.ad_set.bid_cents * standing.rate)
        values = levels[:, None] * expected[None, :]
        costs = (paying(market, values, relevance[None, :], standing.quality) * places).sum(axis=1)
        row = min(int(np.searchsorted(costs, target)), len(levels) - 1)
        bids: Floats = values[row]
        return bids, min(1.0, target / costs[row]) if costs[row] > 0 else 1.0

    # ------------------------------------------------------------------ people

    def _draw(
        self,
        now: int,
        left: int,
        won: Floats,
        value: Floats,
        relevance: Floats,
        market: Market,
        quality: float,
    ) -> Impressions:
        """Who gets the places, when and at what price; no more than the money ``left`` pays for."""
        assert self.crowd is not None
        round_luck = self._luck.stream("round", self.ad_set.campaign, self.ad_set.name, now)
        count = min(int(won.sum() + round_luck.number()), _MOST_IN_A_ROUND)
        if not count:
            return no_impressions()
        which, who, price, moment = _uniforms(round_luck, count)
        points = (np.arange(count) + which) * (won.sum() / count)
        cells = np.minimum(np.searchsorted(np.cumsum(won), points, side="right"), len(won) - 1)
        persons = self.crowd.persons[self.crowd.pick(cells, who)].astype(np.int64)
        cents = market.prices(value[cells] + quality, relevance[cells], price) - quality
        cents = np.minimum(np.maximum(cents, market.reserve), value[cells])
        order = np.argsort(moment, kind="stable")
        times = now + moment[order] * MINUTES_PER_HOUR
        persons, micros = persons[order], np.floor(cents[order] * MICROS_PER_CENT).astype(np.int64)
        return self._book(now, times, persons, micros, left)

    def _book(self, now: int, times: Floats, persons: Ids, micros: Ids, left: int) -> Impressions:
        """Keep what the cap and the money allow, and remember it."""
        turn = turns_of(persons)
        cap = self.ad_set.frequency_cap
        if cap is not None:
            self._forget(now)
            kept = self._lately[persons] + turn < cap
            times, persons, micros, turn = times[kept], persons[kept], micros[kept], turn[kept]
        paid = np.cumsum(micros) <= left
        times, persons, micros, turn = times[paid], persons[paid], micros[paid], turn[paid]
        nth = self._seen[persons].astype(np.int64) + turn
        np.add.at(self._seen, persons, 1)
        if cap is not None:
            np.add.at(self._lately, persons, 1)
            self._by_hour_shown.append((now, persons))
        self.spent += int(micros.sum())
        ads = self._luck.stream("rotation", self.ad_set.campaign, self.ad_set.name).uniform(
            persons.astype(np.uint64) * np.uint64(1_000_003) + nth.astype(np.uint64)
        )
        ready = self.rows[self._starts <= now]
        rows = ready[np.minimum((ads * len(ready)).astype(np.int64), len(ready) - 1)]
        return Impressions(times, persons, rows, nth, micros)

    def _forget(self, now: int) -> None:
        """What was seen in an hour that was over 7 days before ``now`` no longer counts against the cap."""
        since = now - DAYS_PER_WEEK * MINUTES_PER_DAY
        while self._by_hour_shown and self._by_hour_shown[0][0] < since:
            np.subtract.at(self._lately, self._by_hour_shown.popleft()[1], 1)


def expected_rates(crowd: Crowd, results: float, p: Parameters) -> Floats:
    """(cells,) the rate the platform expects of each cell, relative to the crowd's mean.

    Between what is true and the mean of all: with few results of the last 7 days it cannot tell people
    apart, and the manager's audience is all the selection there is; some 50 teach it (Meta's
    learning phase).
    """
    needed = p["ads.learning_results"]
    known = p["ads.learning_best"] * (results / (results + needed) if needed > 0 else 1.0)
    relative = np.exp(known * np.log(np.maximum(crowd.rate, 1e-12) / max(crowd.mean_rate, 1e-12)))
    rates: Floats = relative * (crowd.sessions.sum() / max(float(relative @ crowd.sessions), 1e-12))
    return rates


def winning(market: Market, bid: Floats, relevance: Floats, quality: float) -> Floats:
    """Probability that bids (cents an impression) win; none below the reserve is heard."""
    chance: Floats = np.where(
        bid >= market.reserve, market.wins(np.maximum(bid + quality, 0), relevance), 0.0
    )
    return chance


def paying(market: Market, bid: Floats, relevance: Floats, quality: float) -> Floats:
    """Expected payment for one place, won or not: what an ad is worth to people is taken off the price."""
    chance, price = market.sold(np.maximum(bid + quality, 0), relevance)
    chance = np.where(bid >= market.reserve, chance, 0.0)
    least, most = market.reserve * chance, bid * chance
    payment: Floats = np.minimum(np.maximum(price - quality * chance, least), most)
    return payment


def turns_of(persons: Ids) -> Ids:
    """The how-maniest of its person each place is, from 0, in the order they stand."""
    order = np.argsort(persons, kind="stable")
    sorted_persons = persons[order]
    starts = np.flatnonzero(np.diff(sorted_persons, prepend=-1))
    turns = np.empty(len(persons), np.int64)
    turns[order] = np.arange(len(persons)) - np.repeat(starts, np.diff([*starts, len(persons)]))
    return turns


def _uniforms(luck: Stream, count: int) -> NDArray[Any]:
    return luck.uniforms(np.arange(count), 4).astype(np.float64)
