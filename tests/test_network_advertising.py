"""Ads in a month: money, hours, caps, audiences, luck, and what clicks lead to."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.network.advertising import page_groups
from simulator.network.appetite import in_need, in_need_share, same_need
from simulator.network.auction import Market, market_at
from simulator.network.billing import charges
from simulator.network.crowd import gather
from simulator.network.delivery import expected_rates, paying, turns_of, winning
from simulator.network.month import Played, day_one, play
from simulator.network.staging import DayOne
from simulator.network.work import TASKS
from simulator.playbook.ads import GOALS, Ad, AdPlan, AdSet
from simulator.playbook.audiences import Audience
from simulator.playbook.plan import ContentPlan
from simulator.playbook.playbook import Playbook
from simulator.playbook.shifts import Shift, ShiftPlan
from simulator.randomness import Luck
from simulator.world.clients import load_client
from tests.ad_experiments import times_seen
from tests.experiments import Plan, neutral_text, playbook

PEOPLE = 3_000
MARKET = Market(centre=float(np.log(20.0)), spread=0.9, reserve=6.0)


@cache
def found(label: str = "online-shop", seed: int = 1, people: int = PEOPLE) -> DayOne:
    return day_one(load_client(label), seed=seed, people=people)


def an_ad(name: str = "one", number: int = 1, **other: Any) -> Ad:
    topic = load_client("online-shop").topic_names[0]
    told = {"format": "photo", "purpose": "sell", "title": "", "text": neutral_text(number), "topic": topic}
    return Ad(name, **{**told, **other})


def an_ad_set(**other: Any) -> AdSet:
    told: dict[str, Any] = {"goal": "REACH", "daily_budget_cents": 2_000, "ads": (an_ad(),)}
    return AdSet("campaign", other.pop("name", "set"), **{**told, **other})


def month(*sets: AdSet, days: int = 7, plan: Plan | None = None, start: DayOne | None = None) -> Played:
    start = start or found()
    book = playbook(start.world.client, plan) if plan else Playbook()
    return play(start, replace(book, ads=AdPlan(sets)), days=days)


def spend_by_day(played: Played) -> np.ndarray:
    views = played.log.ad_views
    return np.bincount((views.time // 1440).astype(int), views.micros, minlength=played.days)


@pytest.mark.parametrize("cents", [1, 37, 2_000, 50_000, 100_000_000])
def test_invariant_a_daily_budget_is_never_exceeded(cents: int) -> None:
    """Invariant: not by a millionth on any day, and what is billed is the whole cents of it."""
    played = month(an_ad_set(daily_budget_cents=cents, ads=(an_ad(), an_ad("two", 2))))
    spent = spend_by_day(played)
    assert (spent <= cents * 10_000).all()
    assert charges(played.log).sum(axis=0).tolist() == (spent // 10_000).astype(int).tolist()


@given(
    cents=st.integers(1, 30_000),
    lifetime=st.booleans(),
    goal=st.sampled_from(GOALS),
    bid=st.none() | st.integers(1, 3_000),
    cap=st.none() | st.integers(1, 3),
    hours=st.lists(st.booleans(), min_size=24, max_size=24).filter(any),
    ads=st.integers(1, 3),
)
@settings(max_examples=40, deadline=None)
def test_invariant_no_set_spends_a_millionth_too_much(
    cents: int,
    lifetime: bool,
    goal: str,
    bid: int | None,
    cap: int | None,
    hours: list[bool],
    ads: int,
) -> None:
    """Invariant: whatever it is set to; and no impression is free."""
    budgets = {"lifetime_budget_cents" if lifetime else "daily_budget_cents": cents}
    told = {"daily_budget_cents": None, **budgets, "goal": goal, "bid_cents": bid, "frequency_cap": cap}
    shown = tuple(an_ad(f"ad {k}", k) for k in range(ads))
    played = month(an_ad_set(hours=tuple(hours), ads=shown, **told), days=3, start=found(people=1_000))
    views, spent = played.log.ad_views, spend_by_day(played)
    assert (spent.sum() if lifetime else spent.max()) <= cents * 10_000
    assert played.ad_spend_cents <= (cents if lifetime else 3 * cents)
    assert charges(played.log).min() >= 0
    if len(views.time):
        reserve = market_at(0, played.log.begin, played.client.hidden.parameters).reserve
        assert views.micros.min() >= int(reserve * 10_000)


@pytest.mark.parametrize("cents", [1, 5_000, 900_000])
def test_invariant_a_lifetime_budget_is_never_exceeded(cents: int) -> None:
    """Invariant: over the whole run."""
    played = month(an_ad_set(daily_budget_cents=None, lifetime_budget_cents=cents))
    assert spend_by_day(played).sum() <= cents * 10_000


def test_law_a_budget_is_spent_and_spread() -> None:
    """Law: a budget the audience can use is used, on every day and all over the day."""
    played = month(an_ad_set())
    spent = spend_by_day(played) / 20_000_000
    assert (spent > 0.97).all()
    hours = np.bincount((played.log.ad_views.time // 60 % 24).astype(int), minlength=24)
    assert hours[7:22].min() > 0
    assert hours.max() < 0.2 * hours.sum()


def test_invariant_hours_window_and_pauses_are_kept() -> None:
    """Invariant: no impression outside the hours, before the start, after the stop, or of a paused set."""
    first = found().world.client.file.month_start
    begin = datetime(first.year, first.month, first.day)
    hours = tuple(9 <= hour < 12 for hour in range(24))
    window = {"start": begin + timedelta(days=1, hours=10, minutes=30), "stop": begin + timedelta(days=4)}
    played = month(
        an_ad_set(hours=hours, **window), an_ad_set(name="paused", active=False), an_ad_set(name="late")
    )
    views = played.log.ad_views
    mine = views.time[views.ad == 0]
    assert len(mine)
    assert set((mine // 60 % 24).astype(int)) <= {9, 10, 11}
    assert mine.min() >= 1440 + 10 * 60 + 30
    assert mine.max() < 4 * 1440
    assert len(played.log.ads) == 2


def test_invariant_the_cap_holds_in_every_seven_days() -> None:
    """Invariant: within 7 times 24 hours, wherever they begin, nobody sees the set more often than its cap;
    and what was seen an hour before that keeps nobody from seeing it again.
    """
    cap = 2
    views = month(an_ad_set(frequency_cap=cap, daily_budget_cents=60_000), days=16).log.ad_views
    order = np.lexsort((views.time, views.person))
    person, time = views.person[order], views.time[order]
    same = person[cap:] == person[:-cap]
    apart = (time[cap:] - time[:-cap])[same]
    assert apart.min() >= 7 * 1440
    assert apart.min() < 7 * 1440 + 300


def test_law_ads_of_a_set_take_turns() -> None:
    """Law: two ads of one set get about the same number of impressions."""
    views = month(an_ad_set(ads=(an_ad(), an_ad("two", 2)))).log.ad_views
    shares = np.bincount(views.ad, minlength=2) / len(views.ad)
    assert shares == pytest.approx([0.5, 0.5], abs=0.06)


def test_invariant_a_boosted_post_is_shown_only_once_it_is_out() -> None:
    """Invariant: there is nothing to show before."""
    client = found().world.client
    post = playbook(client, Plan(posts=1)).plan.posts[0]
    post = replace(post, posting_time=post.posting_time + timedelta(days=3))
    sets = (an_ad_set(ads=(Ad.boosting("boost", post),)),)
    played = play(found(), Playbook(plan=ContentPlan((post,)), ads=AdPlan(sets)), days=7)
    assert played.log.ad_views.time.min() >= played.log.posts[0].post_time


def test_invariant_a_boosted_post_is_as_good_as_it_is() -> None:
    """Invariant: money makes no post better, and one there was no time for is never shown."""
    plan = playbook(found().world.client, Plan(posts=260, days=7, last_day=7)).plan
    made = {post.post: post for post in play(found(), Playbook(plan=plan), days=7).log.posts}
    late = next(post for post in plan.posts if not made[post].made)
    sets = [
        an_ad_set(name=name, ads=(Ad.boosting("one", post),))
        for name, post in (("a", plan.posts[0]), ("b", late))
    ]
    log = play(found(), Playbook(plan=plan, ads=AdPlan(tuple(sets))), days=7).log
    assert log.ads[0].published.quality == made[plan.posts[0]].quality
    assert set(log.ad_views.ad.tolist()) == {0}


def test_invariant_what_hands_make_is_boosted_when_it_is_out() -> None:
    """Invariant: with shifts an ad waits for its post, however late, and has the quality that it got."""
    plan = playbook(found().world.client, Plan(posts=12, days=7, last_day=7)).plan
    hands = ShiftPlan((Shift((1, 3), 600, 840),))
    sets = [
        an_ad_set(
            name=str(k), ads=(Ad.boosting("one", post),), lifetime_budget_cents=9_000, daily_budget_cents=None
        )
        for k, post in enumerate(plan.posts)
    ]
    log = play(found(), Playbook(plan=plan, shifts=hands, ads=AdPlan(tuple(sets))), days=7).log
    posts = {post.post: post for post in log.posts}
    shown = set(log.ad_views.ad.tolist())
    assert 0 < len(shown) < len(sets)
    for number, ad in enumerate(log.ads):
        post = posts[plan.posts[number]]
        if number in shown:
            assert post.made
            assert ad.published.quality == post.quality
            assert log.ad_views.time[log.ad_views.ad == number].min() >= post.post_time
        else:
            assert not post.made or post.post_time > 6 * 1440


@pytest.mark.parametrize("ads", [0, 2, 30])
def test_invariant_ads_and_posts_share_the_paid_hours(ads: int) -> None:
    """Invariant: without shifts a week's posts and ads together take no more than is paid; the more ads, the
    fewer hours are left for a post, and an ad has its own until they do not suffice.
    """
    texts = tuple(an_ad(f"{k}", k) for k in range(ads))
    sets = (an_ad_set(ads=texts, start=datetime(2027, 3, 9)),) if ads else ()
    played = month(*sets, days=14, plan=Plan(posts=6, days=14, last_day=14))
    paid = found().world.client.file.hours_per_week
    weeks = [
        [post.hours for post in played.log.posts if post.post_time // 10_080 == week] for week in range(2)
    ]
    spent = [ad.published.hours for ad in played.log.ads]
    assert sum(weeks[0]) == pytest.approx(paid)
    assert sum(weeks[1]) + sum(spent) == pytest.approx(paid)
    assert played.worth.hours == pytest.approx(2 * paid * found().world.client.file.hour_rate_cents)
    if ads:
        assert max(weeks[1]) < min(weeks[0])
        assert spent == pytest.approx([0.8] * ads) if ads == 2 else max(spent) < 0.3


def test_law_an_ad_made_in_a_hurry_is_clicked_less() -> None:
    """Law: thirty ads in one week's hours are each worse than two, and clicked less."""
    two, thirty = (
        month(an_ad_set(daily_budget_cents=60_000, ads=tuple(an_ad(f"{k}", k) for k in range(ads))))
        for ads in (2, 30)
    )
    quality = [np.mean([ad.published.quality for ad in one.log.ads]) for one in (two, thirty)]
    clicks = [((one.log.ad_views.actions & 0b1000) > 0).mean() for one in (two, thirty)]
    assert quality[1] < 0.7 * quality[0]
    assert clicks[1] < clicks[0]


