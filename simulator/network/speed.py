"""How fast a month runs here: one regular month, timed."""

from __future__ import annotations

import sys
import time
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from simulator.network.month import day_one, play
from simulator.playbook.plan import ContentPlan
from simulator.playbook.playbook import Playbook
from simulator.playbook.posts import PURPOSES, Post
from simulator.world.clients import Client, load_client

_HOURS = (9, 17, 12, 20)
BUSY_FEED = 2.0
"""Competition in the feed, low enough that every tenth to fifth follower meets a post: much to do."""


@dataclass(frozen=True, slots=True)
class Speed:
    """What one run took: seconds of wall time, CPU seconds of the run, memory at its highest.

    ``build_seconds``: town, friendships and two former months; ``run_seconds``: the month.
    """

    build_seconds: float
    run_seconds: float
    cpu_seconds: float
    peak_mb: float
    exposures: int

    def as_dict(self) -> dict[str, float]:
        return asdict(self)


def measure_speed(people: int, followers: int, days: int, posts: int) -> Speed:
    """Build a town of ``people`` with a page of ``followers`` and play ``days`` with ``posts`` posts."""
    client = load_client("online-shop").with_parameters({"feed.competition": BUSY_FEED})
    begun = time.perf_counter()
    start = day_one(client, people=people, followers=followers)
    built = time.perf_counter()
    cpu = time.process_time()
    month = play(start, Playbook(None, regular_plan(client, days, posts)), days=days)
    return Speed(
        build_seconds=round(built - begun, 3),
        run_seconds=round(time.perf_counter() - built, 3),
        cpu_seconds=round(time.process_time() - cpu, 3),
        peak_mb=round(peak_mb(), 1),
        exposures=len(month.log.exposures.time),
    )


def regular_plan(client: Client, days: int, posts: int) -> ContentPlan:
    """``posts`` posts spread over ``days`` days, hours of the day, topics and purposes in turn."""
    start = datetime.combine(client.file.month_start, datetime.min.time())
    topics = client.topic_names
    return ContentPlan(
        tuple(
            Post(
                posting_time=start + timedelta(days=k * days // posts, hours=_HOURS[k % len(_HOURS)]),
                text=f"{k:04d}a {k:04d}b {k:04d}c",
                format="photo",
                purpose=PURPOSES[k % len(PURPOSES)],
                topic=topics[k % len(topics)],
            )
            for k in range(posts)
        )
    )


def peak_mb() -> float:
    """The most memory this process has held, in MB (0 where the system does not tell)."""
    if sys.platform == "win32":
        return 0.0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3
