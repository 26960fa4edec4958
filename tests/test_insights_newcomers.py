"""Newcomers and worth: counted by hand, and adding up."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.insights.month import run_month, yardsticks
from simulator.insights.newcomers import all_newcomers, found_page, newcomers
from simulator.insights.newcomers_report import newcomer_section
from simulator.network.carry_over import CarryOver
from simulator.network.worth import Worth
from simulator.parameters import Parameters
from simulator.playbook.page import Page
from simulator.playbook.playbook import Playbook
from simulator.world.clients import load_client
from tests.example_months import large_month, small_month

WEIGHTS = {"page.name": 1.0, "page.about": 2.0, "page.link": 1.0, "feed.competition": 9.0}


def test_theory_newcomers_of_the_small_month() -> None:
    """Theory: one came through a friend's share and stayed, one looked the page up and did not."""
    ways = newcomers(small_month().log)
    assert {way: (came.visits, came.won) for way, came in ways.items()} == {
        "posts": (1, 1),
        "ads": (0, 0),
        "search": (1, 0),
    }
    assert all_newcomers(small_month().log).rate == 0.5


@pytest.mark.parametrize("client", ["salon", "online-shop"])
def test_invariant_every_follower_won_came_some_way(client: str) -> None:
    """Invariant: the ways add up to all visits and all who were won."""
    month = run_month(load_client(client), Playbook.empty(), people=2_000, days=14)
    ways, everybody = newcomers(month.log), all_newcomers(month.log)
    assert sum(came.visits for came in ways.values()) == everybody.visits
    assert sum(came.won for came in ways.values()) == everybody.won == month.insights.summary["new_followers"]


def found(page: Page | None) -> object:
    """The page found in the small month where what is on a page has weights."""
    month = small_month(SimpleNamespace(page=page))
    hidden = replace(month.client.hidden, parameters=Parameters(WEIGHTS))
    return found_page(replace(month, client=replace(month.client, hidden=hidden)))


def test_theory_what_is_missing_on_the_page_is_named() -> None:
    """Theory: a name is a quarter; a short description does not count; as found there was nothing."""
    page = found(Page(name="Kikapu", about="Pans."))
    assert (page.complete, page.before, page.missing) == (0.25, 0.0, ("about", "link"))
    assert found(None).missing == ("about", "name", "link")


def test_extreme_a_page_of_which_nothing_counts_is_not_spoken_of() -> None:
    """Extreme: without weights there is no completeness."""
    assert found_page(small_month()) is None
    assert newcomer_section(small_month().insights, None).sentences == ()


def test_law_the_way_through_ads_stands_there_only_with_ads() -> None:
    """Law: two ways without ads; a usual month beside them where it is known."""
    section = newcomer_section(large_month().insights, large_month(days=56).insights)
    assert len(section.rows) == 2
    assert section.usual is not None
    assert section.usual.won == "70"


amounts = st.floats(-1e9, 1e9)


@given(amounts, amounts, st.tuples(amounts, amounts, amounts, amounts), st.floats(0, 1e8), st.floats(0, 1e8))
def test_invariant_whole_units_add_up(
    expected: float, anyway: float, later: tuple[float, ...], ads: float, hours: float
) -> None:
    """Invariant: what is shown in whole units adds up to the worth, rounded."""
    worth = Worth(expected, 0.0, 0.0, anyway, CarryOver(*later), ads, hours)
    whole = worth.whole
    assert whole.expected - whole.anyway + whole.later - whole.ads - whole.hours == whole.total
    assert whole.total == 100 * round(worth.total / 100)
    assert abs(whole.expected - worth.expected) <= 450


def test_invariant_the_parts_are_those_of_the_month() -> None:
    """Invariant: of a real month the parts add up to its worth, and doing nothing to the yardstick."""
    month = run_month(load_client("salon"), Playbook.empty(), people=1_000, days=7)
    parts = month.worth
    assert parts.total == pytest.approx(month.worth_cents)
    assert parts.expected == pytest.approx(month.log.expected_margin_by_day.sum())
    beside = yardsticks(month)
    assert beside.idle is not None
    assert beside.idle.total == pytest.approx(beside.nothing)
