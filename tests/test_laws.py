"""Laws: the lessons of the trade hold in paired worlds, and go when their mechanism is taken away.

Twelve worlds a law; a law stands when a one-sided t-test gives it at most a 5 % chance of being
luck (``tests/laws.py``). More worlds: ``python benchmarks/laws.py``.
"""

from __future__ import annotations

import numpy as np
import pytest

from simulator.world.clients import load_client
from tests.ablations import ABLATIONS, Ablation
from tests.experiments import Plan, run
from tests.laws import (
    BY_SHARE,
    ERROR_RATE,
    LAWS,
    LONG_LAWS,
    LONG_PLANS,
    MIX,
    PLANS,
    Law,
    Results,
    best_share,
    chance_of_luck,
)

CLIENT = "online-shop"
SEEDS = range(1, 13)


@pytest.fixture(scope="module")
def results() -> Results:
    """Every plan of every law, played in the same twelve worlds."""
    return run(load_client(CLIENT), PLANS, SEEDS)


@pytest.fixture(scope="module")
def long_results() -> Results:
    """Plans over half a year, played in twelve worlds."""
    return run(load_client(CLIENT), LONG_PLANS, SEEDS)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)
def test_law(law: Law, results: Results) -> None:
    """The law's number is above zero by more than luck."""
    assert chance_of_luck(law.above_zero(results)) < ERROR_RATE, law.says


@pytest.mark.parametrize("law", LONG_LAWS, ids=lambda law: law.name)
def test_long_law(law: Law, long_results: Results) -> None:
    """The law's number over half a year is above zero by more than luck."""
    assert chance_of_luck(law.above_zero(long_results)) < ERROR_RATE, law.says


def test_law_best_selling_share_is_between_15_and_45_percent(results: Results) -> None:
    """L3: the parabola through worth by selling share peaks in the band."""
    assert 0.15 <= best_share(results) <= 0.45


@pytest.mark.parametrize("share", [0.0, 0.7])
def test_law_three_in_ten_beats_the_extremes_by_three_standard_errors(share: float, results: Results) -> None:
    """L3: .3 beats 0 and .7 by over three standard errors."""
    gain = results[MIX]["worth"] - results[BY_SHARE[share]]["worth"]
    assert gain.mean() > 3 * gain.std(ddof=1) / np.sqrt(len(gain))


@pytest.mark.parametrize("ablation", ABLATIONS, ids=lambda ablation: ablation.name)
def test_ablation(ablation: Ablation) -> None:
    """Take the mechanism away and the lesson goes."""
    plans: tuple[Plan, ...] = ablation.plans
    found = run(ablation.client(load_client(CLIENT)), plans, SEEDS)
    assert chance_of_luck(ablation.above_zero(found)) < ERROR_RATE, ablation.says
