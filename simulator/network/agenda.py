"""The agenda: every post and every ad of a month in rounds, and from when to when each was meant to be."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
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


class Running(NamedTuple):
    """An ad set in one round: the places of its ads among all ads of the month, and how they are read."""

    ad_set: AdSet
    places: tuple[int, ...]
    published: tuple[PublishedPost, ...]


@dataclass(slots=True)
class KnownAd:
    """An ad from the round in which it was handed in to that in which it was not any more.

    ``versions``: its set in the rounds so far, each with the minutes in which it was in force.
    """

    ad: Ad
    published: PublishedPost
    since: int
    versions: list[tuple[AdSet, int, int]]
    until: float = inf


class Agenda:
    """What all ``rounds`` plan, in ``days`` days. What lies before a round begins it cannot change.

    ``posts`` in order of time; ``ads`` in the order in which they were handed in; ``runs``: the ad sets of
    each round. Nothing about a round depends on one after it, but for ``until`` and ``published`` of posts
    that are still to come.
    """

    def __init__(self, client: Client, rounds: Sequence[Round], days: int) -> None:
        self._client = client
        self._days = days
        self.posts: list[KnownPost] = []
        self.ads: list[KnownAd] = []
        self.runs: list[tuple[Running, ...]] = []
        for one in rounds:
            self._take_posts(one)
            self.runs.append(tuple(self._take_ads(one)))
        self.posts.sort(key=lambda known: known.published.post_time)

    def _take_posts(self, one: Round) -> None:
        """The posts of a round that are still to come; those planned before and not any more are dropped."""
        client = self._client
        hours = None if one.by_hand else client.file.hours_per_week
        waiting: defaultdict[Post, deque[KnownPost]] = defaultdict(deque)
        for known in self.posts:
            if known.until == inf and known.published.post_time >= one.begin:
                waiting[known.published.post].append(known)
        for post in published_posts(client, one.playbook.plan.posts, hours, since=one.begin):
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

    def _take_ads(self, one: Round) -> list[Running]:
        """The ad sets of a round; ads that ran before and do not any more are dropped."""
        sets = one.playbook.ads.running if one.playbook.ads is not None else ()
        planned = [known.published for known in sorted(self.posts, key=_when) if known.until == inf]
        waiting: defaultdict[tuple[SetName, Ad], deque[int]] = defaultdict(deque)
        for place, known in enumerate(self.ads):
            if known.until == inf:
                waiting[set_name(known.versions[-1][0]), known.ad].append(place)
        runs = []
        for ad_set in sets:
            start = ad_set.window_minutes(self._client.file.month_start, self._days)[0]
            read = published_ads(self._client, [(ad, start) for ad in ad_set.ads], planned)
            places = []
            for ad, published in zip(ad_set.ads, read, strict=True):
                queue = waiting[set_name(ad_set), ad]
                places.append(queue.popleft() if queue else len(self.ads))
                if places[-1] == len(self.ads):
                    self.ads.append(KnownAd(ad, published, one.begin, []))
                self.ads[places[-1]].versions.append((ad_set, one.begin, one.end))
            runs.append(Running(ad_set, tuple(places), read))
        for place in (place for left in waiting.values() for place in left):
            self.ads[place].until = one.begin
        return runs


def set_name(ad_set: AdSet) -> SetName:
    """What a set is known by."""
    return ad_set.campaign, ad_set.name


def _when(known: KnownPost) -> int:
    return known.published.post_time
