"""The auction: chances and prices against drawing many rivals, and the rhythm of the market."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.network.auction import Market, market_at
from simulator.parameters import model_parameters

P = model_parameters()
MONDAY = date(2027, 3, 1)
MARKET = Market(centre=float(np.log(20.0)), spread=0.9, reserve=6.0)
NO_KEENNESS = np.zeros(1)


def rivals(count: int, relevance: float = 0.0) -> np.ndarray:
    """Best bids of the others, drawn."""
    return np.exp(MARKET.centre + relevance + MARKET.spread * np.random.default_rng(1).standard_normal(count))


@pytest.mark.parametrize("value", [7.0, 15.0, 40.0, 200.0])
def test_theory_chance_and_payment_are_those_of_drawn_rivals(value: float) -> None:
    """Theory: winning is having more than the best of the others, and it costs what that would have given."""
    best = rivals(400_000)
    won = best < value
    assert MARKET.wins(np.array([value]), NO_KEENNESS)[0] == pytest.approx(won.mean(), abs=0.003)
    paid = np.where(won, best, 0).mean()
    assert MARKET.paid(np.array([value]), NO_KEENNESS)[0] == pytest.approx(
        max(paid, MARKET.reserve * won.mean()), rel=0.02
    )


@given(st.floats(6.0, 500.0), st.floats(0.0, 0.999), st.floats(-0.5, 0.5))
def test_invariant_prices_lie_between_reserve_and_value(value: float, luck: float, relevance: float) -> None:
    """Invariant: nothing is sold below the reserve, nobody pays more than the total bid."""
    price = MARKET.prices(np.array([value]), np.array([relevance]), np.array([luck]))[0]
    assert MARKET.reserve <= price <= value


def test_invariant_below_the_reserve_nothing_is_won() -> None:
    """Invariant: a bid below the reserve is not heard, and costs nothing."""
    low = np.array([5.9])
    assert MARKET.wins(low, NO_KEENNESS)[0] == 0
    assert MARKET.paid(low, NO_KEENNESS)[0] == 0


def test_law_rivals_want_keen_people_too() -> None:
    """Law: of people the others value more, fewer are won by the same bid."""
    value = np.full(2, 20.0)
    chances = MARKET.wins(value, np.array([0.0, 0.3]))
    assert chances[1] < chances[0]


def test_law_prices_follow_the_clock_and_the_calendar() -> None:
    """Law: the evening is dearer than the morning, a Saturday cheaper, November dearer than March."""
    morning = market_at(9 * 60, MONDAY, P).centre
    assert market_at(20 * 60, MONDAY, P).centre > morning
    assert market_at(5 * 1440 + 9 * 60, MONDAY, P).centre < morning
    assert market_at(9 * 60, date(2027, 11, 1), P).centre > morning


def test_invariant_the_reserve_is_the_same_all_day() -> None:
    """Invariant: the least an impression costs does not move with the competition."""
    assert len({market_at(hour * 60, MONDAY, P).reserve for hour in range(24)}) == 1
