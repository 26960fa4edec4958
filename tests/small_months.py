"""Small months for the tests of the network: a town of some hundred people, played once and kept."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from simulator.network.known import FADING, Mind
from simulator.network.log import Log
from simulator.network.month import Played, day_one, play
from simulator.network.staging import DayOne
from simulator.playbook.playbook import Playbook
from simulator.world.clients import Client, load_client
from tests.experiments import Plan, playbook

PEOPLE = 1_500
SINGLE = (
    "followers_start",
    "followers_end",
    "followers_by_day",
    "expected_margin_by_day",
    "expected_anyway_by_day",
)
TABLES = ("exposures", "follows", "unfollows", "visits", "purchases")


@lru_cache(maxsize=6)
def shop(label: str = "online-shop") -> Client:
    """A shipped client, loaded once."""
    return load_client(label)


def found(label: str = "online-shop", seed: int = 1, people: int = PEOPLE) -> DayOne:
    """The page as found in a small town."""
    return day_one(shop(label), seed=seed, people=people)


@lru_cache(maxsize=16)
def month(plan: Plan = Plan(), label: str = "online-shop", seed: int = 1, people: int = PEOPLE) -> Played:  # noqa: B008
    """A regular month in a small town."""
    return play(found(label, seed, people), playbook(shop(label), plan), days=plan.days)


def played(book: Playbook, days: int = 28, people: int = PEOPLE) -> Played:
    """What became of ``book`` at the online shop."""
    return play(found(people=people), book, days=days)


def columns(log: Log) -> dict[str, np.ndarray]:
    """Every array of a log by name: ``exposures.time``, ``followers_end``, ..."""
    arrays = {
        f"{name}.{column}": getattr(getattr(log, name), column)
        for name in TABLES
        for column in getattr(log, name).__slots__
    }
    return arrays | {name: getattr(log, name) for name in SINGLE}


def same(a: Log, b: Log) -> bool:
    """Whether two logs hold the same facts."""
    left, right = columns(a), columns(b)
    return a.posts == b.posts and all(np.array_equal(left[name], right[name]) for name in left)


def mind(**feelings: float) -> Mind:
    """Somebody who feels nothing but ``feelings``."""
    return Mind(**{name: np.array([feelings.get(name, 0.0)], np.float32) for name in FADING})
