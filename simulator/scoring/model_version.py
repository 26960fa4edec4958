"""The model's version: what a grade was made with, so that it can be told when grades would move."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final

import numpy as np

from simulator.errors import SimulatorError
from simulator.texts import say

MODEL: Final = "2026.11"
"""Changes whenever scores may: with an entry tagged [SCORES] in the changelog, and with the golden months."""

ROOMS: Final = ("world", "playbook", "network", "research", "scoring", "data")
"""Where a change can move a score; the modules of the package's own folder are with them."""


def refuse_other_model(wanted: str | None) -> None:
    """Raise SimulatorError unless ``wanted`` is the model installed, or None for any."""
    if wanted is not None and wanted != MODEL:
        raise SimulatorError(say("score.other_model", wanted=wanted, here=MODEL))


@cache
def model_digest() -> str:
    """A digest of everything that decides a score: code, constants, clients, NumPy and Python."""
    digest = hashlib.blake2b(f"{np.__version__} {platform.python_version()}".encode(), digest_size=16)
    package = resources.files("simulator")
    for name, file in sorted(
        [*_files(package, deep=False), *(f for r in ROOMS for f in _files(package / r))]
    ):
        digest.update(name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _files(folder: Traversable, *, deep: bool = True) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            if deep and entry.name not in ("texts", "__pycache__"):
                found += [(f"{folder.name}/{name}", file) for name, file in _files(entry)]
        elif entry.name.endswith((".py", ".toml", ".csv")):
            found.append((f"{folder.name}/{entry.name}", entry))
    return found
