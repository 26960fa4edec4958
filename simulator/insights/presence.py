"""Presence: the minutes in which somebody was there for a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulator.insights.inbox_rules import rules_of
from simulator.insights.message_marks import UNDONE, with_action
from simulator.units import DAYS_PER_WEEK, HOURS_PER_DAY, MINUTES_PER_DAY, MINUTES_PER_HOUR

if TYPE_CHECKING:
    from simulator.network.month import Played

Marks = NDArray[np.bool_]


def minutes_there(month: Played) -> Marks:
    """(1440 x days,) whether somebody had a shift for this page in that minute.

    By the plan of shifts; of a month played without its playbook, by the work that was done.
    """
    there = np.zeros(month.log.days * MINUTES_PER_DAY, np.bool_)
    for begin, end in _stretches(month):
        there[max(0, round(begin)) : max(0, round(end))] = True
    return there


def unattended(month: Played) -> bool:
    """Whether messages came for which neither a person nor a rule was there, so that nothing was done."""
    rows = month.log.messages
    by_nobody = month.log.work is None and not rules_of(month)
    return bool(len(rows)) and by_nobody and bool(with_action(rows, *UNDONE).all())


def hours_there(there: Marks) -> NDArray[np.float64]:
    """(7, 24) the share of each hour of the week in which somebody was there, over all weeks."""
    days = there.reshape(-1, HOURS_PER_DAY, MINUTES_PER_HOUR).mean(axis=2)
    week = np.zeros((DAYS_PER_WEEK, HOURS_PER_DAY))
    for weekday in range(min(DAYS_PER_WEEK, len(days))):
        week[weekday] = days[weekday::DAYS_PER_WEEK].mean(axis=0)
    return week


def spans(there: Marks) -> list[tuple[int, int]]:
    """The first minute of each stretch, and the minute after its last.

    >>> spans(np.array([False, True, True, False, True]))
    [(1, 3), (4, 5)]
    """
    turns = np.flatnonzero(np.diff(there.astype(np.int8), prepend=0, append=0))
    return [(int(begin), int(end)) for begin, end in turns.reshape(-1, 2)]


def _stretches(month: Played) -> Iterator[tuple[float, float]]:
    plan, work = month.playbook.rota, month.log.work
    if plan is not None:
        for day in range(month.log.days):
            midnight = day * MINUTES_PER_DAY
            for begin, end, page in plan.on_day(day, month.log.begin):
                if page in ("", month.client.name):
                    yield midnight + begin, midnight + end
    elif work is not None:
        yield from zip(work.time.tolist(), (work.time + work.minutes).tolist(), strict=True)
