"""The pictures of a month's inbox, each with its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from simulator.insights import inbox_picture_words as words
from simulator.insights.deeds import Deeds, deeds
from simulator.insights.drawing import (
    BLUE,
    GREEN,
    INK,
    ORANGE,
    PURPLE,
    SKY,
    VERMILLION,
    Chart,
    draw_chart,
    grid,
)
from simulator.insights.heat import draw_heat, outline, week_axes
from simulator.insights.inbox_metrics import Inbox, work_hours
from simulator.insights.presence import hours_there, minutes_there, spans
from simulator.insights.tables import Insights
from simulator.insights.words import percent, short_date
from simulator.network.work import TASKS
from simulator.texts import say
from simulator.units import DAYS_PER_WEEK, HOURS_PER_DAY, MINUTES_PER_DAY, MINUTES_PER_HOUR

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from simulator.network.month import Played

TASK_LOOKS: Final[Mapping[str, tuple[str, str]]] = {
    "production": (BLUE, ""),
    "reply": (ORANGE, "////"),
    "moderation": (VERMILLION, "\\\\\\\\"),
    "escalation": (GREEN, "...."),
    "reading": (SKY, ""),
    "switching": (PURPLE, "xxxx"),
}
"""Colour and hatch of each kind of work."""

TIME_TICKS: Final = (1, 10, 60, 360, 1_440, 10_080)
"""Minutes to read response times by: to a week."""


def arrivals_chart(insights: Insights) -> Chart:
    """Messages by weekday and hour, and the hours in which somebody was there."""
    cells, there = arrivals(insights.inbox), hours_there(minutes_there(insights.month))

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        draw_heat(figure, axes, cells, say("inbox.charts.arrivals_scale"))
        if (there >= words.FRAMED).any():
            outline(axes, there >= words.FRAMED)
        week_axes(axes)
        axes.set_xlim(-0.15, 24.15)
        axes.set_ylim(7.15, -0.15)

    return draw_chart(
        "inbox-arrivals", draw, 3.3, words.arrivals_words(insights, cells, there), bool(cells.sum())
    )


def backlog_chart(insights: Insights) -> Chart:
    """Messages that wait, hour by hour, with hard days and the page's first word."""
    month, waiting = insights.month, insights.inbox.backlog

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        for begin, end in spans(minutes_there(month)):
            axes.axvspan(begin / MINUTES_PER_DAY, end / MINUTES_PER_DAY, color=SKY, alpha=0.28, linewidth=0)
        at = np.arange(len(waiting)) / HOURS_PER_DAY
        axes.plot(at, waiting, color=BLUE, linewidth=1.6, drawstyle="steps-post")
        top = max(1.0, float(waiting.max()))
        axes.set_ylim(0, top * 1.25)
        _hard_days(axes, month, top)
        axes.set_ylabel(say("inbox.charts.backlog_y"))
        _dates(axes, month)
        _whole(axes)
        grid(axes)

    something = bool(len(insights.inbox.messages))
    return draw_chart("inbox-backlog", draw, 3.1, words.backlog_words(insights), something)


def response_chart(insights: Insights) -> Chart:
    """The share of conversations answered within any time: by a person, and with canned replies."""
    found = insights.inbox
    by_person, by_any = (
        minutes[found.due]
        for minutes in (found.conversations.response_minutes, found.conversations.answer_minutes)
    )

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        longest = max(2_880.0, float(np.nanmax(by_any, initial=0.0, where=~np.isnan(by_any))))
        if not np.array_equal(by_any, by_person, equal_nan=True):
            look: dict[str, Any] = {"color": GREEN, "linestyle": "--"}
            axes.plot(*curve(by_any, longest), label=say("inbox.charts.with_canned"), **look)
        axes.plot(*curve(by_person, longest), color=BLUE, label=say("inbox.charts.by_person"))
        for minutes in (MINUTES_PER_HOUR, MINUTES_PER_DAY):
            _mark(axes, minutes, float(np.mean(by_any <= minutes)))
        _time_axis(axes, longest)
        axes.set_ylim(0, 108)
        axes.set_yticks(range(0, 101, 20))
        axes.set_ylabel(say("inbox.charts.response_y"))
        grid(axes)
        figure.legend(ncols=2, loc="outside upper center")

    something = bool((~np.isnan(by_any)).any())
    return draw_chart("inbox-response", draw, 3.2, words.response_words(found), something)


