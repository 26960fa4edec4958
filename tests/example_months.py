"""Months made by hand: one small enough to count on paper, one large and random, one empty."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import numpy as np

from simulator.insights.tables import Insights
from simulator.network.carry_over import CarryOver
from simulator.network.log import (
    CAUSES,
    NO_POST,
    AdViews,
    Exposures,
    Follows,
    Log,
    PublishedPost,
    Purchases,
    Unfollows,
    Visits,
)
from simulator.network.messages import messages
from simulator.network.worth import Worth
from simulator.parameters import Parameters
from simulator.playbook.captions import read_caption
from simulator.playbook.playbook import Playbook
from simulator.playbook.posts import FORMATS, PURPOSES, Post
from simulator.randomness import Luck
from simulator.units import MINUTES_PER_DAY, minutes_since
from simulator.world.clients import Client, ClientFile, Hidden
from simulator.world.interests import CHRONOTYPES

START = date(2027, 3, 1)
KNOWN = {"incident.crisis_chance": 0.25, "incident.pile_on_chance": 0.15, "inbox.patience_hours": 48.0}
"""The few constants that a report tells of."""
TOPICS = ("recipes", "offers", "kitchen")


def by_cause(cents: np.ndarray) -> np.ndarray:
    """Expected margin of days, all of it brought by needs."""
    return np.column_stack([cents, *(0 * cents for _ in CAUSES[1:])])


def client() -> Client:
    """A small online shop with nothing hidden."""
    file = ClientFile.model_validate(
        {
            "name": "online-shop",
            "kind": "online shop",
            "title": "Kikapu, baskets & pans",
            "brief": "Sell pans.",
            "month_start": START,
            "cities": ["Mwanga", "Kijani"],
            "served_online": True,
            "hours_per_week": 8,
            "hour_rate_cents": 900,
            "budget_cents": 30_000,
            "goals": [{"name": "sales", "weight": 1}],
            "products": [
                {
                    "name": "pan",
                    "price_cents": 2500,
                    "margin_share": 0.4,
                    "topic": "kitchen",
                    "demand_share": 1,
                }
            ],
            "topics": [
                {"name": n, "title": n.title(), "interests": {"cooking": 1}, "words_en": [n], "words_sw": [n]}
                for n in TOPICS
            ],
            "buyer_interests": ["cooking", "home", "health"],
            "opening_hours": {},
            "audience": {"sketch": "Cooks.", "follower_share": 0.1},
            "page": {},
            "former_habits": {
                "posts_per_week": 3,
                "hours": [9],
                "purposes": {"sell": 1},
                "formats": {"photo": 1},
                "topics": {"offers": 1},
                "hours_per_week": 4,
            },
            "captions": [],
        }
    )
    hidden = Hidden(Parameters(KNOWN), np.zeros(16), np.zeros(5), np.zeros(16))
    return Client(file=file, client_seed=7, hidden=hidden)


@dataclass(frozen=True)
class MadeMonth:
    """A month with the attributes of the real one."""

    client: Client
    seed: int
    people: int
    days: int
    log: Log
    world: Any
    worth_cents: float
    carry_over_cents: float
    playbook: Playbook = field(default_factory=Playbook.empty)
    ad_spend_cents: int = 0

    @property
    def worth(self) -> Worth:
        anyway = float(self.log.expected_anyway_by_day.sum())
        expected = self.worth_cents - self.carry_over_cents + self.ad_spend_cents + anyway
        carry = CarryOver(self.carry_over_cents, 0.0, 0.0, 0.0)
        return Worth(expected, 0.0, 0.0, anyway, carry, self.ad_spend_cents, 0.0)

    @property
    def insights(self) -> Insights:
        return Insights(self)


def published(moment: datetime, text: str, purpose: str, topic: str, **other: Any) -> PublishedPost:
    post = Post(moment, text, other.get("format", "photo"), purpose, topic, other.get("offer", 0.0))
    made = other.get("made", True)
    as_read = read_caption(text, client=None, purpose=purpose, topic=topic)
    read = replace(as_read, purpose=other.get("read", purpose), topic=topic)
    return PublishedPost(post, minutes_since(START, moment), read, 0.6, 1.5 if made else 0.0, made)


def town(people: int, seed: int = 3) -> Any:
    """People of two cities with three districts."""
    luck = np.random.default_rng(seed)
    country = SimpleNamespace(
        cities=(SimpleNamespace(name="Mwanga"), SimpleNamespace(name="Kijani")),
        districts=tuple(
            SimpleNamespace(name=name, city=city)
            for name, city in (("Soko", "Mwanga"), ("Bandari", "Mwanga"), ("Bustani", "Kijani"))
        ),
        district_city=np.array([0, 0, 1], np.uint8),
    )
    arrays = SimpleNamespace(
        age=np.clip(luck.normal(34, 13, people), 14, 80).astype(np.uint8),
        female=luck.random(people) < 0.57,
        district=luck.integers(0, 3, people).astype(np.uint8),
        activity=luck.integers(90, 160, people).astype(np.uint8),
        chronotype=luck.integers(0, len(CHRONOTYPES), people).astype(np.uint8),
    )
    return SimpleNamespace(people=arrays, country=country, luck=Luck(seed))


def columns(**lists: Any) -> dict[str, Any]:
    return {name: np.asarray(values) for name, values in lists.items()}


def small_month(playbook: Playbook | None = None) -> MadeMonth:
    """Ten people, two days, three posts of which one was not made: every figure known.

    Post 0 (Mon 09:00) reaches persons 0, 1, 5; post 1 (Tue 18:00, selling) persons 0, 1.
    """
    world = town(10)
    world.people.age = np.array([14, 17, 18, 24, 25, 34, 44, 54, 64, 80], np.uint8)
    world.people.female = np.array([1, 0] * 5, bool)
    world.people.district = np.array([0, 1, 2, 0, 1, 2, 0, 1, 2, 0], np.uint8)
    posts = (
        published(datetime(2027, 3, 1, 9), "A stew in one pan", "inform", "recipes"),
        published(datetime(2027, 3, 2, 18), "The pan, 20 % off", "sell", "offers", offer=0.2),
        published(datetime(2027, 3, 2, 20), "Which lid?", "talk", "kitchen", made=False),
    )
    day = MINUTES_PER_DAY
    exposures = Exposures(
        time=np.array([545.0, 600.0, 1000.0, day + 1090.0, day + 1100.0]),
        person=np.array([0, 1, 5, 0, 1], np.int32),
        post=np.array([0, 0, 0, 1, 1], np.int32),
        source=np.array([0, 0, 1, 0, 2], np.uint8),
        impressions=np.array([2, 1, 1, 3, 1], np.uint8),
        actions=np.array([0b0000011, 0b1000000, 0, 0b0001000, 0b0100000], np.uint8),
    )
    log = Log(
        begin=START,
        days=2,
        posts=posts,
        ads=(),
        ad_views=no_ad_views(),
        exposures=exposures,
        follows=Follows(**columns(time=[1001.0], person=[5], source=[1], post=[0], ad=[NO_POST])),
        unfollows=Unfollows(
            **columns(time=[day + 1101.0], person=[1], post=[1], ad=[NO_POST], service=[False])
        ),
        visits=Visits(
            **columns(
                time=[1000.5, day + 5.0],
                person=[5, 8],
                source=[1, 3],
                post=[0, NO_POST],
                ad=[NO_POST, NO_POST],
                followed=[True, False],
            )
        ),
        purchases=Purchases(
            **columns(
                time=[day + 10.0, day + 1095.0],
                person=[7, 0],
                product=[0, 0],
                post=[NO_POST, 1],
                ad=[NO_POST, NO_POST],
                price_cents=[2500, 2000],
                margin_cents=[1000, 500],
                follower=[False, True],
            )
        ),
        followers_start=np.array([0, 1, 2], np.int32),
        followers_end=np.array([0, 2, 5], np.int32),
        followers_by_day=np.array([3, 4, 3]),
        expected_margin=by_cause(np.array([120.5, 900.0])),
        expected_anyway_by_day=np.array([20.5, 100.0]),
        messages=messages(),
        incidents=(),
        work=None,
    )
    return MadeMonth(client(), 11, 10, 2, log, world, 52_345.6, 41_000.0, playbook or Playbook.empty())


def no_ad_views() -> AdViews:
    """What a month without ads holds."""
    whole, none = np.zeros(0, np.int32), np.zeros(0, np.uint8)
    return AdViews(np.zeros(0), whole, whole, none, whole)


def empty_month(people: int = 500, days: int = 1) -> MadeMonth:
    """A month in which nobody did anything."""
    whole, part, none = np.zeros(0, np.int32), np.zeros(0), np.zeros(0, np.uint8)
    sale = np.zeros(0, np.int64)
    log = Log(
        begin=START,
        days=days,
        posts=(),
        ads=(),
        ad_views=no_ad_views(),
        exposures=Exposures(part, whole, whole, none, none, none),
        follows=Follows(part, whole, none, whole, whole),
        unfollows=Unfollows(part, whole, whole, whole, whole > 0),
        visits=Visits(part, whole, none, whole, whole, none.astype(bool)),
        purchases=Purchases(part, whole, none, whole, whole, sale, sale, none.astype(bool)),
        followers_start=whole,
        followers_end=whole,
        followers_by_day=np.zeros(days + 1, np.int64),
        expected_margin=by_cause(np.zeros(days)),
        expected_anyway_by_day=np.zeros(days),
        messages=messages(),
        incidents=(),
        work=None,
    )
    return MadeMonth(client(), 1, people, days, log, town(people), 0.0, 0.0)


CAPTIONS = {
    "inform": "How to keep a cast-iron pan for twenty years: wash, dry, oil, and never the dishwasher.",
    "entertain": "Our cat has opinions about the new frying pan <b>& none of them are kind</b> 😀",
    "talk": "What did your grandmother cook on Sundays?",
    "sell": "The 28 cm pan at a fifth off until Friday. Order at https://example.org/pan",
}


def large_month(exposures: int = 30_000, people: int = 20_000, days: int = 28, seed: int = 5) -> MadeMonth:
    """A random month whose rows are consistent with each other."""
    luck = np.random.default_rng(seed)
    posts = tuple(_plan(days, luck))
    appeal = luck.lognormal(0, 0.7, len(posts))
    made = np.array([post.made for post in posts])
    post = luck.choice(len(posts), exposures, p=appeal * made / (appeal * made).sum())
    starts = np.array([published.post_time for published in posts])
    time = np.minimum(starts[post] + luck.exponential(260, exposures), days * MINUTES_PER_DAY - 1)
    person = luck.integers(0, people, exposures)
    _, once = np.unique(post * people + person, return_index=True)
    rows = once[np.argsort(time[once], kind="stable")]
    rates = np.array([0.05, 0.006, 0.004, 0.012, 0.006, 0.002, 0.1])[:, None]
    done = luck.random((7, len(rows))) < rates * appeal[post[rows]]
    seen = Exposures(
        time=time[rows],
        person=person[rows].astype(np.int32),
        post=post[rows].astype(np.int32),
        source=luck.choice(3, len(rows), p=[0.69, 0.08, 0.23]).astype(np.uint8),
        impressions=(1 + luck.poisson(0.7, len(rows))).astype(np.uint8),
        actions=(done * (1 << np.arange(7))[:, None]).sum(axis=0).astype(np.uint8),
    )
    return _with_people(seen, posts, people, days, luck)


def _plan(days: int, luck: np.random.Generator) -> list[PublishedPost]:
    plan = []
    for number in range(days * 5 // 7):
        moment = datetime(2027, 3, 1) + timedelta(
            days=number * 7 // 5, hours=int(luck.choice([8, 12, 18, 20]))
        )
        purpose = str(luck.choice(PURPOSES, p=[0.35, 0.25, 0.15, 0.25]))
        extras = {
            "format": str(luck.choice(FORMATS)),
            "made": number != 11,
            "offer": 0.2 * (purpose == "sell"),
        }
        if number == 6:
            extras["read"] = "sell"
        plan.append(published(moment, CAPTIONS[purpose], purpose, str(luck.choice(TOPICS)), **extras))
    return plan


def _with_people(
    seen: Exposures, posts: tuple[PublishedPost, ...], people: int, days: int, luck: np.random.Generator
) -> MadeMonth:
    order = luck.permutation(people).astype(np.int32)
    begin, won = order[: people // 10], order[people // 10 : people // 10 + 140]
    lost = begin[:60]
    end = np.setdiff1d(np.concatenate([begin, won]), lost)
    minutes = days * MINUTES_PER_DAY
    won_time, lost_time = np.sort(luck.random(140)) * minutes, np.sort(luck.random(60)) * minutes
    sale_time = np.sort(luck.random(150)) * minutes
    net = np.bincount((won_time // 1440).astype(int), minlength=days)
    net = net - np.bincount((lost_time // 1440).astype(int), minlength=days)
    some_post = luck.integers(-1, len(posts), 400).astype(np.int32)
    no_ad = np.full(200, NO_POST, np.int32)
    buyer = luck.integers(0, people, 150)
    log = Log(
        begin=START,
        days=days,
        posts=posts,
        ads=(),
        ad_views=no_ad_views(),
        exposures=seen,
        follows=Follows(won_time, won, np.ones(140, np.uint8), some_post[:140], no_ad[:140]),
        unfollows=Unfollows(lost_time, lost, some_post[140:200], no_ad[:60], no_ad[:60] > 0),
        visits=Visits(
            won_time, won, np.ones(140, np.uint8), some_post[:140], no_ad[:140], np.ones(140, bool)
        ),
        purchases=Purchases(
            sale_time,
            buyer.astype(np.int32),
            np.zeros(150, np.uint8),
            some_post[200:350],
            no_ad[:150],
            luck.choice([2500, 2000], 150),
            luck.choice([1000, 500], 150),
            luck.random(150) < 0.7,
        ),
        followers_start=begin,
        followers_end=end.astype(np.int32),
        followers_by_day=np.concatenate([[len(begin)], len(begin) + np.cumsum(net)]),
        expected_margin=by_cause(luck.uniform(3000, 6000, days)),
        expected_anyway_by_day=luck.uniform(300, 600, days),
        messages=messages(),
        incidents=(),
        work=None,
    )
    return MadeMonth(client(), 1, people, days, log, town(people), 612_345.6, 410_000.0)


def with_posts(month: MadeMonth, posts: tuple[PublishedPost, ...]) -> MadeMonth:
    """The same month with other words on the same posts."""
    return replace(month, log=replace(month.log, posts=posts))
