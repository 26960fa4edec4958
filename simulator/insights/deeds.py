"""Deeds: what came, by true kind, against what was done with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulator.insights.message_marks import TAKING_AWAY
from simulator.network.messages import ACTIONS_TAKEN, Messages
from simulator.world.talk import KINDS, UNWANTED, WORTH_AN_ANSWER

DEEDS: Final = (
    "personal reply",
    "escalate",
    "canned right",
    "canned wrong",
    "like",
    "leave",
    "expired",
    "waiting",
    "hide",
    "delete",
    "block",
)
"""What can be done, from the warmest to the hardest; canned replies by whether they speak of it."""

UNANSWERED: Final = ("canned wrong", "like", "leave", "expired")


@dataclass(frozen=True, slots=True)
class Deeds:
    """``counts``: (kinds, names) messages; only kinds that came and deeds that were done."""

    kinds: tuple[str, ...]
    names: tuple[str, ...]
    counts: NDArray[np.int64]

    def is_wrong(self, row: int, column: int) -> bool:
        """Whether this should not have been done with a message of this kind."""
        return wrong(self.kinds[row], self.names[column])

    @property
    def wrong_count(self) -> int:
        """Messages with which the wrong thing was done."""
        cells = np.argwhere(self.counts).tolist()
        return int(sum(self.counts[row, column] for row, column in cells if self.is_wrong(row, column)))


def wrong(kind: str, deed: str) -> bool:
    """Whether ``deed`` is wrong for ``kind``: what waits is not yet wrong.

    >>> wrong("spam", "leave"), wrong("praise", "delete"), wrong("order", "like"), wrong("praise", "like")
    (True, True, True, False)
    """
    if kind in UNWANTED:
        return deed not in (*TAKING_AWAY, "waiting")
    return deed in TAKING_AWAY or deed == "canned wrong" or (kind in WORTH_AN_ANSWER and deed in UNANSWERED)


def deeds(messages: Messages) -> Deeds:
    """The table of a month's messages."""
    codes = [DEEDS.index(name) if name in DEEDS else -1 for name in ACTIONS_TAKEN]
    deed = np.array(codes)[messages.action]
    canned = np.where(messages.right, DEEDS.index("canned right"), DEEDS.index("canned wrong"))
    deed = np.where(deed < 0, canned, deed)
    cells = np.bincount(messages.kind.astype(np.int64) * len(DEEDS) + deed, minlength=len(KINDS) * len(DEEDS))
    counts = cells.reshape(len(KINDS), len(DEEDS))
    rows, columns = np.flatnonzero(counts.sum(axis=1)), np.flatnonzero(counts.sum(axis=0))
    return Deeds(
        kinds=tuple(KINDS[row] for row in rows),
        names=tuple(DEEDS[column] for column in columns),
        counts=counts[np.ix_(rows, columns)],
    )
