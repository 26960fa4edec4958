"""How long scores and advice take: ``python -m benchmarks.scoring [--client salon] [--advise]``.

A score of the client's example month in twenty worlds: with nothing remembered, and again with the reference
managers remembered. With ``--advise`` the advice as well. Limits hold on two idle cores.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable

from simulator.scoring.advice import advise
from simulator.scoring.hands import Hands
from simulator.scoring.remembered import FOLDER_VARIABLE
from simulator.scoring.score import score
from simulator.world.clients import load_client
from tests.golden_months import example

LIMITS = {"score, managers remembered": 10.0, "advice": 60.0}
"""Seconds."""


def seconds(of_what: str, work: Callable[[], object]) -> bool:
    """Time one piece of work and say whether its limit held."""
    begin = time.perf_counter()
    print(f"{of_what:32s}", end="", flush=True)
    found = work()
    took = time.perf_counter() - begin
    limit = LIMITS.get(of_what)
    kept = limit is None or took <= limit
    told = "" if limit is None else f" (limit {limit:.0f} s{'' if kept else ', BROKEN'})"
    print(f"{took:7.1f} s{told}  {found}", flush=True)
    return kept


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--client", default="salon")
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--advise", action="store_true")
    chosen = options.parse_args()
    client, hands = load_client(chosen.client), Hands(chosen.workers)
    playbook = example(client.name)
    with tempfile.TemporaryDirectory() as folder:
        os.environ[FOLDER_VARIABLE] = folder
        kept = [
            seconds("score, nothing remembered", lambda: score(client, playbook, hands=hands)),
            seconds("score, managers remembered", lambda: score(client, playbook, hands=hands)),
        ]
        if chosen.advise:
            kept.append(
                seconds("advice", lambda: f"{len(advise(client, playbook, hands=hands).sure)} sure gains")
            )
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
