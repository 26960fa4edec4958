"""The workshop: posts and ads waiting to be made by the hands that also answer the inbox."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import inf
from typing import NamedTuple

import simpy

from simulator.parameters import Parameters
from simulator.units import MINUTES_PER_DAY, MINUTES_PER_HOUR


class Job(NamedTuple):
    """A post to work on: how urgent (1 first to 9 last), when due, which row of the page's table."""

    priority: float
    due: float
    post: int


_ALWAYS = (-inf, inf)


class Workshop:
    """The posts and ads of one page, each with the hours it is to get and those it got.

    ``wanted``: hours by post; ``due``: minutes by post; ``planned``: from when to when each was planned,
    always where nothing is said. A post can go out as soon as the least hours are in; the sooner it has
    to, the poorer it is. What is among ``whole`` (ads) cannot before it is finished.
    """

    def __init__(
        self,
        clock: simpy.Environment,
        wanted: Mapping[int, float],
        due: Mapping[int, float],
        p: Parameters,
        whole: Collection[int] = (),
        planned: Mapping[int, tuple[float, float]] | None = None,
    ) -> None:
        self._wanted = dict(wanted)
        self._due = dict(due)
        self._planned = planned or {}
        self._p = p
        self._whole = frozenset(whole)
        self._order = sorted(wanted, key=lambda post: (due[post], post))
        self.hours = dict.fromkeys(wanted, 0.0)
        self.ready = {post: clock.event() for post in wanted}
        """By post: triggered once it can go out."""

    def next_job(self, now: float) -> Job | None:
        """The post to work on now: the one due first of those not finished, at most some days ahead."""
        while self._order and self._finished(self._order[0]):
            self._order.pop(0)
        for post in self._order:
            if self._due[post] > now + self._p["desk.ahead_days"] * MINUTES_PER_DAY:
                return None
            if not self._finished(post) and self._is_planned(post, now):
                return Job(self._priority(post, now), self._due[post], post)
        return None

    def next_start(self, now: float) -> float | None:
        """When, after ``now``, work on a post not begun may start; None if there is none left."""
        ahead = self._p["desk.ahead_days"] * MINUTES_PER_DAY
        starts = (self._due[post] - ahead for post in self._order if self._is_planned(post, now))
        return next((start for start in starts if start > now), None)

    def stretch(self, post: int) -> float:
        """Minutes of work at a time: what is missing, at most a stretch."""
        missing = (self._wanted[post] - self.hours[post]) * MINUTES_PER_HOUR
        return min(missing, self._p["desk.stretch_minutes"])

    def work(self, post: int, minutes: float, care: float) -> None:
        """So much was done on a post; tired hands get less out of an hour."""
        self.hours[post] += minutes * care / MINUTES_PER_HOUR
        enough = self.hours[post] >= self._p["production.least_hours"]
        if post in self._whole:
            enough = self._finished(post)
        if enough and not self.ready[post].triggered:
            self.ready[post].succeed()

    def close(self, post: int) -> float:
        """The post goes out, or is given up: nobody works on it any more; the hours it got."""
        self._wanted[post] = 0.0
        return self.hours.get(post, 0.0)

    def _is_planned(self, post: int, now: float) -> bool:
        since, until = self._planned.get(post, _ALWAYS)
        return since <= now < until

    def _finished(self, post: int) -> bool:
        return self._wanted[post] - self.hours[post] < 1 / MINUTES_PER_HOUR

    def _priority(self, post: int, now: float) -> float:
        missing = (self._wanted[post] - self.hours[post]) * MINUTES_PER_HOUR
        slack = self._due[post] - now - missing
        urgent = slack < self._p["desk.urgent_hours"] * MINUTES_PER_HOUR
        return self._p["desk.urgent_priority" if urgent else "desk.production_priority"]
