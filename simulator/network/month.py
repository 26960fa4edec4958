"""A month is played: a client, a playbook and a world in; what happened out.

Before day one the page lives through two months under its former habits, on the same network
(the burn-in). Its end state is the page as found; its log is what the research pack shows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from simulator.network import growth
from simulator.network.billing import charges
from simulator.network.carry_over import CarryOver, carry_over
from simulator.network.clock import Show, run_clock
from simulator.network.desk import OnShift
from simulator.network.former import FORMER_DAYS, former_posts
from simulator.network.hours import hours_paid
from simulator.network.incidents import hard_days
from simulator.network.log import CAUSES, Log, PublishedPost, ShownAd
from simulator.network.log_written import Span, written_log
from simulator.network.page import LivePage
from simulator.network.post_table import PostTable, published_ads, published_posts, tabulate
from simulator.network.rota import former_rota, on_shift
from simulator.network.templates import crises
from simulator.network.worth import Worth
from simulator.playbook.ads import AdPlan, own_ad_starts
from simulator.playbook.page import Page
from simulator.playbook.playbook import Playbook
from simulator.playbook.replies import ReplyRules
from simulator.units import DAYS_PER_MONTH, MINUTES_PER_DAY
from simulator.world.clients import DEFAULT_PEOPLE, Client
from simulator.world.world import World, draw_world

if TYPE_CHECKING:
    from simulator.network.advertising import Advertising


@dataclass(frozen=True)
class DayOne:
    """The page as found, in one world: where every playbook for it starts.

    ``former``: the log of the 56 days before. ``page`` is copied before it is played on.
    """

    world: World
    page: LivePage
    former: Log


@dataclass(frozen=True)
class Played:
    """What became of a playbook in one world: the facts. ``seed`` is the world seed."""

    client: Client
    playbook: Playbook
    seed: int
    people: int
    days: int
    world: World
    log: Log
    carry_over: CarryOver

    @cached_property
    def worth(self) -> Worth:
        """What the month was worth to the client: margin now and later, less ads and hours.

        Both margins are over what the same people would buy had they never met the page.
        """
        log = self.log
        return Worth(
            expected=float(log.expected_margin.sum()),
            answers=float(log.expected_margin[:, CAUSES.index("message")].sum()),
            clicked=float(log.expected_margin[:, CAUSES.index("ad")].sum()),
            anyway=float(log.expected_anyway_by_day.sum()),
            carry=self.carry_over,
            ads=float(self.ad_spend_cents),
            hours=self.client.file.hour_rate_cents * hours_paid(log),
        )

    @property
    def worth_cents(self) -> float:
        """All of it in one number."""
        return self.worth.total

    @cached_property
    def ad_spend_cents(self) -> int:
        """What was charged for ads."""
        return int(charges(self.log).sum())


def day_one(
    client: Client, *, seed: int = 1, people: int = DEFAULT_PEOPLE, followers: int | None = None
) -> DayOne:
    """The page as found in the world ``seed``; the last few are remembered."""
    if followers is None:
        followers = round(client.file.audience.follower_share * people)
    return _day_one(_Key(client), seed, people, followers)


class _Key:
    """A client as a key of the memory below: equal when everything about it is."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.fingerprint = client.fingerprint

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.fingerprint == other.fingerprint


@lru_cache(maxsize=4)
def _day_one(key: _Key, seed: int, people: int, followers: int) -> DayOne:
    return found_page(draw_world(key.client, seed, people), followers)


def found_page(world: World, followers: int) -> DayOne:
    """The page with ``followers`` followers as found in ``world``, after two months of former habits."""
    client = world.client
    habits = client.file.former_habits
    table = tabulate(client, published_posts(client, former_posts(client), habits.hours_per_week), world.luck)
    found = Page(**client.file.page)
    start = -FORMER_DAYS * MINUTES_PER_DAY
    page = LivePage(world, found, table, growth.first_followers(world, followers), start)
    page.inbox.run_by(ReplyRules(), (), attended=True)
    begin = client.file.month_start - timedelta(days=FORMER_DAYS)
    span = Span(begin, start, FORMER_DAYS, 0, page.known.person[page.known.followers()].copy())
    shifts = former_rota(habits.inbox_hours, start, FORMER_DAYS)
    run_clock([Show(page, _made(table, 0))], start, FORMER_DAYS, shifts)
    return DayOne(world, page, written_log(page, span, shifts))


