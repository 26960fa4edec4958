"""Laws that a pair of plans cannot show: sizes, cascades, memory, hours, studying the audience."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.network.month import day_one, play
from simulator.network.staging import DayOne
from simulator.playbook.playbook import Playbook
from simulator.research.pack import audience_sample, online_hours
from simulator.world.clients import Client, load_client
from simulator.world.interests import INTERESTS
from simulator.world.world import topic_vectors
from tests.experiments import Plan, playbook, run
from tests.laws import ERROR_RATE, MIX, chance_of_luck

SEEDS = range(1, 13)
SIZES = (500, 1_500, 5_000)


def test_law_reach_falls_with_page_size() -> None:
    """L17: log reach rate on log followers has a slope between -.30 and -.05: later followers care less."""
    client = load_client("online-shop")
    rates = [run(client, [MIX], SEEDS, followers=size)[MIX]["reach_rate"].mean() for size in SIZES]
    slope = np.polyfit(np.log(SIZES), np.log(rates), 1)[0]
    assert -0.35 < slope < -0.05


def test_law_most_shares_die_in_one_step() -> None:
    """L18: of a hundred shares at most ten are of a post met through a friend's share."""
    client = load_client("online-shop")
    shares = np.zeros(2)
    for seed in SEEDS:
        e = play(day_one(client, seed=seed), playbook(client, replace(MIX, turn=seed))).log.exposures
        shared = (e.actions & 4) > 0
        shares += [(shared & (e.source == 1)).sum(), shared.sum()]
    assert shares[1] > 50
    assert shares[0] < 0.1 * shares[1]


def test_law_goodwill_outlives_posting() -> None:
    """L16: after a stop the gain over silence falls within weeks: neither days nor years."""
    client = load_client("online-shop")
    gains = []
    for seed in SEEDS:
        start = day_one(client, seed=seed)
        played = play(start, playbook(client, replace(MIX, turn=seed)), days=112)
        silent = play(start, Playbook.empty(), days=112)
        gains.append(played.log.expected_margin_by_day - silent.log.expected_margin_by_day)
    gain = np.mean(gains, axis=0)
    first, after_five_weeks, after_ten = gain[28:35].mean(), gain[63:70].mean(), gain[98:105].mean()
    assert 0.15 * first < after_five_weeks < 0.8 * first
    assert after_ten < after_five_weeks


def test_law_hours_explain_little_of_the_spread_between_posts() -> None:
    """L8: the daytime hour explains under 5 % of the variance of log reach between posts."""
    client = load_client("online-shop")
    plan = Plan(posts=28, hours=(9, 11, 13, 15, 17, 19))
    log_reach, hours = [], []
    for seed in SEEDS:
        log = play(day_one(client, seed=seed), playbook(client, replace(plan, turn=seed))).log
        reach = np.bincount(log.exposures.post, minlength=len(log.posts))
        centred = np.log(reach + 1.0) - np.log(reach + 1.0).mean()
        log_reach += list(centred)
        hours += [post.post.posting_time.hour for post in log.posts]
    values, groups = np.array(log_reach), np.array(hours)
    between = sum((groups == hour).sum() * values[groups == hour].mean() ** 2 for hour in set(hours))
    noise = (len(set(hours)) - 1) / len(values)
    assert between / (values**2).sum() - noise < 0.05


def studied(start: DayOne) -> Plan:
    """What somebody does who reads the research pack: the buyers' topics, the followers' hours."""
    sample, hours = audience_sample(start), online_hours(start)
    buyers = " ".join(sample.loc[sample["purchases"] > 0, "interests"]).split()
    others = " ".join(sample.loc[sample["purchases"] == 0, "interests"]).split()
    lift = np.array(
        [(buyers.count(i) + 1) / len(buyers) - (others.count(i) + 1) / len(others) for i in INTERESTS]
    )
    client = start.world.client
    order = np.argsort(-(topic_vectors(client) @ lift))
    topics = tuple(client.topic_names[k] for k in order)
    online = hours.drop(columns="weekday").sum().to_numpy()
    best = int(np.convolve(np.concatenate([online, online[:3]]), np.ones(4), "valid")[:24].argmax())
    return Plan(topics=(topics[0], topics[0], topics[1], topics[0], topics[2]), hours=(best,))


def worths(client: Client, seed: int) -> tuple[float, float, float]:
    """Worth of a studied plan, of one that ignores the audience, and of silence."""
    start = day_one(client, seed=seed)
    ignoring = Plan(hours=(9, 12, 15, 19))
    months = [play(start, playbook(client, plan)) for plan in (studied(start), ignoring)]
    return (*(month.worth_cents for month in months), play(start, Playbook.empty()).worth_cents)


@pytest.mark.parametrize("name", ["online-shop", "academy"])
def test_law_studying_the_audience_pays(name: str) -> None:
    """L9: over twelve client seeds, study beats ignoring the audience."""
    rows = np.array([worths(load_client(f"{name}:{seed}"), seed) for seed in SEEDS])
    gain = (rows[:, 0] - rows[:, 1]) / (rows[:, 1] - rows[:, 2]).mean()
    assert chance_of_luck(gain) < ERROR_RATE
