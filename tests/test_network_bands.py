"""Bands: the figures of the shipped examples lie where small pages' figures lie (docs/model.md)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from simulator.network.month import Played, day_one, play
from simulator.world.clients import client_names
from tests.golden_months import example
from tests.small_months import shop

WORLDS = range(1, 5)


def _posts(month: Played) -> int:
    return len(month.log.posts)


def _share(month: Played, bits: int) -> float:
    """The share of people reached who did one of the actions of ``bits``."""
    return float(((month.log.exposures.actions & bits) > 0).mean())


def _followers(month: Played) -> int:
    return len(month.log.followers_start)


BANDS: dict[str, tuple[Callable[[Played], float], float, float]] = {
    "follower reach per post / followers": (
        lambda month: float((month.log.exposures.source == 0).sum()) / _posts(month) / _followers(month),
        0.06,
        0.18,
    ),
    "engagement rate by reach": (lambda month: _share(month, 0b11111), 0.012, 0.045),
    "interactions per post / followers": (
        lambda month: (
            float(((month.log.exposures.actions & 0b111) > 0).sum()) / _posts(month) / _followers(month)
        ),
        0.0005,
        0.008,
    ),
    "unfollows a month / followers": (
        lambda month: len(month.log.unfollows.time) / _followers(month),
        0.002,
        0.02,
    ),
    "reactions / interactions": (lambda month: _share(month, 0b1) / _share(month, 0b111), 0.78, 0.94),
}


@cache
def months(name: str) -> tuple[Played, ...]:
    """The client's example month in four worlds."""
    return tuple(play(day_one(shop(name), seed=seed), example(name)) for seed in WORLDS)


@pytest.mark.parametrize("figure", BANDS)
@pytest.mark.parametrize("name", client_names())
def test_theory_figures_lie_in_their_bands(name: str, figure: str) -> None:
    """Theory: reach, engagement, interactions, unfollows and the mix of actions are those of real small
    pages.
    """
    measured, low, high = BANDS[figure]
    assert low <= np.mean([measured(month) for month in months(name)]) <= high
