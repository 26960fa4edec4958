"""An outcome: what one playbook came to in one world, small enough to keep and to send about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from simulator.network.carry_over import CarryOver
from simulator.network.month import Played
from simulator.network.worth import Worth


@dataclass(frozen=True, slots=True)
class Outcome:
    """``worth``: expected money, which scores count; ``realised``: margin in cents of what luck sold.

    >>> outcome = Outcome(Worth(1_060, 0, 0, 40, CarryOver(200, 50, 0, 10), 100, 80), 900)
    >>> outcome.cents, outcome.realised_cents, Outcome.from_dict(outcome.as_dict()) == outcome
    (1100, 940, True)
    """

    worth: Worth
    realised: float

    @classmethod
    def of(cls, played: Played) -> Outcome:
        """The outcome of a month."""
        return cls(played.worth, float(played.log.purchases.margin_cents.sum()))

    @property
    def cents(self) -> float:
        """Worth to the client."""
        return self.worth.total

    @property
    def realised_cents(self) -> float:
        """The same with the sales that happened in place of those that chance gives on average."""
        return self.worth.total - self.worth.expected + self.realised

    def as_dict(self) -> dict[str, Any]:
        """Plain data, floats to the last bit."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Outcome:
        """What :meth:`as_dict` made. Raises KeyError or TypeError for anything else."""
        worth = data["worth"]
        return cls(Worth(**{**worth, "carry": CarryOver(**worth["carry"])}), float(data["realised"]))
