"""Criteria: where a score comes from, in money and in points that add up to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from simulator.network.worth import Worth
from simulator.texts import say
from simulator.world.clients import ClientFile

PARTS: Final[Mapping[str, Callable[[Worth], float]]] = {
    "sales": lambda worth: worth.added - worth.answers - worth.clicked + worth.carry.others,
    "followers won": lambda worth: worth.carry.won,
    "followers kept": lambda worth: worth.carry.kept,
    "service": lambda worth: worth.answers + worth.carry.service,
    "spend efficiency": lambda worth: worth.clicked - worth.ads - worth.hours,
}
"""What each of a client's goals is in cents; together they are the whole worth.

``sales``: margin the page added in the month, but for sales by answers and by clicks on ads, and what
others than its followers will bring; ``spend efficiency``: sales by clicks on ads less ads and hours.
"""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One goal of the client: ``found`` cents more than doing nothing brings, where the manager who
    studies the research pack brings ``wanted``; the client's ``weight``; ``points`` of the score, and
    ``one_thing`` to try.
    """

    name: str
    found: float
    wanted: float
    weight: float
    points: float
    one_thing: str


def goal_title(name: str) -> str:
    """A goal as people read it.

    >>> goal_title("followers won")
    'followers won'
    """
    return say(f"research.goals.{name.replace(' ', '_')}")


def parts_of(worth: Worth) -> dict[str, float]:
    """Cents by goal; their sum is the worth.

    >>> from simulator.network.carry_over import CarryOver
    >>> worth = Worth(1_060, 100, 60, 40, CarryOver(200, 50, 5, 10), 100, 80)
    >>> parts_of(worth)["followers kept"], sum(parts_of(worth).values()) == worth.total
    (200, True)
    """
    return {name: part(worth) for name, part in PARTS.items()}


def criteria(
    file: ClientFile,
    points: float,
    one_thing: Mapping[str, str],
    *,
    found: Mapping[str, float],
    nothing: Mapping[str, float],
    wanted: Mapping[str, float],
) -> tuple[Criterion, ...]:
    """A criterion for every goal of the client, the weightiest first; their points sum to ``points``.

    ``found``, ``nothing`` and ``wanted``: mean cents by goal of the playbook, of doing nothing and of
    the manager who studies the pack.
    """
    gains = {name: found[name] - nothing[name] for name in PARTS}
    total = sum(gains.values())
    each = points / total if total else 0.0
    weights: dict[str, float] = {goal.name: goal.weight for goal in file.goals}
    return tuple(
        Criterion(
            name, gains[name], wanted[name] - nothing[name], weight, each * gains[name], one_thing[name]
        )
        for name, weight in sorted(
            ((name, weights.get(name, 0.0)) for name in PARTS), key=lambda row: row[1], reverse=True
        )
    )
