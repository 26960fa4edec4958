"""How the check shares a week's hours is how the month does it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.network.post_table import published_posts
from simulator.playbook.posts import Post
from simulator.playbook.production_hours import hours_of_posts, posts_by_week
from simulator.world.clients import Client, load_client
from tests.playbook_client import bakery

FIRST = datetime(2027, 3, 1)
HOURS = st.none() | st.sampled_from([0.0, 0.01, 0.05, 0.2, 1.0, 6.0, 24.0])


def client(paid: float) -> Client:
    """The bakery with so many paid hours a week."""
    return replace(bakery(), file=bakery().file.model_copy(update={"hours_per_week": paid}))


def post(minutes: int, hours: float | None) -> Post:
    return Post(FIRST + timedelta(minutes=minutes), "Loaf", "text", "inform", "bread", production_hours=hours)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 40_000), HOURS), max_size=40), st.sampled_from([0.02, 0.5, 6.0, 10.0])
)
def test_theory_the_check_shares_as_the_month_does(rows: list[tuple[int, float | None]], paid: float) -> None:
    """Theory: for any plan the hours told are the hours worked."""
    posts = sorted((post(minutes, hours) for minutes, hours in rows), key=lambda one: one.posting_time)
    bakery_like = replace(client(paid), hidden=load_client("salon").hidden)
    played = published_posts(bakery_like, posts, paid)
    assert hours_of_posts(posts, bakery_like) == [one.hours if one.made else None for one in played]


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ([None, None], [5.0, 5.0]),
        ([6.0, None], [6.0, 4.0]),
        ([20.0, None], [9.95, 0.05]),
        ([16.0, 4.05], [7.965, 2.035]),
    ],
)
def test_golden_shares_of_ten_hours(asked: list[float | None], given: list[float]) -> None:
    """Golden: named hours are given while they last, others share the rest, and too many asked for shrink."""
    posts = [post(60 * at, hours) for at, hours in enumerate(asked)]
    found = hours_of_posts(posts, client(10.0))
    assert [share for share in found if share is not None] == pytest.approx(given, abs=0.001)


def test_extreme_weeks_outside_the_month_are_weeks_too() -> None:
    """Extreme: a plan with wrong dates is shared out all the same, week by week and in order of time."""
    posts = [post(-10, None), post(7 * 1_440, None), post(50, None), post(20, None)]
    assert posts_by_week(posts, client(10.0)) == {-1: [0], 0: [3, 2], 1: [1]}
