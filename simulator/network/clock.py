"""The clock: SimPy processes for posts, rounds of the feed, mail and the hands that answer it.

Nobody sees anything that is not out yet, and what is shared surfaces in a later round. So when a
post has gone out or a round begins, all that people will see until the next such moment is
known, and happens to them in order of time; so is what they will write, which comes to the desk at
its minute.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import NamedTuple

import simpy

from simulator.network.day import noon
from simulator.network.desk import Desk, OnShift
from simulator.network.page import ROUND_MINUTES, LivePage
from simulator.network.workshop import Workshop
from simulator.units import MINUTES_PER_DAY, MINUTES_PER_HOUR

NOON = MINUTES_PER_DAY // 2


class Wanted(NamedTuple):
    """What hands are to make: hours, when it is due, and from when to when it was planned (minutes)."""

    hours: float
    due: int
    since: float = -inf
    until: float = inf


@dataclass(frozen=True, slots=True)
class Show:
    """One page for a while: ``posts`` are the rows of its table that go out.

    ``bid(now)``: the round of the ad auction in the hour that begins at ``now``. ``wanted``: the posts and
    ads that are made in shifts; the client's hours make the others. ``release(ad, now)``: an ad that was
    made in shifts can be shown. ``changes``: what comes over the page at which minute, before anything else.
    """

    page: LivePage
    posts: Sequence[int]
    bid: Callable[[int], None] | None = None
    wanted: Mapping[int, Wanted] = field(default_factory=dict)
    release: Callable[[int, int], None] | None = None
    changes: Sequence[tuple[int, Callable[[], None]]] = ()


def run_clock(
    shows: Sequence[Show],
    start: int,
    days: int,
    shifts: Sequence[OnShift] = (),
    day_done: Callable[[int], None] | None = None,
) -> None:
    """Play ``days`` days from ``start`` (minutes, a midnight) of all pages, with one pair of hands for all.

    ``day_done``: told the number of every day that is over.
    """
    clock = simpy.Environment(initial_time=start)
    end = start + days * MINUTES_PER_DAY
    desk = Desk(clock, [show.page.inbox for show in shows], shows[0].page.p)
    for number, show in enumerate(shows):
        if show.changes:
            clock.process(_change(clock, show))
        if show.wanted:
            show.page.inbox.workshop = _workshop(clock, show)
        for post in show.posts:
            clock.process(_go_out(clock, show.page, post))
        for ad in _ads(show):
            clock.process(_begin_to_show(clock, show, ad))
        clock.process(_rounds(clock, show, end))
        clock.process(_look_ahead(clock, show, end, desk, number))
    clock.process(desk.hands(shifts))
    clock.process(_days(clock, day_done))
    clock.run(until=end + 1)
    for show in shows:
        _give_up(show, end)


def _workshop(clock: simpy.Environment, show: Show) -> Workshop:
    wanted = {row: one.hours for row, one in show.wanted.items()}
    due = {row: float(one.due) for row, one in show.wanted.items()}
    planned = {row: (one.since, one.until) for row, one in show.wanted.items()}
    return Workshop(clock, wanted, due, show.page.p, _ads(show), planned)


def _ads(show: Show) -> list[int]:
    """The rows of the ads that are made in shifts."""
    return [row for row in show.wanted if show.page.table.ad[row]]


def _change(clock: simpy.Environment, show: Show) -> Generator[simpy.Event]:
    for minute, change in show.changes:
        yield clock.timeout(minute - clock.now)
        change()


def _go_out(clock: simpy.Environment, page: LivePage, post: int) -> Generator[simpy.Event]:
    """A post waits for its moment, and if need be until it is made, and goes out."""
    yield clock.timeout(int(page.table.post_time[post]) - clock.now)
    workshop = page.inbox.workshop
    if workshop is not None and not page.published[post].in_shifts:
        workshop.close(post)
    elif workshop is not None:
        page.overdue += 1
        if not workshop.ready[post].triggered:
            yield workshop.ready[post] | clock.timeout(page.p["desk.late_hours"] * MINUTES_PER_HOUR)
            yield clock.timeout(MINUTES_PER_HOUR - clock.now % MINUTES_PER_HOUR)
        page.overdue -= 1
        made = workshop.ready[post].triggered
        page.make(post, clock.now, workshop.close(post), made=made)
        if not made:
            return
    page.publish(post, clock.now)


def _begin_to_show(clock: simpy.Environment, show: Show, ad: int) -> Generator[simpy.Event]:
    """An ad waits for its set's start and until it is finished: nobody else waits, so none is hurried."""
    page, workshop = show.page, show.page.inbox.workshop
    assert workshop is not None
    assert show.release is not None
    yield workshop.ready[ad]
    start = max(int(clock.now), int(page.table.post_time[ad]))
    page.make(ad, start, workshop.close(ad), made=True)
    show.release(ad, start)


