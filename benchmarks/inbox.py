"""What an inbox costs: ``python benchmarks/inbox.py``.

A month of 100,000 followers in a town of a million with 20,000 messages, beside the same month in
which hardly anybody writes; limit: 2 seconds more. Rules of twenty rows and a manager on shift.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from simulator.network.month import day_one, play
from simulator.network.speed import BUSY_FEED, regular_plan
from simulator.network.staging import DayOne
from simulator.playbook.playbook import Playbook
from simulator.world.clients import load_client
from tests.inbox_experiments import contains, rules, shifts

PEOPLE, FOLLOWERS, DAYS, POSTS = 1_000_000, 100_000, 30, 60
LIMIT_SECONDS = 2.0
MAIL = ("question", "order", "complaint", "praise", "chat")
TWENTY = rules(*(contains("personal reply", f"word{k}|other{k} & thing*") for k in range(20)))


def seconds(start: DayOne, book: Playbook) -> tuple[float, int]:
    """CPU seconds of a month, and how much was written."""
    begun = time.process_time()
    month = play(start, book, days=DAYS)
    return time.process_time() - begun, len(month.log.messages)


def main() -> None:
    client = load_client("online-shop").with_parameters({"feed.competition": BUSY_FEED})
    start = day_one(client, people=PEOPLE, followers=FOLLOWERS)
    plan = Playbook(None, regular_plan(client, DAYS, POSTS))
    p = start.page.p
    few = {f"inbox.followers_{kind}": 0.0 for kind in MAIL} | {"inbox.ask": 0.0, "inbox.spam": 0.0}
    times = 5.0
    many = {f"inbox.followers_{kind}": p[f"inbox.followers_{kind}"] * times for kind in MAIL}
    busy = replace(plan, replies=TWENTY, shifts=shifts((8, 20)))
    quiet, none = seconds(_with(start, few), plan)
    full, written = seconds(_with(start, many), busy)
    print(f"{none:,} messages: {quiet:.2f} CPU s; {written:,} messages: {full:.2f} CPU s")
    print(f"the inbox costs {full - quiet:.2f} CPU s (limit {LIMIT_SECONDS:g})")
    sys.exit(0 if full - quiet <= LIMIT_SECONDS else 1)


def _with(start: DayOne, changes: dict[str, float]) -> DayOne:
    """The same first day under other constants of the inbox."""
    from copy import copy

    page = copy(start.page)
    page.p = page.p.changed(changes)
    return replace(start, page=page)


if __name__ == "__main__":
    main()
