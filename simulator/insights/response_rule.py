"""The response rule: a page's response rate and response time, as Facebook counts them.

A message counts only when it is the first after 24 hours of silence between the page and that person,
in both directions. What counts is taken from the last 30 days; of fewer than 10 such messages the last
10 of any age. Response time is the mean of the fastest 90 % of those answered. Instant replies, away
messages and spam are no messages and no answers: they neither count nor break the silence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from simulator.insights.metrics import ratio
from simulator.units import MINUTES_PER_DAY

Floats = NDArray[np.float64]
Ids = NDArray[np.int64]

SILENCE_MINUTES: Final = MINUTES_PER_DAY
"""A message after so long a silence begins a talk; one after less goes on with it."""
WINDOW_DAYS: Final = 30
FEWEST: Final = 10
"""With fewer messages than this in the window, so many of the last are taken, however old."""
FASTEST_TENTHS: Final = 9
BADGE_DAYS: Final = 7
BADGE_RATE: Final = 0.9
BADGE_MINUTES: Final = 15.0


@dataclass(frozen=True, slots=True)
class Talk:
    """What went to and fro between a page and people; times in minutes, rows in any order.

    ``message_time``, ``sender`` and ``counts`` (False: spam) of what people wrote; ``reply_time`` and
    ``recipient`` of what a person wrote for the page.
    """

    message_time: Floats
    sender: Ids
    counts: NDArray[np.bool_]
    reply_time: Floats
    recipient: Ids

    @classmethod
    def of(cls, messages: Any, replies: Any = ()) -> Talk:
        """From rows of (time, sender, counts) and of (time, recipient)."""
        time, sender, counts = np.array(messages, np.float64).reshape(-1, 3).T
        reply_time, recipient = np.array(replies, np.float64).reshape(-1, 2).T
        return cls(time, sender.astype(np.int64), counts > 0, reply_time, recipient.astype(np.int64))


@dataclass(frozen=True, slots=True)
class FirstMessages:
    """The messages that count, in order of time, and after how many minutes each was answered.

    ``minutes`` is NaN where it was not.
    """

    time: Floats
    minutes: Floats


@dataclass(frozen=True, slots=True)
class PageResponse:
    """How a page responds: of ``counted`` messages ``answered``, on average after ``minutes``.

    ``minutes`` is NaN where nothing was answered.
    """

    counted: int
    answered: int
    minutes: float

    @property
    def rate(self) -> float:
        """Response rate, 0-1; NaN where nothing counted."""
        return float(ratio(self.answered, self.counted))


def first_messages(talk: Talk, now: float = np.inf) -> FirstMessages:
    """The messages that count up to ``now``, each with the first reply before the next that counts.

    >>> talk = Talk.of([(0, 1, True), (60, 1, True), (1600, 1, True), (5, 2, False)], [(90, 1)])
    >>> first_messages(talk)
    FirstMessages(time=array([   0., 1600.]), minutes=array([90., nan]))
    """
    time, person, reply = _events(talk, now)
    first = ~reply & (_silence(time, person) >= SILENCE_MINUTES)
    answer, later = _next(reply), _next(first)
    last = len(time) - 1
    there = np.minimum(answer, last)
    mine = (answer <= last) & (answer < np.append(later[1:], len(time)))
    mine[mine] &= person[there[mine]] == person[mine]
    minutes = np.full(len(time), np.nan)
    minutes[mine] = time[there[mine]] - time[mine]
    order = np.argsort(time[first], kind="stable")
    return FirstMessages(time[first][order], minutes[first][order])


def page_response(talk: Talk, now: float) -> PageResponse:
    """Response rate and time as they stand on the page at ``now``.

    >>> page_response(Talk.of([(0, 1, True), (10, 2, True)], [(30, 1)]), now=2000)
    PageResponse(counted=2, answered=1, minutes=30.0)
    """
    found = first_messages(talk, now)
    recent = found.time >= now - WINDOW_DAYS * MINUTES_PER_DAY
    return _response(found.minutes[-FEWEST:] if recent.sum() < FEWEST else found.minutes[recent])


def very_responsive(talk: Talk, now: float) -> bool:
    """Whether the page bears the badge: 90 % answered within 15 minutes in the last 7 days.

    Without a message in these days there is no badge.

    >>> very_responsive(Talk.of([(0, 1, True)], [(15, 1)]), now=100)
    True
    """
    found = first_messages(talk, now)
    week = _response(found.minutes[found.time >= now - BADGE_DAYS * MINUTES_PER_DAY])
    return bool(week.rate >= BADGE_RATE and week.minutes <= BADGE_MINUTES)


def fastest_mean(minutes: Floats) -> float:
    """The mean of the fastest 90 %, of so few as hold that share; NaN of none.

    >>> fastest_mean(np.array([1.0] * 9 + [1_000.0])), fastest_mean(np.array([4.0]))
    (1.0, 4.0)
    """
    if not len(minutes):
        return float("nan")
    kept = -(-FASTEST_TENTHS * len(minutes) // 10)
    return float(np.sort(minutes)[:kept].mean())


def _response(minutes: Floats) -> PageResponse:
    answers = minutes[~np.isnan(minutes)]
    return PageResponse(len(minutes), len(answers), fastest_mean(answers))


def _events(talk: Talk, now: float) -> tuple[Floats, Ids, NDArray[np.bool_]]:
    """Time, person and whether it is a reply, of all said up to ``now``: person by person, in time."""
    counts = talk.counts
    time = np.concatenate([talk.message_time[counts], talk.reply_time])
    person = np.concatenate([talk.sender[counts], talk.recipient])
    reply = np.arange(len(time)) >= int(counts.sum())
    known = np.flatnonzero(time <= now)
    order = known[np.lexsort((reply[known], time[known], person[known]))]
    return time[order], person[order], reply[order]


def _silence(time: Floats, person: Ids) -> Floats:
    """Minutes since anything was said between the two, infinite before the first."""
    silence = np.full(len(time), np.inf)
    silence[1:] = np.where(person[1:] == person[:-1], np.diff(time), np.inf)
    return silence


def _next(marks: NDArray[np.bool_]) -> Ids:
    """For each row the first marked row from there on; the number of rows where none is.

    >>> _next(np.array([False, True, False])).tolist()
    [1, 1, 3]
    """
    rows = np.where(marks, np.arange(len(marks)), len(marks))
    found: Ids = np.minimum.accumulate(rows[::-1])[::-1]
    return found
