"""The clock: SimPy processes for posts going out, the rounds of the feed and what people see.

Nobody sees anything that is not out yet, and what is shared surfaces in a later round. So when a
post has gone out or a round begins, all that people will see until the next such moment is
known, and happens to them in order of time.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Generator, Sequence

import simpy

from simulator.network.day import noon
from simulator.network.page import ROUND_MINUTES, LivePage
from simulator.units import MINUTES_PER_DAY, MINUTES_PER_HOUR

NOON = MINUTES_PER_DAY // 2


def run_clock(
    page: LivePage,
    posts: Sequence[int],
    start: int,
    days: int,
    day_done: Callable[[int], None] | None = None,
    bid: Callable[[int], None] | None = None,
) -> None:
    """Play ``days`` days from ``start`` (minutes, a midnight); ``posts`` are rows of the page's table.

    ``bid(now)``: the round of the ad auction in the hour that begins at ``now``.
    """
    clock = simpy.Environment(initial_time=start)
    end = start + days * MINUTES_PER_DAY
    for post in posts:
        clock.process(_go_out(clock, page, post))
    clock.process(_rounds(clock, page, end, bid, day_done))
    clock.process(_look_ahead(clock, page, sorted(page.table.post_time[list(posts)].tolist()), end))
    clock.run(until=end + 1)


def _go_out(clock: simpy.Environment, page: LivePage, post: int) -> Generator[simpy.Event]:
    """A post waits for its moment and goes out."""
    yield clock.timeout(int(page.table.post_time[post]) - clock.now)
    page.publish(post, clock.now)


def _rounds(
    clock: simpy.Environment,
    page: LivePage,
    end: int,
    bid: Callable[[int], None] | None,
    day_done: Callable[[int], None] | None,
) -> Generator[simpy.Event]:
    """Four rounds a day: at midnight a day is over, at noon needs are met, places for ads are sold."""
    first_day = clock.now // MINUTES_PER_DAY
    while True:
        now = int(clock.now)
        if now % MINUTES_PER_DAY == 0:
            page.record.followers_by_day.append(len(page.known.followers()))
            if day_done is not None and now // MINUTES_PER_DAY > first_day:
                day_done(now // MINUTES_PER_DAY - first_day)
        if now >= end:
            return
        if now % MINUTES_PER_DAY == NOON:
            noon(page, now)
        if bid is not None:
            for hour in range(now, now + ROUND_MINUTES, MINUTES_PER_HOUR):
                bid(hour)
        yield clock.timeout(ROUND_MINUTES)


def _look_ahead(
    clock: simpy.Environment, page: LivePage, post_times: Sequence[int], end: int
) -> Generator[simpy.Event]:
    """Whenever something has changed in the feed, what people see until it changes again."""
    while True:
        yield clock.timeout(0)  # after whatever else happens at this minute
        now = int(clock.now)
        if now >= end:
            return
        next_round = (now // ROUND_MINUTES + 1) * ROUND_MINUTES
        upcoming = bisect_right(post_times, now)
        until = min([next_round, *post_times[upcoming : upcoming + 1]])
        page.settle(now, until)
        yield clock.timeout(until - now)
