"""The days in a sheet of shifts: weekdays, stretches of them, and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from simulator.errors import did_you_mean
from simulator.playbook.date_cells import year_last_readings
from simulator.playbook.shifts import EVERY_DAY, WEEKDAYS
from simulator.playbook.trade_files import CellError, folded
from simulator.units import DAYS_PER_WEEK

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
SEVERAL: Mapping[str, tuple[int, ...]] = {
    **dict.fromkeys((DAILY, "every day", "everyday", "kila siku"), EVERY_DAY),
    **dict.fromkeys(("weekdays", "weekday", "working days", "siku za kazi"), EVERY_DAY[:5]),
    **dict.fromkeys(("weekend", "weekends", "wikendi", "mwisho wa wiki"), EVERY_DAY[5:]),
}
"""Days that have a name together."""
_ALL_NAMES = (*WEEKDAYS, *IN_SWAHILI, DAILY, "weekdays", "weekend")
_DATE = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_RANGE = re.compile(r"\s*[-\u2013\u2014]\s*|\s+(?:to|hadi)\s+")
_hint = lru_cache(maxsize=4096)(did_you_mean)


class Days(NamedTuple):
    """Weekdays (Monday is 0), or one date."""

    weekdays: tuple[int, ...] = ()
    date: date | None = None


def read_days(value: str) -> Days:
    """A weekday, a range of them, days with a name together, or a date; names are English or Swahili.

    >>> read_days("Mon-Fri").weekdays, read_days("weekend").weekdays, read_days("2027-03-09").date
    ((0, 1, 2, 3, 4), (5, 6), datetime.date(2027, 3, 9))
    """
    written = folded(value)
    if found := _DATE.fullmatch(written):
        return Days(date=_date(int(found[1]), int(found[3]), int(found[4])))
    readings = year_last_readings(written)
    if readings is not None:
        raise _year_last(readings)
    if written in SEVERAL:
        return Days(SEVERAL[written])
    first, *last = (_weekday(name, value) for name in _RANGE.split(written))
    if len(last) > 1:
        raise CellError("shifts.unknown_day", hint=_hint(value.strip(), _ALL_NAMES))
    length = (last[0] - first) % DAYS_PER_WEEK + 1 if last else 1
    return Days(tuple((first + step) % DAYS_PER_WEEK for step in range(length)))


def _weekday(name: str, value: str) -> int:
    if name.rstrip(".") not in _NUMBERS:
        raise CellError("shifts.unknown_day", value=value, hint=_hint(name, _ALL_NAMES))
    return _NUMBERS[name.rstrip(".")]


def _date(year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise CellError("shifts.no_such_date") from None
    if year in (date.min.year, date.max.year):  # their weeks leave the calendar
        raise CellError("shifts.no_such_date")
    return found


def _year_last(readings: Sequence[date]) -> CellError:
    """Why a date with its year at the end is refused: each way of reading it, as it should be written."""
    if not readings:
        return CellError("shifts.no_such_date")
    if len(readings) == 1:
        return CellError("shifts.date_as", date=readings[0])
    return CellError("shifts.ambiguous_date", first=readings[0], second=readings[1])


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
