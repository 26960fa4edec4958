"""What is wrong with shifts taken together, and what a careful colleague would ask about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from simulator.errors import Problem, problem
from simulator.playbook.shifts import WEEKDAYS, Shift, ShiftPlan, clock
from simulator.units import DAYS_PER_WEEK, HOURS_PER_DAY, MINUTES_PER_HOUR

MOST_HOURS_A_DAY = 12
MOST_HOURS_A_WEEK = 60

Note = Callable[..., Problem]
Day = tuple[str, tuple[Shift, ...]]
"""A weekday's name or a date, and its shifts."""


def problems_of(plan: ShiftPlan, file: str) -> Iterator[Problem]:
    """Two shifts at one time, days off with work in them, and days of more than 24 hours."""
    told: set[tuple[int | None, int | None]] = set()
    for name, shifts in _days(plan):
        for first, second in _overlaps(shifts):
            if (first.line, second.line) not in told:
                told.add((first.line, second.line))
                yield _overlap(first, second, name, file)
    yield from _off_and_on(plan, file)
    for line, words in _longer_than(HOURS_PER_DAY, plan):
        yield problem("shifts.longer_than_a_day", file=file, line=line, column="Day", **words)


def warnings_of(plan: ShiftPlan, file: str) -> Iterator[Problem]:
    """Days and weeks longer than anybody works well, and weeks without a day off."""
    note: Note = partial(problem, file=file, severity="warning")
    impossible = [line for line, _ in _longer_than(HOURS_PER_DAY, plan)]
    for line, words in _longer_than(MOST_HOURS_A_DAY, plan):
        if line not in impossible:
            yield note("shifts.long_day", line=line, column="Day", **words)
    yield from _about_weeks(plan, note)


def _about_weeks(plan: ShiftPlan, note: Note) -> Iterator[Problem]:
    """What is to be asked of every week, and then of those with dates that it does not hold of anyway."""
    usual = [plan.of_weekday(weekday) for weekday in range(DAYS_PER_WEEK)]
    always = list(_about_a_week(usual, note, "", None))
    yield from always
    told = {found.rule for found in always}
    for monday in sorted({day - timedelta(days=day.weekday()) for day in plan.dates}):
        week = [plan.of_date(monday + timedelta(days=step)) for step in range(DAYS_PER_WEEK)]
        for found in _about_a_week(week, note, f"{monday}", _first_line(plan, monday)):
            if found.rule not in told:
                yield found


def _days(plan: ShiftPlan) -> Iterator[Day]:
    """Every weekday and every date that has shifts of its own."""
    for weekday, name in enumerate(WEEKDAYS):
        yield name, plan.of_weekday(weekday)
    for day in plan.dates:
        yield f"{day}", plan.dated(day)


def _overlaps(shifts: Sequence[Shift]) -> Iterator[tuple[Shift, Shift]]:
    """Each shift that begins before one that began earlier is over, with that one, by line."""
    longest: Shift | None = None
    for shift in sorted(shifts, key=lambda one: (one.start_minutes, one.end_minutes, one.line or 0)):
        if longest is not None and shift.start_minutes < longest.end_minutes:
            first, second = sorted((longest, shift), key=lambda one: one.line or 0)
            yield first, second
        if longest is None or shift.end_minutes > longest.end_minutes:
            longest = shift


def _overlap(first: Shift, second: Shift, day: str, file: str) -> Problem:
    words: dict[str, Any] = {"first": first.line, "day": day, "value": _written(second)}
    other = _written(first)
    return problem("shifts.overlap", file=file, line=second.line, column="Start", other=other, **words)


def _written(shift: Shift) -> str:
    return f"{clock(shift.start_minutes)}-{clock(shift.end_minutes)}"


def _off_and_on(plan: ShiftPlan, file: str) -> Iterator[Problem]:
    """A date that is a day off in one row and has work in another."""
    for day in plan.dates:
        off = [one for one in plan.dated(day) if not one.minutes]
        on = [one for one in plan.dated(day) if one.minutes]
        if off and on:
            words: dict[str, Any] = {"value": day, "first": on[0].line}
            yield problem("shifts.off_and_on", file=file, line=off[0].line, column="Day", **words)


def _longer_than(hours: int, plan: ShiftPlan) -> Iterator[tuple[int | None, dict[str, Any]]]:
    """The last row of each day with more hours, and the words that tell; a row once for all its days."""
    told: set[int | None] = set()
    for name, shifts in _days(plan):
        line = max((one.line or 0 for one in shifts), default=0) or None
        if _minutes(shifts) > hours * MINUTES_PER_HOUR and line not in told:
            told.add(line)
            yield line, {"value": name, "hours": f"{_minutes(shifts) / MINUTES_PER_HOUR:g}", "most": hours}


def _about_a_week(
    week: Sequence[Sequence[Shift]], note: Note, monday: str, line: int | None
) -> Iterator[Problem]:
    """What is to be asked of seven days; ``monday``: the first of them, or "" for every week."""
    hours = sum(map(_minutes, week)) / MINUTES_PER_HOUR
    place: dict[str, Any] = {"line": line, "column": "Day", "value": monday}
    if hours > MOST_HOURS_A_WEEK:
        yield note("shifts.long_week", hours=f"{hours:g}", most=MOST_HOURS_A_WEEK, **place)
    if all(map(_minutes, week)):
        yield note("shifts.no_day_off", **place)


def _minutes(shifts: Sequence[Shift]) -> int:
    return sum(one.minutes for one in shifts)


def _first_line(plan: ShiftPlan, monday: date) -> int | None:
    """The first line that says something of a date of the week."""
    week = (plan.dated(monday + timedelta(days=step)) for step in range(DAYS_PER_WEEK))
    return min((one.line or 0 for shifts in week for one in shifts), default=None)
