"""Shifts: when somebody is there for the page, day by day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from simulator.units import DAYS_PER_WEEK, MINUTES_PER_HOUR

WEEKDAYS: tuple[str, ...] = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

EVERY_DAY: tuple[int, ...] = tuple(range(DAYS_PER_WEEK))

Stretch = tuple[int, int, str]
"""First minute of a day, the minute after the last, and the page ("" for whichever needs it)."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Work from one minute of the day to another, on weekdays or on one date.

    ``days``: weekdays in order, Monday is 0; () with a ``date``. Minutes count from midnight; a
    shift of no minutes on a date is a day off. ``page``: the one worked for; "" is whichever needs it.
    ``line``: where it stands in its file, if it came from one.
    """

    days: tuple[int, ...]
    start_minutes: int
    end_minutes: int
    page: str = ""
    date: date | None = None
    line: int | None = field(default=None, compare=False)

    @property
    def minutes(self) -> int:
        """How long it is."""
        return self.end_minutes - self.start_minutes


@dataclass(frozen=True)
class ShiftPlan:
    """The shifts in the order of their file.

    >>> plan = ShiftPlan((Shift((0, 1, 2, 3, 4), 480, 720), Shift((), 600, 660, date=date(2027, 3, 2))))
    >>> plan.on_day(0, date(2027, 3, 1)), plan.on_day(1, date(2027, 3, 1)), plan.hours_per_week
    (((480, 720, ''),), ((600, 660, ''),), 20.0)
    """

    shifts: tuple[Shift, ...] = ()

    def on_day(self, day_index: int, month_start: date) -> tuple[Stretch, ...]:
        """The stretches of work of a day, in order of time; ``month_start`` is day 0.

        What stands for a date replaces what its weekday says.
        """
        day = month_start + timedelta(days=day_index)
        return tuple(
            sorted((one.start_minutes, one.end_minutes, one.page) for one in self.of_date(day) if one.minutes)
        )

    def of_date(self, day: date) -> tuple[Shift, ...]:
        """The shifts that hold on a day of the calendar."""
        return self.dated(day) or self.of_weekday(day.weekday())

    def of_weekday(self, weekday: int) -> tuple[Shift, ...]:
        """The shifts of a weekday (Monday is 0) on which no date says otherwise."""
        return self._by_weekday[weekday]

    def dated(self, day: date) -> tuple[Shift, ...]:
        """The shifts of this very date."""
        return self._by_date.get(day, ())

    def for_page(self, page: str) -> ShiftPlan:
        """When somebody is there for ``page``: shifts of it and of whichever page needs it, as its own plan.

        A date on which there are only shifts of other pages is a day off.
        """
        kept = [replace(one, page="") for one in self.shifts if one.page in ("", page)]
        off = set(self._by_date) - {one.date for one in kept}
        return ShiftPlan((*kept, *(Shift((), 0, 0, date=day) for day in sorted(off))))

    @property
    def dates(self) -> tuple[date, ...]:
        """The dates that have shifts of their own, in order."""
        return tuple(sorted(self._by_date))

    @property
    def hours_per_week(self) -> float:
        """Hours of a week without dates of its own."""
        return sum(one.minutes * len(one.days) for one in self.shifts) / MINUTES_PER_HOUR

    @property
    def has_hands(self) -> bool:
        """Whether anybody is ever there."""
        return any(one.minutes for one in self.shifts)

    @cached_property
    def _by_weekday(self) -> tuple[tuple[Shift, ...], ...]:
        return tuple(tuple(one for one in self.shifts if weekday in one.days) for weekday in EVERY_DAY)

    @cached_property
    def _by_date(self) -> dict[date, tuple[Shift, ...]]:
        by_date: defaultdict[date, list[Shift]] = defaultdict(list)
        for one in self.shifts:
            if one.date is not None:
                by_date[one.date].append(one)
        return {day: tuple(shifts) for day, shifts in by_date.items()}


def clock(minutes: int) -> str:
    """Minutes of a day as they are written.

    >>> clock(485), clock(1440)
    ('08:05', '24:00')
    """
    return f"{minutes // MINUTES_PER_HOUR:02}:{minutes % MINUTES_PER_HOUR:02}"
