"""The pictures of a month's ads, each with its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.insights.ad_names import set_titles
from simulator.insights.ad_words import counted_sales, few
from simulator.insights.drawing import GREEN, INK, SLATE, Chart, counted_ticks, draw_chart, grid
from simulator.insights.tables import Insights
from simulator.insights.wear import FEWEST_CLICKS, Worn, worn
from simulator.insights.words import both_ends, counted, percent
from simulator.texts import say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SHORT_NAME: Final = 32
"""A name of so many characters leaves room for the result beside it; where one is longer it stands below."""

LONGEST_NAME: Final = 60
"""So many characters of a name stand over its bar; the table has all of it."""

MOST_BARS: Final = 20
"""So many ad sets are drawn, those that spent most."""

RESULT_NOUNS: Final = {
    "REACH": "people",
    "ENGAGEMENT": "interactions",
    "LINK_CLICKS": "link_clicks",
    "FOLLOWS": "follows",
    "PURCHASES": "purchases",
}
"""What a result of an ad set is, by its goal."""


def spend_chart(insights: Insights) -> Chart:
    """What each ad set spent of its budget, and what a result of it cost."""
    every = insights.advertising.ad_sets
    sets = every.assign(title=set_titles(every))
    drawn = sets.sort_values("spend", ascending=False, kind="stable").head(MOST_BARS).sort_index()
    lines = 2 if drawn["title"].str.len().max() <= SHORT_NAME else 3
    caption = say("insights.ad_charts.spend_caption")
    if len(drawn) < len(sets):
        caption += " " + say("insights.ad_charts.spend_most", most=MOST_BARS, sets=len(sets))
    height, words = 0.6 + 0.23 * lines * len(drawn), (_spend_alt(drawn), caption)
    return draw_chart(
        "ad-spend", lambda figure: _spend(figure, drawn, lines), height, words, bool(len(drawn))
    )


def _spend(figure: Figure, sets: pd.DataFrame, lines: int) -> None:
    """A bar a set, of so many lines with the words over it."""
    axes = figure.subplots()
    rows = np.arange(len(sets)) * lines
    axes.barh(rows, sets["spend"], color=SLATE, height=0.7)
    axes.barh(rows, sets["unspent"], left=sets["spend"], height=0.7, **_UNSPENT)
    for row, found in zip(rows, sets.to_dict("records"), strict=True):
        _write_over(axes, float(row), found, lines)
    axes.set_ylim(rows[-1] + 0.6, 1 - lines)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(say("insights.ad_charts.spend_x"))
    counted_ticks(axes.xaxis)


def wear_chart(insights: Insights) -> Chart:
    """How the click-through rate falls with how often a person had seen the ad."""
    steps = worn(insights.advertising.wear)

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        rates = np.array([step.rate for step in steps]) * 100
        ends = np.array([step.interval for step in steps]).T * 100
        spread = np.abs(ends - rates)
        axes.errorbar(range(len(steps)), rates, spread, fmt="o-", color=GREEN, capsize=3, linewidth=1.2)
        axes.set_xticks(range(len(steps)), [f"{step.title}\n{step.impressions:,}" for step in steps])
        axes.set_xlim(-0.5, len(steps) - 0.5)
        axes.set_xlabel(say("insights.ad_charts.wear_x"))
        axes.set_ylabel(say("insights.ad_charts.wear_y"))
        axes.set_ylim(bottom=0)
        grid(axes)

    caption = say("insights.ad_charts.wear_caption", fewest=FEWEST_CLICKS)
    return draw_chart("ad-wear", draw, 3.0, (_wear_alt(steps), caption), len(steps) > 1)


AD_CHARTS: Final = {"ad-spend": spend_chart, "ad-wear": wear_chart}

_UNSPENT: Final[dict[str, Any]] = {"facecolor": "none", "edgecolor": INK, "hatch": "////", "linewidth": 0.8}


def _write_over(axes: Axes, row: float, found: dict[Any, Any], lines: int) -> None:
    """The ad set's name and its result, over its bar."""
    look: dict[str, Any] = {"va": "center", "transform": axes.get_yaxis_transform(), "fontsize": 8.5}
    axes.text(0, row + 1.1 - lines, both_ends(found["title"], LONGEST_NAME), weight="bold", **look)
    place: dict[str, Any] = {"x": 1, "ha": "right"} if lines == 2 else {"x": 0, "ha": "left"}
    axes.text(y=row - 0.9, s=_cost_words(found), **place, **look)


def _cost_words(row: dict[Any, Any]) -> str:
    """What the ad set was asked for, how much of it came, and what one cost; of a few sales only "<5"."""
    results, noun = int(row["results"]), RESULT_NOUNS[row["goal"]]
    if row["goal"] == "PURCHASES" and few(results) != f"{results:,}":
        return counted_sales(results, noun)
    if not results:
        return counted(0, noun)
    cost = f"{row['cost_per_result']:,.2f}"
    return say("insights.ad_charts.cost", cost=cost, results=counted(results, noun))


def _spend_alt(sets: pd.DataFrame) -> str:
    rows = [
        say(
            "insights.ad_charts.spend_row",
            name=row["title"],
            spend=f"{row['spend']:,.2f}",
            unspent=f"{row['unspent']:,.2f}",
            cost=_cost_words(row),
        )
        for row in sets.to_dict("records")
    ]
    return say("insights.ad_charts.spend_alt", rows="; ".join(rows)) if rows else _none("spend")


def _wear_alt(steps: list[Worn]) -> str:
    if len(steps) < 2:
        return _none("wear")
    points = [
        say(
            "insights.ad_charts.wear_point",
            nth=step.title,
            rate=percent(step.rate, 2),
            low=percent(step.interval[0], 2),
            high=percent(step.interval[1], 2),
            impressions=counted(step.impressions, "impressions"),
        )
        for step in steps
    ]
    return say("insights.ad_charts.wear_alt", points="; ".join(points))


def _none(what: str) -> str:
    return say(f"insights.ad_charts.{what}_none")
