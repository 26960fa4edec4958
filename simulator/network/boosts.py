"""Boosts: ads that show a post of the page wait until it is out, and are then as good as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from simulator.network.page import LivePage
from simulator.network.post_table import NEVER_OUT
from simulator.playbook.ads import AdSet
from simulator.playbook.posts import Post


class Boosts:
    """The ads of a page whose posts are still to be made."""

    def __init__(self, page: LivePage, ad_sets: Sequence[AdSet], first_ad: int) -> None:
        self._page = page
        rows: Mapping[Post | None, int] = {
            post.post: row for row, post in enumerate(page.published[:first_ad])
        }
        ads = enumerate((ad for ad_set in ad_sets for ad in ad_set.ads), start=first_ad)
        self._posts = {row: rows[ad.boosted_post] for row, ad in ads if ad.boosted_post in rows}
        self._planned = {row: page.published[row] for row in self._posts}
        for row, planned in self._planned.items():
            page.published[row] = replace(planned, post_time=NEVER_OUT)

    def __contains__(self, ad: int) -> bool:
        return ad in self._posts

    def out(self) -> Iterator[int]:
        """The ads whose posts have gone out since the last time; each has its post's quality from now on."""
        page = self._page
        for ad in [ad for ad, post in self._posts.items() if post in page.out]:
            made = page.published[self._posts.pop(ad)]
            page.table.quality[ad] = made.quality
            page.published[ad] = replace(made, post_time=max(made.post_time, self._planned[ad].post_time))
            yield ad
