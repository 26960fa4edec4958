"""The laws of the inbox in many worlds: ``python benchmarks/inbox_laws.py [--worlds 30] [--first 101]``.

Prints for every law the mean of the number that must be above zero, its standard error and the
chance of so much by luck; then expected income an hour by number of pages. Exits with 1 when a law fails.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
from rich.progress import track

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.laws import line
from tests.inbox_experiments import incomes, run_ways
from tests.inbox_laws import LAWS, WAYS
from tests.test_inbox_laws import FULL_DAYS, TWO_HOURS


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--worlds", type=int, default=30)
    options.add_argument("--first", type=int, default=101, help="the first world; 1 to 12 were tuned on")
    options.add_argument("--portfolio-worlds", type=int, default=8)
    chosen = options.parse_args()
    end = chosen.first + chosen.worlds
    chunks = [range(start, min(start + 4, end)) for start in range(chosen.first, end, 4)]
    parts = [run_ways(WAYS, chunk) for chunk in track(chunks, "ways")]
    results = {
        way: {name: np.concatenate([part[way][name] for part in parts]) for name in parts[0][way]}
        for way in WAYS
    }
    held = [line(law.name, law.above_zero(results)) for law in LAWS]
    seeds = range(chosen.first, chosen.first + chosen.portfolio_worlds)
    for words, rota, numbers in (
        ("45 hours a week", FULL_DAYS, range(1, 9)),
        ("2 hours a day", TWO_HOURS, range(1, 5)),
    ):
        print(f"expected income an hour over half a year, {words}:")
        for pages, income in incomes(numbers, rota, seeds).items():
            print(f"  {pages} pages  {income.mean():7.1f} +- {income.std(ddof=1) / len(income) ** 0.5:.1f}")
    print(f"{sum(held)} of {len(held)} hold in worlds {chosen.first} to {end - 1}")
    sys.exit(0 if all(held) else 1)


if __name__ == "__main__":
    main()
