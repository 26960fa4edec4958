"""The clock: SimPy processes for posts going out and for the rounds of the feed."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable

import simpy

from simulator.network.day import noon
from simulator.network.page import ROUND_MINUTES, LivePage
from simulator.units import MINUTES_PER_DAY, MINUTES_PER_HOUR

NOON = MINUTES_PER_DAY // 2


def run_clock(
    page: LivePage,
    posts: Iterable[int],
    start: int,
    days: int,
    day_done: Callable[[int], None] | None = None,
    bid: Callable[[int], None] | None = None,
) -> None:
    """Play ``days`` days from ``start`` (minutes, a midnight); ``posts`` are rows of the page's table.

    ``bid(now)``: the round of the ad auction in the hour that begins at ``now``.
    """
    clock = simpy.Environment(initial_time=start)
    for post in posts:
        clock.process(_go_out(clock, page, post))
    if bid is not None:
        clock.process(_auction(clock, bid))
    clock.process(_rounds(clock, page, start, day_done))
    clock.run(until=start + days * MINUTES_PER_DAY + 1)


def _go_out(clock: simpy.Environment, page: LivePage, post: int) -> Generator[simpy.Event]:
    """A post waits for its moment and goes out."""
    yield clock.timeout(int(page.table.post_time[post]) - clock.now)
    page.publish(post, clock.now)


def _auction(clock: simpy.Environment, bid: Callable[[int], None]) -> Generator[simpy.Event]:
    """Once an hour places for ads are sold."""
    while True:
        bid(int(clock.now))
        yield clock.timeout(MINUTES_PER_HOUR)


def _rounds(
    clock: simpy.Environment, page: LivePage, start: int, day_done: Callable[[int], None] | None
) -> Generator[simpy.Event]:
    """Four times a day the feed takes stock; at noon needs are met; at midnight a day is over."""
    page.record.followers_by_day.append(len(page.known.followers()))
    while True:
        yield clock.timeout(ROUND_MINUTES)
        page.settle(clock.now)
        if clock.now % MINUTES_PER_DAY == NOON:
            noon(page, clock.now)
        if clock.now % MINUTES_PER_DAY == 0:
            page.record.followers_by_day.append(len(page.known.followers()))
            if day_done is not None:
                day_done(int(clock.now - start) // MINUTES_PER_DAY)
