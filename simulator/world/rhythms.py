"""When people are online, by chronotype, and when they write to pages."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.units import HOURS_PER_WEEK
from simulator.world.interests import CHRONOTYPES


@cache
def weekly_curves() -> NDArray[np.float32]:
    """(chronotypes, 168) relative use by hour of the week from Monday 00:00, each of mean 1.

    >>> weekly_curves().shape
    (5, 168)
    >>> bool(np.allclose(weekly_curves().mean(axis=1), 1))
    True
    """
    table = _table()
    curves = np.array([_week(table[name], table["weekend"]["factor"]) for name in CHRONOTYPES])
    relative: NDArray[np.float32] = (curves / curves.mean(axis=1, keepdims=True)).astype(np.float32)
    return relative


@cache
def writing_curve() -> NDArray[np.float64]:
    """(24,) how much is written to pages in each hour of the day, of mean 1.

    >>> int(writing_curve().argmax())
    20
    """
    hours = np.array(_table()["writing"]["hour"], float)
    curve: NDArray[np.float64] = hours / hours.mean()
    return curve


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((resources.files("simulator") / "data" / "rhythms.toml").read_text("utf-8"))


def _week(rhythm: dict[str, list[float]], weekend_factor: float) -> NDArray[np.float64]:
    weekday = np.array(rhythm["weekday"], float) / sum(rhythm["weekday"])
    weekend = weekend_factor * np.array(rhythm["weekend"], float) / sum(rhythm["weekend"])
    return np.concatenate([np.tile(weekday, 5), np.tile(weekend, HOURS_PER_WEEK // 24 - 5)])
