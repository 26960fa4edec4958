"""The desk: hands on the clock, what they do first, and how long others wait for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import factorial

import numpy as np
import pytest
import simpy

from simulator.network.desk import SWITCHING, Desk, OnShift
from simulator.network.work import TASKS
from simulator.network.workshop import Workshop
from simulator.parameters import Parameters, model_parameters

P = model_parameters()
REPLY = TASKS.index("reply")


class Counter:
    """A page at the desk: messages that take given minutes; remembers when each was done."""

    def __init__(self, minutes: Callable[[int], float] = lambda _: 10.0) -> None:
        self.workshop: Workshop | None = None
        self.minutes = minutes
        self.done: dict[int, float] = {}
        self.care: dict[int, float] = {}
        self.stretches: list[tuple[float, float, int]] = []

    def minutes_for(self, message: int) -> float:
        return 0.0 if message in self.done else self.minutes(message)

    def take_up(self, message: int) -> None:
        assert message not in self.done

    def handle(self, message: int, now: float, minutes: float, care: float) -> int:
        assert minutes > 0
        self.done[message], self.care[message] = now, care
        return REPLY

    def worked(self, begin: float, minutes: float, task: int, post: int, message: int) -> None:
        assert post < 0 or message < 0
        self.stretches.append((begin, minutes, task))


def serve(
    pages: Sequence[Counter],
    tasks: Sequence[tuple[float, int, float, int]],
    shifts: Sequence[OnShift],
    p: Parameters = P,
    hands: int = 1,
) -> None:
    """Bring ``tasks`` (time, page, priority, message) to a desk and let hands work."""
    clock = simpy.Environment()
    desk = Desk(clock, pages, p)

    def deliver():
        for time, page, priority, message in sorted(tasks):
            yield clock.timeout(time - clock.now)
            desk.add(page, priority, message)

    clock.process(deliver())
    for _ in range(hands):
        clock.process(desk.hands(shifts))
    clock.run()


def test_deterministic_first_come_first_served() -> None:
    """By hand: three messages of ten minutes, one after the other."""
    page = Counter()
    serve([page], [(0, 0, 5, 0), (1, 0, 5, 1), (30, 0, 5, 2)], [OnShift(0, 100)])
    assert page.done == {0: 10, 1: 20, 2: 40}


def test_deterministic_urgent_first_but_nothing_is_put_down() -> None:
    """By hand: a message in hand is finished, then the most urgent comes, then the older."""
    page = Counter()
    serve([page], [(0, 0, 5, 0), (1, 0, 5, 1), (2, 0, 1, 2)], [OnShift(0, 100)])
    assert page.done == {0: 10, 2: 20, 1: 30}


def test_deterministic_nobody_works_outside_shifts() -> None:
    """By hand: what comes at night waits for the morning; what was begun is finished after hours."""
    page = Counter()
    serve([page], [(0, 0, 5, 0), (95, 0, 5, 1), (96, 0, 5, 2)], [OnShift(50, 100), OnShift(500, 600)])
    assert page.done == {0: 60, 1: 105, 2: 510}


def test_deterministic_a_shift_of_one_page_serves_no_other() -> None:
    """By hand: a shift for the second page leaves the first waiting."""
    pages = [Counter(), Counter()]
    serve(pages, [(0, 0, 1, 0), (0, 1, 9, 0)], [OnShift(0, 100, 1), OnShift(200, 300)])
    assert pages[1].done == {0: 10}
    assert pages[0].done == {0: 200 + P["desk.switching_minutes"] + 10}


def test_deterministic_turning_to_another_page_costs_minutes() -> None:
    """By hand: the first page costs nothing to begin with, every change does; so what is as urgent on
    the page at hand comes first.
    """
    pages = [Counter(), Counter()]
    serve(pages, [(0, 0, 5, 0), (1, 1, 5, 0), (2, 0, 5, 1)], [OnShift(0, 100)])
    switch = P["desk.switching_minutes"]
    assert pages[0].done == {0: 10, 1: 20}
    assert pages[1].done == {0: 30 + switch}
    assert [task for *_, task in pages[1].stretches].count(SWITCHING) == 1


def test_law_long_days_tire() -> None:
    """Law: beyond a working day the same message takes longer and is done with less care."""
    page = Counter(lambda _: 60.0)
    serve([page], [(0, 0, 5, k) for k in range(12)], [OnShift(0, 2_000)])
    assert page.care[0] == page.care[7] == 1.0
    assert page.care[11] < page.care[9] < 1.0
    assert page.done[11] - page.done[10] > page.done[7] - page.done[6] == 60
    serve([fresh := Counter(lambda _: 60.0)], [(1_440, 0, 5, 0)], [OnShift(0, 900), OnShift(1_440, 2_000)])
    assert fresh.care[0] == 1.0


def test_invariant_no_minute_is_worked_twice() -> None:
    """Invariant: one pair of hands does one thing at a time, within shifts but for what it finishes."""
    pages = [Counter(lambda k: 1.0 + k % 7), Counter(lambda k: 2.0 + k % 5)]
    shifts = [OnShift(day * 1_440 + 480, day * 1_440 + 720) for day in range(5)]
    serve(pages, [(17.0 * k, k % 2, 1 + k % 9, k) for k in range(400)], shifts)
    stretches = sorted((begin, begin + minutes) for page in pages for begin, minutes, _ in page.stretches)
    assert all(end <= following + 1e-9 for (_, end), (following, _) in pairwise(stretches))
    assert all(any(shift.begin <= begin < shift.end + 10 for shift in shifts) for begin, _ in stretches)


@pytest.mark.parametrize(("hands", "load"), [(1, 0.5), (1, 0.8), (3, 0.7)])
def test_theory_waiting_is_that_of_the_erlang_formula(hands: int, load: float) -> None:
    """Theory: with memoryless arrivals and work the mean wait is that of M/M/c (Erlang C)."""
    generator = np.random.default_rng(hands)
    mean, count = 5.0, 40_000
    arrive = np.cumsum(generator.exponential(mean / (hands * load), count))
    work = generator.exponential(mean, count)
    page = Counter(lambda k: float(work[k]))
    endless = P.changed({"desk.fresh_hours": 1e9})
    serve([page], [(t, 0, 5, k) for k, t in enumerate(arrive)], [OnShift(0, 1e9)], endless, hands)
    waits = np.array([page.done[k] for k in range(count)]) - arrive - work
    assert abs(waits.mean() / erlang_wait(hands, load, mean) - 1) < 0.08


def erlang_wait(hands: int, load: float, mean: float) -> float:
    """Mean minutes in the queue of M/M/c: Erlang C x mean / (c (1 - load))."""
    offered = hands * load
    last = offered**hands / factorial(hands) / (1 - load)
    waits = last / (sum(offered**k / factorial(k) for k in range(hands)) + last)
    return waits * mean / (hands * (1 - load))


def test_law_posts_are_made_before_they_are_due_and_messages_come_between() -> None:
    """Law: a post is worked on in stretches, usual messages before it; close to its time it comes first."""
    clock = simpy.Environment()
    workshop = Workshop(clock, {0: 2.0}, {0: 400.0}, P)
    page = Counter()
    page.workshop = workshop
    desk = Desk(clock, [page], P)
    clock.process(desk.hands([OnShift(0, 500)]))

    def deliver():
        yield clock.timeout(20)
        desk.add(0, 5, 0)

    clock.process(deliver())
    clock.run()
    assert page.done == {0: 40}
    assert workshop.hours[0] == pytest.approx(2.0)
    assert workshop.ready[0].triggered


def test_extreme_no_hands_no_work() -> None:
    """Extreme: without shifts nothing is done, and the clock comes to an end."""
    page = Counter()
    serve([page], [(0, 0, 5, 0)], [])
    assert page.done == {}
