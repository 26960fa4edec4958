"""Offers: what a discount leaves of the margin, and whether its text says the same."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from simulator.errors import Problem, problem
from simulator.playbook.posts import DEEPEST_OFFER
from simulator.playbook.shares import discounts_in
from simulator.texts import say
from simulator.world.clients import Client, Product

CLOSE = 0.005
"""A text may round: shares nearer than this are the same."""


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


def unlike_text(offer: float, text: str, *, file: str, line: int | None) -> Problem | None:
    """A warning when a selling text promises another discount than its offer gives, or None.

    >>> print(unlike_text(0.1, "Jars, 30 % off", file="plan.csv", line=2))
    plan.csv line 2, "Offer": "0.1" - the text says 30% off, and this offer is 10%;
    write 0.3, or change the text
    """
    said = discounts_in(text)
    agrees = any(math.isclose(offer, share, abs_tol=CLOSE) for share in said.promised + said.perhaps)
    shares = said.promised or (said.perhaps if offer else ())
    if agrees or not shares or 0 < offer < said.up_to:
        return None
    deepest = max(shares)
    words: dict[str, Any] = {"said": f"{100 * deepest:g}", "offer": f"{100 * offer:g}"}
    fits = deepest <= DEEPEST_OFFER
    hint = say("problems.offer_as", share=f"{deepest:g}") if fits else say("problems.offer_at_most")
    place: dict[str, Any] = {"file": file, "line": line, "column": "Offer"}
    if not offer:
        return problem("plan.no_offer", severity="warning", hint=hint, **place, **words)
    return problem("plan.other_offer", severity="warning", value=f"{offer:g}", hint=hint, **place, **words)
