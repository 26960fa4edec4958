"""Incidents: hard days. A crisis of the client's own making, or a pile-on of trolls, with its arc.

A crisis (a wrong price, a faulty batch: what fits the client) grows while the page says nothing,
shrinks after a first word, and ends when the client's own answer is passed on. A pile-on feeds on
replies and on the abuse that stands, and each account stops when it is blocked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.network.arrivals import Arrivals
from simulator.network.messages import Incident
from simulator.parameters import Parameters
from simulator.randomness import Luck
from simulator.units import DAYS_PER_MONTH, MINUTES_PER_DAY, MINUTES_PER_HOUR

Floats = NDArray[np.float64]
PILE_ON = "pile-on"
_FIRST_DAY, _LAST_DAY = 3, 20
_FIRST_HOUR, _LAST_HOUR = 9, 20
_OVER = 0.02
"""Complaints an hour below which an incident is over."""


@dataclass(slots=True)
class HardDay:
    """One incident on its way; minutes. ``word``: the page's first, ``solved``: the client's own answer."""

    kind: str
    begin: float
    arrivals: Arrivals
    word: float = np.inf
    solved: float = np.inf
    fed: int = 0

    def facts(self) -> Incident:
        """What the log keeps of it."""
        return Incident(self.kind, self.begin, self.word if np.isfinite(self.word) else float("nan"))

    def per_hour(self, at: Floats, followers: int, bad_share: float, p: Parameters) -> Floats:
        """Messages an hour that it brings at these moments."""
        since = (at - self.begin) / MINUTES_PER_HOUR
        rate = (
            self._pile_on(since, followers, bad_share, p)
            if self.kind == PILE_ON
            else self._crisis(since, at, followers, p)
        )
        begun: Floats = np.where(since >= 0, rate, 0.0)
        return begun

    def _crisis(self, since: Floats, at: Floats, followers: int, p: Parameters) -> Floats:
        height = p["incident.crisis_rate"] * followers / 1_000
        growing = -np.expm1(-np.maximum(since, 0) / p["incident.crisis_rise_hours"])
        dying = np.exp(
            -np.maximum(since - p["incident.crisis_lasts_hours"], 0) / p["incident.crisis_fade_hours"]
        )
        heard = np.exp(-np.maximum(at - self.word, 0) / MINUTES_PER_HOUR / p["incident.word_hours"])
        ended = np.exp(-np.maximum(at - self.solved, 0) / MINUTES_PER_HOUR / p["incident.solved_hours"])
        rate: Floats = height * growing * dying * heard * ended
        return rate

    def _pile_on(self, since: Floats, followers: int, bad_share: float, p: Parameters) -> Floats:
        height = p["incident.pile_on_rate"] * np.sqrt(followers / 1_000)
        fed = min(1 + p["incident.fed"] * self.fed, p["incident.most_fed"])
        drawn = 1 + p["climate.attracts"] * bad_share
        rate: Floats = height * fed * drawn * np.exp(-np.maximum(since, 0) / p["incident.pile_on_fade_hours"])
        return rate

    def is_on(self, now: float, until: float, followers: int, p: Parameters) -> bool:
        """Whether it still brings messages, or begins before ``until``."""
        return bool(self.per_hour(np.array([now, until]), followers, 0.0, p).max() > _OVER)


def hard_day_chance(p: Parameters) -> float:
    """Probability that a month has a hard day, of whatever kind.

    >>> from simulator.parameters import model_parameters
    >>> round(hard_day_chance(model_parameters()), 2)
    0.36
    """
    return 1 - (1 - p["incident.crisis_chance"]) * (1 - p["incident.pile_on_chance"])


def hard_days(luck: Luck, client: str, crises: Sequence[str], days: int, p: Parameters) -> list[HardDay]:
    """What goes wrong for a client in ``days`` days, whatever it does: at most one of a kind a month.

    ``crises``: those that fit the client, each as likely as any other.
    """
    found = []
    for month in range(-(-days // DAYS_PER_MONTH)):
        for name, chance in (
            ("crisis", p["incident.crisis_chance"]),
            (PILE_ON, p["incident.pile_on_chance"]),
        ):
            happens, day, hour, which = luck.stream("incident", client, name, month).uniforms(
                np.arange(1), 4
            )[:, 0]
            if happens >= chance:
                continue
            begin = _moment(month, float(day), float(hour))
            kind = name if name == PILE_ON else crises[int(which * len(crises))]
            if begin < days * MINUTES_PER_DAY:
                found.append(
                    HardDay(kind, begin, Arrivals(luck.stream("incident mail", client, name, month)))
                )
    return found


def _moment(month: int, day: float, hour: float) -> float:
    first = month * DAYS_PER_MONTH + _FIRST_DAY + int(day * (_LAST_DAY - _FIRST_DAY))
    at_hour = _FIRST_HOUR + hour * (_LAST_HOUR - _FIRST_HOUR)
    return first * MINUTES_PER_DAY + at_hour * MINUTES_PER_HOUR