def test_invariant_hands_make_ads_in_their_shifts() -> None:
    """Invariant: with shifts an ad is shown once it is finished, and costs the hours of the shift; one that
    nobody finds the time for is never shown.
    """
    hands = ShiftPlan((Shift((1,), 600, 690),))
    ads = AdPlan(tuple(an_ad_set(name=str(k), ads=(an_ad(str(k), k),)) for k in range(4)))
    played = play(found(), Playbook(shifts=hands, ads=ads), days=7)
    log, work = played.log, played.log.work
    assert work is not None
    made = [ad.published.made for ad in log.ads]
    assert made == [True, False, False, False]
    assert set(log.ad_views.ad.tolist()) == {0}
    assert log.ads[0].published.hours == pytest.approx(0.8, abs=0.05)
    assert log.ad_views.time.min() >= log.ads[0].published.post_time >= 1440 + 600 + 45
    assert played.worth.hours == pytest.approx(1.5 * played.client.file.hour_rate_cents)
    producing = work.task == TASKS.index("production")
    assert work.minutes[producing].sum() > 48
    assert (work.post[producing] == -1).all()


def test_invariant_an_ad_that_hands_have_finished_waits_for_its_set() -> None:
    """Invariant: what is made before the set starts is shown from its start on."""
    hands = ShiftPlan((Shift((0, 1), 600, 900),))
    later = an_ad_set(start=datetime(2027, 3, 4, 12))
    log = play(found(), Playbook(shifts=hands, ads=AdPlan((later,))), days=7).log
    assert log.ads[0].published.made
    assert 3 * 1440 + 720 <= log.ad_views.time.min() < 3 * 1440 + 720 + 360


