"""Times of day in a cell: as a sheet wants them, and as people write them elsewhere."""

from __future__ import annotations

import re

from simulator.playbook.shifts import clock
from simulator.playbook.trade_files import CellError
from simulator.units import HOURS_PER_DAY, MINUTES_PER_HOUR

_TIME = re.compile(r"([0-9]{1,2}) ?(?:[:.h]([0-9]{2})(?:[:.]00)?|h|hrs?)|([0-9]{2})([0-9]{2}) ?(?:h|hrs?)?")
"""``18:00``, ``18.00``, ``18h``, ``18h30``, ``1800``, and the seconds a spreadsheet program adds."""
_HALF_DAY = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))? ?([ap])\.?m\.?")
"""``6am``, ``6 pm``, ``6:30 p.m.``"""
_BARE_HOUR = re.compile(r"([0-9]{1,2})")
_BARE_MINUTES = re.compile(r"([0-9])([0-9]{2})")
HALF_A_DAY = HOURS_PER_DAY // 2


def read_time(value: str) -> int | None:
    """Minutes since midnight, up to 24:00; None for an empty cell.

    >>> [read_time(cell) for cell in ("08:30", "24:00", "6 pm", "18.00", "1800", "18h")]
    [510, 1440, 1080, 1080, 1080, 1080]
    """
    written = " ".join(value.split()).casefold()
    if not written:
        return None
    if half_day := _HALF_DAY.fullmatch(written):
        return _of_half_a_day(int(half_day[1]), int(half_day[2] or 0), half_day[3])
    if not (found := _TIME.fullmatch(written)):
        raise _no_time(written)
    return _minutes(int(found[1] or found[3]), int(found[2] or found[4] or 0))


def _of_half_a_day(hour: int, minute: int, half: str) -> int:
    """Twelve o'clock is midnight in the first half of the day and noon in the second."""
    if not 1 <= hour <= HALF_A_DAY:
        raise CellError("shifts.bad_time")
    return _minutes(hour % HALF_A_DAY + (HALF_A_DAY if half == "p" else 0), minute)


def _minutes(hour: int, minute: int) -> int:
    if minute >= MINUTES_PER_HOUR:
        raise CellError("shifts.bad_minute")
    if hour * MINUTES_PER_HOUR + minute > HOURS_PER_DAY * MINUTES_PER_HOUR:
        raise CellError("shifts.bad_hour")
    return hour * MINUTES_PER_HOUR + minute


def _no_time(written: str) -> CellError:
    """Why something is no time: two times it may be, one that is meant, or none at all."""
    meant = [clock(minutes) for minutes in _may_be(written)]
    if not meant:
        return CellError("shifts.bad_time")
    if len(meant) == 1:
        return CellError("shifts.time_as", time=meant[0])
    return CellError("shifts.morning_or_evening", morning=meant[0], evening=meant[1])


def _may_be(written: str) -> list[int]:
    """The times that a number without minutes, or with one digit too few, may stand for."""
    if bare := _BARE_HOUR.fullmatch(written):
        hour, minute = int(bare[1]), 0
    elif bare := _BARE_MINUTES.fullmatch(written):
        hour, minute = int(bare[1]), int(bare[2])
    else:
        return []
    hours = (hour, hour + HALF_A_DAY) if 1 <= hour < HALF_A_DAY else (hour,)
    return [at * MINUTES_PER_HOUR + minute for at in hours] if hour <= HOURS_PER_DAY and minute < 60 else []
