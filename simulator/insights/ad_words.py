"""The words of a month's ads: what they brought, what was left of the money and why, what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any, Final

from simulator.insights.ab_test import ab_verdict
from simulator.insights.tables import Insights
from simulator.playbook.ads import AdSet
from simulator.texts import say
from simulator.units import money

FEW: Final = 5
"""A platform shows fewer sales than this only as "<5"."""

UNSPENT: Final = 0.1
"""So much of a budget must be left before it is asked why."""

MOST_VERDICTS: Final = 6


def ad_sentences(insights: Insights) -> list[str]:
    """What a reader should know of the month's ads, each sentence computed from its figures."""
    summary = insights.summary
    counts = ("impressions", "reach", "clicks", "follows")
    words = {name: f"{summary[f'ad_{name}']:,}" for name in counts}
    words["spend"] = money(float(summary["ad_spend_cents"]))
    words["conversions"] = few(int(summary["ad_conversions"]))
    return [say("insights.ad_words.all", **words), *_left(insights), say("insights.ad_words.attribution")]


def verdicts(insights: Insights) -> list[str]:
    """For every two ads of one set: whether one is clicked on more, if they started together."""
    starts = [ad.published.post_time for ad in insights.month.log.ads]
    said = []
    for _, rows in insights.ads.groupby(["campaign_name", "adset_name"], sort=False):
        columns = (rows.index, rows["ad_name"], rows["inline_link_clicks"], rows["impressions"])
        pairs = list(combinations(zip(*columns, strict=True), 2))
        for (one, *a), (other, *b) in pairs:
            if starts[one] == starts[other]:
                said.append(ab_verdict((*a,), (*b,), len(pairs)).says)
            else:
                said.append(say("insights.ab.other_times", a=a[0], b=b[0]))
    return said[:MOST_VERDICTS]


def few(count: int) -> str:
    """A count of sales as a platform shows it.

    >>> few(3), few(1200), few(0)
    ('<5', '1,200', '0')
    """
    return f"<{FEW}" if 0 < count < FEW else f"{count:,}"


def _left(insights: Insights) -> Iterator[str]:
    """A sentence for each ad set that could not spend its money."""
    sets = {(ad.ad_set.campaign, ad.ad_set.name): ad.ad_set for ad in insights.month.log.ads}
    for row in insights.advertising.ad_sets.to_dict("records"):
        ad_set = sets[row["campaign_name"], row["adset_name"]]
        budget = row["spend"] + row["unspent"]
        if budget and row["unspent"] > UNSPENT * budget:
            words = {"name": ad_set.name, "unspent": f"{row['unspent']:,.2f}", "budget": f"{budget:,.2f}"}
            yield say(f"insights.ad_words.left.{_reason(ad_set, row, insights)}", **words)


def _reason(ad_set: AdSet, row: Mapping[Any, Any], insights: Insights) -> str:
    """Why money is left: it was too little, nobody could be reached, the cap, the bid, or too few people."""
    month = insights.month
    budget = (row["spend"] + row["unspent"]) * 100
    price = month.client.hidden.parameters["ads.price_level"] / 1000  # it is that of so many impressions
    if (ad_set.daily_budget_cents or budget / month.days) <= price:
        return "pennies"
    if not row["impressions"]:
        return "bid" if ad_set.bid_cents is not None else "nobody"
    weeks = max(1.0, month.days / 7)
    if ad_set.frequency_cap is not None and row["frequency"] >= 0.6 * ad_set.frequency_cap * weeks:
        return "cap"
    return "bid" if ad_set.bid_cents is not None else "few"
