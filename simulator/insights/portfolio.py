"""A portfolio's month: a month of every page, what their clients pay, and the figures of all together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulator.insights.inbox_metrics import work_hours
from simulator.insights.month import Month, month_of
from simulator.insights.portfolio_figures import page_figures, pay_figures, portfolio_figures
from simulator.network.pay import Pay
from simulator.network.portfolio import PlayedPortfolio, play_portfolio
from simulator.network.work import TASKS
from simulator.playbook.assignment import Assignment
from simulator.playbook.shifts import ShiftPlan
from simulator.units import DAYS_PER_MONTH, MINUTES_PER_DAY, MINUTES_PER_HOUR
from simulator.world.clients import DEFAULT_PEOPLE

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class PortfolioMonth:
    """The result of :func:`run_portfolio`, in the order of the pages.

    ``months``: a :class:`Month` of each page, with its insights and, as its playbook's shifts, those in
    which somebody was there for it.
    """

    played: PlayedPortfolio
    months: tuple[Month, ...]

    @property
    def assignments(self) -> tuple[Assignment, ...]:
        """The pages as they were handed in."""
        return self.played.assignments

    @cached_property
    def pay(self) -> pd.DataFrame:
        """One row per page: what its client owes, keeps back and pays, and whether it stays."""
        return _frame([pay_figures(one, pay) for one, pay in zip(self.assignments, self._pay, strict=True)])

    @cached_property
    def pages(self) -> pd.DataFrame:
        """One row per page: posts, people answered, hours by task, pay."""
        return _frame(self._page_figures)

    @cached_property
    def summary(self) -> dict[str, Any]:
        """The portfolio in figures: plain numbers in a fixed order, and under ``by_page`` a row per page."""
        return portfolio_figures(self.played, self.months) | {"by_page": self._page_figures}

    @cached_property
    def hours(self) -> Floats:
        """(pages, days, tasks) hours of work by the day they began, in the order of ``TASKS``."""
        days = self.months[0].days
        logs = [month.log.work for month in self.months]
        empty = np.zeros((days, len(TASKS)))
        return np.stack([empty if work is None else work_hours(work, days) for work in logs])

    @cached_property
    def shift_hours(self) -> Floats:
        """(days,) hours somebody was on shift."""
        hours = np.zeros(self.months[0].days)
        for shift in self.played.rota:
            hours[int(shift.begin) // MINUTES_PER_DAY] += (shift.end - shift.begin) / MINUTES_PER_HOUR
        return hours

    @property
    def _pay(self) -> tuple[Pay, ...]:
        return self.played.pay

    @cached_property
    def _page_figures(self) -> list[dict[str, Any]]:
        rows = zip(self.assignments, self.months, self._pay, self.hours, strict=True)
        return [page_figures(one, month, pay, hours.sum(axis=0)) for one, month, pay, hours in rows]


def run_portfolio(
    assignments: Sequence[Assignment],
    shifts: ShiftPlan,
    *,
    seed: int = 1,
    people: int = DEFAULT_PEOPLE,
    days: int = DAYS_PER_MONTH,
    day_done: Callable[[int], None] | None = None,
) -> PortfolioMonth:
    """Play a month of one to eight pages under one pair of hands, each in the world ``seed`` of its client.

    ``shifts``: when somebody is there, for whichever page needs it or for one by its name; posts are made
    in these hours, too. The same arguments always give the same month. Raises SimulatorError for no page,
    more than eight, two of one name, months that begin apart, or a shift for a page that is not there.

    >>> from simulator.playbook.playbook import Playbook
    >>> from simulator.playbook.shifts import Shift
    >>> from simulator.world.clients import load_client
    >>> pages = [Assignment(name, load_client(name), Playbook.empty()) for name in ("salon", "academy")]
    >>> month = run_portfolio(pages, ShiftPlan((Shift((0, 2, 4), 540, 600),)), people=1_000, days=7)
    >>> month.summary["pages"], month.summary["hours"], list(month.pay["page"])
    (2, 3.0, ['salon', 'academy'])
    """
    played = play_portfolio(assignments, shifts, seed=seed, people=people, days=days, day_done=day_done)
    months = zip(played.assignments, played.months, strict=True)
    return PortfolioMonth(played, tuple(_with_shifts(one, month_of(month), shifts) for one, month in months))


def _with_shifts(one: Assignment, month: Month, shifts: ShiftPlan) -> Month:
    """The month of a page under the shifts in which somebody was there for it."""
    return replace(month, page=one.page, playbook=replace(month.playbook, shifts=shifts.for_page(one.page)))


def _frame(rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows)