def deeds_chart(insights: Insights) -> Chart:
    """What came, by true kind, against what was done with it."""
    table = deeds(insights.inbox.messages)

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        shares = table.counts / table.counts.sum(axis=1, keepdims=True)
        for row, column in np.argwhere(table.counts).tolist():
            _cell(axes, table, row, column, float(shares[row, column]))
        axes.set_xlim(0, len(table.names))
        axes.set_ylim(len(table.kinds), 0)
        titles = [say(f"inbox.deeds.{name.replace(' ', '_')}") for name in table.names]
        axes.set_xticks(np.arange(len(titles)) + 0.5, titles, fontsize=7)
        kinds = [
            say("inbox.charts.kind_count", kind=say(f"inbox.kinds.{kind}"), count=f"{count:,}")
            for kind, count in zip(table.kinds, table.counts.sum(axis=1).tolist(), strict=True)
        ]
        axes.set_yticks(np.arange(len(kinds)) + 0.5, kinds)
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)

    height = 0.9 + 0.36 * len(table.kinds)
    return draw_chart("inbox-deeds", draw, height, words.deeds_words(table), bool(len(table.kinds)))


def work_chart(insights: Insights) -> Chart:
    """Hours by day and task, under the hours of shift."""
    month, work = insights.month, insights.month.log.work
    hours = work_hours(work, month.log.days) if work is not None else np.zeros((0, len(TASKS)))

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        assert work is not None
        days, below = np.arange(len(hours)) + 0.5, np.zeros(len(hours))
        for task, (colour, hatch) in TASK_LOOKS.items():
            column = hours[:, TASKS.index(task)]
            if column.any():
                look: dict[str, Any] = {"color": colour, "hatch": hatch, "width": 0.8}
                axes.bar(days, column, bottom=below, label=say(f"inbox.tasks.{task}"), **look)
                below = below + column
        shift = np.asarray(work.shift_minutes_by_day, np.float64) / MINUTES_PER_HOUR
        axes.stairs(shift, np.arange(len(shift) + 1), color=INK, label=say("inbox.charts.shift"))
        axes.set_ylabel(say("insights.units.hours"))
        axes.set_ylim(0, max(1.0, float(shift.max(initial=0)), float(below.max())) * 1.1)
        _dates(axes, month, 0.5)
        grid(axes)
        figure.legend(ncols=3, loc="outside lower center", columnspacing=1.2, handlelength=1.4)

    return draw_chart("inbox-work", draw, 3.4, words.work_words(hours), bool(hours.sum()))


INBOX_CHARTS: Final[Mapping[str, Callable[[Insights], Chart]]] = {
    "inbox-arrivals": arrivals_chart,
    "inbox-backlog": backlog_chart,
    "inbox-response": response_chart,
    "inbox-deeds": deeds_chart,
    "inbox-work": work_chart,
}
"""Every picture of the inbox by name, in the order of the report."""


# ---------------------------------------------------------------- parts of pictures


