"""Months with ads: one played, the same with impressions and sales made by hand, one with many texts."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from simulator.insights.month import Month, run_month
from simulator.network.log import AdViews, Purchases
from simulator.playbook.ads import Ad, AdPlan, AdSet
from simulator.playbook.audiences import Audience
from simulator.playbook.playbook import Playbook
from simulator.world.clients import load_client

SELLING = "Pans at a tenth off until Sunday. Order by message."


@cache
def advertised() -> Month:
    """A month with three sets: two ads taking turns, few people with much money, and too few people."""
    client = load_client("online-shop")
    topic = client.topic_names[1]
    texts = (SELLING, "Cast iron for twenty years: order yours this week.")
    kind = ("photo", "sell", "Pans")
    ads = tuple(Ad(f"ad {k}", *kind, text, topic, offer=0.1) for k, text in enumerate(texts))
    few_people = Audience(age_min=40, age_max=41, inclusions=(("games",),))
    sets = (
        AdSet("spring", "everybody", "LINK_CLICKS", daily_budget_cents=12_000, ads=ads),
        AdSet("spring", "few", "PURCHASES", few_people, daily_budget_cents=90_000, ads=ads[:1]),
        AdSet("spring", "nobody", "REACH", Audience(inclusions=(("lookalike 1%",),)), 1_000, ads=ads[:1]),
    )
    return run_month(client, Playbook(ads=AdPlan(sets)), people=8_000)


def log_with(views: dict[str, Any], sales: dict[str, Any]) -> Month:
    """The advertised month with made-up impressions and sales."""
    month = advertised()
    count = len(sales["person"])
    bought = Purchases(
        time=np.array(sales["time"], float),
        person=np.array(sales["person"], np.int32),
        product=np.zeros(count, np.int16),
        post=np.full(count, -1),
        ad=np.full(count, -1),
        price_cents=np.full(count, 50_000),
        margin_cents=np.full(count, 20_000),
        follower=np.zeros(count, bool),
    )
    seen = AdViews(
        time=np.array(views["time"], float),
        person=np.array(views["person"], np.int32),
        ad=np.array(views["ad"], np.int32),
        actions=np.array(views["actions"], np.uint8),
        micros=np.array(views["micros"], np.int32),
    )
    client = month.client.with_parameters({"ads.match_rate": 1.0})
    return replace(month, client=client, log=replace(month.log, ad_views=seen, purchases=bought))


CLICK, LIKE = 0b1000, 0b1


def small() -> Month:
    """Five impressions and four sales, to be counted on paper."""
    views = {
        "time": [10, 20, 30, 1_500, 1_600],
        "person": [1, 1, 2, 2, 3],
        "ad": [0, 0, 1, 2, 2],
        "actions": [0, CLICK, LIKE, CLICK, 0],
        "micros": [100_000, 150_000, 120_000, 300_000, 90_000],
    }
    day = 1_440.0
    sales = {"time": [15, 7 * day, 8.5 * day, 1_700], "person": [1, 1, 1, 2]}
    return log_with(views, sales)


@cache
def six_texts() -> Month:
    """Six ads of one set, in two campaigns that call their sets alike."""
    client = load_client("online-shop")
    topic = client.topic_names[1]
    ads = tuple(Ad(f"ad {k}", "photo", "sell", "Pans", f"{SELLING} {k}", topic) for k in range(6))
    sets = tuple(
        AdSet(name, "all", "LINK_CLICKS", daily_budget_cents=2_000, ads=ads) for name in ("spring", "summer")
    )
    return run_month(client, Playbook(ads=AdPlan(sets)), people=1_000, days=7)
