"""Money of ads that was left, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.insights.ad_names import set_titles
from simulator.insights.tables import Insights
from simulator.insights.words import listed
from simulator.network.log import ShownAd
from simulator.texts import say
from simulator.units import MINUTES_PER_DAY

SMALL_REST: Final = 0.1
"""So much of a budget is left by the way it is spent; of more it is asked why."""

NAMED: Final = 4
"""So many sets of which little is left are named; of more only their number."""


def money_left(insights: Insights) -> list[str]:
    """Of every ad set that did not spend all its money, how much and why; small rests in one sentence."""
    reasons = list(_reasons(insights))
    rests = [words for reason, words in reasons if reason == "rest"]
    said = [say(f"insights.ad_words.left.{reason}", **words) for reason, words in reasons if reason != "rest"]
    if rests:
        named = listed(say("insights.ad_words.left.rest", **words) for words in rests)
        many = say("insights.ad_words.left.many", sets=len(rests))
        said.append(say("insights.ad_words.left.rests", sets=named if len(rests) <= NAMED else many))
    return said


def _reasons(insights: Insights) -> Iterator[tuple[str, dict[str, str]]]:
    """The reason of every set with money left, and the words for it."""
    shown: dict[tuple[str, str], list[ShownAd]] = {}
    for ad in insights.month.log.ads:
        shown.setdefault((ad.ad_set.campaign, ad.ad_set.name), []).append(ad)
    table = insights.advertising.ad_sets
    for row, name in zip(table.to_dict("records"), set_titles(table), strict=True):
        if row["unspent"] >= 0.01:
            sums = {"unspent": row["unspent"], "budget": row["spend"] + row["unspent"]}
            words = {key: f"{amount:,.2f}" for key, amount in sums.items()}
            ads = shown[row["campaign_name"], row["adset_name"]]
            yield _reason(ads, row, insights), {"name": name, **words}


def _reason(ads: list[ShownAd], row: Mapping[Any, Any], insights: Insights) -> str:
    """Why money is left.

    It was too little for an impression a day, nobody could be reached, the ad's post came late or never,
    the cap, the bid, too few places; or it is no more than the way money is spent leaves.
    """
    ad_set, days = ads[0].ad_set, insights.month.days
    begin, end = ad_set.window_minutes(insights.month.log.begin, days)
    price = insights.month.client.hidden.parameters["ads.price_level"] / 1000  # of so many impressions
    budget = 100 * (row["spend"] + row["unspent"])
    if (ad_set.daily_budget_cents or budget / max(1.0, (end - begin) / MINUTES_PER_DAY)) <= price:
        return "pennies"
    first = min(ad.published.post_time for ad in ads)
    if first >= end:
        return "unmade"
    if not row["impressions"]:
        return "bid" if ad_set.bid_cents is not None else "nobody"
    if ad_set.daily_budget_cents is not None and first >= begin + MINUTES_PER_DAY:
        return "late"
    if row["unspent"] < SMALL_REST * (row["spend"] + row["unspent"]):
        return "rest"
    weeks = max(1.0, (end - begin) / (7 * MINUTES_PER_DAY))
    if ad_set.frequency_cap is not None and row["frequency"] >= 0.6 * ad_set.frequency_cap * weeks:
        return "cap"
    return "bid" if ad_set.bid_cents is not None else "few"
