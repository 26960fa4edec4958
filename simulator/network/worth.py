"""Worth: what a month was worth to the client, part by part (model 8.2 and 14)."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.network.carry_over import CarryOver


@dataclass(frozen=True, slots=True)
class Worth:
    """The parts of a worth, in cents.

    ``expected``: margin of the month's sales, as chance gives it on average, of it ``answers`` by messages
    that were answered and ``clicked`` by clicks on ads. ``anyway``: what the same people would buy without
    the page. ``carry``: margin the page will add in the half year after. ``ads``: what they cost; ``hours``:
    what the hours paid for cost.

    >>> worth = Worth(1_060, 0, 0, 40, CarryOver(200, 50, 0, 10), 100, 80)
    >>> worth.added, worth.later, worth.total
    (1020, 260, 1100)
    """

    expected: float
    answers: float
    clicked: float
    anyway: float
    carry: CarryOver
    ads: float
    hours: float

    @property
    def added(self) -> float:
        """Margin the page added in the month."""
        return self.expected - self.anyway

    @property
    def later(self) -> float:
        """Margin it will add in the half year after."""
        return self.carry.cents

    @property
    def total(self) -> float:
        """Worth to the client."""
        return self.added + self.later - self.ads - self.hours

    @property
    def whole(self) -> Worth:
        """In whole currency units that add up: what rounding leaves over goes to the expected margin.

        >>> Worth(1_060, 0, 0, 40, CarryOver(260, 0, 0, 0), 0, 0).whole.expected
        1000
        """
        parts = (self.answers, self.clicked, self.anyway, self.ads, self.hours)
        answers, clicked, anyway, ads, hours = map(_whole, parts)
        carry = CarryOver(
            *map(_whole, (self.carry.kept, self.carry.won, self.carry.others, self.carry.service))
        )
        expected = _whole(self.total) + hours + ads - carry.cents + anyway
        return Worth(expected, answers, clicked, anyway, carry, ads, hours)


def _whole(cents: float) -> int:
    return 100 * round(cents / 100)
