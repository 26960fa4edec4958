"""The log: the facts of a month, as columns nobody writes to.

Times are minutes from the first Monday 00:00; a person is an index into the town's people;
a post is an index into :attr:`Log.posts`. Insights are computed from this and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.network.messages import Incident, Messages
from simulator.network.work import Work
from simulator.playbook.ads import Ad, AdSet
from simulator.playbook.captions import CaptionReading
from simulator.playbook.posts import Post

Column = NDArray[Any]

SOURCES: tuple[str, ...] = ("follower", "friend", "recommended", "search", "ad")
"""How a person came to a post or to the page: a code of a ``source`` column is an index here."""

ACTIONS: tuple[str, ...] = ("reaction", "comment", "share", "click", "save", "hide", "open")
"""What a person may do with a post; action number ``k`` is bit ``1 << k`` of ``actions``."""

CAUSES: tuple[str, ...] = ("need", "post", "ad", "message")
"""What brings a chance of a sale: a need, a post seen, an ad clicked, a message answered."""

NO_POST = -1
"""The ``post`` (or ``ad``) of a fact that no single post (or ad) caused."""


@dataclass(frozen=True, slots=True)
class PublishedPost:
    """A post as it went out (or did not: ``made`` is False when the week's hours ran out).

    ``reading``: the caption as people read it. ``quality``: 0-1. ``hours``: work put in, ``in_shifts`` or by
    the client's hours. ``post_time``: minutes from the first Monday 00:00.
    """

    post: Post
    post_time: int
    reading: CaptionReading
    quality: float
    hours: float
    made: bool
    in_shifts: bool = False


@dataclass(frozen=True, slots=True)
class ShownAd:
    """An ad as it was shown: its set, what the manager wrote, and what people saw.

    ``most_cents``: the most its set could spend, where that was changed on the way; None: as the set says.
    """

    ad_set: AdSet
    ad: Ad
    published: PublishedPost
    most_cents: int | None = None


@dataclass(frozen=True, slots=True)
class Exposures:
    """One row per (post, person) reached: columns of equal length, in order of time."""

    time: Column  # float64 minutes
    person: Column  # int32
    post: Column  # int32
    source: Column  # uint8, index into SOURCES
    impressions: Column  # uint8, times on the screen, at least 1
    actions: Column  # uint8, bits of ACTIONS


@dataclass(frozen=True, slots=True)
class AdViews:
    """One row per impression of an ad, in order of time."""

    time: Column
    person: Column
    ad: Column  # index into Log.ads
    actions: Column  # uint8, bits of ACTIONS
    micros: Column  # what it cost, millionths of a currency unit


@dataclass(frozen=True, slots=True)
class Follows:
    """One row per person won, in order of time."""

    time: Column
    person: Column
    source: Column  # index into SOURCES
    post: Column  # or NO_POST
    ad: Column  # or NO_POST


@dataclass(frozen=True, slots=True)
class Unfollows:
    """One row per person lost, in order of time."""

    time: Column
    person: Column
    post: Column  # the post that was one too many, or NO_POST
    ad: Column  # or the ad that was
    service: Column  # bool: over how the page answered, or did not


@dataclass(frozen=True, slots=True)
class Visits:
    """One row per visit of the page by somebody who does not follow it."""

    time: Column
    person: Column
    source: Column
    post: Column
    ad: Column
    followed: Column  # bool


@dataclass(frozen=True, slots=True)
class Purchases:
    """One row per sale, in order of time."""

    time: Column
    person: Column
    product: Column  # index into the client's products
    post: Column  # the selling post that moved the person on the spot, or NO_POST
    ad: Column  # the ad whose click led to it, or NO_POST
    price_cents: Column  # int64, as paid
    margin_cents: Column  # int64
    follower: Column  # bool: followed the page at that time


@dataclass(frozen=True, slots=True)
class Log:
    """Everything that happened in the ``days`` days from ``begin``, a Monday.

    ``ads``: those that ran; ``ad_views`` and the ``ad`` columns point into it.
    ``followers_by_day``: (days + 1,) followers at the start and at each day's end.
    ``expected_margin``: (days, CAUSES) cents; the sum over buying chances of probability x
    margin, which is what scores count, while ``purchases`` is what luck made of it.
    ``expected_anyway_by_day``: what the same people were to buy had they never met the page.
    ``messages``: what was written to the page; ``incidents``: what went wrong; ``work``: what the
    manager's hands did, None where nobody had shifts.
    """

    begin: date
    days: int
    posts: tuple[PublishedPost, ...]
    ads: tuple[ShownAd, ...]
    exposures: Exposures
    ad_views: AdViews
    follows: Follows
    unfollows: Unfollows
    visits: Visits
    purchases: Purchases
    followers_start: Column  # int32 person ids
    followers_end: Column
    followers_by_day: Column
    expected_margin: Column
    expected_anyway_by_day: Column
    messages: Messages
    incidents: tuple[Incident, ...]
    work: Work | None

    @property
    def expected_margin_by_day(self) -> Column:
        """(days,) cents, whatever brought them."""
        by_day: Column = self.expected_margin.sum(axis=1)
        return by_day


def empty_columns(**kinds: type[np.generic]) -> dict[str, Column]:
    """Empty columns of the given kinds, for a month in which nothing of a sort happened."""
    return {name: np.zeros(0, kind) for name, kind in kinds.items()}
