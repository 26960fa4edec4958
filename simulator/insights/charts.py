"""The pictures of a month, each with its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.insights.drawing import (
    BLUE,
    GREEN,
    INK,
    ORANGE,
    SKY,
    VERMILLION,
    Chart,
    draw_chart,
    grid,
)
from simulator.insights.heat import draw_heat, week_axes
from simulator.insights.tables import Insights
from simulator.insights.words import (
    audience_words,
    followers_words,
    group_title,
    hours_words,
    posts_words,
    ranked,
    sales_words,
    selling_posts,
    short_date,
    when,
)
from simulator.texts import say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PURPOSE_MARKS: Final[Mapping[str, tuple[str, str]]] = {
    "inform": ("o", BLUE),
    "entertain": ("s", ORANGE),
    "talk": ("^", GREEN),
    "sell": ("D", VERMILLION),
}
"""Shape and colour of a post by its purpose."""


def followers_chart(insights: Insights) -> Chart:
    """Followers at each day's end, and under it those won and lost."""
    daily, words = insights.daily, followers_words(insights)

    def draw(figure: Figure) -> None:
        over, under = figure.subplots(2, 1, sharex=True, height_ratios=(3, 2))
        days = _day_axis(under, daily)
        over.plot(days, daily["followers"], color=BLUE, linewidth=2, marker="o", markersize=3)
        over.set_ylabel(say("insights.titles.followers"))
        under.bar(days, daily["new_followers"], color=GREEN, label=say("insights.titles.new_followers"))
        losses: dict[str, Any] = {
            "color": VERMILLION,
            "hatch": "////",
            "label": say("insights.titles.unfollows"),
        }
        under.bar(days, -daily["unfollows"], **losses)
        under.axhline(0, color=INK, linewidth=0.8)
        under.yaxis.set_major_formatter(lambda value, _: f"{abs(value):,.0f}")
        over.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        _whole_numbers(over, under)
        under.legend(ncols=2, loc="upper center", bbox_to_anchor=(0.5, 1.3))
        grid(over, under)

    return draw_chart(
        "followers", draw, 3.9, words, bool(daily["followers"].sum() + daily["unfollows"].sum())
    )


def posts_chart(insights: Insights) -> Chart:
    """Posts by reach and engagement rate, shaped by purpose, the best and the worst named."""
    seen = insights.posts[insights.posts["reach"] > 0]
    words = posts_words(seen)

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        for purpose, (shape, colour) in PURPOSE_MARKS.items():
            some = seen[seen["purpose"] == purpose]
            look: dict[str, Any] = {
                "marker": shape,
                "color": colour,
                "edgecolor": INK,
                "linewidth": 0.5,
                "s": 46,
                "clip_on": False,
            }
            title = say(f"insights.purposes.{purpose}")
            axes.scatter(some["reach"], some["engagement_rate"] * 100, label=title, **look)
        _reach_axis(axes, seen["reach"])
        axes.set_ylim(0, max(0.1, 115 * float(seen["engagement_rate"].max())) if len(seen) else 1)
        axes.set_ylabel(say("insights.charts.posts_y"))
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        grid(axes)
        axes.grid(axis="x", color=INK, alpha=0.12)
        figure.legend(ncols=4, loc="outside upper center")
        _name_posts(figure, axes, seen)

    return draw_chart("posts", draw, 4.2, words, not seen.empty)


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
            spots = np.add(slots, (0.2, 0.22))
            look: dict[str, Any] = {
                "marker": "o",
                "color": "white",
                "edgecolor": "black",
                "linewidth": 0.8,
                "s": 16,
            }
            axes.scatter(spots[:, 0], spots[:, 1], label=say("insights.charts.posted"), **look)
            figure.legend(loc="outside upper right")
        week_axes(axes)

    return draw_chart("hours", draw, 3.3, words, bool(cells.sum()))


def audience_chart(insights: Insights) -> Chart:
    """Followers at the end by age, gender and city, with those won and lost."""
    audience = insights.audience
    words = audience_words(audience)

    def draw(figure: Figure) -> None:
        ways = list(dict.fromkeys(audience["by"]))
        panels = figure.subplots(1, len(ways))
        colours = (BLUE, ORANGE, GREEN)
        for axes, by, colour in zip(panels, ways, colours, strict=True):
            _audience_panel(axes, audience[audience["by"] == by], colour)
            axes.set_title(say(f"insights.charts.by_{by}"))

    return draw_chart("audience", draw, 3.2, words, bool(audience["followers"].sum()))


