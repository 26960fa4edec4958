"""Golden months: one small month of every client, written down.

``python -m tests.golden_months`` writes ``tests/golden/months.json`` anew. It changes only together
with an entry tagged [SCORES] in the changelog that says how much and why.
"""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

from simulator.insights.month import run_month
from simulator.insights.tables import plain
from simulator.playbook.playbook import Playbook
from simulator.world.clients import client_names, load_client

GOLDEN = Path(__file__).parent / "golden" / "months.json"
PEOPLE = 2_000
SEED = 1


def example(name: str) -> Playbook:
    """The example month that comes with a client."""
    with resources.as_file(resources.files("simulator") / "data" / "examples" / name) as folder:
        return Playbook.read(folder, load_client(name))


def golden_month(name: str) -> dict[str, Any]:
    """The figures of the client's example month in a town of two thousand."""
    month = run_month(load_client(name), example(name), seed=SEED, people=PEOPLE)
    return plain(month.insights.summary)


def write() -> None:
    """Write the figures of every client."""
    GOLDEN.parent.mkdir(exist_ok=True)
    months = {name: golden_month(name) for name in client_names()}
    GOLDEN.write_text(json.dumps(months, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    write()
