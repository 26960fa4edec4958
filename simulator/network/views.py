"""Views: people seeing posts, as one batch of columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

_KINDS = (np.float64, np.int64, np.int64, np.uint8, np.uint64, np.int32)


@dataclass(frozen=True, slots=True)
class Views:
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

    def only(self, chosen: NDArray[Any]) -> Views:
        """The views at these positions, or where a mask is true."""
        return Views(**{field.name: getattr(self, field.name)[chosen] for field in fields(self)})

    def turns(self) -> NDArray[np.int64]:
        """For views sorted by person: the how-maniest of its person each is, from 0."""
        starts = np.flatnonzero(np.diff(self.row, prepend=-1))
        return np.arange(len(self.row)) - np.repeat(starts, np.diff([*starts, len(self.row)]))


def joined(parts: Sequence[Views]) -> Views:
    """Several batches as one."""
    ids, keys = np.zeros(0, np.int64), np.zeros(0, np.uint64)
    nothing = Views(np.zeros(0), ids, ids, np.zeros(0, np.uint8), keys, np.zeros(0, np.int32))
    columns = {
        field.name: np.concatenate([getattr(part, field.name) for part in (nothing, *parts)])
        for field in fields(Views)
    }
    return Views(**columns)
