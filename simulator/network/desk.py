"""The desk: one pair of hands (or several) on the SimPy clock, for all that pages ask of a manager.

A queue by urgency as ``simpy.PriorityResource`` keeps it, but of hands that are only there in
shifts, some of which belong to one page, and that lose minutes when they turn from one page to another.
Whoever is served first is decided when hands are free, not when a task comes in.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from heapq import heappop, heappush
from typing import NamedTuple, Protocol

import simpy

from simulator.network.work import TASKS
from simulator.network.workshop import Job, Workshop
from simulator.parameters import Parameters
from simulator.units import MINUTES_PER_DAY, MINUTES_PER_HOUR

PRODUCTION, SWITCHING = TASKS.index("production"), TASKS.index("switching")


class OnShift(NamedTuple):
    """Hands are there from ``begin`` to ``end`` (minutes), for one page or (None) for any."""

    begin: float
    end: float
    page: int | None = None


class Place(Protocol):
    """What the desk needs of a page's inbox: how long a message takes, and what happens when it is done."""

    workshop: Workshop | None

    def minutes_for(self, message: int) -> float:
        """Minutes of work on a message, 0 if there is nothing left to do."""

    def take_up(self, message: int) -> None:
        """Hands begin with a message."""

    def handle(self, message: int, now: float, minutes: float, care: float) -> int:
        """Hands are done with a message; the kind of task it was."""

    def worked(self, begin: float, minutes: float, task: int, post: int, message: int) -> None:
        """Write a stretch of work down."""


class Desk:
    """Tasks of several pages, waiting for hands. Pages are numbered in the order of ``pages``."""

    def __init__(self, clock: simpy.Environment, pages: Sequence[Place], p: Parameters) -> None:
        self.clock = clock
        self.pages = pages
        self._p = p
        self._waiting: list[list[tuple[float, float, int]]] = [[] for _ in pages]
        self._news = clock.event()

    def add(self, page: int, priority: float, message: int) -> None:
        """A message asks for hands; 1 first to 9 last, among equals the older first."""
        heappush(self._waiting[page], (priority, self.clock.now, message))
        self.wake()

    def wake(self) -> None:
        """Something has changed for hands that wait."""
        if not self._news.triggered:
            self._news.succeed()

    def hands(self, shifts: Sequence[OnShift]) -> Generator[simpy.Event]:
        """The process of one pair of hands that works ``shifts``, in order of time."""
        at, day, worked = -1, -1.0, 0.0
        for shift in shifts:
            if shift.begin > self.clock.now:
                yield self.clock.timeout(shift.begin - self.clock.now)
            if shift.begin // MINUTES_PER_DAY != day:
                day, worked = shift.begin // MINUTES_PER_DAY, 0.0
            while self.clock.now < shift.end:
                page = self._most_urgent(shift.page, at)
                if page is None:
                    yield from self._wait(shift.end)
                    continue
                begun = self.clock.now
                if page != at and at >= 0:
                    yield from self._switch(page)
                at = page
                yield from self._serve(page, shift.end, worked / MINUTES_PER_HOUR)
                worked += self.clock.now - begun

    def _most_urgent(self, only: int | None, at: int) -> int | None:
        """The page whose next task comes first; None if nothing is to be done.

        Among tasks of one priority those of the page ``at`` hand come first: turning costs minutes.
        """
        pages = range(len(self.pages)) if only is None else [only]
        found = [
            (urgency[0], page != at, urgency[1], page)
            for page in pages
            if (urgency := self._urgency(page)) is not None
        ]
        return min(found)[-1] if found else None

    def _urgency(self, page: int) -> tuple[float, float] | None:
        """Priority and time of a page's next task."""
        queue = self._waiting[page]
        while queue and not self.pages[page].minutes_for(queue[0][2]):
            heappop(queue)
        job = self._job(page)
        message = queue[0][:2] if queue else None
        made = (job.priority, job.due) if job is not None else None
        return min((one for one in (message, made) if one is not None), default=None)

    def _job(self, page: int) -> Job | None:
        workshop = self.pages[page].workshop
        return workshop.next_job(self.clock.now) if workshop is not None else None

    def _serve(self, page: int, end: float, worked_hours: float) -> Generator[simpy.Event]:
        """Do the page's next task."""
        place, queue, job = self.pages[page], self._waiting[page], self._job(page)
        tired = max(0.0, worked_hours - self._p["desk.fresh_hours"])
        care = max(0.2, 1 - self._p["desk.tired_care"] * tired)
        begun = self.clock.now
        if queue and (job is None or queue[0][0] <= job.priority):
            message = heappop(queue)[2]
            minutes = place.minutes_for(message) * (1 + self._p["desk.tired_slower"] * tired)
            place.take_up(message)
            yield self.clock.timeout(minutes)
            task = place.handle(message, self.clock.now, minutes, care)
            place.worked(begun, minutes, task, -1, message)
            return
        assert job is not None
        assert place.workshop is not None
        minutes = max(1.0, min(place.workshop.stretch(job.post), end - begun))
        yield self.clock.timeout(minutes)
        place.workshop.work(job.post, minutes, care / (1 + self._p["desk.tired_slower"] * tired))
        place.worked(begun, minutes, PRODUCTION, job.post, -1)

    def _switch(self, page: int) -> Generator[simpy.Event]:
        """Turn from one page to another."""
        minutes = self._p["desk.switching_minutes"]
        begun = self.clock.now
        yield self.clock.timeout(minutes)
        self.pages[page].worked(begun, minutes, SWITCHING, -1, -1)

    def _wait(self, end: float) -> Generator[simpy.Event]:
        """Hands rest until something comes in, something may be begun, or the shift ends."""
        starts = [
            start
            for page in self.pages
            if page.workshop is not None and (start := page.workshop.next_start(self.clock.now)) is not None
        ]
        if self._news.triggered:
            self._news = self.clock.event()
        until = min([end, *starts])
        yield self._news | self.clock.timeout(until - self.clock.now)
