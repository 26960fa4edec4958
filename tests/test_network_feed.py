"""The feed: closed forms against simulated sessions, extremes and figures by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from simulator.network.feed import LIFE_HOURS, crowding, impressions, open_window
from simulator.parameters import model_parameters
from simulator.world.interests import CHRONOTYPES
from simulator.world.rhythms import weekly_curves

P = model_parameters()
RUNS = 40_000


def sigmoid(x: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-x)))


def in_view(u: float) -> np.ndarray:
    """By hours of age, the chance that a session shows a post of score ``u``."""
    age = np.arange(LIFE_HOURS) + 0.5
    return sigmoid(u - P["feed.competition"] - P["feed.recency_decay"] * age)


def sessions_by_age(chronotype: int, hour: int, activity: float) -> np.ndarray:
    """Expected sessions in each hour after a post of ``hour`` o'clock of the week."""
    return np.asarray(activity * weekly_curves()[chronotype, (hour + np.arange(LIFE_HOURS)) % 168] / 24.0)


@pytest.mark.parametrize(
    ("chronotype", "hour", "u"), [(0, 9, 0.5), (2, 36, -1.3), (4, 160, 2.2), (3, 3, -3.0)]
)
def test_theory_chances_are_those_of_simulated_sessions(chronotype: int, hour: int, u: float) -> None:
    """Theory: who opens the network at random by their rhythm sees the post as often as the table says."""
    luck, activity = np.random.default_rng(1), 6.0
    sessions = luck.poisson(sessions_by_age(chronotype, hour, activity), (RUNS, LIFE_HOURS))
    seen = (luck.binomial(sessions, in_view(u)) > 0).any(axis=1).mean()
    window = open_window(hour * 60, P)
    expected = window.chances(
        np.array([chronotype], np.uint8), np.array([activity], np.float32), np.array([u], np.float32)
    )[0]
    assert abs(seen - expected) < 4 * np.sqrt(expected * (1 - expected) / RUNS) + 1e-3


@pytest.mark.parametrize("chronotype", range(len(CHRONOTYPES)))
def test_theory_first_views_follow_the_rhythm(chronotype: int) -> None:
    """Theory: moments of seeing a post are distributed as sessions that show it (Kolmogorov-Smirnov)."""
    hour, u = 17, -1.0
    luck = np.random.default_rng(2).random(5_000).astype(np.float32)
    kind = np.full(len(luck), chronotype, np.uint8)
    times = open_window(hour * 60, P).first_views(kind, np.full(len(luck), u, np.float32), luck)
    mass = sessions_by_age(chronotype, hour, 1.0) * in_view(u)
    shares = np.concatenate([[0.0], np.cumsum(mass) / mass.sum()])
    ages = times / 60 - hour
    found = stats.kstest(ages, lambda age: np.interp(age, np.arange(LIFE_HOURS + 1), shares))
    assert found.pvalue > 0.001


@given(u=st.floats(-4, 4), hour=st.integers(0, 167))
@settings(max_examples=30, deadline=None)
def test_theory_the_mean_age_of_a_view_is_near_that_of_its_score(u: float, hour: int) -> None:
    """Theory: the coarse grid of scores moves the mean moment of seeing a post by less than two hours."""
    luck = ((np.arange(4_000) + 0.5) / 4_000).astype(np.float32)
    kind = np.full(len(luck), 1, np.uint8)
    times = open_window(hour * 60, P).first_views(kind, np.full(len(luck), u, np.float32), luck)
    mass = sessions_by_age(1, hour, 1.0) * in_view(u)
    expected = (mass * (np.arange(LIFE_HOURS) + 0.5)).sum() / mass.sum()
    assert abs(times.mean() / 60 - hour - expected) < 2


def test_theory_between_two_hours_the_rhythm_is_between_theirs() -> None:
    """Theory: a post at half past is met as often as the mean of what full hours expect."""
    middle, early, late = (open_window(minutes, P).sessions for minutes in (630, 600, 660))
    assert np.allclose(middle, (early + late) / 2, rtol=1e-4)


def test_theory_the_week_comes_round() -> None:
    """Theory: the same hour a week later gives the same window."""
    assert np.array_equal(open_window(600, P).sessions, open_window(600 + 7 * 1440, P).sessions)
    assert np.array_equal(open_window(600, P).sessions, open_window(600 - 7 * 1440, P).sessions)


@given(low=st.floats(-20, 20), more=st.floats(0, 10), activity=st.floats(0, 50), more_active=st.floats(0, 10))
@settings(max_examples=50, deadline=None)
def test_invariant_chances_rise_with_score_and_activity(
    low: float, more: float, activity: float, more_active: float
) -> None:
    """Invariant: a chance lies in 0-1, and a better score or more sessions never lower it."""
    u = np.array([low, low + more, low], np.float32)
    active = np.array([activity, activity, activity + more_active], np.float32)
    chance = open_window(700, P).chances(np.zeros(3, np.uint8), active, u)
    assert ((chance >= 0) & (chance <= 1)).all()
    assert chance[1] >= chance[0] - 1e-6
    assert chance[2] >= chance[0] - 1e-6


def test_extreme_who_never_comes_sees_nothing() -> None:
    """Extreme: without a session there is no exposure, however good the post."""
    chance = open_window(0, P).chances(
        np.zeros(2, np.uint8), np.zeros(2, np.float32), np.array([99, -99], np.float32)
    )
    assert chance.tolist() == [0, 0]


@given(
    luck=st.lists(st.floats(0, 1, exclude_max=True, width=32), min_size=1, max_size=20), u=st.floats(-99, 99)
)
@settings(max_examples=50, deadline=None)
def test_invariant_nobody_sees_a_post_before_it_is_out(luck: list[float], u: float) -> None:
    """Invariant: every view falls in the four days after a post went out, also for the rarest luck."""
    lots = np.array(luck, np.float32)
    kind = (np.arange(len(lots)) % len(CHRONOTYPES)).astype(np.uint8)
    times = open_window(930, P).first_views(kind, np.full(len(lots), u, np.float32), lots)
    assert (times >= 930).all()
    assert (times < 930 + LIFE_HOURS * 60).all()


@pytest.mark.parametrize("extra", [0.0, 0.3, 0.76, 1.5, 3.0])
def test_theory_impressions_have_their_mean(extra: float) -> None:
    """Theory: impressions of a person reached have mean 1 + extra and the variance of a Poisson number."""
    luck = ((np.arange(100_000) + 0.5) / 100_000).astype(np.float32)
    times = impressions(np.full(len(luck), extra, np.float32), luck)
    assert times.mean() == pytest.approx(1 + extra, abs=2e-3)
    assert times.var() == pytest.approx(extra, abs=2e-2)
    assert times.min() == 1
    assert (np.diff(times.astype(int)) >= 0).all()


def test_theory_crowding_by_hand() -> None:
    """Theory: one own post twelve hours ago costs 0.7 log(1 + 1/e); none costs nothing; later ones do not
    count.
    """
    posts, by_hand = np.array([0, 5_000]), P["feed.crowding"] * np.log1p(np.exp(-1))
    assert crowding(posts, P["feed.crowding_memory"] * 60, P) == pytest.approx(by_hand)
    assert crowding(posts[:0], 100.0, P) == 0
    assert crowding(np.array([100] * 3), 100.0, P) == pytest.approx(P["feed.crowding"] * np.log(4))
