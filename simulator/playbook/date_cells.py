"""Dates in a cell with the year at the end: never read, only shown as they should be written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|(?<=[/.])[0-9]{2})")
"""``03/04/2027``, ``9.3.27``; with hyphens a year has four digits, for ``27-03-09`` may begin with it."""


def year_last_readings(written: str) -> list[date] | None:
    """The dates that one with its year at the end may stand for; None for what is no such date.

    >>> [str(day) for day in year_last_readings("03/04/2027")]
    ['2027-03-04', '2027-04-03']
    >>> [str(day) for day in year_last_readings("25.3.27")], year_last_readings("2027-03-25")
    (['2027-03-25'], None)
    """
    found = _YEAR_LAST.fullmatch(written)
    if not found:
        return None
    first, second = int(found[1]), int(found[3])
    year = int(found[4]) + (2000 if len(found[4]) < 4 else 0)
    return sorted({*_reading(year, first, second), *_reading(year, second, first)})


def _reading(year: int, month: int, day: int) -> Iterator[date]:
    with suppress(ValueError):
        found = date(year, month, day)
        if date.min.year < year < date.max.year:  # the weeks of those leave the calendar
            yield found
