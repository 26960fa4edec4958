"""An assignment: one page of a portfolio, and what is handed in for it."""

from __future__ import annotations

from dataclasses import dataclass, field

from simulator.playbook.playbook import Playbook
from simulator.world.clients import Client


@dataclass(frozen=True, slots=True)
class Assignment:
    """One page of a portfolio: its name there, whose it is, what is handed in, months one has had it.

    Shifts are the portfolio's, so those of ``playbook`` are not asked. ``line``: where it stands in its
    file, if it came from one.
    """

    page: str
    client: Client
    playbook: Playbook
    months_of_service: int = 0
    line: int | None = field(default=None, compare=False)
