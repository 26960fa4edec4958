"""Ads: what is shown for money, to whom, when, and for how much.

An ad set shares one audience, one budget and one time; its ads are the texts it shows. Money
is in whole cents, times are points on the clock.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from simulator.errors import Problem
from simulator.playbook.audiences import Audience
from simulator.playbook.posts import Post
from simulator.units import MINUTES_PER_DAY, MINUTES_PER_HOUR, minutes_since

GOALS: tuple[str, ...] = ("REACH", "ENGAGEMENT", "LINK_CLICKS", "FOLLOWS", "PURCHASES")
"""What a platform can be asked to deliver: people, reactions, clicks, followers or sales."""

SPECIAL_CATEGORIES: tuple[str, ...] = ("housing", "credit", "employment")
ALL_DAY: tuple[bool, ...] = (True,) * 24


@dataclass(frozen=True, slots=True)
class Ad:
    """One text that is shown. ``offer``: discount share, 0-0.5, on selling ads only.

    ``boosted_post``: the post of the plan that is shown for money; the ad then says what the
    post says. ``line``: where it stands in its file, if it came from one.
    """

    name: str
    format: str
    purpose: str
    title: str
    text: str
    topic: str
    link: str = ""
    offer: float = 0.0
    boosted_post: Post | None = None
    active: bool = True
    line: int | None = field(default=None, compare=False)

    @classmethod
    def boosting(cls, name: str, post: Post, *, active: bool = True, line: int | None = None) -> Ad:
        """The ad that shows a post of the plan."""
        said = (post.format, post.purpose, "", post.text, post.topic, post.link, post.offer)
        return cls(name, *said, boosted_post=post, active=active, line=line)


@dataclass(frozen=True, slots=True)
class AdSet:
    """Ads that share an audience, a budget and a time.

    ``goal``: one of :data:`GOALS`. Either ``daily_budget_cents`` or ``lifetime_budget_cents``.
    ``start``, ``stop``: None for the run's first and last moment. ``bid_cents``: the most that
    is paid for one action of the goal; None leaves it to the platform. ``frequency_cap``: most
    times a person sees the set's ads within 7 times 24 hours. ``hours``: 24 values, whether it runs in
    that hour of the day. ``special_category``: "" or one of :data:`SPECIAL_CATEGORIES`.
    """

    campaign: str
    name: str
    goal: str
    audience: Audience = field(default_factory=Audience)
    daily_budget_cents: int | None = None
    lifetime_budget_cents: int | None = None
    start: datetime | None = None
    stop: datetime | None = None
    bid_cents: int | None = None
    frequency_cap: int | None = None
    hours: tuple[bool, ...] = ALL_DAY
    special_category: str = ""
    ads: tuple[Ad, ...] = ()
    active: bool = True
    campaign_active: bool = True
    line: int | None = field(default=None, compare=False)

    def window_minutes(self, month_start: date, days: int) -> tuple[int, int]:
        """From when to when it runs, in minutes from the month's start, within the run's days.

        >>> AdSet("c", "s", "REACH", start=datetime(2027, 3, 2, 8)).window_minutes(date(2027, 3, 1), 28)
        (1920, 40320)
        """
        end = days * MINUTES_PER_DAY
        stop = end if self.stop is None else minutes_since(month_start, self.stop)
        return self.start_minute(month_start), min(end, stop)

    def start_minute(self, month_start: date) -> int:
        """From when it runs, in minutes from the month's start, 0 at the least."""
        return 0 if self.start is None else max(0, minutes_since(month_start, self.start))

    def runs_at(self, minute: int) -> bool:
        """Whether the hours of the day allow it at a minute of the month."""
        return self.hours[minute % MINUTES_PER_DAY // MINUTES_PER_HOUR]

    def most_cents(self, month_start: date, days: int) -> int:
        """The most it can spend in a run: the lifetime budget, or the daily one on every day it touches."""
        start, stop = self.window_minutes(month_start, days)
        if stop <= start:
            return 0
        if self.lifetime_budget_cents is not None:
            return self.lifetime_budget_cents
        touched = (stop - 1) // MINUTES_PER_DAY - start // MINUTES_PER_DAY + 1
        return touched * (self.daily_budget_cents or 0)

    def has_an_hour(self, first: date, days: int) -> bool:
        """Whether any full hour strikes between its start and its stop in which it runs."""
        start, stop = self.window_minutes(first, days)
        strikes = -(-start // MINUTES_PER_HOUR) * MINUTES_PER_HOUR
        last = min(stop, strikes + MINUTES_PER_DAY)
        return any(self.runs_at(minute) for minute in range(strikes, last, MINUTES_PER_HOUR))


def own_ad_starts(ad_sets: Iterable[AdSet], month_start: date) -> tuple[int, ...]:
    """The minute at which its set starts, of every ad that is made for it and boosts no post."""
    return tuple(
        ad_set.start_minute(month_start) for ad_set in ad_sets for ad in ad_set.ads if ad.boosted_post is None
    )


@dataclass(frozen=True, slots=True)
class UnfinishedSet:
    """An ad set with an error in it, those columns of its audience that cannot be read, and why."""

    ad_set: AdSet
    unread: tuple[str, ...] = ()
    why: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class AdPlan:
    """Everything a manager advertises in a month, in the order of the sheet.

    ``unfinished``: what a sheet with errors holds besides; it cannot run.
    """

    ad_sets: tuple[AdSet, ...] = ()
    unfinished: tuple[UnfinishedSet, ...] = field(default=(), compare=False, repr=False)

    @property
    def running(self) -> tuple[AdSet, ...]:
        """What is not paused: sets that are active, with their active ads; sets without any are left out."""
        sets = (s for s in self.ad_sets if s.active and s.campaign_active)
        kept = (replace(s, ads=tuple(ad for ad in s.ads if ad.active)) for s in sets)
        return tuple(s for s in kept if s.ads)
