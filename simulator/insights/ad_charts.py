"""The pictures of a month's ads, each with its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from simulator.insights.drawing import BLUE, GREEN, INK, ORANGE, Chart, draw_chart, grid
from simulator.insights.tables import Insights
from simulator.insights.words import percent
from simulator.texts import say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

FEWEST_IMPRESSIONS: Final = 200
"""A click-through rate of fewer impressions is not drawn."""


def spend_chart(insights: Insights) -> Chart:
    """What each ad set spent, and what a result of it cost."""
    sets = insights.advertising.ad_sets

    def draw(figure: Figure) -> None:
        left, right = figure.subplots(1, 2, sharey=True, width_ratios=(3, 2))
        rows = range(len(sets))
        left.barh(rows, sets["spend"], color=BLUE, height=0.6)
        left.barh(rows, sets["unspent"], left=sets["spend"], height=0.6, **_UNSPENT)
        left.set_yticks(rows, sets["adset_name"])
        left.set_xlabel(say("insights.ad_charts.spend_x"))
        left.invert_yaxis()
        right.barh(rows, sets["cost_per_result"].fillna(0), color=ORANGE, height=0.6)
        for row, found in zip(rows, sets.to_dict("records"), strict=True):
            right.text(0.02, row, _cost_words(found), va="center", transform=right.get_yaxis_transform())
        right.set_xlabel(say("insights.ad_charts.cost_x"))
        grid(left, right)

    height = 1.3 + 0.5 * len(sets)
    caption = say("insights.ad_charts.spend_caption")
    return draw_chart("ad-spend", draw, height, (_spend_alt(sets), caption), bool(len(sets)))


def wear_chart(insights: Insights) -> Chart:
    """How the click-through rate falls with how often a person had seen the ad."""
    wear = insights.advertising.wear
    shown = wear[wear["impressions"] >= FEWEST_IMPRESSIONS]
    rates = shown["inline_link_clicks"] / shown["impressions"]

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        axes.plot(shown["nth"], rates * 100, color=GREEN, linewidth=2, marker="o")
        axes.set_xlabel(say("insights.ad_charts.wear_x"))
        axes.set_ylabel(say("insights.ad_charts.wear_y"))
        axes.set_xticks(shown["nth"])
        axes.set_ylim(bottom=0)
        many = axes.twinx()
        many.bar(shown["nth"], shown["impressions"], color=INK, alpha=0.12, width=0.8)
        many.set_ylabel(say("insights.ad_charts.wear_many"))
        many.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        grid(axes)

    words = [
        say(
            "insights.ad_charts.wear_point",
            nth=int(nth),
            rate=percent(float(rate), 2),
            impressions=f"{impressions:,}",
        )
        for nth, rate, impressions in zip(shown["nth"], rates, shown["impressions"], strict=True)
    ]
    alt = say("insights.ad_charts.wear_alt", points="; ".join(words)) if words else _none("wear")
    caption = say("insights.ad_charts.wear_caption", fewest=f"{FEWEST_IMPRESSIONS:,}")
    return draw_chart("ad-wear", draw, 3.2, (alt, caption), len(shown) > 1)


AD_CHARTS: Final = {"ad-spend": spend_chart, "ad-wear": wear_chart}

_UNSPENT: Final[dict[str, Any]] = {"facecolor": "none", "edgecolor": INK, "hatch": "////", "linewidth": 0.8}


def _none(what: str) -> str:
    return say(f"insights.ad_charts.{what}_none")


def _cost_words(row: dict[Any, Any]) -> str:
    """What a result cost, as written on the bar."""
    result = say(f"insights.ad_results.{row['goal']}")
    if not row["results"]:
        return say("insights.ad_charts.no_results", result=result)
    return say(
        "insights.ad_charts.cost",
        cost=f"{row['cost_per_result']:,.2f}",
        results=f"{row['results']:,}",
        result=result,
    )


def _spend_alt(sets: pd.DataFrame) -> str:
    rows = [
        say(
            "insights.ad_charts.spend_row",
            name=row["adset_name"],
            spend=f"{row['spend']:,.2f}",
            unspent=f"{row['unspent']:,.2f}",
            cost=_cost_words(row),
        )
        for row in sets.to_dict("records")
    ]
    return say("insights.ad_charts.spend_alt", rows="; ".join(rows)) if rows else _none("spend")
