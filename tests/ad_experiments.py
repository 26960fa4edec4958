"""Ad sets in a month without posts, played in paired worlds: what the laws of ads are tested with.

Every campaign is played from the same first day of the same worlds, beside one month in which
nothing is done; what it gained is the difference. Texts are neutral, as in ``tests/experiments.py``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field, fields

import numpy as np
from joblib import Parallel, delayed

from simulator.insights.attribution import attributed_sales
from simulator.network.appetite import Appetite
from simulator.network.log import ACTIONS, AdViews
from simulator.network.month import Played, day_one, play
from simulator.network.post_table import published_ads, tabulate
from simulator.network.purchases import price_list
from simulator.network.staging import DayOne
from simulator.playbook.ads import Ad, AdPlan, AdSet
from simulator.playbook.audiences import Audience
from simulator.playbook.page import Page
from simulator.playbook.playbook import Playbook
from simulator.world.clients import Client, load_client
from simulator.world.interests import INTERESTS
from simulator.world.people import LOG_BYTE
from simulator.world.world import draw_world
from tests.experiments import Plan, neutral_text, playbook

DAYS = 14
STRANGERS = Audience(exclusions=("followers",))
CLICKED = 1 << ACTIONS.index("click")
Results = Mapping["Campaign", Mapping[str, np.ndarray]]


@dataclass(frozen=True)
class Campaign:
    """One ad set of a client, with a ``budget`` in currency units for all days.

    ``creatives``: texts that sell, from the ``first_text`` on. ``name``: keys its luck: two campaigns
    that differ in nothing else are twins. ``posts``: of the month beside it.
    """

    client: str = "online-shop"
    goal: str = "PURCHASES"
    audience: Audience = STRANGERS
    budget: float = 1_000
    topic: str = ""
    creatives: int = 2
    first_text: int = 0
    bid_cents: int | None = None
    page: Page | None = None
    posts: int = 0
    name: str = "set"
    changes: tuple[tuple[str, float], ...] = field(default=())


def interests_of_buyers(client: Client) -> tuple[str, ...]:
    """What the people who buy here truly care about, most of all first; no manager is told."""
    weights = client.hidden.buyer_weights
    return tuple(INTERESTS[index] for index in np.argsort(-weights) if weights[index] > 0)


def book(client: Client, campaign: Campaign) -> Playbook:
    """The playbook of a campaign; without a budget nothing is advertised."""
    topic = campaign.topic or client.topic_names[0]
    ads = tuple(
        Ad(f"ad {k}", "photo", "sell", "", neutral_text(900 + k), topic)
        for k in range(campaign.first_text, campaign.first_text + campaign.creatives)
    )
    ad_set = AdSet(
        "campaign",
        campaign.name,
        campaign.goal,
        campaign.audience,
        lifetime_budget_cents=round(100 * campaign.budget),
        bid_cents=campaign.bid_cents,
        ads=ads,
    )
    plan = playbook(client, Plan(posts=campaign.posts)).plan
    return Playbook(campaign.page, plan, AdPlan((ad_set,)) if campaign.budget else None)


@dataclass(frozen=True)
class AdFigures:
    """What the laws speak of, of one campaign: money in currency units, rates 0-1.

    ``gain``: expected sales more than in the month in which nothing is done; ``per_money``: gain for
    1,000 spent, ``per_impression``: for 1,000 impressions, ``per_click``: for a click. ``sales``:
    what luck made of clicks; ``reported``: what the platform credits. ``late``: of the month's
    second half. ``first_*`` and ``fourth_*``: of the first and the fourth sight of an ad, among those
    who saw it four times. ``young_*``: 30-34, ``older_*``: 45-49, as in figures of a real advertiser.
    """

    spend: float
    impressions: float
    reach: float
    strangers: float
    unfollows: float
    frequency: float
    cpm: float
    clicks: float
    ctr: float
    cpc: float
    sales: float
    reported: float
    gain: float
    per_money: float
    per_impression: float
    per_click: float
    ctr_first_half: float
    ctr_late: float
    first_views: float
    first_clicks: float
    fourth_views: float
    fourth_clicks: float
    women_views: float
    women_clicks: float
    women_sales: float
    men_views: float
    men_clicks: float
    men_sales: float
    young_views: float
    young_clicks: float
    young_sales: float
    older_views: float
    older_clicks: float
    older_sales: float
    under_35_views: float
    under_35_clicks: float
    under_35_sales: float
    from_45_views: float
    from_45_clicks: float
    from_45_sales: float


def ad_figures(month: Played, nothing: Played) -> AdFigures:
    """The figures of one campaign, counted from the log of its month."""
    log, views = month.log, month.log.ad_views
    shown, spend = len(views.time), month.ad_spend_cents / 100
    clicked = (views.actions & CLICKED) > 0
    gain = _sales(month) - _sales(nothing)
    late = views.time >= DAYS * 720
    nth, often = times_seen(views)
    seen = np.concatenate([views.person, log.exposures.person])
    strangers = np.setdiff1d(seen, log.followers_start)
    bought = log.purchases.person[log.purchases.ad >= 0]
    people = month.world.people
    groups = (
        people.female,
        ~people.female,
        (people.age >= 30) & (people.age <= 34),
        (people.age >= 45) & (people.age <= 49),
        people.age < 35,
        people.age >= 45,
    )
    reach = len(np.unique(views.person))
    by_group = [
        float(count)
        for member in groups
        for count in (
            member[views.person].sum(),
            member[views.person[clicked]].sum(),
            member[bought].sum(),
        )
    ]
    return AdFigures(
        spend,
        shown,
        reach,
        len(strangers),
        len(log.unfollows.time),
        shown / max(reach, 1),
        1_000 * spend / max(shown, 1),
        clicked.sum(),
        _mean(clicked),
        spend / max(clicked.sum(), 1),
        len(bought),
        len(attributed_sales(month).sale),
        gain,
        1_000 * gain / max(spend, 0.01),
        1_000 * gain / max(shown, 1),
        gain / max(clicked.sum(), 1),
        _mean(clicked[~late]),
        _mean(clicked[late]),
        (often & (nth == 0)).sum(),
        clicked[often & (nth == 0)].sum(),
        (nth == 3).sum(),
        clicked[nth == 3].sum(),
        *by_group,
    )


def times_seen(views: AdViews) -> tuple[np.ndarray, np.ndarray]:
    """How often each view's person had seen the same ad before, and whether it got to four times."""
    order = np.lexsort((views.time, views.ad, views.person))
    pair = views.person[order].astype(np.int64) * (int(views.ad.max(initial=0)) + 1) + views.ad[order]
    starts = np.flatnonzero(np.diff(pair, prepend=-1))
    counts = np.diff([*starts, len(pair)])
    seen, often = np.empty(len(pair), np.int64), np.empty(len(pair), bool)
    seen[order] = np.arange(len(pair)) - np.repeat(starts, counts)
    often[order] = np.repeat(counts >= 4, counts)
    return seen, often