def sales_chart(insights: Insights) -> Chart:
    """Sales by day, those to followers apart, with the days on which selling posts went out."""
    daily, posts = insights.daily, insights.posts
    words = sales_words(insights)

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        days = _day_axis(axes, daily)
        known = daily["sales"] - daily["sales_to_others"]
        axes.bar(days, known, color=BLUE, label=say("insights.charts.sales_known"))
        look: dict[str, Any] = {
            "color": SKY,
            "hatch": "\\\\\\\\",
            "label": say("insights.titles.sales_to_others"),
        }
        axes.bar(days, daily["sales_to_others"], bottom=known, **look)
        sold = daily["date"].isin(selling_posts(posts)["posting_time"].dt.normalize())
        height = max(1.0, float(daily["sales"].max()))
        marks: dict[str, Any] = {
            "marker": "v",
            "s": 44,
            "color": VERMILLION,
            "edgecolor": INK,
            "linewidth": 0.5,
        }
        spots = days[sold.to_numpy()]
        if len(spots):
            axes.scatter(
                spots, daily["sales"][sold] + height * 0.06, label=say("insights.charts.sold"), **marks
            )
        axes.set_ylim(0, height * 1.15)
        axes.set_ylabel(say("insights.titles.sales"))
        _whole_numbers(axes)
        grid(axes)
        figure.legend(ncols=3, loc="outside upper center")

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
    """Put dates under the days; returns the days' positions."""
    days = np.arange(len(daily))
    step = max(1, -(-len(days) // 9)) if len(days) < 14 else 7 * -(-len(days) // 63)
    ticks = days[::step]
    axes.set_xticks(ticks, [short_date(daily["date"][int(day)]) for day in ticks])
    axes.set_xlim(-0.7, len(days) - 0.3)
    return days


def _whole_numbers(*many: Axes) -> None:
    from matplotlib.ticker import MaxNLocator

    for axes in many:
        axes.yaxis.set_major_locator(MaxNLocator("auto", integer=True, min_n_ticks=1))


def _reach_axis(axes: Axes, reach: pd.Series[Any]) -> None:
    """Reach from 0, or in equal ratios where the posts differ more than a line can show."""
    low, high = (float(reach.min()), float(reach.max())) if len(reach) else (0.0, 10.0)
    if high > 8 * low > 0:
        from matplotlib.ticker import LogLocator, NullLocator

        axes.set_xscale("log")
        axes.set_xlim(low / 1.3, high * 1.3)
        axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axes.xaxis.set_minor_locator(NullLocator())
        axes.set_xlabel(say("insights.charts.posts_x_ratios"))
    else:
        axes.set_xlim(0, high * 1.12)
        axes.set_xlabel(say("insights.charts.posts_x"))


def _audience_panel(axes: Axes, rows: pd.DataFrame, colour: str) -> None:
    places = np.arange(len(rows))
    axes.barh(places, rows["followers"], color=colour, height=0.7)
    most = max(1, int(rows["followers"].max()))
    for place, row in zip(places, rows.to_dict("records"), strict=True):
        label = f"{row['followers']:,}  (+{row['new_followers']:,} −{row['unfollows']:,})"
        axes.text(row["followers"] + most * 0.03, float(place), label, va="center", fontsize=8)
    axes.set_yticks(places, [group_title(str(group)) for group in rows["group"]])
    axes.set_xlim(0, most * 2.1)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(max(len(rows), 5) - 0.4, -0.6)


def _name_posts(figure: Figure, axes: Axes, seen: pd.DataFrame) -> None:
    """Letter the three posts with the most engagements and the three with the fewest; a key beside."""
    order = ranked(seen).to_dict("records")
    groups = {"most": order[:3], "fewest": order[max(3, len(order) - 3) :]}
    letters = iter("ABCDEF")
    places = axes.transAxes.inverted().transform(axes.transData.transform(_spots(seen)))
    taken: list[Box] = [(x - 0.012, y - 0.02, x + 0.012, y + 0.02) for x, y in places]
    for side, (group, rows) in zip(("upper", "lower"), groups.items(), strict=True):
        named = [(next(letters), row) for row in rows]
        for letter, row in named:
            taken.append(_write_beside(axes, row, letter, taken))
        if named:
            key = [f"{letter}  {when(row['posting_time'])}" for letter, row in named]
            _key(figure, key, say(f"insights.charts.{group}"), f"outside right {side}")


def _write_beside(axes: Axes, row: Mapping[Any, Any], letter: str, taken: Sequence[Box]) -> Box:
    spot = (float(row["reach"]), row["engagement_rate"] * 100)
    start = axes.transAxes.inverted().transform(axes.transData.transform(spot))
    place, box = _free_place(start, 0.02, 0.05, taken)
    axes.text(*place, letter, transform=axes.transAxes, va="center", weight="bold", fontsize=9)
    return box


def _key(figure: Figure, lines: Sequence[str], title: str, place: str) -> None:
    from matplotlib.patches import Patch

    nothing = [Patch(visible=False) for _ in lines]
    look: dict[str, Any] = {"loc": place, "handlelength": 0, "handletextpad": 0, "fontsize": 8.5}
    figure.legend(nothing, lines, title=title, title_fontsize=8.5, alignment="left", **look)


def _spots(seen: pd.DataFrame) -> Any:
    return np.column_stack([seen["reach"], seen["engagement_rate"] * 100]).astype(float)


Box = tuple[float, float, float, float]


def _free_place(
    spot: Any, width: float, height: float, taken: Sequence[Box]
) -> tuple[tuple[float, float], Box]:
    """The nearest place beside ``spot`` for a label that covers least of what is there."""
    places: list[tuple[float, int, Box]] = []
    for away in (0.02, 0.04, 0.07):
        for up in (0, away, -away, 2 * away, -2 * away):
            for left in (spot[0] + away * 0.8, spot[0] - width / 2, spot[0] - away * 0.8 - width):
                box = (left, spot[1] + up - height / 2, left + width, spot[1] + up + height / 2)
                outside = box[0] < 0.005 or box[2] > 1.0 or box[1] < 0.005 or box[3] > 1.02
                cover = sum(_overlap(box, other) for other in taken)
                places.append((300 * cover + away + abs(up) / 4 + 100 * outside, len(places), box))
    _, _, best = min(places)
    return (best[0], (best[1] + best[3]) / 2), best


def _overlap(one: Box, other: Box) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0.0
