"""Several pages under one pair of hands: ``python -m benchmarks.portfolio [--worlds 4]``.

Prints how long a month of six pages takes, and what an hour is expected to bring over half a year by the
number of pages, to who works full days and to who works two hours a day. Exits with 1 when the month is too
slow. ``--worlds 0`` measures only the time.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from simulator.insights.portfolio import run_portfolio
from simulator.playbook.assignment import Assignment
from simulator.playbook.shifts import ShiftPlan
from simulator.world.clients import load_client
from tests.experiments import Plan, playbook
from tests.inbox_experiments import PAGES, incomes
from tests.test_inbox_laws import FULL_DAYS, TWO_HOURS

TIMED_PAGES, PEOPLE = 6, 20_000
LIMIT_SECONDS = 10.0
NUMBERS = range(1, len(PAGES) + 1)


def wall_seconds() -> float:
    """Seconds for six pages in towns of 20,000 people, their pasts and their month, from nothing."""
    clients = [load_client(label) for label in PAGES[:TIMED_PAGES]]
    plan = Plan(posts=20, production_hours=1.0)
    pages = [Assignment(client.label, client, playbook(client, plan)) for client in clients]
    begun = time.perf_counter()
    run_portfolio(pages, FULL_DAYS, people=PEOPLE)
    return time.perf_counter() - begun


def table(title: str, rota: ShiftPlan, worlds: int) -> None:
    """Print the expected income an hour of every number of pages, and its standard error."""
    found = incomes(NUMBERS, rota, range(1, worlds + 1), PEOPLE)
    best = max(found, key=lambda pages: found[pages].mean())
    print(f"\n{title}, {rota.hours_per_week:g} hours a week\n{'pages':>7}{'an hour':>10}{'+-':>8}")
    for pages, income in found.items():
        spread = income.std(ddof=1) / np.sqrt(worlds) if worlds > 1 else 0.0
        print(f"{pages:7}{income.mean():10.1f}{spread:8.1f}{'  the most' if pages == best else ''}")


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--worlds", type=int, default=4)
    chosen = options.parse_args()
    seconds = wall_seconds()
    print(f"{TIMED_PAGES} pages of {PEOPLE:,} people: {seconds:.1f} s (limit {LIMIT_SECONDS:g})")
    if chosen.worlds:
        table("full days", FULL_DAYS, chosen.worlds)
        table("two hours a day", TWO_HOURS, chosen.worlds)
    sys.exit(0 if seconds <= LIMIT_SECONDS else 1)


if __name__ == "__main__":
    main()