def arrivals(found: Inbox) -> NDArray[np.int64]:
    """(7, 24) messages by weekday and hour."""
    hours = (found.messages.time // MINUTES_PER_HOUR).astype(np.int64) % (DAYS_PER_WEEK * HOURS_PER_DAY)
    cells = np.bincount(hours, minlength=DAYS_PER_WEEK * HOURS_PER_DAY)
    return cells.reshape(DAYS_PER_WEEK, HOURS_PER_DAY)


def curve(minutes: NDArray[np.float64], longest: float) -> tuple[Any, Any]:
    """Times and the percentage answered by then, as corners of steps; what is unanswered stays away.

    >>> [part.tolist() for part in curve(np.array([5.0, np.nan]), 60.0)]
    [[1.0, 5.0, 5.0, 60.0], [0.0, 0.0, 50.0, 50.0]]
    """
    times = np.maximum(np.sort(minutes[~np.isnan(minutes)]), 1.0)
    shares = 100 * np.arange(len(times) + 1) / max(1, len(minutes))
    return np.concatenate([[1.0], np.repeat(times, 2), [longest]]), np.repeat(shares, 2)


def _mark(axes: Axes, minutes: int, share: float) -> None:
    axes.axvline(minutes, color=VERMILLION, linestyle=":", linewidth=1.4)
    text = say("inbox.charts.mark", time=words.lasting(minutes), share=percent(share, 0))
    axes.text(minutes * 0.94, 103, text, ha="right", va="center", fontsize=8.5)


def _time_axis(axes: Axes, longest: float) -> None:
    from matplotlib.ticker import NullLocator

    axes.set_xscale("log")
    axes.set_xlim(1, longest)
    ticks = [minutes for minutes in TIME_TICKS if minutes <= longest]
    axes.set_xticks(ticks, [words.lasting(minutes) for minutes in ticks])
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xlabel(say("inbox.charts.response_x"))


def _cell(axes: Axes, table: Deeds, row: int, column: int, share: float) -> None:
    from matplotlib.patches import Rectangle

    wrong = table.is_wrong(row, column)
    look: dict[str, Any] = {"facecolor": VERMILLION if wrong else BLUE, "alpha": 0.12 + 0.5 * share}
    axes.add_patch(Rectangle((column + 0.03, row + 0.05), 0.94, 0.9, linewidth=0, **look))
    if wrong:
        frame: dict[str, Any] = {"facecolor": "none", "edgecolor": VERMILLION, "linewidth": 1.4}
        axes.add_patch(Rectangle((column + 0.04, row + 0.07), 0.92, 0.86, **frame))
    weight = "bold" if wrong else "normal"
    place: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 9, "weight": weight}
    axes.text(column + 0.5, row + 0.5, f"{table.counts[row, column]:,}", **place)


def _hard_days(axes: Axes, month: Played, top: float) -> None:
    """A line where each hard day began, its name, and a triangle at the page's first word."""
    for incident in month.log.incidents:
        begin = incident.begin_time / MINUTES_PER_DAY
        axes.axvline(begin, color=VERMILLION, linestyle="--", linewidth=1.3)
        right = begin < 0.7 * month.log.days
        place: dict[str, Any] = {"ha": "left" if right else "right", "va": "center", "fontsize": 8.5}
        shift = 0.004 * month.log.days * (1 if right else -1)
        axes.text(begin + shift, top * 1.19, words.incident_title(incident.kind), **place)
        if np.isfinite(incident.answered_time):
            word = incident.answered_time / MINUTES_PER_DAY
            look: dict[str, Any] = {
                "marker": "^",
                "s": 40,
                "color": GREEN,
                "edgecolor": INK,
                "linewidth": 0.5,
            }
            axes.scatter([word], [top * 1.08], zorder=3, **look)


def _dates(axes: Axes, month: Played, shift: float = 0.0) -> None:
    """Dates under the days, ``shift`` days after their midnight."""
    days = month.log.days
    step = max(1, -(-days // 9)) if days < 14 else DAYS_PER_WEEK * -(-days // 63)
    ticks = np.arange(0, days, step)
    dates = [short_date(month.log.begin + timedelta(days=int(day))) for day in ticks]
    axes.set_xticks(ticks + shift, dates)
    axes.set_xlim(0, days)


def _whole(axes: Axes) -> None:
    from matplotlib.ticker import MaxNLocator

    axes.yaxis.set_major_locator(MaxNLocator("auto", integer=True, min_n_ticks=1))
