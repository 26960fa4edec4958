"""A month is played: a client, a playbook and a world in; what happened out.

Before day one the page lives through two months under its former habits, on the same network
(the burn-in). Its end state is the page as found; its log is what the research pack shows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from simulator.network import growth
from simulator.network.billing import charges
from simulator.network.carry_over import carry_over_cents
from simulator.network.clock import run_clock
from simulator.network.former import FORMER_DAYS, former_posts
from simulator.network.log import (
    NO_POST,
    AdViews,
    Exposures,
    Follows,
    Log,
    PublishedPost,
    Purchases,
    ShownAd,
    Unfollows,
    Visits,
)
from simulator.network.messages import no_messages
from simulator.network.page import LivePage
from simulator.network.post_table import PostTable, published_ads, published_posts, tabulate
from simulator.playbook.ads import AdPlan
from simulator.playbook.page import Page
from simulator.playbook.playbook import Playbook
from simulator.units import DAYS_PER_MONTH, MINUTES_PER_DAY
from simulator.world.clients import DEFAULT_PEOPLE, Client
from simulator.world.world import World, draw_world


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
    carry_over_cents: float

    @property
    def worth_cents(self) -> float:
        """Expected margin of the month plus the expected carry-over of half a year, less what ads cost.

        Both margins are over what the same people would buy had they never met the page.
        """
        added = self.log.expected_margin_by_day - self.log.expected_anyway_by_day
        return float(added.sum()) + self.carry_over_cents - self.ad_spend_cents

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
        hidden = client.hidden
        drawn = (hidden.buyer_weights, hidden.chronotype_mix, hidden.interest_pull)
        self.parts = (
            client.file.model_dump_json(),
            client.client_seed,
            tuple(hidden.parameters.items()),
            *(column.tobytes() for column in drawn),
        )

    def __hash__(self) -> int:
        return hash(self.parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.parts == other.parts


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
    first = page.known.person[page.known.followers()].copy()
    run_clock(page, _made(table, 0), start, FORMER_DAYS)
    begin = client.file.month_start - timedelta(days=FORMER_DAYS)
    return DayOne(world, page, _log(page, first, begin, FORMER_DAYS, 0))


def play(
    start: DayOne,
    playbook: Playbook,
    *,
    days: int = DAYS_PER_MONTH,
    day_done: Callable[[int], None] | None = None,
) -> Played:
    """Play ``playbook`` on from ``start``, which stays as it is."""
    world, client = start.world, start.world.client
    former = start.page.table.published
    planned = published_posts(client, playbook.plan.posts, client.file.hours_per_week)
    shown = _shown_ads(client, playbook.ads, days)
    table = tabulate(client, [*former, *planned], world.luck, [ad.published for ad in shown])
    page = start.page.played_on(table, days, start.former.exposures.post, start.former.exposures.person)
    if playbook.page is not None:
        page.page = playbook.page
    first = page.known.person[page.known.followers()].copy()
    bid = _auction(page, playbook.ads, days) if shown else None
    run_clock(page, _made(page.table, len(former)), 0, days, day_done, bid)
    return Played(
        client=client,
        playbook=playbook,
        seed=world.seed,
        people=len(world.people),
        days=days,
        world=world,
        log=_log(page, first, client.file.month_start, days, len(former), shown),
        carry_over_cents=carry_over_cents(
            page.known,
            page.prices,
            days * MINUTES_PER_DAY,
        ),
    )


def _made(table: PostTable, first: int) -> Sequence[int]:
    return [index for index in np.flatnonzero(~table.ad)[first:].tolist() if table.published[index].made]


def _auction(page: LivePage, plan: AdPlan | None, days: int) -> Callable[[int], None]:
    """What happens in every hour in which places for ads are sold."""
    from simulator.network.advertising import Advertising  # and with it SciPy, for who advertises

    return Advertising(page, plan.running if plan else (), days).bid


def _shown_ads(client: Client, plan: AdPlan | None, days: int) -> tuple[ShownAd, ...]:
    """Every ad that runs, as people read it."""
    sets = plan.running if plan is not None else ()
    pairs = [(ad_set, ad) for ad_set in sets for ad in ad_set.ads]
    begin = client.file.month_start
    read = published_ads(client, [(ad, ad_set.window_minutes(begin, days)[0]) for ad_set, ad in pairs])
    return tuple(ShownAd(ad_set, ad, published) for (ad_set, ad), published in zip(pairs, read, strict=True))


def _log(
    page: LivePage,
    first: NDArray[np.int32],
    begin: date,
    days: int,
    first_post: int,
    ads: tuple[ShownAd, ...] = (),
) -> Log:
    """The page's record as a frozen log of ``days`` days that begin at ``begin``.

    Posts before ``first_post`` belong to somebody else's log.
    """
    record, shift = page.record, 0 if first_post else FORMER_DAYS * MINUTES_PER_DAY
    tables = {}
    for name in ("exposures", "ad_views", "follows", "unfollows", "visits", "purchases"):
        columns = getattr(record, name).joined()
        columns["time"] = columns["time"] + shift
        of_ad = columns["post"] >= len(page.table) - len(ads)
        if name != "exposures":
            columns["ad"] = np.where(of_ad, page.ad_of(columns["post"]), NO_POST).astype(np.int32)
        columns["post"] = np.maximum(np.where(of_ad, NO_POST, columns["post"] - first_post), NO_POST)
        tables[name] = columns
    del tables["ad_views"]["post"]
    own = tables["exposures"]["post"] != NO_POST
    offset = -shift // MINUTES_PER_DAY
    return Log(
        begin=begin,
        days=days,
        posts=tuple(
            _shifted(post, shift) for post in page.table.published[first_post : len(page.table) - len(ads)]
        ),
        ads=ads,
        ad_views=AdViews(**tables["ad_views"]),
        exposures=Exposures(**{name: column[own] for name, column in tables["exposures"].items()}),
        follows=Follows(**tables["follows"]),
        unfollows=Unfollows(**tables["unfollows"]),
        visits=Visits(**tables["visits"]),
        purchases=Purchases(**tables["purchases"]),
        followers_start=first,
        followers_end=page.known.person[page.known.followers()].copy(),
        followers_by_day=np.array(record.followers_by_day, np.int64),
        expected_margin_by_day=_by_day(record.expected, offset, days),
        expected_anyway_by_day=_by_day(record.anyway, offset, days),
        messages=no_messages(),
        incidents=(),
        work=None,
    )


def _by_day(amounts: Mapping[int, float], offset: int, days: int) -> NDArray[np.float64]:
    return np.array([amounts.get(day + offset, 0.0) for day in range(days)])


def _shifted(post: PublishedPost, minutes: int) -> PublishedPost:
    return replace(post, post_time=post.post_time + minutes) if minutes else post
