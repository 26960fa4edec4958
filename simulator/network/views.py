"""Views: people seeing posts, as one batch of columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.network.batch import Batch


@dataclass(frozen=True, slots=True)
class Views(Batch):
    """One row per person (by row of the known people) and post (by row of the post table).

    ``time``: minutes; ``source``: index into SOURCES; ``key``: 64 bits that name the luck of
    this person with this post; ``micros``: what an ad's impression cost, 0 for a post.
    """

    time: NDArray[np.float64]
    row: NDArray[np.int64]
    post: NDArray[np.int64]
    source: NDArray[np.uint8]
    key: NDArray[np.uint64]
    micros: NDArray[np.int32]

    def turns(self) -> NDArray[np.int64]:
        """For views sorted by person: the how-maniest of its person each is, from 0."""
        return turns(self.row)


def turns(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """For sorted ``rows``: the how-maniest of its value each is, from 0.

    >>> turns(np.array([3, 3, 5, 7, 7, 7])).tolist()
    [0, 1, 0, 0, 1, 2]
    """
    starts = np.flatnonzero(np.diff(rows, prepend=-1))
    return np.arange(len(rows)) - np.repeat(starts, np.diff([*starts, len(rows)]))


def no_views() -> Views:
    """Nobody sees anything."""
    ids = np.zeros(0, np.int64)
    return Views(np.zeros(0), ids, ids, np.zeros(0, np.uint8), np.zeros(0, np.uint64), np.zeros(0, np.int32))
