"""Boosts: ads that show a post of the page wait until it is out, and are then as good as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from simulator.network.log import PublishedPost
from simulator.network.page import LivePage
from simulator.network.post_table import NEVER_OUT
from simulator.playbook.ads import Ad
from simulator.playbook.posts import Post


class Boosts:
    """The ads of a page whose posts are still to be made in shifts."""

    def __init__(self, page: LivePage, first_ad: int) -> None:
        self._page = page
        self._rows: Mapping[Post, int] = {
            known.post: row for row, known in enumerate(page.published[:first_ad]) if known.in_shifts
        }
        self._posts: dict[int, int] = {}
        self._planned: dict[int, PublishedPost] = {}

    def waits(self, row: int, ad: Ad, planned: PublishedPost) -> bool:
        """Whether the ad in this row has to wait for its post; ``planned``: as it is to be shown."""
        if ad.boosted_post is None or ad.boosted_post not in self._rows:
            return False
        self._posts[row] = self._rows[ad.boosted_post]
        self._planned[row] = planned
        self._page.published[row] = replace(planned, post_time=NEVER_OUT)
        return True

    def out(self) -> Iterator[int]:
        """The ads whose posts have gone out since the last time; each has its post's quality from now on."""
        page = self._page
        for ad in [ad for ad, post in self._posts.items() if post in page.out]:
            made = page.published[self._posts.pop(ad)]
            page.table.quality[ad] = made.quality
            page.published[ad] = replace(made, post_time=max(made.post_time, self._planned[ad].post_time))
            yield ad
