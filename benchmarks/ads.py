"""What ads cost in time and memory: five ad sets over the organic month.

    python -m benchmarks.ads [--people 1000000] [--followers 100000] [--days 30]

Plays the month of ``benchmarks.speed`` without and with five ad sets (five goals, one of them
retargeting), each in a process of its own, and prints what the ads added.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from dataclasses import replace

from simulator.network.month import day_one, play
from simulator.network.speed import BUSY_FEED, peak_mb, regular_plan
from simulator.playbook.ads import GOALS, Ad, AdPlan, AdSet
from simulator.playbook.audiences import Audience
from simulator.playbook.playbook import Playbook
from simulator.world.clients import Client, load_client

POSTS = 60
AUDIENCES = {
    "REACH": Audience(),
    "ENGAGEMENT": Audience(inclusions=(("cooking", "home"),)),
    "LINK_CLICKS": Audience(age_min=25, age_max=54, exclusions=("followers",)),
    "FOLLOWS": Audience(gender="women", inclusions=(("cooking",), ("home", "parenting"))),
    "PURCHASES": Audience(inclusions=(("visitors", "engaged"),), exclusions=("buyers",)),
}


def ad_sets(client: Client, daily_budget_cents: int) -> AdPlan:
    """Five ad sets with an audience each, one a goal."""
    topics = client.topic_names
    return AdPlan(
        tuple(
            AdSet(
                "bench",
                goal,
                goal,
                AUDIENCES[goal],
                daily_budget_cents=daily_budget_cents,
                ads=(Ad(goal, "photo", "sell", "", f"{goal} a {k} b {k} c", topics[k % len(topics)]),),
            )
            for k, goal in enumerate(GOALS)
        )
    )


def one(people: int, followers: int, days: int, daily_budget_cents: int) -> str:
    """CPU seconds of the month, memory at its highest, impressions of ads."""
    client = load_client("online-shop").with_parameters({"feed.competition": BUSY_FEED})
    start = day_one(client, people=people, followers=followers)
    book = Playbook(None, regular_plan(client, days, POSTS))
    if daily_budget_cents:
        book = replace(book, ads=ad_sets(client, daily_budget_cents))
    begun = time.process_time()
    month = play(start, book, days=days)
    seconds = time.process_time() - begun
    return f"{seconds:.2f} {peak_mb():.0f} {len(month.log.ad_views.time)}"


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--people", type=int, default=1_000_000)
    options.add_argument("--followers", type=int, default=100_000)
    options.add_argument("--days", type=int, default=30)
    options.add_argument(
        "--daily-budget-cents",
        type=int,
        default=15_000,
        help="of each of the five sets; usual: 22,500 units a month, seven times the shop's budget",
    )
    options.add_argument("--one", type=int, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.one is not None:
        print(one(chosen.people, chosen.followers, chosen.days, chosen.one))
        return
    size = [f"--{name}={getattr(chosen, name)}" for name in ("people", "followers", "days")]
    found = []
    for budget in (0, chosen.daily_budget_cents):
        runs = [
            subprocess.run(
                [sys.executable, "-m", "benchmarks.ads", *size, f"--one={budget}"],
                capture_output=True,
                text=True,
                check=True,
            ).stdout.split()
            for _ in range(2)
        ]
        found.append(min((float(cpu), float(mb), int(views)) for cpu, mb, views in runs))
    (cpu, mb, _), (with_cpu, with_mb, views) = found
    print(f"organic month     {cpu:6.2f} CPU s  {mb:6.0f} MB")
    print(f"with five ad sets {with_cpu:6.2f} CPU s  {with_mb:6.0f} MB  {views:,} impressions of ads")
    print(f"added             {with_cpu - cpu:6.2f} CPU s  {with_mb - mb:6.0f} MB")


if __name__ == "__main__":
    main()
