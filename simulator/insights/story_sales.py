"""The story of sales, and of what the month was worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.insights.comparison import count, figures, span, usual_figures, usual_title
from simulator.insights.told import NAMED, Told, rest
from simulator.insights.words import (
    counted,
    direction,
    listed,
    percent,
    when,
    whole_difference,
    whole_money,
)
from simulator.texts import say
from simulator.units import money


def sales(told: Told) -> str:
    summary, sales = told.insights.summary, told.insights.month.log.purchases
    sentence = say("insights.story.no_sales")
    if summary["sales"]:
        words = {name: money(float(summary[f"{name}_cents"])) for name in ("revenue", "margin")}
        known, spot, ads = (int(rows.sum()) for rows in (sales.follower, sales.post >= 0, sales.ad >= 0))
        counts = {"known": known, "others": len(sales.post) - known, "spot": spot}
        asked = int(told.insights.month.log.messages.sold.sum())
        counts["later"] = len(sales.post) - spot - ads - asked
        words |= {name: f"{number:,}" for name, number in counts.items()}
        sentence = say("insights.story.sales", sales=counted(len(sales.post), "sales"), **words)
        if ads:
            sentence += " " + say("insights.story.sales_ads", ads=f"{ads:,}")
        if asked:
            sentence += " " + say("insights.story.sales_asked", asked=f"{asked:,}")
    if told.before is not None:
        usual = usual_figures(told.insights, told.before)
        words = {name: whole_money(usual[f"{name}_cents"]) for name in ("revenue", "margin")}
        title = usual_title(told.insights.month.days)
        sentence += " " + say("insights.story.sales_usual", usual=title, sales=count(usual["sales"]), **words)
        sentence += " " + _expected(told, usual["expected_margin_cents"])
    return sentence


def _expected(told: Told, before: float) -> str:
    """What the chances of a sale gave beside the same of a usual month: like for like."""
    now, days = figures(told.insights)["expected_margin_cents"], told.insights.month.days
    more = whole_difference(now, before)
    compared = say(f"insights.story.sales_expected_{direction(more)}", difference=whole_money(abs(more)))
    words = {"now": whole_money(now), "before": whole_money(before), "compared": compared}
    return say("insights.story.sales_expected", span=span(days), usual=usual_title(days), **words)


def losing_offers(told: Told) -> str:
    """Offers that are deeper than the margin of what they are about."""
    made = told.made
    losing = [row for row in made.to_dict("records") if any(_sold_at_a_loss(told, row))]
    if not losing:
        return ""
    offers = [
        say(
            "insights.story.offer",
            when=when(row["posting_time"]),
            offer=percent(row["offer"], 0),
            products=listed(_sold_at_a_loss(told, row)),
        )
        for row in losing[:NAMED]
    ]
    return say("insights.story.losing_offers", posts=len(losing), offers="; ".join(offers) + rest(losing))


def _sold_at_a_loss(told: Told, row: Mapping[Any, Any]) -> Iterator[str]:
    """The products of the post's topic whose margin is less than its offer, each with its margin."""
    every = told.insights.month.client.file.products
    about = [product for product in every if product.topic == row["topic"]] or every
    for product in about:
        if row["purpose"] == "sell" and row["offer"] > product.margin_share:
            margin = percent(product.margin_share, 0)
            yield say("insights.story.product", name=product.name, margin=margin)


def worth(told: Told) -> str:
    """The worth in three parts, and beside having posted nothing."""
    month = told.insights.month
    parts = month.worth.whole
    words = {name: whole_money(getattr(parts, name)) for name in ("total", "added", "later", "ads", "hours")}
    less = [say(f"report.key.less_{name}", **words) for name in ("ads", "hours") if getattr(parts, name)]
    sentence = say(
        "insights.story.worth",
        less="".join(less),
        span=span(month.days),
        **{k: words[k] for k in ("total", "added", "later")},
    )
    if told.nothing is not None:
        more = whole_difference(parts.total, told.nothing)
        against = {"nothing": whole_money(told.nothing), "difference": whole_money(abs(more))}
        sentence += " " + say(f"insights.story.worth_{direction(more)}", **against)
    return sentence
