"""Laws of the inbox, of shifts and of several pages: they hold in paired worlds.

Twelve worlds a law, as in ``tests/test_laws.py``. More worlds: ``python benchmarks/inbox_laws.py``.
"""

from __future__ import annotations

import numpy as np
import pytest

from tests.inbox_experiments import EVERY_DAY, WORKING_DAYS, Results, incomes, run_ways, shifts
from tests.inbox_laws import LAWS, WAYS, InboxLaw
from tests.laws import ERROR_RATE, chance_of_luck

SEEDS = range(1, 13)
FEW_SEEDS = range(1, 5)
FULL_DAYS = shifts((9, 13), (14, 17), (19, 21), days=WORKING_DAYS)
TWO_HOURS = shifts((9, 10), (19, 20), days=EVERY_DAY)


@pytest.fixture(scope="module")
def results() -> Results:
    """Every way of running a page, played in the same twelve worlds."""
    return run_ways(WAYS, SEEDS)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)
def test_inbox_law(law: InboxLaw, results: Results) -> None:
    """The law's number is above zero by more than luck."""
    assert chance_of_luck(law.above_zero(results)) < ERROR_RATE, law.says


def test_law_full_days_serve_four_to_six_pages() -> None:
    """L30: income an hour over half a year peaks at four to six ordinary pages and falls from then on."""
    by_pages = incomes((2, 4, 5, 6, 7, 8), FULL_DAYS, FEW_SEEDS)
    best = max(by_pages, key=lambda pages: by_pages[pages].mean())
    assert 4 <= best <= 6
    for few, many in ((best, 2), (6, 7), (best, 7), (best, 8)):
        assert chance_of_luck(by_pages[few] - by_pages[many]) < ERROR_RATE, (few, many)


def test_law_two_hours_a_day_serve_one_or_two_pages() -> None:
    """L30: with two hours a day income an hour peaks at one or two pages."""
    by_pages = incomes((1, 2, 3, 4), TWO_HOURS, FEW_SEEDS)
    best = max(by_pages, key=lambda pages: by_pages[pages].mean())
    assert best in (1, 2)
    assert chance_of_luck(by_pages[best] - np.maximum(by_pages[3], by_pages[4])) < ERROR_RATE
