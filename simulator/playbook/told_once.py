"""What is the same in several places of a portfolio, told once with the places named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from simulator.errors import Problem, problem
from simulator.playbook.problem_places import places
from simulator.playbook.run_days import outside
from simulator.texts import say

OUTSIDE: tuple[str, ...] = ("plan.outside_days", "ads.outside_days", "shifts.outside_days")
"""Rules of a date that is no day of the run."""
_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")


def told_once(problems: Sequence[Problem], first: date, days: int) -> list[Problem]:
    """The problems, of those that give one advice to several pages only the first, with all places.

    Dates outside the run, of ``days`` days from ``first``, are one problem wherever they stand.
    """
    alike: dict[Any, list[Problem]] = {}
    for one in problems:
        alike.setdefault(_advice(one), []).append(one)
    return [merged for found in alike.values() for merged in _merged(found, first, days)]


def _advice(one: Problem) -> Any:
    """What a problem says, wherever it does so."""
    if _is_outside(one):
        return "outside"
    return one.rule, one.severity, one.column, one.value, one.says, one.way_out


def _is_outside(one: Problem) -> bool:
    return one.rule in OUTSIDE and _DATE.match(one.value) is not None


def _merged(found: Sequence[Problem], first: date, days: int) -> Sequence[Problem]:
    if len(found) > 1 and _is_outside(found[0]):
        return [_outside(found, first, days)]
    if len({one.file for one in found}) < 2:
        return found
    return [replace(found[0], says=say("problems.also_there", says=found[0].says, places=places(found[1:])))]


def _outside(found: Sequence[Problem], first: date, days: int) -> Problem:
    """One problem for all dates outside the run, with as many days as the latest of them needs."""
    latest = max(date(*map(int, match.groups())) for one in found if (match := _DATE.match(one.value)))
    words = {"last": first + timedelta(days=days - 1), **outside(latest, first, days), "first": first}
    at: dict[str, Any] = {"file": found[0].file, "line": found[0].line, "column": found[0].column}
    told: dict[str, Any] = {"value": found[0].value, "count": len(found), "places": places(found)}
    return problem("portfolio.outside_days", **at, **told, **{"hint": say("problems.run_month"), **words})
