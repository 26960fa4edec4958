"""Wear: how the click-through rate of ads goes with how often they were seen, as far as it can be known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from simulator.insights.ab_test import wilson

if TYPE_CHECKING:
    import pandas as pd

FEWEST_CLICKS: Final = 10
"""With fewer clicks than this a click-through rate is mostly luck."""

MOST_STEPS: Final = 9


@dataclass(frozen=True, slots=True)
class Worn:
    """Impressions of people who saw the ad for the ``first`` to ``last`` time, and their link clicks."""

    first: int
    last: int
    impressions: int
    clicks: int

    @property
    def rate(self) -> float:
        return self.clicks / self.impressions

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of the rate."""
        return wilson(self.clicks, self.impressions)

    @property
    def title(self) -> str:
        """How often it had been seen.

        >>> Worn(4, 4, 100, 10).title, Worn(5, 9, 100, 10).title
        ('4', '5–9')
        """
        return f"{self.first}" if self.first == self.last else f"{self.first}–{self.last}"


def worn(wear: pd.DataFrame) -> list[Worn]:
    """The table of wear with neighbours put together until each has clicks enough to be believed.

    What is left at the end joins the last; there are at most :data:`MOST_STEPS`.
    """
    fewest = FEWEST_CLICKS
    steps = _put_together(wear, fewest)
    while len(steps) > MOST_STEPS:
        fewest *= 2
        steps = _put_together(wear, fewest)
    return [step for step in steps if step.clicks >= FEWEST_CLICKS]


def _put_together(wear: pd.DataFrame, fewest: int) -> list[Worn]:
    steps: list[Worn] = []
    columns = (wear[name].tolist() for name in ("nth", "impressions", "inline_link_clicks"))
    for nth, impressions, clicks in zip(*columns, strict=True):
        step = Worn(nth, nth, impressions, clicks)
        whole = not steps or steps[-1].clicks >= fewest
        steps = [*steps, step] if whole else [*steps[:-1], _together(steps[-1], step)]
    if len(steps) > 1 and steps[-1].clicks < fewest:
        steps[-2:] = [_together(*steps[-2:])]
    return steps


def _together(one: Worn, other: Worn) -> Worn:
    return Worn(one.first, other.last, one.impressions + other.impressions, one.clicks + other.clicks)
