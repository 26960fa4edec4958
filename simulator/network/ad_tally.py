"""The tally of ads: what the platform has counted of each, day by day."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.network.log import ACTIONS
from simulator.units import DAYS_PER_WEEK, MINUTES_PER_DAY

COUNTED: tuple[str, ...] = ("impressions", "interactions", "clicks", "follows", "purchases", "hides")
RESULT_OF: dict[str, str] = {
    "REACH": "impressions",
    "ENGAGEMENT": "interactions",
    "LINK_CLICKS": "clicks",
    "FOLLOWS": "follows",
    "PURCHASES": "purchases",
}
"""What counts as a result for each goal."""

_INTERACTIONS = sum(1 << ACTIONS.index(name) for name in ("reaction", "comment", "share"))


class AdTally:
    """Counts by ad (row of the page's table), day and kind."""

    def __init__(self, ads: int, days: int) -> None:
        self.counts = np.zeros((ads, days, len(COUNTED)), np.int64)

    def add(self, what: str, ads: NDArray[Any], times: NDArray[np.float64]) -> None:
        """Count each of these once."""
        days = np.minimum((times // MINUTES_PER_DAY).astype(np.int64), self.counts.shape[1] - 1)
        np.add.at(self.counts[:, :, COUNTED.index(what)], (ads, days), 1)

    def add_actions(self, ads: NDArray[Any], times: NDArray[np.float64], actions: NDArray[np.uint8]) -> None:
        """Count impressions and what people did with them (bits of ACTIONS)."""
        self.add("impressions", ads, times)
        kinds = {"interactions": _INTERACTIONS, "clicks": _bit("click"), "hides": _bit("hide")}
        for what, bits in kinds.items():
            done = (actions & np.uint8(bits)) > 0
            self.add(what, ads[done], times[done])

    def total(self, what: str, ads: NDArray[Any]) -> int:
        """How often in all, for these ads together."""
        return int(self.counts[ads, :, COUNTED.index(what)].sum())

    def last_week(self, what: str, ads: NDArray[Any], day: int) -> int:
        """How often on ``day`` and the 6 days before, for these ads together."""
        days = slice(max(0, day - DAYS_PER_WEEK + 1), day + 1)
        return int(self.counts[ads, days, COUNTED.index(what)].sum())


def _bit(action: str) -> int:
    return 1 << ACTIONS.index(action)
