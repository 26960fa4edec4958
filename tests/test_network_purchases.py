"""Purchases: chances by hand, what raises and lowers them, and the price list."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.network.purchases import impulse_chances, need_chances, price_list, stranger_chance
from simulator.parameters import model_parameters
from simulator.world.clients import client_names
from tests.small_months import mind, shop

P = model_parameters()
UNIT = st.floats(0, 1, width=32)


def one(value: float) -> np.ndarray:
    return np.array([value], np.float32)


def sigmoid(x: float) -> float:
    return float(1 / (1 + np.exp(-x)))


def test_theory_somebody_who_feels_nothing_buys_like_a_stranger() -> None:
    """Theory: without goodwill, offers, loyalty or expectations a page adds nothing to a need."""
    assert need_chances(P, mind(), one(0.2), one(1.5), one(0.3))[0] == pytest.approx(
        stranger_chance(P), rel=1e-5
    )


def test_theory_a_chance_by_hand() -> None:
    """Theory: trust and knowledge are complements: an offer is believed by G / (G + half trust)."""
    believed = 0.6 * 0.5 / (0.5 + P["purchase.half_trust"])
    logit = P["purchase.base"] + P["purchase.goodwill"] * 0.5 + P["purchase.offers"] * believed
    logit += 2 * P["purchase.deal"] * believed * 1.5 * 0.2 - 2 * P["purchase.reference"] * 1.5 * 0.1
    logit += P["purchase.loyalty"] * 0.4 - P["purchase.annoyance"] * 0.3
    feels = mind(goodwill=0.5, offers=0.6, reference=0.1, loyalty=0.4)
    assert need_chances(P, feels, one(-0.3), one(1.5), one(0.2))[0] == pytest.approx(sigmoid(logit), rel=1e-4)


@given(goodwill=UNIT, offers=UNIT, loyalty=UNIT, more=UNIT, deal=st.floats(0, 0.5, width=32))
@settings(max_examples=60, deadline=None)
def test_invariant_good_feelings_never_lower_a_chance(
    goodwill: float, offers: float, loyalty: float, more: float, deal: float
) -> None:
    """Invariant: more goodwill, knowledge of offers, loyalty or discount never sells less; waiting for deals
    does.
    """
    usual = {"goodwill": goodwill, "offers": offers, "loyalty": loyalty}
    before = need_chances(P, mind(**usual), one(0.0), one(1.5), one(deal))[0]
    for name in usual:
        after = need_chances(P, mind(**(usual | {name: usual[name] + more})), one(0.0), one(1.5), one(deal))[
            0
        ]
        assert after >= before * (1 - 1e-5)
    assert need_chances(P, mind(**usual), one(0.0), one(1.5), one(deal + 0.1))[0] >= before * (1 - 1e-5)
    assert need_chances(P, mind(reference=0.4, **usual), one(0.0), one(1.5), one(deal))[0] <= before


def test_law_whom_a_page_annoys_buys_elsewhere() -> None:
    """Law: below zero, less utility of following is less of a chance; above zero it changes nothing."""
    levels = (-2.0, -0.5, 0.0, 0.5, 2.0)
    chances = [float(need_chances(P, mind(goodwill=0.5), one(u), one(1.5), one(0.0))[0]) for u in levels]
    assert chances[0] < chances[1] < chances[2] == chances[3] == chances[4]


def test_theory_an_impulse_by_hand() -> None:
    """Theory: a discount moves people on the spot by how far it is below the one they expect."""
    logit = P["purchase.impulse"] + P["purchase.impulse_goodwill"] * 0.5
    logit += 4 * P["purchase.impulse_deal"] * 1.5 * (0.3 - 0.1) * 0.6
    logit += P["purchase.impulse_match"] * (0.6 - P["response.match_reference"])
    feels = mind(goodwill=0.5, reference=0.1)
    chance = impulse_chances(P, feels, one(1.5), one(0.3), one(0.6), one(0.8))[0]
    assert chance == pytest.approx(0.8 * sigmoid(logit), rel=1e-4)


@pytest.mark.parametrize("name", client_names())
def test_invariant_price_lists_are_whole(name: str) -> None:
    """Invariant: margins lie between nothing and the price, demand sums to 1, means lie among the
    products.
    """
    prices = price_list(shop(name))
    assert (prices.margin >= 0).all()
    assert (prices.margin <= prices.price).all()
    assert prices.demand.sum() == pytest.approx(1)
    assert prices.price.min() <= prices.mean_price <= prices.price.max()
    assert prices.mean_margin <= prices.mean_price


@pytest.mark.parametrize("name", client_names())
def test_theory_products_are_bought_by_demand(name: str) -> None:
    """Theory: over all luck each product is picked in its share of demand."""
    prices = price_list(shop(name))
    luck = ((np.arange(100_000) + 0.5) / 100_000).astype(np.float32)
    shares = np.bincount(prices.pick(luck), minlength=len(prices.demand)) / len(luck)
    assert shares == pytest.approx(prices.demand, abs=1e-3)


def test_extreme_the_last_luck_still_buys_something() -> None:
    """Extreme: the largest number of luck picks the last product, not one beyond."""
    prices = price_list(shop())
    assert prices.pick(np.array([0.0, 1.0], np.float32)).tolist() == [0, len(prices.price) - 1]


def test_theory_the_expected_margin_of_a_discount() -> None:
    """Theory: a discount comes out of the margin: mean margin - mean price x discount, below 0 when deep."""
    prices = price_list(shop())
    found = prices.expected_margin(np.array([0, 0.25], np.float32))
    assert found[0] == pytest.approx(prices.mean_margin, rel=1e-5)
    assert found[1] == pytest.approx(prices.mean_margin - 0.25 * prices.mean_price, rel=1e-4)
