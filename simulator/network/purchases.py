"""Purchases: who buys when in need, and who on the spot (model 3.6).

Two books are kept: the expected margin (sum of probability x margin), which scores count,
and the sales that luck made of it, which the learner sees.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simulator.network.known import Mind
from simulator.parameters import Parameters
from simulator.world.clients import Client

Floats = NDArray[np.float32]


def _sigmoid(x: Floats) -> Floats:
    y: Floats = np.reciprocal(1 + np.exp(-x))
    return y


def need_chances(p: Parameters, mind: Mind, utility: Floats, deal_proneness: Floats, deal: Floats) -> Floats:
    """Probability to buy here at an occasion of need; ``deal``: the offer last seen, 0-0.5.

    An offer known from somebody who is not trusted is hardly believed, and whom following
    annoys (``utility`` below zero) buys elsewhere.
    """
    believed = mind.offers * mind.goodwill / (mind.goodwill + np.float32(p["purchase.half_trust"]))
    return _sigmoid(
        np.float32(p["purchase.base"])
        + np.float32(p["purchase.goodwill"]) * mind.goodwill
        + np.float32(p["purchase.offers"]) * believed
        + np.float32(2 * p["purchase.deal"]) * believed * deal_proneness * deal
        - np.float32(2 * p["purchase.reference"]) * deal_proneness * mind.reference
        + np.float32(p["purchase.loyalty"]) * mind.loyalty
        + np.float32(p["inbox.service_sales"]) * mind.service
        + np.float32(p["purchase.annoyance"]) * np.minimum(utility, 0)
    )


def stranger_chance(p: Parameters) -> float:
    """Probability that somebody in need who never met the page buys here all the same."""
    return float(1 / (1 + np.exp(-p["purchase.base"])))


def impulse_chances(
    p: Parameters, mind: Mind, deal_proneness: Floats, offer: Floats, match: Floats, attention: Floats
) -> Floats:
    """Probability to buy on the spot on seeing a selling post."""
    surprise = deal_proneness * (offer - mind.reference) * match
    return attention * _sigmoid(
        np.float32(p["purchase.impulse"])
        + np.float32(p["purchase.impulse_goodwill"]) * mind.goodwill
        + np.float32(4 * p["purchase.impulse_deal"]) * surprise
        + np.float32(p["purchase.impulse_match"]) * (match - np.float32(p["response.match_reference"]))
    )


def landing_chances(
    p: Parameters,
    mind: Mind,
    deal_proneness: Floats,
    offer: Floats,
    page_completeness: float,
    looked_before: NDArray[np.bool_],
) -> Floats:
    """Probability that somebody who came in need, through an ad, buys: the offer is before their eyes.

    ``looked_before``: whether they lately visited the page; who comes again is nearer to buying.
    """
    known = mind.offers * mind.goodwill / (mind.goodwill + np.float32(p["purchase.half_trust"]))
    return _sigmoid(
        np.float32(p["ads.landing"] + p["ads.landing_page"] * (page_completeness - 0.5))
        + np.float32(p["purchase.goodwill"]) * mind.goodwill
        + np.float32(p["ads.landing_offers"]) * known
        + np.float32(p["ads.landing_again"]) * looked_before
        + np.float32(2 * p["purchase.deal"]) * deal_proneness * offer
        - np.float32(2 * p["purchase.reference"]) * deal_proneness * mind.reference
        + np.float32(p["purchase.loyalty"]) * mind.loyalty
    )


def first_landing_chance(p: Parameters, page_completeness: float) -> float:
    """Probability that somebody in need buys who comes through an ad and never met the page before."""
    return float(1 / (1 + np.exp(-p["ads.landing"] - p["ads.landing_page"] * (page_completeness - 0.5))))


@dataclass(frozen=True)
class PriceList:
    """The client's products as arrays: price and margin in cents, share of demand."""

    price: NDArray[np.float64]
    margin: NDArray[np.float64]
    demand: NDArray[np.float64]

    @cached_property
    def mean_price(self) -> float:
        return float(self.price @ self.demand)

    @cached_property
    def mean_margin(self) -> float:
        return float(self.margin @ self.demand)

    def expected_margin(self, discount: Floats) -> Floats:
        """Margin in cents of a sale at a discount (share of price)."""
        margin: Floats = np.float32(self.mean_margin) - np.float32(self.mean_price) * discount
        return margin

    def pick(self, luck: Floats) -> NDArray[np.int64]:
        """The product bought, by demand."""
        return np.minimum(np.searchsorted(np.cumsum(self.demand), luck), len(self.demand) - 1)


def price_list(client: Client) -> PriceList:
    """The price list of ``client``."""
    price = np.array([product.price_cents for product in client.file.products], float)
    margin = price * [product.margin_share for product in client.file.products]
    demand = np.array([product.demand_share for product in client.file.products])
    return PriceList(price, margin, demand / demand.sum())
