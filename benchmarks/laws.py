"""The laws in many worlds: ``python benchmarks/laws.py [--worlds 30] [--client online-shop]``.

Prints for every law and ablation the mean of the number that must be above zero, its standard
error and the chance of so much by luck; the best selling share; exits with 1 when one fails.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
from rich.progress import track

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from simulator.world.clients import Client, load_client
from tests.ablations import ABLATIONS
from tests.experiments import Plan, run
from tests.laws import BY_SHARE, ERROR_RATE, LAWS, LONG_LAWS, LONG_PLANS, PLANS, best_share, chance_of_luck


def in_worlds(client: Client, plans: tuple[Plan, ...], worlds: int, what: str) -> dict[Plan, dict]:
    """Every plan in ``worlds`` worlds, a few at a time so that progress can be shown."""
    chunks = [range(start, min(start + 4, worlds + 1)) for start in range(1, worlds + 1, 4)]
    parts = [run(client, plans, chunk) for chunk in track(chunks, what)]
    return {
        plan: {name: np.concatenate([part[plan][name] for part in parts]) for name in parts[0][plan]}
        for plan in plans
    }


def line(name: str, numbers: np.ndarray) -> bool:
    """Print one law; whether it holds."""
    chance = chance_of_luck(numbers)
    error = numbers.std(ddof=1) / np.sqrt(len(numbers))
    holds = chance < ERROR_RATE
    print(
        f"{'holds' if holds else 'FAILS'}  {name:42s}{numbers.mean():12.4f} +- {error:9.4f}  p = {chance:.4f}"
    )
    return holds


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--worlds", type=int, default=30)
    options.add_argument("--client", default="online-shop")
    chosen = options.parse_args()
    client = load_client(chosen.client)
    results = in_worlds(client, PLANS, chosen.worlds, "plans of a month")
    held = [line(law.name, law.above_zero(results)) for law in LAWS]
    print(f"best selling share {best_share(results):.3f}; worth by share, mix of .3 = 100:")
    mix = results[BY_SHARE[0.3]]["worth"].mean()
    print(
        "  ".join(f"{s:g}: {100 * results[plan]['worth'].mean() / mix:.0f}" for s, plan in BY_SHARE.items())
    )
    long_results = in_worlds(client, LONG_PLANS, chosen.worlds, "plans of half a year")
    held += [line(law.name, law.above_zero(long_results)) for law in LONG_LAWS]
    for ablation in ABLATIONS:
        found = in_worlds(ablation.client(client), ablation.plans, chosen.worlds, ablation.name)
        held.append(line(f"without: {ablation.name}", ablation.above_zero(found)))
    print(f"{sum(held)} of {len(held)} hold in {chosen.worlds} worlds of {client.label}")
    sys.exit(0 if all(held) else 1)


if __name__ == "__main__":
    main()
