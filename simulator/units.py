"""Units: time in minutes from the first Monday 00:00, money in whole cents.

A ``_time`` is a point on the clock, a ``_minutes`` or ``_hours`` is a duration.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

MINUTES_PER_HOUR: Final = 60
MINUTES_PER_DAY: Final = 24 * 60
MINUTES_PER_WEEK: Final = 7 * MINUTES_PER_DAY
DAYS_PER_WEEK: Final = 7
HOURS_PER_DAY: Final = 24
HOURS_PER_WEEK: Final = 7 * 24
DAYS_PER_MONTH: Final = 28


def minutes_since(start: date, moment: datetime) -> int:
    """Minutes from the start of the day ``start`` to ``moment`` (negative before it).

    >>> minutes_since(date(2027, 3, 1), datetime(2027, 3, 2, 0, 30))
    1470
    """
    midnight = datetime(start.year, start.month, start.day)
    return int((moment - midnight).total_seconds() // 60)


def moment_at(start: date, minutes: float) -> datetime:
    """The date and time ``minutes`` after the start of the day ``start``.

    >>> moment_at(date(2027, 3, 1), 1470)
    datetime.datetime(2027, 3, 2, 0, 30)
    """
    return datetime(start.year, start.month, start.day) + timedelta(minutes=int(minutes))


def money(cents: float) -> str:
    """Cents as currency units with two decimals and thin grouping.

    >>> money(1234567)
    '12,345.67'
    """
    return f"{round(cents) / 100:,.2f}"
