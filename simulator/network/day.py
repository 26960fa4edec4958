"""Once a day, at noon: needs become purchases, people look the page up, accounts fall asleep."""

from __future__ import annotations

import numpy as np

from simulator.network import growth, purchases
from simulator.network.log import NO_POST
from simulator.network.page import SEARCH, LivePage
from simulator.network.views import Views
from simulator.units import MINUTES_PER_DAY

_AFTERNOON = MINUTES_PER_DAY / 2


def noon(page: LivePage, now: float) -> None:
    """Everything that happens once a day; ``now``: minutes at a noon."""
    buy_in_need(page, now)
    search(page, now)
    fall_asleep(page, now)


def buy_in_need(page: LivePage, now: float) -> None:
    """Everybody the page is known to may need something today, and may buy it here."""
    known, p = page.known, page.p
    rows = np.arange(known.count)
    mind = known.mind(rows, now)
    need, deal = known.need[rows], known.deal[rows]
    chances = need * purchases.need_chances(p, mind, known.utility[rows], known.deal_proneness[rows], deal)
    chances = np.minimum(chances, 1)
    margins = chances * page.prices.expected_margin(deal * mind.offers)
    anyway = need * (purchases.stranger_chance(p) * page.prices.mean_margin)
    page.record.expect(np.full(1, now), margins.sum(keepdims=True, dtype=np.float64), "need")
    page.record.expect_anyway(now, float(anyway.sum(dtype=np.float64)))
    day = int(now // MINUTES_PER_DAY)
    persons = known.person[rows]
    buyers = np.flatnonzero(page.luck.stream("need", day).uniform(persons) < chances)
    remembers, moment, taste = page.luck.stream("need detail", day).uniforms(persons[buyers], 3)
    discount = np.where(remembers < mind.offers[buyers], deal[buyers], 0).astype(np.float32)
    times = now + moment.astype(np.float64) * _AFTERNOON
    page.sell(times, buyers, np.full(len(buyers), NO_POST), discount, taste)
    known.become_loyal(buyers, now)


def search(page: LivePage, now: float) -> None:
    """Strangers with an interest look the page up by themselves."""
    day = int(now // MINUTES_PER_DAY)
    strangers = page.world.served_count - len(page.known.followers())
    power = np.float32(page.p["growth.visit_match_power"])
    found = growth.strangers(
        page.world,
        page.known,
        page.luck,
        ("search", day),
        page.p["growth.search_visits"] * strangers,
        lambda match: match**power,
    )
    rows = page.known.rows(found, now)
    keys = found.astype(np.uint64) ^ np.uint64(page.luck.stream("search", day).key)
    posts, sources = np.full(len(rows), NO_POST), np.full(len(rows), SEARCH, np.uint8)
    free = np.zeros(len(rows), np.int32)
    page.visit(Views(np.full(len(rows), now), rows, posts, sources, keys, free))


def fall_asleep(page: LivePage, now: float) -> None:
    """Some accounts are never opened again; who came for a prize leaves when it is drawn."""
    known, p = page.known, page.p
    rows = known.followers()
    luck = page.luck.stream("idle", int(now // MINUTES_PER_DAY)).uniform(known.person[rows])
    asleep = rows[luck < np.where(known.came_for_prize[rows], p["giveaway.leave"], p["following.idle"])]
    page.lose(asleep, now, over_service=False)
