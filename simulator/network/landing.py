"""Landing: what happens between an impression of an ad and the till.

Who is in need clicks because of it and may buy; who is only drawn by the subject looks, and
perhaps follows. Both books are kept, as for every sale: the expected margin and what luck made of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulator.network import purchases, response
from simulator.network.appetite import in_need, same_need
from simulator.network.known import Mind
from simulator.network.views import Views
from simulator.parameters import Parameters
from simulator.playbook.page import completeness
from simulator.units import MINUTES_PER_DAY

if TYPE_CHECKING:
    from simulator.network.page import LivePage

Floats = NDArray[np.float32]
CLICK_BIT = 1 << response.CLICK


def draw(p: Parameters, match: Floats) -> Floats:
    """How much more than a post's an ad's subject decides who stops at it, in logit."""
    drawn: Floats = np.float32(p["ads.match"]) * (match - np.float32(p["response.match_reference"]))
    return drawn


def intent(page: LivePage, views: Views, met: response.Encounter) -> Floats:
    """(views,) odds of a click out of need: on an ad that sells, of somebody whose need is not yet met.

    Less with every sight of the same text, as for whatever else people do with it.
    """
    p, known = page.p, page.known
    odds = np.zeros(len(views.row), np.float32)
    asked = np.flatnonzero(page.table.ad[views.post] & met.sells)
    row, time = views.row[asked], views.time[asked]
    persons = known.person[row]
    needy = in_need(p, page.luck, persons, known.need[row], time)
    needy &= ~same_need(p, page.luck, persons, known.bought_at[row], time)
    worn = np.exp(response.wear_out(p, met.times_seen[asked]))
    odds[asked] = np.float32(p["ads.intent_click"]) * worn * needy
    return odds


def land(
    page: LivePage,
    views: Views,
    met: response.Encounter,
    mind: Mind,
    odds: Floats,
    wanted: Floats,
    actions: NDArray[np.uint8],
) -> None:
    """What comes of the ads among ``views``: sales, and what the platform counts.

    ``odds``: (views, main actions) as acted on; ``wanted``: the part of the click's odds that is need.
    """
    table, p = page.table, page.p
    ads = np.flatnonzero(table.ad[views.post])
    clicked = (actions[ads] & CLICK_BIT) > 0
    since = views.time - p["ads.retarget_days"] * MINUTES_PER_DAY
    again = page.known.visited_at[views.row] >= since
    chance = purchases.landing_chances(
        p, mind, met.deal_proneness, met.offer, completeness(page.page, p), again
    )[ads]
    offer = met.offer[ads]
    expected = chance * wanted[ads] / (1 + odds[ads].sum(axis=1))
    page.record.expect(views.time[ads], expected * page.prices.expected_margin(offer), "ad")
    out_of_need = wanted[ads] / np.maximum(odds[ads, response.CLICK], 1e-12)
    buys = clicked & (page.uniform("landing", views.key[ads]) < chance * out_of_need)
    sold = views.only(ads[buys])
    page.sell(sold.time, sold.row, sold.post, offer[buys], page.uniform("product", sold.key))
    gain = p["purchase.loyalty_gain"]
    mind.loyalty[ads[buys]] = np.minimum(1, mind.loyalty[ads[buys]] + np.float32(gain))
    shown = views.only(ads)
    page.tally.add_actions(page.ad_of(shown.post), shown.time, actions[ads])
    page.tally.add("purchases", page.ad_of(sold.post), sold.time)
