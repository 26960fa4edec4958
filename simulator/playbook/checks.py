"""Checking a playbook before it is run: every error and warning at once."""

from __future__ import annotations

from pathlib import Path

from simulator.errors import Problem
from simulator.playbook.playbook import read_folder
from simulator.units import DAYS_PER_MONTH
from simulator.world.clients import Client
from simulator.world.world import World


def check_playbook(
    folder: Path | str,
    client: Client | None = None,
    days: int = DAYS_PER_MONTH,
    world: World | None = None,
) -> list[Problem]:
    """Every error and warning in a playbook's folder, sorted by file and line.

    ``world``: where audiences are sized; a town of the client's and of the usual size without one.

    >>> [found.rule for found in check_playbook("no/such/folder")]
    ['playbook.no_folder']
    """
    return read_folder(folder, client, days, world)[1]
