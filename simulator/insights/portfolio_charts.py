"""The pictures of a portfolio: where the hours went, and how full the days were."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.insights.drawing import BLUE, INK, VERMILLION, Chart, draw_chart, grid
from simulator.insights.inbox_charts import TASK_LOOKS
from simulator.insights.portfolio import Floats, PortfolioMonth
from simulator.insights.portfolio_words import FULL, days_words, hours_words
from simulator.insights.words import short_date
from simulator.network.work import TASKS
from simulator.texts import say
from simulator.units import DAYS_PER_WEEK

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def hours_chart(month: PortfolioMonth) -> Chart:
    """Hours by page and task, one bar a page."""
    by_page = month.hours.sum(axis=1)

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        totals = _stack(axes, by_page)
        for place, total in enumerate(totals.tolist()):
            axes.text(total + totals.max() * 0.01, place, f"{total:.1f}", va="center", fontsize=8.5)
        axes.set_yticks(np.arange(len(totals)), list(month.pages["page"]))
        axes.set_xlim(0, totals.max() * 1.12)
        axes.set_ylim(len(totals) - 0.4, -0.6)
        axes.set_xlabel(say("insights.units.hours"))
        axes.tick_params(axis="y", length=0)
        figure.legend(ncols=3, loc="outside lower center", columnspacing=1.2, handlelength=1.4)

    inches = 1.6 + 0.36 * len(by_page)
    return draw_chart("portfolio-hours", draw, inches, hours_words(month), bool(by_page.sum()))


def _stack(axes: Axes, by_page: Floats) -> Floats:
    """A bar a page of its hours by task; the hours of each."""
    places, before = np.arange(len(by_page)), np.zeros(len(by_page))
    for task, (colour, hatch) in TASK_LOOKS.items():
        column = by_page[:, TASKS.index(task)]
        if column.any():
            look: dict[str, Any] = {"color": colour, "hatch": hatch, "height": 0.7}
            axes.barh(places, column, left=before, label=say(f"inbox.tasks.{task}"), **look)
            before = before + column
    return before


def days_chart(month: PortfolioMonth) -> Chart:
    """Hours worked by day under the hours on shift; full days are hatched."""
    worked, shift = month.hours.sum(axis=(0, 2)), month.shift_hours

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        days = np.arange(len(worked)) + 0.5
        full = (shift > 0) & (worked >= FULL * shift)
        axes.bar(days, np.where(full, 0, worked), color=BLUE, label=say("portfolio.charts.worked"))
        if full.any():
            look: dict[str, Any] = {"color": VERMILLION, "hatch": "////"}
            axes.bar(days, np.where(full, worked, 0), label=say("portfolio.charts.full"), **look)
        axes.stairs(shift, np.arange(len(shift) + 1), color=INK, label=say("inbox.charts.shift"))
        axes.set_ylim(0, max(1.0, float(shift.max()), float(worked.max())) * 1.1)
        axes.set_ylabel(say("insights.units.hours"))
        _dates(axes, month)
        grid(axes)
        figure.legend(ncols=3, loc="outside lower center", columnspacing=1.2, handlelength=1.4)

    return draw_chart("portfolio-days", draw, 3.1, days_words(month), bool(shift.any()))


def _dates(axes: Axes, month: PortfolioMonth) -> None:
    """Dates under the days."""
    days, begin = len(month.shift_hours), month.months[0].log.begin
    step = max(1, -(-days // 9)) if days < 14 else DAYS_PER_WEEK * -(-days // 63)
    ticks = np.arange(0, days, step)
    axes.set_xticks(ticks + 0.5, [short_date(begin + timedelta(days=day)) for day in ticks.tolist()])
    axes.set_xlim(0, days)


PORTFOLIO_CHARTS: Final[Mapping[str, Callable[[PortfolioMonth], Chart]]] = {
    "portfolio-hours": hours_chart,
    "portfolio-days": days_chart,
}
"""Every picture of a portfolio by name, in the order of its report."""
