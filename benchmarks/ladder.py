"""What each reference manager's month is worth: ``python benchmarks/ladder.py [--worlds 8]``.

For every client a line a manager, the worst first: worth in currency units, and how much more than doing
nothing in the same worlds, with its standard error.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from simulator.scoring.reference_managers import names
from simulator.scoring.trial import Trial, world_seeds
from simulator.world.clients import DEFAULT_PEOPLE, client_names, load_client


def ladder(label: str, worlds: int, people: int = DEFAULT_PEOPLE) -> dict[str, NDArray[np.float64]]:
    """(worlds,) worth of every manager's month in currency units, the worst mean first."""
    trial = Trial(load_client(label), people, managers=names())
    results = list(trial.run([], world_seeds(worlds)))
    found = {name: np.array([one.anchors[name].cents / 100 for one in results]) for name in names()}
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
