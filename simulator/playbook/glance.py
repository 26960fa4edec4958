"""A playbook at a glance: how much of the month it fills, and how complete the page is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from simulator.playbook.page import Page, completeness, missing_items
from simulator.playbook.playbook import Playbook
from simulator.playbook.production_hours import ads_hours, hours_of_work, hours_wanted, posts_by_week
from simulator.texts import say
from simulator.units import DAYS_PER_WEEK, money
from simulator.world.clients import Client


@dataclass(frozen=True, slots=True)
class Glance:
    """What a playbook does with a client's month, and what it leaves unused.

    ``weeks`` of the run, ``empty_weeks`` (from 1) in which nothing is posted. ``hours`` of work
    in the posts out of ``paid_hours``. ``ad_cents``: the most that ads may cost, out of ``budget_cents``;
    ``ad_hours``: what making them takes of the same hours.
    ``completeness`` of the page, 0-1, and its ``missing`` items, the weightiest first; the page is
    ``as_found`` if the playbook has none. ``shift_hours``: None without shifts; with them posts are made in
    those and not in the paid hours, and one that names no hours gets the ``usual_hours`` and not its
    ``shared_hours`` of the paid ones (their mean; None if every post names its hours). Either costs
    ``hour_rate_cents``.
    """

    posts: int
    weeks: int
    empty_weeks: tuple[int, ...]
    hours: float
    paid_hours: float
    ad_sets: int
    ad_cents: int
    ad_hours: float
    budget_cents: int
    completeness: float
    missing: tuple[str, ...]
    as_found: bool
    shift_hours: float | None
    usual_hours: float
    shared_hours: float | None
    hour_rate_cents: int

    def as_dict(self) -> dict[str, Any]:
        """As plain data, for ``--json``."""
        return {name: getattr(self, name) for name in self.__slots__}

    def lines(self) -> Iterator[str]:
        """In words, a line for each part."""
        hours = {"hours": f"{self.hours:g}", "paid": f"{self.paid_hours:g}", "posts": self.posts}
        if self.shift_hours is None:
            yield say("glance.posts", **hours)
            yield say("glance.no_shifts")
        else:
            yield say("glance.posts_in_shifts", shifts=f"{self.shift_hours:g}", **hours)
            yield from self._shift_lines(self.shift_hours)
        if self.empty_weeks:
            weeks = ", ".join(map(str, self.empty_weeks))
            yield say("glance.empty_weeks", weeks=weeks, all=self.weeks)
        spent = {"spend": money(self.ad_cents), "budget": money(self.budget_cents)}
        yield say("glance.ads", sets=self.ad_sets, **spent) if self.ad_sets else say("glance.no_ads", **spent)
        if self.ad_hours:
            yield say("glance.ad_hours", hours=f"{self.ad_hours:g}")
        yield from self.page_lines()

    def _shift_lines(self, hours: float) -> Iterator[str]:
        """What becomes of posts that name no hours, and what the hours on shift cost."""
        if self.shared_hours is not None:
            made = {"usual": f"{self.usual_hours:g}", "shared": f"{self.shared_hours:.2g}"}
            yield say("glance.usual_hours", **made)
        words = {"shifts": f"{hours:g}", "paid": f"{self.paid_hours:g}", "rate": money(self.hour_rate_cents)}
        sums = (money(all_hours * self.hour_rate_cents) for all_hours in (hours, self.paid_hours))
        yield say("glance.shift_cost", **dict(zip(("cost", "paid_cost"), sums, strict=True)), **words)

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
    posts, shifts = playbook.plan.posts, playbook.rota
    shared, in_ads = (
        [share or 0.0 for share in shares] for shares in hours_of_work(posts, client, playbook.ads)
    )
    unnamed = [share for post, share in zip(posts, shared, strict=True) if post.production_hours is None]
    running = playbook.ads.running if playbook.ads else ()
    page = playbook.page or Page(**client.file.page)
    weights = client.hidden.parameters
    return Glance(
        posts=len(playbook.plan.posts),
        weeks=weeks,
        empty_weeks=tuple(week + 1 for week in range(weeks) if week not in filled),
        hours=round(sum(shared) if shifts is None else hours_wanted(posts, client), 2),
        paid_hours=round(client.file.hours_per_week * days / DAYS_PER_WEEK, 2),
        ad_sets=len(running),
        ad_cents=sum(ad_set.most_cents(client.file.month_start, days) for ad_set in running),
        ad_hours=round(sum(in_ads) if shifts is None else ads_hours(playbook.ads, client), 2),
        budget_cents=client.file.budget_cents,
        completeness=completeness(page, weights),
        missing=missing_items(page, weights),
        as_found=playbook.page is None,
        shift_hours=None if shifts is None else round(shifts.hours(client.file.month_start, days), 2),
        usual_hours=weights["desk.usual_hours"],
        shared_hours=round(sum(unnamed) / len(unnamed), 2) if unnamed else None,
        hour_rate_cents=client.file.hour_rate_cents,
    )
