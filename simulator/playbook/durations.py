"""Lengths of time as people write them in a cell that wants hours."""

from __future__ import annotations

import re

from simulator.units import MINUTES_PER_HOUR

_HOURS = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,2})?) ?(?:h|hrs?|hours?|std|saa)\.?")
_MINUTES = re.compile(r"([0-9]{1,4}) ?(?:m|mins?|minutes?|dakika)\.?")
_BOTH = re.compile(r"([0-9]{1,3}) ?(?::|h|hrs?|hours?) ?([0-5]?[0-9]) ?(?:m|mins?|minutes?)?")


def hours_meant(cell: str) -> float | None:
    """The hours that a cell with units means; None if it means none.

    >>> [hours_meant(cell) for cell in ("2h", "1,5 hours", "90 min", "1:30", "1h 15", "long")]
    [2.0, 1.5, 1.5, 1.5, 1.25, None]
    """
    written = " ".join(cell.split()).casefold()
    if hours := _HOURS.fullmatch(written):
        return float(hours[1].replace(",", "."))
    if minutes := _MINUTES.fullmatch(written):
        return int(minutes[1]) / MINUTES_PER_HOUR
    if both := _BOTH.fullmatch(written):
        return int(both[1]) + int(both[2]) / MINUTES_PER_HOUR
    return None
