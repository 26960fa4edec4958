"""The feed: who gets to see a post, how often and when (model 2).

A post is in view in a session that comes ``a`` hours after it went out with probability
``sigmoid(u - competition - decay * (a + 1/2))``; a person's expected number of such sessions is
their activity times a sum over hours that depends only on their chronotype and ``u``. So who
will see a post is found once, when it goes out, and each exposure gets its time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from simulator.parameters import Parameters
from simulator.units import HOURS_PER_WEEK, MINUTES_PER_HOUR
from simulator.world.rhythms import weekly_curves

Floats = NDArray[np.float32]
LIFE_HOURS = 96
"""How long a post can be met in the feed."""

_LOWEST, _STEP, _STEPS = -12.0, 0.125, 161
_COARSE = 10
_MOST_EXTRA = 12


@lru_cache(maxsize=64)
def _in_view(competition: float, decay: float) -> Floats:
    """(steps of u, hours of age): probability that a session shows the post."""
    u = _LOWEST + _STEP * np.arange(_STEPS)
    age = np.arange(LIFE_HOURS) + 0.5
    logit = u[:, None] - competition - decay * age[None, :]
    shown: Floats = (1 / (1 + np.exp(-logit))).astype(np.float32)
    return shown


@dataclass(frozen=True, slots=True)
class Window:
    """What the feed does with one post from the moment it enters.

    ``sessions``: (chronotypes, steps of u) expected in-view sessions of a person with one
    session a day. ``ages``: cumulative share of them by age, for a coarse grid of u.
    """

    opened: float
    sessions: Floats
    ages: NDArray[np.float64]

    def chances(self, chronotype: NDArray[np.uint8], activity: Floats, u: Floats) -> Floats:
        """Probability that each person sees the post at least once."""
        place = np.clip((u - np.float32(_LOWEST)) * np.float32(1 / _STEP), 0, _STEPS - 1.001)
        low = place.astype(np.int32)
        part = place - low
        flat = self.sessions.ravel()
        at = chronotype * np.int32(_STEPS) + low
        sessions = activity * (flat[at] * (1 - part) + flat[at + 1] * part)
        seen: Floats = -np.expm1(-sessions)
        return seen

    def first_views(self, chronotype: NDArray[np.uint8], u: Floats, luck: Floats) -> NDArray[np.float64]:
        """When each person sees the post: minutes, by their rhythm and ``luck`` in [0, 1)."""
        place = (u - np.float32(_LOWEST)) * np.float32((_COARSE - 1) / (_STEP * (_STEPS - 1)))
        coarse = np.clip(np.rint(place), 0, _COARSE - 1).astype(np.int64)
        line = chronotype * _COARSE + coarse
        flat = (self.ages + np.arange(len(self.ages), dtype=np.float64)[:, None]).ravel()
        at = np.searchsorted(flat, line + luck.astype(np.float64), side="right")
        at = np.minimum(at, (line + 1) * LIFE_HOURS - 1)
        hour = at - line * LIFE_HOURS
        within = np.modf(luck.astype(np.float64) * 9973.0)[0]
        times: NDArray[np.float64] = self.opened + (hour + within) * MINUTES_PER_HOUR
        return times


def open_window(opened: float, parameters: Parameters) -> Window:
    """The feed's window on a post that enters it at ``opened`` (minutes from Monday 00:00)."""
    in_view = _in_view(parameters["feed.competition"], parameters["feed.recency_decay"])
    curves = _curves_from(opened)
    sessions = (curves @ in_view.T) / np.float32(24)
    grid = np.linspace(0, _STEPS - 1, _COARSE).astype(int)
    mass = curves[:, None, :] * in_view[None, grid, :]
    ages = np.cumsum(mass.reshape(-1, LIFE_HOURS), axis=1, dtype=np.float64)
    return Window(opened, sessions, ages / ages[:, -1:])


def _curves_from(opened: float) -> Floats:
    """(chronotypes, 96): use in each hour after ``opened``, between the whole hours around it."""
    hour, part = divmod(opened / MINUTES_PER_HOUR, 1.0)
    at = (int(hour) + np.arange(LIFE_HOURS + 1)) % HOURS_PER_WEEK
    curves = weekly_curves()[:, at]
    between: Floats = (1 - np.float32(part)) * curves[:, :-1] + np.float32(part) * curves[:, 1:]
    return between


def crowding(post_times: NDArray[np.int64], now: float, parameters: Parameters) -> float:
    """Log odds lost because the page's own recent posts compete (Track Social 2012)."""
    ages = (now - post_times) / MINUTES_PER_HOUR
    recent = float(np.exp(-ages[ages >= 0] / parameters["feed.crowding_memory"]).sum())
    return float(parameters["feed.crowding"] * np.log1p(recent))


def impressions(extra: Floats, luck: Floats) -> NDArray[np.uint8]:
    """Times on the screen of each person reached: 1 + Poisson(extra), by inversion of ``luck``."""
    term = np.exp(-extra)
    left = luck - term
    count = np.ones(len(extra), np.uint8)
    for k in range(1, _MOST_EXTRA):
        more = left > 0
        if not more.any():
            break
        count += more
        term = term * extra / np.float32(k)
        left = left - term
    return count
