"""What each reference manager's month is worth: ``python benchmarks/ladder.py [--worlds 8]``.

For every client a line a manager, the worst first: worth in currency units, and how much more than doing
nothing in the same worlds, with its standard error.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
from joblib import Parallel, delayed

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from simulator.network.month import day_one, play
from simulator.playbook.playbook import Playbook
from simulator.scoring.reference_managers import names, playbook_of
from simulator.scoring.study import Study
from simulator.world.clients import client_names, load_client


def worths(label: str, books: tuple[Playbook, ...], seed: int, people: int = 20_000) -> list[float]:
    """What each playbook is worth in one world, in currency units."""
    start = day_one(load_client(label), seed=seed, people=people)
    return [play(start, book).worth_cents / 100 for book in books]


def ladder(label: str, worlds: int, people: int = 20_000) -> dict[str, np.ndarray]:
    """(worlds,) worth of every manager's month, the worst mean first."""
    study = Study.of(load_client(label), people=people)
    books = tuple(playbook_of(name, study) for name in names())
    rows = Parallel(n_jobs=2)(delayed(worths)(label, books, seed, people) for seed in range(1, worlds + 1))
    found = dict(zip(names(), np.array(rows).T, strict=True))
    return dict(sorted(found.items(), key=lambda item: item[1].mean()))


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--clients", default=",".join(client_names()))
    options.add_argument("--worlds", type=int, default=8)
    chosen = options.parse_args()
    for label in chosen.clients.split(","):
        found = ladder(label, chosen.worlds)
        print(label)
        for name, worth in found.items():
            more = worth - found["does-nothing"]
            error = more.std(ddof=1) / np.sqrt(len(more))
            print(f"  {name:20s}{worth.mean():10,.0f}{more.mean():+10,.0f} +- {error:,.0f}", flush=True)


if __name__ == "__main__":
    main()
