"""Sights: who has seen which post, and which text how often."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.units import MINUTES_PER_DAY

Ids = NDArray[np.int64]
Floats = NDArray[np.float32]

FORGET_AFTER_DAYS = 14
"""A post is met in the feed for a few days only; then nobody asks who has seen it."""


class Sights:
    """Which known people (by row) have seen which posts, and texts that come again.

    ``creative``: (posts,) the first post with a text like this one's. Only texts of more than one post,
    or of an ``ad``, are counted; everybody sees one post once.
    """

    def __init__(self, creative: NDArray[np.int64], ad: NDArray[np.bool_]) -> None:
        self.creative = creative
        self._by_post: dict[int, NDArray[np.bool_]] = {}
        self._by_text: dict[int, NDArray[np.uint8]] = {}
        self._repeated = frozenset(
            np.flatnonzero(np.bincount(creative, weights=1.0 + ad) > 1).tolist() if len(creative) else ()
        )

    def copy_for(
        self, creative: NDArray[np.int64], ad: NDArray[np.bool_], earlier_posts: Ids, earlier_rows: Ids
    ) -> Sights:
        """The same sights for a longer list of posts that begins with this one.

        ``earlier_posts`` and ``earlier_rows``: all sights so far, to count texts that were not
        repeated until now.
        """
        twin = Sights(creative, ad)
        twin._by_post = {post: seen.copy() for post, seen in self._by_post.items()}
        texts = creative[earlier_posts]
        for text in twin._repeated:
            twin._by_text[text] = np.minimum(np.bincount(earlier_rows[texts == text]), 255).astype(np.uint8)
        return twin

    def schedule(self, post: int, rows: Ids) -> None:
        """These people will see the post."""
        if not len(rows):
            return
        seen = _at_least(self._by_post.get(post, np.zeros(0, bool)), rows)
        seen[rows] = True
        self._by_post[post] = seen

    def unseen(self, post: int, rows: Ids) -> Ids:
        """Those of ``rows`` who have not seen the post and will not."""
        seen = self._by_post.get(post)
        if seen is None:
            return rows[:0]
        return rows[~((rows < len(seen)) & seen[np.minimum(rows, len(seen) - 1)])]

    def forget(self, post_times: NDArray[np.int64], now: float) -> None:
        """Drop the lists of posts nobody can meet any more."""
        limit = now - FORGET_AFTER_DAYS * MINUTES_PER_DAY
        self._by_post = {post: seen for post, seen in self._by_post.items() if post_times[post] >= limit}

    def times(self, posts: NDArray[np.int64], rows: Ids) -> Floats:
        """How often each person has seen the text of that post before."""
        sights = np.zeros(len(rows), np.float32)
        for text, at in self._repeats(posts):
            counts = self._by_text.get(text, np.zeros(0, np.uint8))
            known = at[rows[at] < len(counts)]
            sights[known] = counts[rows[known]]
        return sights

    def count(self, posts: NDArray[np.int64], rows: Ids) -> None:
        """These people (each once) have now seen these posts."""
        for text, at in self._repeats(posts):
            counts = _at_least(self._by_text.get(text, np.zeros(0, np.uint8)), rows[at])
            counts[rows[at]] += counts[rows[at]] < 255
            self._by_text[text] = counts

    def _repeats(self, posts: NDArray[np.int64]) -> list[tuple[int, Ids]]:
        """Each repeated text among ``posts``, with where it stands."""
        if not self._repeated:
            return []
        texts = self.creative[posts]
        return [
            (text, np.flatnonzero(texts == text))
            for text in np.unique(texts).tolist()
            if text in self._repeated
        ]


def _at_least(flags: NDArray[Any], rows: Ids) -> NDArray[Any]:
    """``flags``, longer if need be, so that every row has a place."""
    short = int(rows.max(initial=-1)) + 1 - len(flags)
    return flags if short <= 0 else np.concatenate([flags, np.zeros(short + len(flags) // 4, flags.dtype)])
