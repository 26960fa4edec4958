"""The comparison: the month beside as many usual days before."""

from __future__ import annotations

import math

import pytest

from simulator.insights.comparison import comparison, figures, usual_figures
from simulator.insights.month import run_month, yardsticks
from simulator.playbook.playbook import Playbook
from simulator.world.clients import load_client
from tests.example_months import empty_month, large_month, small_month


def test_figures_of_the_small_month():
    """Theory: counted on paper."""
    found = figures(small_month().insights)
    assert (found["new_followers"], found["unfollows"], found["posts"]) == (1, 1, 2)
    assert (found["reach_per_post"], found["selling_share"]) == (2.5, 0.5)
    assert (found["sales"], found["revenue_cents"], found["margin_cents"]) == (2, 4500, 1500)


def test_counts_are_cut_to_as_many_days_and_rates_are_not():
    """Invariant: beside itself a month is itself; beside twice as long, counts are halved."""
    month, long = large_month().insights, large_month(days=56).insights
    assert usual_figures(month, month) == figures(month)
    usual, whole = usual_figures(month, long), figures(long)
    assert usual["sales"] == whole["sales"] / 2
    assert usual["engagement_rate"] == whole["engagement_rate"]
    assert usual["reach_per_post"] == whole["reach_per_post"]


def test_shares_of_nothing_are_an_en_dash():
    """Extreme: an empty month has no reach per post."""
    rows = {row.title: row for row in comparison(empty_month().insights, small_month().insights)}
    assert rows["reach per post"].now == "–"
    assert math.isnan(figures(empty_month().insights)["selling_share"])


@pytest.mark.parametrize("seed", [1, 2])
def test_yardsticks_are_of_the_same_world(seed):
    """Invariant: doing nothing is worth what doing nothing is worth; the past has 56 days."""
    month = run_month(load_client("salon"), Playbook.empty(), seed=seed, people=1_000)
    beside = yardsticks(month)
    assert beside.nothing == month.worth_cents
    assert beside.before.month.days == 56
    assert beside.before.month.seed == seed


def test_expected_margin_is_compared_like_for_like():
    """Theory: the chances of the days, without luck; of twice as long a past half of them."""
    month, long = large_month().insights, large_month(days=56).insights
    cents = long.month.log.expected_margin.sum() / 2
    row = comparison(month, long)[-1]
    assert row.title == "expected margin, without the luck of single sales"
    assert row.now == f"{round(month.month.log.expected_margin.sum() / 100):,}"
    assert row.usual == f"{round(cents / 100):,}"
    assert usual_figures(month, long)["expected_margin_cents"] == pytest.approx(cents)
