"""The scale: points from worth, through three managers whose months everybody can read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulator.errors import ClientError
from simulator.texts import say
from simulator.units import money

ANCHORS: Final = {"does-nothing": 0.0, "careful-beginner": 50.0, "studies-the-pack": 90.0}
"""The managers the scale goes through, and their points."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Mean worth in cents of the three anchors; points are linear from one to the next, and beyond.

    >>> scale = Scale(1_000, 3_000, 7_000)
    >>> [scale.points(cents) for cents in (1_000, 2_000, 3_000, 5_000, 8_000, 0)]
    [0.0, 25.0, 50.0, 70.0, 100.0, -25.0]
    """

    nothing: float
    beginner: float
    expert: float

    def points(self, cents: float) -> float:
        """The points of a month worth so many cents, neither cut off above 100 nor below 0."""
        low, middle, high = ANCHORS.values()
        if cents < self.beginner:
            return low + (middle - low) * (cents - self.nothing) / (self.beginner - self.nothing)
        return middle + (high - middle) * (cents - self.beginner) / (self.expert - self.beginner)

    @property
    def in_order(self) -> bool:
        """Whether the anchors stand in their order, without which there are no points."""
        return self.nothing < self.beginner < self.expert

    def refuse_disorder(self, label: str, people: int) -> None:
        """Raise ClientError, with all three sums, if the anchors do not stand in order."""
        if not self.in_order:
            sums = {
                name: money(cents)
                for name, cents in zip(
                    ("nothing", "beginner", "expert"),
                    (self.nothing, self.beginner, self.expert),
                    strict=True,
                )
            }
            raise ClientError(say("score.disorder", client=label, people=f"{people:,}", **sums))


def points_between(means: NDArray[np.float64]) -> float:
    """Points by which the last of five worths is above the one before; the first three are the anchors'.

    >>> points_between(np.array([1_000.0, 3_000, 7_000, 2_000, 5_000]))
    45.0
    """
    scale = Scale(*means[:3].tolist())
    return scale.points(float(means[4])) - scale.points(float(means[3]))


def shown(points: float) -> int:
    """Points as they are shown: whole, from 0 to 100.

    >>> shown(104.2), shown(-3.0), shown(71.4)
    (100, 0, 71)
    """
    return round(min(100.0, max(0.0, points)))
