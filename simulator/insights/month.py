"""A month: what happened, and what the trade calls it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property

from simulator.insights.tables import Insights
from simulator.network.month import Played, day_one, play
from simulator.playbook.playbook import Playbook
from simulator.units import DAYS_PER_MONTH
from simulator.world.clients import DEFAULT_PEOPLE, Client


@dataclass(frozen=True)
class Month(Played):
    """The result of :func:`run_month`: the log, the worth and the insights."""

    @cached_property
    def insights(self) -> Insights:
        """Tables with the trade's column names, computed when first asked for."""
        return Insights(self)


def run_month(
    client: Client,
    playbook: Playbook,
    *,
    seed: int = 1,
    people: int = DEFAULT_PEOPLE,
    days: int = DAYS_PER_MONTH,
    followers: int | None = None,
    day_done: Callable[[int], None] | None = None,
) -> Month:
    """Play ``playbook`` for ``days`` days in the world ``seed`` of ``client``.

    ``followers`` when the former habits began: the client's share of ``people`` if None.
    ``day_done(day)`` is called after every day. The same arguments always give the same month.

    >>> from simulator.world.clients import load_client
    >>> month = run_month(load_client("salon"), Playbook.empty(), people=1_000, days=7)
    >>> month.insights.summary["impressions"]
    0
    """
    start = day_one(client, seed=seed, people=people, followers=followers)
    played = play(start, playbook, days=days, day_done=day_done)
    return Month(**{field.name: getattr(played, field.name) for field in fields(Played)})
