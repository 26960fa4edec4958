"""Dates with a time of day in a cell: as a sheet wants them, and as people write them elsewhere."""

from __future__ import annotations

import re
from calendar import monthrange
from contextlib import suppress
from datetime import date, datetime, time

from simulator.playbook.date_cells import year_last_readings
from simulator.playbook.time_cells import read_time
from simulator.playbook.trade_files import CellError
from simulator.units import MINUTES_PER_HOUR

_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?:[t ](.+))?")
_TO_THE_SECOND = re.compile(r"([0-9]{1,2}):([0-9]{2}):([0-9]{2})")
_OF_A_MOMENT = {
    "shifts.bad_time": "plan.bad_date",
    "shifts.bad_hour": "plan.bad_hour",
    "shifts.bad_minute": "plan.bad_minute",
}
"""Rules of a time by itself, and those that say the same of a date with its time."""
_NO_TIME = "HH:mm"


def read_moment(value: str) -> datetime:
    """A date and time, ``2027-03-09 15:00``; CellError names the part that is wrong.

    >>> read_moment("2027-03-09 15:00")
    datetime.datetime(2027, 3, 9, 15, 0)
    >>> [written_moment(read_moment(f"2027-03-09 {time}")) for time in ("3 pm", "15.00", "15h30")]
    ['2027-03-09 15:00', '2027-03-09 15:00', '2027-03-09 15:30']
    """
    written = " ".join(value.split()).casefold()
    found = _YEAR_FIRST.fullmatch(written)
    if not found or int(found[1]) == 0:
        raise _no_moment(written)
    day = _day(int(found[1]), int(found[3]), int(found[4]))
    if not (found[5] or "").strip():
        raise CellError("plan.no_hour", date=day)
    return datetime.combine(day, _time_of(found[5], day))


def written_moment(moment: datetime) -> str:
    """``2027-03-09 15:00``, with seconds only if there are any.

    >>> written_moment(datetime(2027, 3, 9, 15))
    '2027-03-09 15:00'
    """
    return moment.isoformat(sep=" ", timespec="seconds" if moment.second else "minutes")


def _day(year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise CellError("plan.bad_month", month=f"{month:02}")
    last_day = monthrange(year, month)[1]
    if not 1 <= day <= last_day:
        raise CellError("plan.bad_day", month=f"{year:04}-{month:02}", last_day=last_day)
    return date(year, month, day)


def _time_of(written: str, day: date) -> time:
    """The time of day; what else it may be is shown with its date."""
    if found := _TO_THE_SECOND.fullmatch(written):
        return _clock(*map(int, found.groups()))
    try:
        minutes = read_time(written) or 0
    except CellError as wrong:
        words = {name: f"{day} {shown}" for name, shown in wrong.words.items()}
        raise CellError(_OF_A_MOMENT.get(wrong.rule, wrong.rule), **words) from None
    return _clock(*divmod(minutes, MINUTES_PER_HOUR))


def _clock(hour: int, minute: int, second: int = 0) -> time:
    if hour > 23:
        raise CellError("plan.bad_hour")
    if max(minute, second) > 59:
        raise CellError("plan.bad_minute")
    return time(hour, minute, second)


def _no_moment(written: str) -> CellError:
    """Why something is no moment: its year stands last, so each way to read it is shown, or it is none."""
    day, _, rest = written.partition(" ")
    readings = year_last_readings(day.removesuffix(",")) or []
    shown = [f"{reading} {_shown_time(rest, reading)}" for reading in readings]
    if not shown:
        return CellError("plan.bad_date")
    if len(shown) == 1:
        return CellError("shifts.date_as", date=shown[0])
    return CellError("shifts.ambiguous_date", first=shown[0], second=shown[1])


def _shown_time(written: str, day: date) -> str:
    """The time as it should be written; where it cannot be read, what to write."""
    with suppress(CellError):
        if written:
            return f"{_time_of(written, day):%H:%M}"
    return _NO_TIME
