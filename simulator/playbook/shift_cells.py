"""The cells of a sheet of shifts: days and times of day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from simulator.errors import did_you_mean
from simulator.playbook.shifts import EVERY_DAY, WEEKDAYS
from simulator.playbook.trade_files import CellError, folded
from simulator.units import DAYS_PER_WEEK, HOURS_PER_DAY, MINUTES_PER_HOUR

DAILY = "daily"
IN_SWAHILI: tuple[str, ...] = (
    "Jumatatu",
    "Jumanne",
    "Jumatano",
    "Alhamisi",
    "Ijumaa",
    "Jumamosi",
    "Jumapili",
)
_NUMBERS = {
    name.casefold(): number
    for names in (WEEKDAYS, tuple(day[:3] for day in WEEKDAYS), IN_SWAHILI)
    for number, name in enumerate(names)
}
_ALL_NAMES = (*WEEKDAYS, *IN_SWAHILI, DAILY)
_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_RANGE = re.compile(r"\s*[-\u2013\u2014]\s*")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::00)?")
_hint = lru_cache(maxsize=4096)(did_you_mean)


class Days(NamedTuple):
    """Weekdays (Monday is 0), or one date."""

    weekdays: tuple[int, ...] = ()
    date: date | None = None


def read_days(value: str) -> Days:
    """A weekday, a range of them, every day, or a date; names are English or Swahili.

    >>> read_days("Mon-Fri").weekdays, read_days("Jumapili").weekdays, read_days("2027-03-09").date
    ((0, 1, 2, 3, 4), (6,), datetime.date(2027, 3, 9))
    """
    written = folded(value)
    if _DATE.fullmatch(written):
        return Days(date=_date(written))
    if written in (DAILY, "kila siku"):
        return Days(EVERY_DAY)
    first, *last = (_weekday(name, value) for name in _RANGE.split(written))
    if len(last) > 1:
        raise CellError("shifts.unknown_day", hint=_hint(value.strip(), _ALL_NAMES))
    length = (last[0] - first) % DAYS_PER_WEEK + 1 if last else 1
    return Days(tuple((first + step) % DAYS_PER_WEEK for step in range(length)))


def _weekday(name: str, value: str) -> int:
    if name.rstrip(".") not in _NUMBERS:
        raise CellError("shifts.unknown_day", value=value, hint=_hint(name, _ALL_NAMES))
    return _NUMBERS[name.rstrip(".")]


def _date(written: str) -> date:
    year, month, day = map(int, written.split("-"))
    try:
        found = date(year, month, day)
    except ValueError:
        raise CellError("shifts.no_such_date") from None
    if year in (date.min.year, date.max.year):  # their weeks leave the calendar
        raise CellError("shifts.no_such_date")
    return found


def read_time(value: str) -> int | None:
    """Minutes since midnight, up to 24:00; None for an empty cell.

    >>> read_time("08:30"), read_time("24:00")
    (510, 1440)
    """
    if not value.strip():
        return None
    found = _TIME.fullmatch(value.strip())
    if not found:
        raise CellError("shifts.bad_time")
    hour, minute = int(found[1]), int(found[2])
    if minute >= MINUTES_PER_HOUR:
        raise CellError("shifts.bad_minute")
    if hour * MINUTES_PER_HOUR + minute > HOURS_PER_DAY * MINUTES_PER_HOUR:
        raise CellError("shifts.bad_hour")
    return hour * MINUTES_PER_HOUR + minute


def written_days(weekdays: Sequence[int], day: date | None) -> Iterator[str]:
    """The days as :func:`read_days` takes them, a text for each stretch.

    >>> list(written_days((0, 1, 2, 5), None)), list(written_days((), date(2027, 3, 9)))
    (['Mon-Wed', 'Sat'], ['2027-03-09'])
    """
    if day is not None:
        yield day.isoformat()
    elif len(weekdays) == DAYS_PER_WEEK and weekdays[0] == 0:
        yield DAILY
    else:
        for first, last in _stretches(weekdays):
            yield _short(first) if first == last else f"{_short(first)}-{_short(last)}"


def _stretches(weekdays: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of weekdays that follow each other; Monday follows Sunday."""
    if not weekdays:
        return
    first = last = weekdays[0]
    for weekday in weekdays[1:]:
        if weekday != (last + 1) % DAYS_PER_WEEK:
            yield first, last
            first = weekday
        last = weekday
    yield first, last


def _short(weekday: int) -> str:
    return WEEKDAYS[weekday][:3]