def _give_up(show: Show, end: int) -> None:
    """Hands go: what was due and has not been made when the time is over is never seen."""
    workshop, page = show.page.inbox.workshop, show.page
    for ad in _ads(show) if workshop is not None else ():
        assert workshop is not None
        if not workshop.ready[ad].triggered and page.published[ad].in_shifts:
            page.make(ad, end, workshop.close(ad), made=False)
    for post in show.posts if workshop is not None else ():
        if post not in page.out and page.published[post].made and page.published[post].in_shifts:
            assert workshop is not None
            page.make(post, end, workshop.close(post), made=False)
    page.inbox.workshop, page.inbox.deliver = None, len


def _rounds(clock: simpy.Environment, show: Show, end: int) -> Generator[simpy.Event]:
    """Four rounds a day: followers are counted at midnight, needs met at noon, places for ads sold always."""
    page = show.page
    while True:
        now = int(clock.now)
        if now % MINUTES_PER_DAY == 0:
            page.record.followers_by_day.append(len(page.known.followers()))
        if now >= end:
            return
        if now % MINUTES_PER_DAY == NOON:
            noon(page, now)
        if show.bid is not None:
            for hour in range(now, now + ROUND_MINUTES, MINUTES_PER_HOUR):
                show.bid(hour)
        yield clock.timeout(ROUND_MINUTES)


def _look_ahead(
    clock: simpy.Environment, show: Show, end: int, desk: Desk, number: int
) -> Generator[simpy.Event]:
    """Whenever something has changed in the feed, what people see and write until it changes again."""
    page, post_times = show.page, sorted(show.page.table.post_time[list(show.posts)].tolist())
    page.inbox.deliver = lambda messages: clock.process(_deliver(clock, page, messages, desk, number))
    while True:
        yield clock.timeout(0)  # after whatever else happens at this minute
        now = int(clock.now)
        if now >= end:
            return
        next_round = (now // ROUND_MINUTES + 1) * ROUND_MINUTES
        upcoming = bisect_right(post_times, now)
        until = min([next_round, *post_times[upcoming : upcoming + 1]])
        if page.overdue or page.inbox.is_hard(now, until):
            until = min(until, (now // MINUTES_PER_HOUR + 1) * MINUTES_PER_HOUR)
        page.inbox.begin(now)
        page.settle(now, until)
        page.inbox.take_in(now, until)
        yield clock.timeout(until - now)


def _deliver(
    clock: simpy.Environment, page: LivePage, messages: Sequence[int], desk: Desk, number: int
) -> Generator[simpy.Event]:
    """Messages come to the desk, each at its minute."""
    for message in messages:
        yield clock.timeout(max(0.0, page.inbox.mail.time[message] - clock.now))
        desk.add(number, page.inbox.priority(message), message)


def _days(clock: simpy.Environment, day_done: Callable[[int], None] | None) -> Generator[simpy.Event]:
    """Tell, at every midnight, the number of the day that is over."""
    number = 0
    while day_done is not None:
        yield clock.timeout(MINUTES_PER_DAY)
        number += 1
        day_done(number)
