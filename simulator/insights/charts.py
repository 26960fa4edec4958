"""The pictures of a month, each with its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.insights.audience_chart import audience_chart
from simulator.insights.drawing import (
    BLUE,
    GREEN,
    INK,
    SKY,
    VERMILLION,
    Chart,
    counted_ticks,
    draw_chart,
    grid,
)
from simulator.insights.heat import draw_heat, week_axes
from simulator.insights.picture_words import followers_words, hours_words, sales_words
from simulator.insights.post_chart import posts_chart
from simulator.insights.tables import Insights
from simulator.insights.words import day_of_month, selling_posts
from simulator.texts import say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def followers_chart(insights: Insights) -> Chart:
    """Followers at each day's end beside those of the start, and under it those won and lost."""
    daily, words = insights.daily, followers_words(insights)

    def draw(figure: Figure) -> None:
        over, under = figure.subplots(2, 1, sharex=True, height_ratios=(3, 2))
        days = _day_axis(under, daily)
        _followers(over, days, daily["followers"], int(insights.summary["followers_start"]))
        _won_and_lost(under, days, daily)
        counted_ticks(over.yaxis, under.yaxis)
        over.set_ylabel(say("insights.titles.followers"))
        figure.legend(ncols=2, loc="outside lower center")
        grid(over, under)

    something = bool(daily["followers"].sum() + daily["unfollows"].sum())
    return draw_chart("followers", draw, 3.7, words, something)


def hours_chart(insights: Insights) -> Chart:
    """When people were reached, by weekday and hour, and when posts went out."""
    cells = insights.heat_map.to_numpy()
    words = hours_words(insights)

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        draw_heat(figure, axes, cells, say("insights.charts.hours_scale"))
        made = insights.posts[insights.posts["made"]]["posting_time"]
        slots = sorted({(moment.hour, moment.weekday()) for moment in made})
        if slots:
            spots = np.add(slots, (0.2, 0.2))
            look: dict[str, Any] = {"marker": "o", "color": "white", "edgecolor": "black", "s": 12}
            label = say("insights.charts.posted")
            axes.scatter(spots[:, 0], spots[:, 1], label=label, linewidth=0.8, **look)
            axes.legend(loc="lower right", bbox_to_anchor=(1, 1), borderaxespad=0)
        week_axes(axes)

    return draw_chart("hours", draw, 3.2, words, bool(cells.sum()))


def sales_chart(insights: Insights) -> Chart:
    """Sales by day, those to followers apart, with the days on which selling posts went out."""
    daily, words = insights.daily, sales_words(insights)

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        days = _day_axis(axes, daily)
        known = daily["sales"] - daily["sales_to_others"]
        axes.bar(days, known, color=BLUE, label=say("insights.charts.sales_known"))
        look: dict[str, Any] = {"color": SKY, "hatch": "\\\\\\\\"}
        label = say("insights.titles.sales_to_others")
        axes.bar(days, daily["sales_to_others"], bottom=known, label=label, **look)
        _selling_days(axes, days, insights)
        axes.set_ylim(0, max(1.0, float(daily["sales"].max())) * 1.15)
        axes.set_ylabel(say("insights.titles.sales"))
        counted_ticks(axes.yaxis)
        grid(axes)
        _bars_first(figure, axes)

    return draw_chart("sales", draw, 3.1, words, bool(daily["sales"].sum()))


CHARTS: Final[Mapping[str, Callable[[Insights], Chart]]] = {
    "followers": followers_chart,
    "posts": posts_chart,
    "hours": hours_chart,
    "audience": audience_chart,
    "sales": sales_chart,
}
"""Every picture of a month by name, in the order of the report."""


# ---------------------------------------------------------------- parts of pictures


def _day_axis(axes: Axes, daily: pd.DataFrame) -> Any:
    """Put dates under the days, the first of each week and the last; returns the days' positions."""
    days = np.arange(len(daily))
    step = max(1, -(-len(days) // 6)) if len(days) < 14 else 7 * -(-len(days) // 42)
    ticks = [*(tick for tick in days[:-1:step] if len(days) - 1 - tick > 0.6 * step), days[-1]]
    axes.set_xticks(ticks, [day_of_month(daily["date"][int(day)]) for day in ticks])
    axes.set_xlim(-0.7, len(days) - 0.3)
    return days


def _followers(axes: Axes, days: Any, followers: pd.Series[Any], start: int) -> None:
    """The line of followers over the level it began at, both named."""
    axes.axhline(start, color=INK, linewidth=0.8, linestyle=(0, (4, 3)), alpha=0.6)
    axes.plot(days, followers, color=BLUE, linewidth=1.6, marker="o", markersize=2.5)
    end = int(followers.iloc[-1])
    above = end >= start
    look: dict[str, Any] = {"textcoords": "offset points", "fontsize": 8}
    words = say("insights.charts.at_start", followers=f"{start:,}")
    below: dict[str, Any] = {"xytext": (0, -3 if above else 3), "va": "top" if above else "bottom"}
    axes.annotate(words, (float(days[-1]), start), ha="right", **below, **look)
    beside: dict[str, Any] = {"xytext": (0, 5 if above else -5), "va": "bottom" if above else "top"}
    axes.annotate(f"{end:,}", (float(days[-1]), end), ha="right", weight="bold", **beside, **look)
    axes.margins(y=0.18)


def _won_and_lost(axes: Axes, days: Any, daily: pd.DataFrame) -> None:
    axes.bar(days, daily["new_followers"], color=GREEN, label=say("insights.titles.new_followers"))
    lost: dict[str, Any] = {"color": VERMILLION, "hatch": "////", "label": say("insights.titles.unfollows")}
    axes.bar(days, -daily["unfollows"], **lost)
    axes.axhline(0, color=INK, linewidth=0.8)


def _selling_days(axes: Axes, days: Any, insights: Insights) -> None:
    """A triangle over every day on which a selling post went out."""
    daily, selling = insights.daily, selling_posts(insights.posts)
    sold = daily["date"].isin(selling["posting_time"].dt.normalize()).to_numpy()
    if sold.any():
        look: dict[str, Any] = {"marker": "v", "s": 34, "color": VERMILLION, "edgecolor": INK}
        heights = daily["sales"][sold] + max(1.0, float(daily["sales"].max())) * 0.06
        axes.scatter(days[sold], heights, label=say("insights.charts.sold"), linewidth=0.5, **look)


def _bars_first(figure: Figure, axes: Axes) -> None:
    """The key: both kinds of bars, and after them the triangles, where there are any."""
    handles, labels = axes.get_legend_handles_labels()
    bars = len(handles) - 2
    order = [*range(bars, len(handles)), *range(bars)]
    named = ([handles[place] for place in order], [labels[place] for place in order])
    figure.legend(*named, ncols=2, loc="outside lower center")
