"""What is remembered of reference managers: their outcomes, in a folder of the user's, world by world.

A file is named by a digest of everything its content depends on, and appears whole or not at
all: writers side by side write the same, and one that is killed leaves nothing half done.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from simulator.files import write_whole
from simulator.scoring.model_version import model_digest
from simulator.scoring.outcome import Outcome
from simulator.world.clients import Client

FOLDER_VARIABLE = "MSIMAMIZI_CACHE"
"""The environment variable that names another folder than the usual one."""


def memory_folder() -> Path:
    """Where references are remembered."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named) if named else Path(platformdirs.user_cache_dir("msimamizi"))


@dataclass(frozen=True, slots=True)
class Remembered:
    """The references of one client in towns of so many people."""

    client: Client
    people: int

    def read(self, manager: str, seed: int) -> Outcome | None:
        """The outcome of a manager in a world; None if it is not known, or cannot be read."""
        try:
            return Outcome.from_dict(json.loads(self._path(manager, seed).read_text("utf-8")))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, manager: str, seed: int, outcome: Outcome) -> None:
        """Remember an outcome; a folder that cannot be written to is done without."""
        try:
            write_whole(self._path(manager, seed), json.dumps(outcome.as_dict()))
        except OSError:
            return

    def _path(self, manager: str, seed: int) -> Path:
        return self._folder / f"{manager}-{seed}.json"

    @property
    def _folder(self) -> Path:
        told = (model_digest(), self.client.fingerprint, str(self.people))
        digest = hashlib.blake2b("\n".join(told).encode(), digest_size=12).hexdigest()
        return memory_folder() / "references" / f"{self.client.name}-{digest}"


def remembered_files() -> Iterator[Path]:
    """Every file there is."""
    yield from (memory_folder() / "references").rglob("*.json")


def forget() -> int:
    """Remove everything remembered; the number of files there were."""
    there = len(list(remembered_files()))
    shutil.rmtree(memory_folder() / "references", ignore_errors=True)
    return there