def test_invariant_only_the_audience_sees_ads() -> None:
    """Invariant: place, age and gender as asked for, nobody who follows at the start of the day."""
    audience = Audience(age_min=30, age_max=45, gender="women", exclusions=("followers",))
    played = month(an_ad_set(audience=audience), days=1)
    seen, people = played.log.ad_views.person, played.world.people
    assert len(seen)
    assert people.female[seen].all()
    assert ((people.age[seen] >= 30) & (people.age[seen] <= 45)).all()
    assert not np.isin(seen, played.log.followers_start).any()


def last_before(midnight: float, times: np.ndarray, persons: np.ndarray) -> np.ndarray:
    """(people,) when each did something last before a midnight, minus infinity if never."""
    last = np.full(PEOPLE, -np.inf)
    np.maximum.at(last, persons[times < midnight], times[times < midnight])
    return last


def test_invariant_who_followed_or_bought_yesterday_is_left_out_today() -> None:
    """Invariant: a set without followers and buyers is shown to nobody who was one at midnight; people did
    become followers and buyers on the way.
    """
    audience = Audience(exclusions=("followers", "buyers"))
    played = month(an_ad_set(goal="FOLLOWS", audience=audience, daily_budget_cents=40_000), days=12)
    log, former = played.log, found().former
    sales = (
        np.concatenate([former.purchases.time - 56 * 1440, log.purchases.time]),
        np.concatenate([former.purchases.person, log.purchases.person]),
    )
    begun = (
        np.concatenate([np.full(len(log.followers_start), -1.0), log.follows.time]),
        np.concatenate([log.followers_start, log.follows.person]),
    )
    for day in range(12):
        midnight = day * 1440
        seen = np.unique(log.ad_views.person[log.ad_views.time // 1440 == day])
        assert len(seen)
        assert not np.isfinite(last_before(midnight, *sales)[seen]).any()
        left = last_before(midnight, log.unfollows.time, log.unfollows.person)
        since = last_before(midnight, *begun)
        assert not (np.isfinite(since) & (since > left))[seen].any()
    assert len(np.intersect1d(log.ad_views.person, log.follows.person))


def test_invariant_visitors_are_those_of_the_last_two_weeks_each_morning() -> None:
    """Invariant: a set for visitors is shown to who visited in the 14 days before midnight, and to some who
    did so only yesterday.
    """
    start = day_one(load_client("online-shop").with_parameters({"ads.minimum_audience": 1}), people=PEOPLE)
    audience = Audience(inclusions=(("visitors",),))
    played = month(an_ad_set(audience=audience), plan=Plan(posts=8), start=start)
    log, former = played.log, start.former
    visits = (
        np.concatenate([former.visits.time - 56 * 1440, log.visits.time]),
        np.concatenate([former.visits.person, log.visits.person]),
    )
    new = 0
    for day in range(7):
        seen = np.unique(log.ad_views.person[log.ad_views.time // 1440 == day])
        assert len(seen)
        since = last_before(day * 1440, *visits)[seen]
        assert (since >= (day - 14) * 1440 - 0.1).all()
        new += int((last_before((day - 1) * 1440, *visits)[seen] == -np.inf).sum())
    assert new > 0


@pytest.mark.parametrize(
    "audience",
    [Audience(inclusions=(("lookalike 1%",),)), Audience(stations=("Pwanisha Mchanga",), within_km=0.05)],
    ids=["few buyers", "few people"],
)
def test_edge_what_the_platform_refuses_runs_without_an_impression(audience: Audience) -> None:
    """Edge: a refused audience spends nothing and stops nothing."""
    played = month(an_ad_set(audience=audience), days=2, start=found(people=600))
    assert len(played.log.ad_views.time) == 0
    assert played.ad_spend_cents == 0


@pytest.mark.parametrize(("hide_cost", "dearer"), [(60.0, True), (0.0, False)])
def test_law_what_people_hide_gets_dearer(hide_cost: float, dearer: bool) -> None:
    """Law: an ad that many hide pays more an impression, and not where the platform does not mind."""
    client = load_client("online-shop")
    usual, hidden = (
        month(
            an_ad_set(daily_budget_cents=6_000), start=day_one(client.with_parameters(changes), people=PEOPLE)
        )
        for changes in ({"ads.hide_cost": hide_cost}, {"ads.hide_cost": hide_cost, "ads.hide": 3.0})
    )
    prices = [played.log.ad_views.micros.mean() for played in (usual, hidden)]
    assert (prices[1] > 1.05 * prices[0]) == dearer


def test_law_buyers_are_remembered_and_visitors_for_two_weeks() -> None:
    """Law: who visited or engaged is forgotten after 14 days, who bought never."""
    page = found().page
    now, later = page_groups(page, 0), page_groups(page, 15 * 1440)
    assert len(now.visitors) > 0
    assert len(now.engaged) > 0
    assert len(later.visitors) == len(later.engaged) == 0
    bought = np.unique(found().former.purchases.person)
    assert sorted(later.buyers.tolist()) == sorted(now.buyers.tolist()) == bought.tolist()


@pytest.mark.parametrize("cents", [900, 2_000])
def test_law_a_bid_is_kept(cents: int) -> None:
    """Law: the platform learns how often a set is clicked, so over a month clicks cost about the bid at most.

    What was bid for is the rate of the week before, and few people tire of a text by the day.
    """
    sets = [an_ad_set(goal="LINK_CLICKS", bid_cents=cents, daily_budget_cents=50_000)]
    months = [month(*sets, days=28, start=found(seed=seed)) for seed in range(1, 7)]
    clicks = sum(int(((played.log.ad_views.actions & 8) > 0).sum()) for played in months)
    assert clicks > 100
    assert sum(played.ad_spend_cents for played in months) <= 1.1 * cents * clicks


@given(st.floats(0.01, 500.0), st.floats(-5.0, 30.0), st.floats(-0.5, 0.5))
def test_invariant_an_impression_is_expected_to_cost_between_reserve_and_bid(
    bid: float, quality: float, relevance: float
) -> None:
    """Invariant: whatever an ad is worth to people, nothing is free and nobody pays more than was bid."""
    bids = np.full(1, bid)
    chance = winning(MARKET, bids, np.full(1, relevance), quality)
    expected = paying(MARKET, bids, np.full(1, relevance), quality)
    assert (chance == 0).all() == (bid < MARKET.reserve or bid + quality < MARKET.reserve)
    assert MARKET.reserve * chance[0] <= expected[0] <= bid * chance[0] + 1e-12


def test_invariant_ads_leave_other_peoples_luck_alone() -> None:
    """Invariant: whom no ad reached sees the organic posts at the same minute and does the same, where posts
    name hours that leave the ads theirs.
    """
    plan = Plan(posts=8, days=7, last_day=7, production_hours=0.8)
    without, beside = month(plan=plan), month(an_ad_set(daily_budget_cents=500), plan=plan)
    reached = np.unique(beside.log.ad_views.person)
    rows = [
        set(zip(e.person.tolist(), e.post.tolist(), e.time.tolist(), e.actions.tolist(), strict=True))
        for e in (without.log.exposures, beside.log.exposures)
    ]
    same = [{row for row in part if row[0] not in set(reached.tolist())} for part in rows]
    assert len(same[0] & same[1]) > 0.98 * len(same[0])


def test_invariant_the_same_arguments_give_the_same_month() -> None:
    """Invariant: twice the same."""
    one, other = month(an_ad_set(goal="PURCHASES")), month(an_ad_set(goal="PURCHASES"))
    assert np.array_equal(one.log.ad_views.time, other.log.ad_views.time)
    assert np.array_equal(one.log.ad_views.person, other.log.ad_views.person)
    assert one.worth_cents == other.worth_cents


def test_theory_ads_sell_what_was_expected_of_them() -> None:
    """Theory: over worlds, the margin of ads' sales is the margin expected, within four standard errors."""
    client = load_client("online-shop").with_parameters(
        {"purchase.base": -30.0, "ads.landing": 0.0, "ads.intent_click": 0.1}
    )
    gaps, sales = [], []
    for seed in range(1, 5):
        start = day_one(client, seed=seed, people=PEOPLE)
        played = play(start, Playbook(ads=AdPlan((an_ad_set(daily_budget_cents=20_000),))), days=7)
        own = played.log.purchases.ad >= 0
        margins = played.log.purchases.margin_cents
        rest = margins[~own].sum()
        gaps.append(margins[own].sum() - (played.log.expected_margin_by_day.sum() - rest))
        sales += margins[own].tolist()
    assert len(sales) > 50
    spread = np.sqrt(np.square(np.array(sales, float)).sum())
    assert abs(sum(gaps)) < 4 * spread


def test_theory_a_need_stays_open_for_its_days() -> None:
    """Theory: as many are in need as their needs say, and who is stays so until the spell is over."""
    p, luck = load_client("online-shop").hidden.parameters, Luck(4)
    persons, needs = np.arange(40_000), np.full(40_000, 0.03, np.float32)
    hours = [in_need(p, luck, persons, needs, np.full(40_000, 60.0 * hour)) for hour in range(0, 168, 12)]
    share = float(in_need_share(p, needs[:1])[0])
    assert np.mean(hours[0]) == pytest.approx(share, abs=0.01)
    changes = sum((a != b).mean() for a, b in pairwise(hours))
    assert changes == pytest.approx(2 * share * (1 - share) * 156 / 168, rel=0.1)


def test_invariant_a_need_is_met_once() -> None:
    """Invariant: nobody buys twice through ads while one need is open, however often they see them."""
    start = day_one(
        load_client("online-shop").with_parameters({"ads.landing": 3.0, "ads.intent_click": 0.5}),
        people=PEOPLE,
    )
    played = month(an_ad_set(daily_budget_cents=200_000), start=start)
    sales, world = played.log.purchases, played.world
    mine = np.flatnonzero(sales.ad >= 0)
    order = mine[np.lexsort((sales.time[mine], sales.person[mine]))]
    persons, times = sales.person[order], sales.time[order]
    again = np.flatnonzero(persons[1:] == persons[:-1])
    assert len(mine) > 200
    p = start.world.client.hidden.parameters
    assert not same_need(p, world.luck, persons[again], times[again], times[again + 1]).any()


def test_theory_clicks_out_of_need_wear_out_too() -> None:
    """Theory: where only the needy click, the fourth sight of a text is clicked as the power law says."""
    needy = {"ads.click": -30.0, "ads.intent_click": 0.2, "ads.landing": -30.0}
    client = load_client("online-shop").with_parameters({**needy, "purchase.need_per_month": 8.0})
    start = day_one(client, people=PEOPLE)
    views = month(an_ad_set(daily_budget_cents=60_000), start=start).log.ad_views
    nth, _ = times_seen(views)
    clicked = (views.actions & 8) > 0
    few, many = nth == 0, (nth >= 3) & (nth < 6)
    expected = np.mean((nth[many] + 1.0) ** -client.hidden.parameters["response.wear_out"])
    assert clicked[many].mean() / clicked[few].mean() == pytest.approx(expected, rel=0.2)
    assert clicked[few].sum() > 200


def test_theory_what_the_platform_expects_lies_between_the_mean_and_the_truth() -> None:
    """Theory: without results all are alike; with many they are told apart, never beyond the truth."""
    world = found().world
    rates = np.random.default_rng(1).lognormal(-5, 1, 3_000).astype(np.float32)
    crowd = gather(world.people, np.arange(3_000), rates)
    p = world.client.hidden.parameters
    spreads = [float(np.log(expected_rates(crowd, results, p)).std()) for results in (0, 10, 50, 1_000)]
    assert spreads[0] == pytest.approx(0, abs=1e-9)
    assert spreads == sorted(spreads)
    assert spreads[-1] < float(np.log(crowd.rate).std())


def test_invariant_turns_count_from_zero() -> None:
    """Invariant: the how-maniest of its person, in the order they stand."""
    assert turns_of(np.array([7, 3, 7, 7, 3])).tolist() == [0, 0, 1, 2, 1]


@pytest.mark.parametrize("days", [1, 2])
def test_edge_short_runs_and_empty_plans(days: int) -> None:
    """Edge: a run of one day; a plan without any set; a set that never runs."""
    assert len(month(an_ad_set(), days=days).log.ad_views.time)
    assert month(days=days).ad_spend_cents == 0
    first = found().world.client.file.month_start
    after = datetime(first.year, first.month, first.day) + timedelta(days=days + 3)
    assert month(an_ad_set(start=after), days=days).ad_spend_cents == 0