def _sales(month: Played) -> float:
    """Expected sales of a month, in margins of an average one.

    Less what the same people were to buy had they never met the page: whom an ad only makes known to
    it buys as before.
    """
    log = month.log
    added = log.expected_margin_by_day - log.expected_anyway_by_day
    return float(added.sum() / price_list(month.client).mean_margin)


def _mean(flags: np.ndarray) -> float:
    return float(flags.mean()) if len(flags) else 0.0


def _one_world(campaigns: Sequence[Campaign], seed: int, people: int) -> dict[Campaign, tuple]:
    """Every campaign in one world, client by client; campaigns of one client begin on one day."""
    found = {}
    for label, changes in dict.fromkeys((campaign.client, campaign.changes) for campaign in campaigns):
        client = load_client(label).with_parameters(dict(changes))
        start = day_one(client, seed=seed, people=people)
        silent = _play(start, Campaign(budget=0))
        for campaign in campaigns:
            if (campaign.client, campaign.changes) == (label, changes):
                found[campaign] = astuple(ad_figures(_play(start, campaign), silent))
    return found


def _play(start: DayOne, campaign: Campaign) -> Played:
    return play(start, book(start.world.client, campaign), days=DAYS)


def age_ratio(seed: int, topic: str, people: int = 60_000, **changes: float) -> float:
    """How much likelier 45-49 click on an ad of the shop than 30-34, as expected: without any luck of clicks.

    ``changes``: of the model's parameters, their points written "__".
    """
    client = load_client("online-shop")
    client = client.with_parameters({name.replace("__", "."): value for name, value in changes.items()})
    world = draw_world(client, seed, people)
    ad = Ad("ad", "photo", "sell", "", neutral_text(900), topic)
    table = tabulate(client, (), world.luck, published_ads(client, [(ad, 0)]))
    page = Page(**client.file.page)
    clicks = Appetite(world).rates("LINK_CLICKS", table, 0, np.arange(people), page)
    age, often = world.people.age, LOG_BYTE[world.people.activity]
    older, young = ((age >= low) & (age < low + 5) for low in (45, 30))
    return float(
        np.average(clicks[older], weights=often[older]) / np.average(clicks[young], weights=often[young])
    )


def run_ads(campaigns: Sequence[Campaign], seeds: Sequence[int], people: int = 20_000) -> Results:
    """Every campaign in every world: ``result[campaign]["gain"]`` has one number a seed."""
    rows = Parallel(n_jobs=2)(delayed(_one_world)(campaigns, seed, people) for seed in seeds)
    names = [figure.name for figure in fields(AdFigures)]
    return {
        campaign: dict(zip(names, np.array([row[campaign] for row in rows]).T, strict=True))
        for campaign in campaigns
    }
