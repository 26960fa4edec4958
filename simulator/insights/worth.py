"""Worth: what a month was worth to the client, part by part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from simulator.network.month import Played

PARTS: Final = ("expected", "anyway", "added", "later", "ads")
"""What worth is put together from, in the order in which it is explained."""


@dataclass(frozen=True, slots=True)
class Worth:
    """The parts of a worth, in cents.

    ``expected``: margin of the month's sales, as chance gives it on average. ``anyway``: what the same
    people would buy without the page. ``later``: margin the page will add in the half year after.
    ``ads``: what they cost. Worth is expected - anyway + later - ads.
    """

    expected: float
    anyway: float
    later: float
    ads: float

    @classmethod
    def of(cls, month: Played) -> Worth:
        """The parts of a month's worth."""
        log, ads = month.log, float(month.ad_spend_cents)
        anyway, later = float(log.expected_anyway_by_day.sum()), month.carry_over_cents
        return cls(month.worth_cents - later + ads + anyway, anyway, later, ads)

    @property
    def added(self) -> float:
        """Margin the page added in the month."""
        return self.expected - self.anyway

    @property
    def total(self) -> float:
        return self.added + self.later - self.ads

    @property
    def whole(self) -> Worth:
        """In whole currency units that add up: what rounding leaves over goes to the expected margin.

        >>> Worth(1_060, 40, 260, 0).whole
        Worth(expected=1000, anyway=0, later=300, ads=0)
        """
        anyway, later, ads = (100 * round(part / 100) for part in (self.anyway, self.later, self.ads))
        return Worth(100 * round(self.total / 100) - later + ads + anyway, anyway, later, ads)
