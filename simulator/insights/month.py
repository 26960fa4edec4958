"""A month: what happened, what the trade calls it, and what it is measured against."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property

from simulator.insights.tables import Insights
from simulator.network.carry_over import NO_CARRY_OVER
from simulator.network.month import Played, day_one, play
from simulator.network.staging import DayOne
from simulator.network.worth import Worth
from simulator.playbook.playbook import Playbook
from simulator.units import DAYS_PER_MONTH
from simulator.world.clients import DEFAULT_PEOPLE, Client


@dataclass(frozen=True)
class Month(Played):
    """The result of :func:`run_month`: the log, the worth and the insights.

    ``page``: the page's name in the portfolio it was played in; "" for a month alone.
    """

    page: str = ""

    @cached_property
    def insights(self) -> Insights:
        """Tables with the trade's column names, computed when first asked for."""
        return Insights(self)


@dataclass(frozen=True, slots=True)
class Yardsticks:
    """What a month is measured against, in the same world.

    ``nothing``: the worth in cents had nothing been posted, with the page as found.
    ``before``: the insights of the two months before day one. ``idle``: the parts of ``nothing``.
    """

    nothing: float
    before: Insights
    idle: Worth | None = None


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
    return month_of(play(start, playbook, days=days, day_done=day_done))


def month_of(played: Played) -> Month:
    """What was played, with its insights."""
    return Month(**{field.name: getattr(played, field.name) for field in fields(Played)})


def past_insights(start: DayOne) -> Insights:
    """The insights of the two months before day one."""
    world = start.world
    return Insights(
        Played(
            client=world.client,
            playbook=Playbook.empty(),
            seed=world.seed,
            people=len(world.people),
            days=start.former.days,
            world=world,
            log=start.former,
            carry_over=NO_CARRY_OVER,
        )
    )


def yardsticks(month: Played) -> Yardsticks:
    """What ``month`` is measured against: nothing posted, and the page's past, in its world.

    For a month that began with the client's usual followers.

    >>> from simulator.world.clients import load_client
    >>> month = run_month(load_client("salon"), Playbook.empty(), people=1_000, days=7)
    >>> yardsticks(month).nothing == month.worth_cents
    True
    """
    start = day_one(month.client, seed=month.seed, people=month.people)
    idle = play(start, Playbook.empty(), days=month.days)
    return Yardsticks(idle.worth_cents, past_insights(start), idle.worth)
