"""Choices: many lists in one array, and one item of a list for each of many rows at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Choices:
    """Lists of any length side by side: ``items[start[k] : start[k] + count[k]]`` is list ``k``."""

    items: NDArray[Any]
    start: NDArray[np.int64]
    count: NDArray[np.uint64]

    @classmethod
    def of(cls, lists: Sequence[Sequence[Any]], kind: Any = object) -> Choices:
        """The choices among these lists, ``kind`` being the type of their items."""
        counts = np.array([len(items) for items in lists], np.uint64)
        flat = [item for items in lists for item in items]
        start = np.cumsum(counts, dtype=np.uint64) - counts
        return cls(np.array(flat, kind), start.astype(np.int64), counts)

    def pick(self, which: NDArray[np.int64], bits: NDArray[np.uint64]) -> NDArray[Any]:
        """An item of list ``which`` for each row, by its random ``bits``; none of the lists may be empty.

        >>> few = Choices.of([["a", "b"], ["c"]])
        >>> few.pick(np.array([0, 1, 0]), np.array([6, 6, 7], np.uint64)).tolist()
        ['a', 'c', 'b']
        """
        return self.items[self.start[which] + (bits % self.count[which]).astype(np.int64)]
