"""The days of a run: whether a day is one of them, and what to say if it is not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from simulator.texts import say

MOST_DAYS: Final = 364
"""The longest run."""


def outside(day: date, first: date, days: int) -> dict[str, Any]:
    """The words of a sentence about a day outside the run; {} for a day of the run.

    >>> sorted(outside(date(2027, 3, 30), date(2027, 3, 1), 28))
    ['first', 'hint', 'last']
    >>> outside(date(2027, 3, 28), date(2027, 3, 1), 28)
    {}
    """
    last = first + timedelta(days=days - 1)
    if first <= day <= last:
        return {}
    needed = (day - first).days + 1
    hint = (
        say("problems.run_longer", days=needed) if days < needed <= MOST_DAYS else say("problems.run_month")
    )
    return {"first": first, "last": last, "hint": hint}
