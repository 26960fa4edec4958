"""A playbook at a glance: how much of the month it fills, and how complete the page is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from simulator.playbook.page import Page, completeness, missing_items
from simulator.playbook.playbook import Playbook
from simulator.playbook.production_hours import hours_of_posts, posts_by_week
from simulator.texts import say
from simulator.units import DAYS_PER_WEEK, money
from simulator.world.clients import Client


@dataclass(frozen=True, slots=True)
class Glance:
    """What a playbook does with a client's month, and what it leaves unused.

    ``weeks`` of the run, ``empty_weeks`` (from 1) in which nothing is posted. ``hours`` of work
    in the posts out of ``paid_hours``. ``ad_cents``: the most that ads may cost, out of ``budget_cents``.
    ``completeness`` of the page, 0-1, and its ``missing`` items, the weightiest first; the page is
    ``as_found`` if the playbook has none.
    """

    posts: int
    weeks: int
    empty_weeks: tuple[int, ...]
    hours: float
    paid_hours: float
    ad_sets: int
    ad_cents: int
    budget_cents: int
    completeness: float
    missing: tuple[str, ...]
    as_found: bool

    def as_dict(self) -> dict[str, Any]:
        """As plain data, for ``--json``."""
        return {name: getattr(self, name) for name in self.__slots__}

    def lines(self) -> Iterator[str]:
        """In words, a line for each part."""
        yield say("glance.posts", posts=self.posts, hours=f"{self.hours:g}", paid=f"{self.paid_hours:g}")
        if self.empty_weeks:
            weeks = ", ".join(map(str, self.empty_weeks))
            yield say("glance.empty_weeks", weeks=weeks, all=self.weeks)
        spent = {"spend": money(self.ad_cents), "budget": money(self.budget_cents)}
        yield say("glance.ads", sets=self.ad_sets, **spent) if self.ad_sets else say("glance.no_ads", **spent)
        yield from self.page_lines()

    def page_lines(self) -> Iterator[str]:
        """How complete the page is, and what is missing."""
        items = ", ".join(say(f"glance.items.{item}") for item in self.missing)
        words = {"share": f"{self.completeness:.0%}", "items": items}
        page = say("glance.page_as_found", **words) if self.as_found else say("glance.page", **words)
        yield page + (say("glance.missing", **words) if items else say("glance.nothing_missing"))


def at_a_glance(playbook: Playbook, client: Client, days: int) -> Glance:
    """The playbook's posts, ads and page beside what the client pays for in a run of so many days."""
    weeks = -(-days // DAYS_PER_WEEK)
    filled = posts_by_week(playbook.plan.posts, client)
    hours = hours_of_posts(playbook.plan.posts, client)
    running = playbook.ads.running if playbook.ads else ()
    page = playbook.page or Page(**client.file.page)
    weights = client.hidden.parameters
    return Glance(
        posts=len(playbook.plan.posts),
        weeks=weeks,
        empty_weeks=tuple(week + 1 for week in range(weeks) if week not in filled),
        hours=round(sum(share or 0.0 for share in hours), 2),
        paid_hours=round(client.file.hours_per_week * days / DAYS_PER_WEEK, 2),
        ad_sets=len(running),
        ad_cents=sum(ad_set.most_cents(client.file.month_start, days) for ad_set in running),
        budget_cents=client.file.budget_cents,
        completeness=completeness(page, weights),
        missing=missing_items(page, weights),
        as_found=playbook.page is None,
    )
