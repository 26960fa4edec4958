"""The agenda: every post and every ad of a month in rounds, and from when to when each was meant to be."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import NamedTuple

from simulator.network.log import PublishedPost
from simulator.network.post_table import published_ads, published_posts
from simulator.network.rounds import Round
from simulator.playbook.ads import Ad, AdSet
from simulator.playbook.posts import Post
from simulator.world.clients import Client

SetName = tuple[str, str]
"""The campaign and the name, by which a set is known from one round to the next."""


@dataclass(slots=True)
class KnownPost:
    """A post from the round in which it was planned (``since``, minutes) to that in which it was ``until``.

    ``until`` is infinite for a post that goes out. ``wanted``: hours that hands are to put in; None if nobody
    had shifts while it was planned. ``published``: as it stands in the last round that knew it.
    """

    published: PublishedPost
    since: int
    until: float = inf
    wanted: float | None = None

    @property
    def begins(self) -> float:
        """From when it can be seen; infinite if it was dropped before."""
        return self.published.post_time if self.until == inf else inf


class Running(NamedTuple):
    """An ad set in one round: the places of its ads among all ads of the month, and how they are read."""

    ad_set: AdSet
    places: tuple[int, ...]
    published: tuple[PublishedPost, ...]


@dataclass(slots=True)
class KnownAd:
    """An ad from the round in which it was handed in to that in which it was not any more.

    ``start``: from when it is to be shown. ``published``: as it stands in the last round before that;
    ``tabled``: as it stood in the first in which it was to be made.
    ``versions``: its set in the rounds so far, each with the minutes in which it was in force.
    ``wanted``: hours that hands are to put in, None if nobody had shifts while it was still to be made;
    ``due``: from when it was first to be shown.
    """

    ad: Ad
    start: int
    since: int
    due: int
    until: float = inf
    wanted: float | None = None
    versions: list[tuple[AdSet, int, int]] = field(default_factory=list)
    published: PublishedPost = field(init=False)
    tabled: PublishedPost | None = None

    @property
    def begins(self) -> float:
        """From when it can be seen; infinite if it was dropped before."""
        return self.published.post_time if self.published.post_time < self.until else inf


class Agenda:
    """What all ``rounds`` plan. What lies before a round begins it cannot change.

    ``posts`` in order of time; ``ads`` in the order in which they were handed in; ``runs``: the ad sets of
    each round. Nothing about a round depends on one after it, but for ``until`` and ``published`` of posts
    that are still to come.
    """

    def __init__(self, client: Client, rounds: Sequence[Round]) -> None:
        self._client = client
        self.posts: list[KnownPost] = []
        self.ads: list[KnownAd] = []
        self.runs: list[tuple[Running, ...]] = []
        self._places: defaultdict[tuple[SetName, Ad], list[int]] = defaultdict(list)
        for one in rounds:
            sets = one.playbook.ads.running if one.playbook.ads is not None else ()
            hours = None if one.by_hand else client.file.hours_per_week
            entered = [(ad_set, [*self._entered(ad_set, one)]) for ad_set in sets]
            places = [place for _, found in entered for place in found]
            to_make = [place for place in places if self._is_to_make(place, one)]
            self._take_posts(one, hours, [self.ads[place].start for place in to_make])
            self._read_ads(places, set(to_make), hours)
            self._drop(set(places), one.begin)
            self.runs.append(
                tuple(
                    Running(ad_set, tuple(found), tuple(self.ads[place].published for place in found))
                    for ad_set, found in entered
                )
            )
        self.posts.sort(key=_when)

    # ------------------------------------------------------------------ posts

    def _take_posts(self, one: Round, hours: float | None, ad_starts: Sequence[int]) -> None:
        """The posts of a round that are still to come; those planned before and not any more are dropped."""
        waiting: defaultdict[Post, deque[KnownPost]] = defaultdict(deque)
        for known in self.posts:
            if known.until == inf and known.published.post_time >= one.begin:
                waiting[known.published.post].append(known)
        posts = one.playbook.plan.posts
        for post in published_posts(self._client, posts, hours, ad_starts, since=one.begin):
            if waiting[post.post]:
                known = waiting[post.post].popleft()
                known.published = post
            else:
                known = KnownPost(post, one.begin)
                self.posts.append(known)
            if one.by_hand:
                known.wanted = post.hours
        for known in (known for left in waiting.values() for known in left):
            known.until = one.begin

    # ------------------------------------------------------------------ ads

    def _entered(self, ad_set: AdSet, one: Round) -> Iterator[int]:
        """Where the ads of a set stand among all: as before if they were there, else at the end.

        An ad that is still to begin begins with its set, and not before this round.
        """
        start = ad_set.start_minute(self._client.file.month_start)
        for ad in ad_set.ads:
            queue = self._places[set_name(ad_set), ad]
            place = next((place for place in queue if self._can_go_on(place, one)), len(self.ads))
            if place == len(self.ads):
                queue.append(place)
                begins = max(start, one.begin)
                self.ads.append(KnownAd(ad, begins, one.begin, begins))
            known = self.ads[place]
            if known.start >= one.begin:
                known.start = max(start, one.begin)
            known.until = inf
            known.versions.append((ad_set, one.begin, one.end))
            yield place

    def _can_go_on(self, place: int, one: Round) -> bool:
        """Whether an ad of before is this one: it is there still, or was made when it was dropped."""
        known = self.ads[place]
        is_taken = bool(known.versions) and known.versions[-1][1] == one.begin
        was_made = known.wanted is None and known.start < known.until
        return not is_taken and (known.until == inf or was_made)

    def _is_to_make(self, place: int, one: Round) -> bool:
        """Whether the ad boosts no post, and has not begun."""
        known = self.ads[place]
        return known.ad.boosted_post is None and known.start >= one.begin

    def _read_ads(self, places: Sequence[int], to_make: set[int], hours: float | None) -> None:
        """What people will see of the ads, but for those that were made before."""
        read = [place for place in places if self.ads[place].ad.boosted_post is not None or place in to_make]
        planned = [known.published for known in sorted(self.posts, key=_when) if known.until == inf]
        asked = [(self.ads[place].ad, self.ads[place].start) for place in read]
        found = published_ads(self._client, asked, planned, hours)
        for place, published in zip(read, found, strict=True):
            known = self.ads[place]
            known.published = published
            if known.tabled is None or not known.tabled.made:
                known.tabled = published
            if hours is None and place in to_make:
                known.wanted = published.hours

    def _drop(self, kept: set[int], now: int) -> None:
        for place, known in enumerate(self.ads):
            if known.until == inf and place not in kept:
                known.until = now


def set_name(ad_set: AdSet) -> SetName:
    """What a set is known by."""
    return ad_set.campaign, ad_set.name


def _when(known: KnownPost) -> int:
    return known.published.post_time
