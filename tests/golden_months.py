"""Golden months: one small month of every client, written down, with the version of the model they are of.

``python -m tests.golden_months`` writes ``tests/golden/months.json`` anew. It changes only together
with an entry tagged [SCORES] in the changelog that says how much and why, and with a new version of the
model (``simulator/scoring/model_version.py``), so that a class that pinned the old one is not moved unawares.
``tests/golden/models.json`` holds a digest of the months of every version there was.
"""

from __future__ import annotations

import hashlib
import json
import sys
from importlib import resources
from pathlib import Path
from typing import Any

from simulator.insights.month import run_month
from simulator.insights.tables import plain
from simulator.playbook.playbook import Playbook
from simulator.scoring.model_version import MODEL
from simulator.world.clients import client_names, load_client

GOLDEN = Path(__file__).parent / "golden" / "months.json"
MODELS = GOLDEN.with_name("models.json")
VERSION_FILE = "simulator/scoring/model_version.py"
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


def digest_of(text: str) -> str:
    """What tells one text of golden months from another."""
    return hashlib.sha256(text.encode()).hexdigest()


def write() -> None:
    """Write the figures of every client; refused if they are not those of the model's version."""
    months = {name: golden_month(name) for name in client_names()}
    text = json.dumps(months, indent=2) + "\n"
    known = json.loads(MODELS.read_text("utf-8"))
    if known.setdefault(MODEL, digest_of(text)) != digest_of(text):
        sys.exit(f"these are no months of model {MODEL}: give {VERSION_FILE} a new version first")
    GOLDEN.write_text(text, "utf-8")
    MODELS.write_text(json.dumps(known, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    write()
