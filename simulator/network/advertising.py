"""Advertising: all the ad sets of a page while they run."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from simulator.errors import PlaybookError
from simulator.network.ad_tally import RESULT_OF
from simulator.network.agenda import Running, SetName, set_name
from simulator.network.appetite import Appetite
from simulator.network.auction import IMPRESSIONS_OF_A_PRICE, market_at
from simulator.network.boosts import Boosts
from simulator.network.crowd import Crowd, gather
from simulator.network.delivery import Delivery, Standing
from simulator.network.impressions import Impressions
from simulator.network.known import NEVER
from simulator.network.log import PublishedPost
from simulator.network.page import LivePage
from simulator.network.post_table import NEVER_OUT
from simulator.playbook.ads import Ad
from simulator.playbook.page import completeness
from simulator.playbook.page_groups import PageGroups
from simulator.units import MINUTES_PER_DAY

_NOBODY = np.zeros(0, np.int64)


class Advertising:
    """The page's ad sets, and what the platform knows of the town."""

    def __init__(self, page: LivePage, running: Sequence[Running], days: int) -> None:
        """``running``: the sets at first; all ads of the month stand behind the posts of the page's table.

        What is made in shifts as the month goes on has to wait until it is, or until the post it boosts is.
        """
        self.page = page
        self.appetite = Appetite(page.world)
        self._first_row = len(page.table) - int(page.table.ad.sum())
        self._days = days
        self.boosts = Boosts(page, self._first_row)
        self.deliveries: list[Delivery] = []
        self._known: dict[SetName, Delivery] = {}
        self._running: Sequence[Running] = ()
        self._released: dict[int, int] = {}
        self.run(running)

    def run(self, running: Sequence[Running]) -> None:
        """From now on these sets run and no others; one that was changed goes on with what it has spent."""
        if running == self._running:
            return
        self._running = running
        self.deliveries = [self._delivery(one) for one in running]
        self._known |= {set_name(one.ad_set): one for one in self.deliveries}

    def _delivery(self, one: Running) -> Delivery:
        page, ad_set = self.page, one.ad_set
        rows = self._first_row + np.array(one.places, np.int64)
        starts = np.array(
            [self._start(*ad) for ad in zip(rows.tolist(), ad_set.ads, one.published, strict=True)]
        )
        window = ad_set.window_minutes(page.world.client.file.month_start, self._days)
        found = self._known.get(set_name(ad_set))
        if found is None:
            return Delivery(ad_set, rows, starts, window, len(page.world.people), page.luck)
        found.change(ad_set, rows, starts, window)
        return found

    def _start(self, row: int, ad: Ad, published: PublishedPost) -> int:
        """From when an ad can be shown; it is entered as it is to be shown, unless it is made already."""
        if row in self._released:
            return self._released[row]
        if self.boosts.waits(row, ad, published):
            return NEVER_OUT
        page = self.page
        page.published[row] = published
        page.table.quality[row] = published.quality
        if published.in_shifts:
            return NEVER_OUT
        if page.inbox.workshop is not None:
            page.inbox.workshop.close(row)
        return published.post_time

    def bid(self, now: int) -> None:
        """The round of the hour that begins at ``now``: every set bids, and people get to see ads."""
        page, p = self.page, self.page.p
        market = market_at(now, page.world.client.file.month_start, p)
        won = []
        for ad in self.boosts.out():
            self.release(ad, now)
        for delivery in self.deliveries:
            if not delivery.runs_at(now):
                continue
            day = now // MINUTES_PER_DAY
            if delivery.day != day:
                delivery.begin_day(day, self._crowd(delivery, now))
            won.append(delivery.bid(now, market, self._standing(delivery, day), p))
        if won:
            page.show_ads(Impressions.joined(won), now)

    def release(self, ad: int, now: int) -> None:
        """An ad that had to wait can be shown from ``now`` on."""
        self._released[ad] = now
        for delivery in self.deliveries:
            delivery.release(ad, now)

    def _crowd(self, delivery: Delivery, now: int) -> Crowd:
        """The people of the set as they are this morning; nobody where the platform refuses the audience.

        Whoever the page's own groups have in them is looked up every day. Whom they bar is taken out of
        people sorted once, which costs little even of a million.
        """
        audience, page = delivery.ad_set.audience, self.page
        try:
            groups = page_groups(page, now) if audience.needs_page else PageGroups()
            if delivery.sought is None or audience.seeks_page:
                sought = np.flatnonzero(audience.sought(page.world, groups))
                delivery.sought = self._gathered(delivery, sought)
            crowd = delivery.sought
            if audience.bars_page:
                crowd = crowd.without(audience.barred(page.world, groups))
        except PlaybookError:  # a look-alike of too few buyers
            return self._gathered(delivery, _NOBODY)
        is_sold = len(crowd.persons) >= page.p["ads.minimum_audience"]
        return crowd if is_sold else self._gathered(delivery, _NOBODY)

    def _gathered(self, delivery: Delivery, members: NDArray[np.int64]) -> Crowd:
        """``members`` (person ids), sorted by what they would do with the set's ads."""
        goal, page = delivery.ad_set.goal, self.page
        rates = [self.appetite.rates(goal, page.table, int(ad), members, page.page) for ad in delivery.rows]
        return gather(page.world.people, members, np.mean(rates, axis=0))

    def _standing(self, delivery: Delivery, day: int) -> Standing:
        """What the platform makes of the set's results, its texts and the page behind them."""
        page, p, rows = self.page, self.page.p, delivery.rows
        assert delivery.crowd is not None
        crowd = delivery.crowd
        ads = page.ad_of(rows)
        shown, hidden = page.tally.total("impressions", ads), page.tally.total("hides", ads)
        hides = (hidden + p["ads.hides_expected"] * p["ads.hides_prior"]) / (shown + p["ads.hides_prior"])
        quality = float(page.table.quality[rows].mean()) - p["response.quality_reference"]
        worth = p["ads.quality_value"] * quality
        worth += p["ads.page_value"] * (completeness(page.page, p) - 0.5)
        worth -= p["ads.hide_cost"] * max(0.0, hides - p["ads.hides_expected"])
        results = page.tally.last_week(RESULT_OF[delivery.ad_set.goal], ads, day)
        seen, prior = page.tally.last_week("impressions", ads, day), p["ads.rate_prior"]
        return Standing(
            results=results,
            rate=(results + prior * crowd.mean_rate) / (delivery.keenness * seen + prior),
            quality=worth * p["ads.price_level"] / IMPRESSIONS_OF_A_PRICE,
        )


def page_groups(page: LivePage, now: float) -> PageGroups:
    """Who follows the page, lately visited it or engaged with it (``ads.retarget_days``), or ever bought."""
    known = page.known
    person = known.person[: known.count]
    since = now - page.p["ads.retarget_days"] * MINUTES_PER_DAY
    return PageGroups(
        followers=known.person[known.followers()],
        visitors=person[known.visited_at[: known.count] >= since],
        engaged=person[known.engaged_at[: known.count] >= since],
        buyers=person[known.bought_at[: known.count] > NEVER],
    )
