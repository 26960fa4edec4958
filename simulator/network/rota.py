"""The rota: when hands are there, as stretches of time on the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from simulator.errors import SimulatorError, did_you_mean
from simulator.network.desk import OnShift
from simulator.playbook.shifts import ShiftPlan
from simulator.texts import say
from simulator.units import DAYS_PER_WEEK, MINUTES_PER_DAY, MINUTES_PER_HOUR

_WORKING_DAYS = 5


def on_shift(
    plan: ShiftPlan | None, month_start: date, days: int, pages: Sequence[str]
) -> tuple[OnShift, ...]:
    """The shifts of ``days`` days in order of time, each for one of ``pages`` (by its place) or for any.

    Raises SimulatorError for a shift of another page.
    """
    found = []
    for day in range(days) if plan is not None else ():
        assert plan is not None
        for begin, end, page in plan.on_day(day, month_start):
            only = _place(page, pages) if page else None
            midnight = day * MINUTES_PER_DAY
            found.append(OnShift(midnight + begin, midnight + end, only))
    return tuple(sorted(found))


def _place(page: str, pages: Sequence[str]) -> int:
    if page not in pages:
        raise SimulatorError(say("portfolio.unknown_page", page=page, hint=did_you_mean(page, pages)))
    return pages.index(page)


def former_rota(hours: Sequence[int], start: int, days: int) -> tuple[OnShift, ...]:
    """When the former manager looked into the inbox: these hours of working days, from ``start`` on."""
    return tuple(
        OnShift(
            start + day * MINUTES_PER_DAY + hour * MINUTES_PER_HOUR,
            start + day * MINUTES_PER_DAY + (hour + 1) * MINUTES_PER_HOUR,
        )
        for day in range(days)
        if day % DAYS_PER_WEEK < _WORKING_DAYS
        for hour in sorted(hours)
    )
