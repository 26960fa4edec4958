"""One small workload in three ways: python -m benchmarks.peers [--people N] [--seeds K]

A page posts 30 times in 28 days. Each of its followers opens the network at random by the
rhythm of their chronotype; a post is in view in a session with probability
sigmoid(u - competition - decay x age); who sees it likes it with a fixed probability. Played

- as this project does it: SimPy is the clock, NumPy finds who will see a post when it goes out;
- as one SimPy process a person;
- as one Mesa agent a person, stepped by the hour (``pip install "mesa>=3"``; left out when it is not there).

Prints CPU seconds, how many times the first way's they are, and what was seen and liked. The ways must agree:
exits with 1 when totals differ by more than four standard errors.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np
import simpy

from simulator.network.feed import LIFE_HOURS, open_window
from simulator.parameters import model_parameters
from simulator.randomness import Luck
from simulator.units import HOURS_PER_WEEK, MINUTES_PER_HOUR
from simulator.world.rhythms import weekly_curves

DAYS, POSTS, LAST_DAY = 28, 30, 24
U, LIKE = 0.0, 0.04
MOST_STANDARD_ERRORS = 4.0


@dataclass(frozen=True)
class Workload:
    """Who follows (sessions a day and chronotype), when posts go out (whole hours) and how posts are met."""

    activity: np.ndarray
    chronotype: np.ndarray
    post_hours: tuple[int, ...]
    in_view: tuple[float, ...]

    @property
    def people(self) -> int:
        return len(self.activity)


@dataclass(frozen=True)
class Totals:
    """What one run came to."""

    reach: int
    likes: int


Way = Callable[[Workload, int], Totals]


def workload(people: int) -> Workload:
    """The same followers and posts for every way and seed."""
    luck, parameters = np.random.default_rng(1), model_parameters()
    activity = np.exp(luck.normal(math.log(5) - 0.18, 0.6, people)).astype(np.float32)
    chronotype = luck.integers(0, len(weekly_curves()), people).astype(np.uint8)
    age = np.arange(LIFE_HOURS) + 0.5
    logit = U - parameters["feed.competition"] - parameters["feed.recency_decay"] * age
    hours = tuple(24 * (k * LAST_DAY // POSTS) + (9, 12, 18, 20)[k % 4] for k in range(POSTS))
    return Workload(activity, chronotype, hours, tuple((1 / (1 + np.exp(-logit))).tolist()))


def window_way(work: Workload, seed: int) -> Totals:
    """SimPy as the clock, NumPy over everybody who follows when a post goes out."""
    clock, luck, parameters = simpy.Environment(), Luck(seed), model_parameters()
    people, u = np.arange(work.people), np.full(work.people, U, np.float32)
    totals = np.zeros(2, int)

    def go_out(post: int, hour: int) -> Generator[simpy.Event]:
        yield clock.timeout(hour * MINUTES_PER_HOUR)
        window = open_window(clock.now, parameters)
        sees = luck.stream("exposure", post).uniform(people) < window.chances(
            work.chronotype, work.activity, u
        )
        seers = people[sees]
        window.first_views(work.chronotype[seers], u[seers], luck.stream("moment", post).uniform(seers))
        totals[:] += len(seers), (luck.stream("like", post).uniform(seers) < LIKE).sum()

    for post, hour in enumerate(work.post_hours):
        clock.process(go_out(post, hour))
    clock.run(until=DAYS * 24 * MINUTES_PER_HOUR)
    return Totals(*totals.tolist())


class Feed:
    """The posts that are out, for ways that look at one person at a time."""

    def __init__(self, work: Workload, luck: random.Random) -> None:
        self.work, self.luck = work, luck
        self.reach = self.likes = 0

    def live(self, hour: int) -> list[tuple[int, float]]:
        """Posts that can be met in this hour, each with its chance to be in view."""
        ages = ((post, hour - out) for post, out in enumerate(self.work.post_hours))
        return [(post, self.work.in_view[age]) for post, age in ages if 0 <= age < LIFE_HOURS]

    def session(self, seen: set[int], live: list[tuple[int, float]]) -> None:
        """Somebody opens the network and meets what is in view."""
        for post, chance in live:
            if post not in seen and self.luck.random() < chance:
                seen.add(post)
                self.reach += 1
                self.likes += self.luck.random() < LIKE


def process_way(work: Workload, seed: int) -> Totals:
    """One SimPy process a person, which sleeps from one session to the next."""
    clock, luck = simpy.Environment(), random.Random(seed)
    feed = Feed(work, luck)
    by_hour = [feed.live(hour) for hour in range(DAYS * 24)]
    use = [
        np.concatenate([[0.0], np.cumsum(np.tile(curve, DAYS // 7 + 1)) / 24]) for curve in weekly_curves()
    ]

    def person(activity: float, used: np.ndarray) -> Generator[simpy.Event]:
        seen: set[int] = set()
        spent = 0.0
        while True:
            # The next point of a Poisson process of unit rate, on the scale of use up to now.
            spent += luck.expovariate(activity)
            hour = int(np.searchsorted(used, spent, side="right")) - 1
            if hour >= DAYS * 24:
                return
            moment = hour + (spent - used[hour]) / (used[hour + 1] - used[hour])
            yield clock.timeout(max(0.0, moment - clock.now))
            feed.session(seen, by_hour[hour])

    for activity, chronotype in zip(work.activity.tolist(), work.chronotype.tolist(), strict=True):
        clock.process(person(activity, use[chronotype]))
    clock.run(until=DAYS * 24)
    return Totals(feed.reach, feed.likes)


def mesa_way(work: Workload, seed: int) -> Totals:
    """One Mesa agent a person, stepped every hour."""
    import mesa  # type: ignore[import-not-found,unused-ignore]

    curves = weekly_curves().tolist()

    class Town(mesa.Model):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(rng=seed)
            self.feed = Feed(work, random.Random(seed))
            self.hour = 0
            self.live: list[tuple[int, float]] = []
            for activity, chronotype in zip(work.activity.tolist(), work.chronotype.tolist(), strict=True):
                Person(self, activity, curves[chronotype])

        def step(self) -> None:
            self.live = self.feed.live(self.hour)
            self.agents.do("look")
            self.hour += 1

    class Person(mesa.Agent):  # type: ignore[misc]
        def __init__(self, model: Any, activity: float, curve: list[float]) -> None:
            super().__init__(model)
            self.nobody = [math.exp(-activity * use / 24) for use in curve]
            self.seen: set[int] = set()

        def look(self) -> None:
            """As many sessions as a Poisson number of this hour says (Knuth's way)."""
            feed, none = self.model.feed, self.nobody[self.model.hour % HOURS_PER_WEEK]
            left = feed.luck.random()
            while left > none:
                feed.session(self.seen, self.model.live)
                left *= feed.luck.random()

    town = Town()
    for _ in range(DAYS * 24):
        town.step()
    return Totals(town.feed.reach, town.feed.likes)


WAYS: dict[str, Way] = {
    "SimPy clock + NumPy (this project)": window_way,
    "SimPy, one process a person": process_way,
    "Mesa, one agent a person": mesa_way,
}


@dataclass(frozen=True)
class Measured:
    """One way over several seeds: CPU seconds a run, means of the totals and their standard errors."""

    cpu_seconds: float
    means: np.ndarray
    errors: np.ndarray


def measure(way: Way, work: Workload, seeds: int) -> Measured:
    """Play a way once for each seed."""
    way(work, 0)
    begun = time.process_time()
    totals = [way(work, seed) for seed in range(1, seeds + 1)]
    cpu = (time.process_time() - begun) / seeds
    table = np.array([(total.reach, total.likes) for total in totals], float)
    # Few seeds tell little of their own spread: it is at least that of counting.
    spread = np.maximum(table.std(axis=0, ddof=1), np.sqrt(table.mean(axis=0)))
    return Measured(cpu, table.mean(axis=0), spread / math.sqrt(seeds))


def disagreement(a: Measured, b: Measured) -> float:
    """By how many standard errors two ways differ, in the total they differ in most."""
    return float((abs(a.means - b.means) / np.hypot(a.errors, b.errors)).max())


def main() -> int:
    """Measure, print a table, and say by the exit status whether the ways agree."""
    reader = argparse.ArgumentParser(description="One small workload in three ways.")
    reader.add_argument("--people", type=int, default=2_000)
    reader.add_argument("--seeds", type=int, default=4)
    options = reader.parse_args()
    ways = dict(WAYS)
    if find_spec("mesa") is None:
        print('Mesa is not installed, so it is left out; to have it: pip install "mesa>=3"')
        del ways["Mesa, one agent a person"]
    work = workload(options.people)
    print(f"{options.people:,} people, {POSTS} posts, {DAYS} days, mean of {options.seeds} seeds")
    print(f"{'':36}{'CPU s':>9}{'times':>8}{'reach':>18}{'likes':>16}{'apart, se':>11}")
    found = {name: measure(way, work, options.seeds) for name, way in ways.items()}
    first = next(iter(found.values()))
    for name, one in found.items():
        reach, likes = (f"{m:,.0f} +-{e:,.0f}" for m, e in zip(one.means, one.errors, strict=True))
        times, apart = one.cpu_seconds / first.cpu_seconds, disagreement(one, first)
        print(f"{name:36}{one.cpu_seconds:9.3f}{times:8,.0f}{reach:>18}{likes:>16}{apart:11.1f}")
    worst = max(disagreement(one, first) for one in found.values())
    if worst > MOST_STANDARD_ERRORS:
        print(f"The ways differ by {worst:.1f} standard errors, more than {MOST_STANDARD_ERRORS:g}")
    return int(worst > MOST_STANDARD_ERRORS)


if __name__ == "__main__":
    sys.exit(main())
