"""The picture of posts: each by how many people saw it and how many of them did something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.insights.drawing import (
    BLUE,
    FAINT,
    GREEN,
    INK,
    ORANGE,
    VERMILLION,
    Chart,
    draw_chart,
    grid,
)
from simulator.insights.picture_words import FEW_REACHED, posts_words
from simulator.insights.tables import Insights
from simulator.insights.words import ends, when
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


def posts_chart(insights: Insights) -> Chart:
    """Posts by reach and engagement rate, shaped by purpose, the best and the worst named."""
    seen = insights.posts[insights.posts["reach"] > 0]

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        for purpose in PURPOSE_MARKS:
            _marks(axes, purpose, seen[seen["purpose"] == purpose])
        _reach_axis(axes, seen["reach"])
        axes.set_ylim(0, max(0.1, 115 * float(seen["engagement_rate"].max())))
        axes.set_ylabel(say("insights.charts.posts_y"))
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        grid(axes)
        axes.grid(axis="x", color=INK, alpha=0.12)
        legend: dict[str, Any] = {"ncols": 4, "columnspacing": 1.2, "handletextpad": 0.2}
        figure.legend(loc="outside upper center", **legend)
        _name_posts(figure, axes, seen)

    return draw_chart("posts", draw, 4.4, posts_words(seen), not seen.empty)


def _marks(axes: Axes, purpose: str, posts: pd.DataFrame) -> None:
    """The posts of one purpose; those that few people saw are faint, for their rate is mostly luck."""
    shape, colour = PURPOSE_MARKS[purpose]
    look: dict[str, Any] = {"marker": shape, "color": colour, "edgecolor": INK, "linewidth": 0.5, "s": 36}
    few = posts["reach"] < FEW_REACHED
    title = say(f"insights.purposes.{purpose}")
    axes.scatter([], [], label=title, **look)
    for some, strength in ((posts[~few], 1.0), (posts[few], FAINT)):
        rates = some["engagement_rate"] * 100
        axes.scatter(some["reach"], rates, alpha=strength, clip_on=False, **look)


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


def _name_posts(figure: Figure, axes: Axes, seen: pd.DataFrame) -> None:
    """Letter the posts with the most engagements and those with the fewest; a key below."""
    best, worst = (rows.to_dict("records") for rows in ends(seen))
    letters = dict(zip("ABCDEF", [*best, *worst], strict=False))
    places = axes.transAxes.inverted().transform(axes.transData.transform(_spots(seen)))
    taken: list[Box] = [(x - 0.012, y - 0.02, x + 0.012, y + 0.02) for x, y in places]
    for letter, row in letters.items():
        taken.append(_write_beside(axes, row, letter, taken))
    lines = [f"{letter}  {when(row['posting_time'])}" for letter, row in letters.items()]
    _key(figure, lines[: len(best)], lines[len(best) :])


def _key(figure: Figure, best: Sequence[str], worst: Sequence[str]) -> None:
    """Two columns under the picture: the posts with the most and with the fewest engagements."""
    from matplotlib.patches import Patch

    columns = [[say("insights.charts.most"), *best]]
    if worst:
        columns.append([say("insights.charts.fewest"), *worst])
    lines = [line for column in zip(*zip_longest(*columns, fillvalue=" "), strict=True) for line in column]
    nothing = [Patch(visible=False) for _ in lines]
    look: dict[str, Any] = {"handlelength": 0, "handletextpad": 0, "fontsize": 8.5, "ncols": len(columns)}
    figure.legend(nothing, lines, loc="outside lower center", alignment="left", columnspacing=3, **look)


def _write_beside(axes: Axes, row: Mapping[Any, Any], letter: str, taken: Sequence[Box]) -> Box:
    """The letter, and a line from it to its post where it stands apart."""
    spot = (float(row["reach"]), row["engagement_rate"] * 100)
    start = axes.transAxes.inverted().transform(axes.transData.transform(spot))
    place, box = _free_place(start, 0.02, 0.05, taken)
    look: dict[str, Any] = {"va": "center", "ha": "center", "weight": "bold", "fontsize": 9}
    axes.text(*place, letter, transform=axes.transAxes, **look)
    line: dict[str, Any] = {"color": INK, "linewidth": 0.9, "zorder": 0.9, "clip_on": False}
    axes.plot(*leader(start, place), transform=axes.transAxes, **line)
    return box


def leader(spot: Any, place: tuple[float, float]) -> tuple[list[float], list[float]]:
    """The line from a post towards its letter at ``place``, up to the letter's edge.

    >>> leader((0.0, 0.0), (0.0, 0.12))
    ([0.0, 0.0], [0.0, 0.09])
    """
    part = max(0.0, 1 - 0.03 / max(float(np.hypot(place[0] - spot[0], place[1] - spot[1])), 1e-9))
    ends = [
        (float(start), float(start + part * (end - start))) for start, end in zip(spot, place, strict=True)
    ]
    return list(ends[0]), list(ends[1])


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
    return ((best[0] + best[2]) / 2, (best[1] + best[3]) / 2), best


def _overlap(one: Box, other: Box) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0.0
