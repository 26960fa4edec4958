"""What is the same in several places of a playbook or a portfolio, told once with the places named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from simulator.errors import Problem, problem
from simulator.playbook.problem_places import places
from simulator.playbook.run_days import MOST_DAYS
from simulator.texts import say

OUTSIDE: tuple[str, ...] = ("plan.outside_days", "ads.outside_days", "shifts.outside_days")
"""Rules of a date that is no day of the run."""
_DATE = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")


def told_once(problems: Sequence[Problem], first: date, days: int) -> list[Problem]:
    """The problems, of those that give one advice to several pages only the first, with all places.

    Dates outside the run, of ``days`` days from ``first``, are one problem wherever they stand.
    """
    alike: dict[Any, list[Problem]] = {}
    for one in dates_told_once(problems, first, days):
        alike.setdefault(_advice(one), []).append(one)
    return [merged for found in alike.values() for merged in _merged(found)]


def dates_told_once(problems: Sequence[Problem], first: date, days: int) -> list[Problem]:
    """The problems, all dates outside the run being one, in the place of the first, with one way out.

    >>> moments = ("2027-03-08 18:00", "2027-03-09 18:00", "2027-03-20 18:00")
    >>> words = {"file": "plan.csv", "first": "", "last": "", "hint": ""}
    >>> rows = [problem("plan.outside_days", line=line, value=moment, **words)
    ...         for line, moment in enumerate(moments, start=9)]
    >>> [told] = dates_told_once(rows, date(2027, 3, 1), 7)
    >>> print(told.says)
    the run goes from 2027-03-01 to 2027-03-07, and 3 rows stand outside it (plan.csv 9-11)
    >>> print(told.way_out)
    play more days: --days 20 of run or portfolio, or take these rows out
    """
    found = [one for one in problems if _is_outside(one)]
    if len(_rows(found)) < 2:
        return list(problems)
    once = _outside(found, first, days)
    return [once if one is found[0] else one for one in problems if one is found[0] or not _is_outside(one)]


def _advice(one: Problem) -> Any:
    """What a problem says, wherever it does so."""
    return one.rule, one.severity, one.column, one.value, one.says, one.way_out


def _is_outside(one: Problem) -> bool:
    return one.rule in OUTSIDE


def _merged(found: Sequence[Problem]) -> Sequence[Problem]:
    if len({one.file for one in found}) < 2:
        return found
    return [replace(found[0], says=say("problems.also_there", says=found[0].says, places=places(found[1:])))]


def _rows(found: Iterable[Problem]) -> set[tuple[str, int | None]]:
    return {(one.file, one.line) for one in found}


def _outside(found: Sequence[Problem], first: date, days: int) -> Problem:
    """One problem for all dates outside the run; where more days take them all in, it says how many."""
    dates = sorted({_date(one) for one in found})
    needed = (dates[-1] - first).days + 1
    hint = (
        say("problems.run_longer_for_all", days=needed)
        if first <= dates[0] and needed <= MOST_DAYS
        else say("problems.rows_out")
    )
    words: dict[str, Any] = {"first": first, "last": first + timedelta(days=days - 1), "hint": hint}
    at: dict[str, Any] = {"file": found[0].file, "line": found[0].line, "column": found[0].column}
    told: dict[str, Any] = {"value": found[0].value, "count": len(_rows(found)), "places": places(found)}
    return problem("playbook.outside_days", **at, **told, **words)


def _date(one: Problem) -> date:
    """The date in a cell that was read."""
    found = _DATE.match(one.value.strip())
    assert found is not None, one.value
    return date(int(found[1]), int(found[3]), int(found[4]))
