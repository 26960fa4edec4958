"""Offers: what a discount leaves of the margin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.errors import Problem, problem
from simulator.texts import say
from simulator.world.clients import Client, Product


def unprofitable(offer: float, text: str, topic: str, client: Client) -> Sequence[Product]:
    """The products on which a discount leaves nothing to earn, the thinnest margin first.

    Those that the text names are asked about; without one the products of the topic, and
    without those everything that is sold.
    """
    said = text.casefold()
    products = client.file.products
    meant = [product for product in products if product.name.casefold() in said]
    meant = meant or [product for product in products if product.topic == topic] or list(products)
    return sorted((one for one in meant if offer >= one.margin_share), key=lambda one: one.margin_share)


def losing_offer(
    offer: float, text: str, topic: str, client: Client, *, file: str, line: int | None
) -> Problem | None:
    """A warning that names every product sold at a loss, or None."""
    lost = unprofitable(offer, text, topic, client) if offer else ()
    if not lost:
        return None
    names = [say("problems.product_margin", name=one.name, margin=f"{one.margin_share:.0%}") for one in lost]
    words: dict[str, Any] = {"products": ", ".join(names), "margin": f"{lost[0].margin_share:.0%}"}
    place: dict[str, Any] = {"file": file, "line": line, "column": "Offer", "value": f"{offer:g}"}
    return problem("plan.losing_offer", severity="warning", **place, **words)