@dataclass(frozen=True)
class Staged:
    """A page on day one with a playbook in force, ready to be played."""

    start: DayOne
    playbook: Playbook
    show: Show
    span: Span


def staged(start: DayOne, playbook: Playbook, days: int = DAYS_PER_MONTH, *, by_hand: bool) -> Staged:
    """The page of ``start``, which stays as it is, under ``playbook``.

    ``by_hand``: somebody has shifts, in which posts are made and messages answered; otherwise the client's
    hours make the posts, and nobody looks into the inbox.
    """
    world, client = start.world, start.world.client
    former = start.page.table.published
    paid = None if by_hand else client.file.hours_per_week
    ad_starts = own_ad_starts(playbook.ads.running if playbook.ads else (), client.file.month_start)
    planned = published_posts(client, playbook.plan.posts, paid, ad_starts)
    shown = _shown_ads(client, playbook.ads, days, planned, paid)
    table = tabulate(client, [*former, *planned], world.luck, [ad.published for ad in shown])
    page = start.page.played_on(table, days, start.former.exposures.post, start.former.exposures.person)
    if playbook.page is not None:
        page.page = playbook.page
    incidents = hard_days(world.luck, client.label, crises(client.file.kind), days, page.p)
    page.inbox.run_by(playbook.replies or ReplyRules(), incidents, attended=by_hand)
    first = page.known.person[page.known.followers()].copy()
    posts = _made(page.table, len(former))
    ads = _advertising(page, playbook.ads, days, by_hand=by_hand) if shown else None
    show = Show(page, posts, by_hand=by_hand)
    if ads is not None:
        show = Show(page, posts, ads.bid, by_hand, ads.to_make, ads.release)
    return Staged(start, playbook, show, Span(client.file.month_start, 0, days, len(former), first, shown))


def written_up(stage: Staged, shifts: Sequence[OnShift] | None, *, alone: bool) -> Played:
    """What became of a page that has been played; ``alone``: the shifts were for no other page."""
    world, page, span = stage.start.world, stage.show.page, stage.span
    return Played(
        client=world.client,
        playbook=stage.playbook,
        seed=world.seed,
        people=len(world.people),
        days=span.days,
        world=world,
        log=written_log(page, span, shifts, alone=alone),
        carry_over=carry_over(page.known, page.prices, span.end, span.followers),
    )


def play(
    start: DayOne,
    playbook: Playbook,
    *,
    days: int = DAYS_PER_MONTH,
    day_done: Callable[[int], None] | None = None,
) -> Played:
    """Play ``playbook`` on from ``start``, which stays as it is."""
    client, plan = start.world.client, playbook.rota
    shifts = on_shift(plan, client.file.month_start, days, (client.name,))
    stage = staged(start, playbook, days, by_hand=plan is not None)
    run_clock([stage.show], 0, days, shifts, day_done)
    return written_up(stage, None if plan is None else shifts, alone=True)


def _made(table: PostTable, first: int) -> Sequence[int]:
    return [index for index in np.flatnonzero(~table.ad)[first:].tolist() if table.published[index].made]


def _advertising(page: LivePage, plan: AdPlan | None, days: int, *, by_hand: bool) -> Advertising:
    """The page's ad sets, which bid in every hour in which places are sold."""
    from simulator.network.advertising import Advertising  # and with it SciPy, for who advertises

    return Advertising(page, plan.running if plan else (), days, by_hand=by_hand)


def _shown_ads(
    client: Client, plan: AdPlan | None, days: int, planned: Sequence[PublishedPost], paid: float | None
) -> tuple[ShownAd, ...]:
    """Every ad that runs, as people read it; some boost a post that is ``planned``.

    ``paid``: hours a week in which the others are made, None if hands make them in shifts.
    """
    sets = plan.running if plan is not None else ()
    pairs = [(ad_set, ad) for ad_set in sets for ad in ad_set.ads]
    begin = client.file.month_start
    starts = [(ad, ad_set.window_minutes(begin, days)[0]) for ad_set, ad in pairs]
    read = published_ads(client, starts, planned, paid)
    return tuple(ShownAd(ad_set, ad, published) for (ad_set, ad), published in zip(pairs, read, strict=True))
