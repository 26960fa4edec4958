"""Rhythms: the weekly curves of use."""

from __future__ import annotations

import tomllib
from importlib import resources

import numpy as np
import pytest

from simulator.world.interests import CHRONOTYPES
from simulator.world.rhythms import weekly_curves

TABLE = tomllib.loads((resources.files("simulator") / "data" / "rhythms.toml").read_text("utf-8"))


def test_invariant_curves_are_rates_of_mean_one() -> None:
    """Invariant: every chronotype has 168 hours of positive use with mean 1, so that activity is sessions a
    day.
    """
    curves = weekly_curves()
    assert curves.shape == (len(CHRONOTYPES), 168)
    assert (curves > 0).all()
    assert curves.mean(axis=1) == pytest.approx(np.ones(len(CHRONOTYPES)), rel=1e-5)


@pytest.mark.parametrize(("index", "name"), list(enumerate(CHRONOTYPES)))
def test_theory_shape_of_a_day_is_that_of_its_row(index: int, name: str) -> None:
    """Theory: within a weekday and within a weekend day hours stand to each other as in the file."""
    days = weekly_curves()[index].reshape(7, 24)
    for day, kind in enumerate(["weekday"] * 5 + ["weekend"] * 2):
        row = np.array(TABLE[name][kind], float)
        assert days[day] / days[day].sum() == pytest.approx(row / row.sum(), rel=1e-4)


def test_theory_weekends_are_used_by_the_factor() -> None:
    """Theory: a weekend day has .95 of the use of a weekday, for everybody."""
    days = weekly_curves().reshape(-1, 7, 24).sum(axis=2)
    assert days[:, 5:] / days[:, :1] == pytest.approx(np.full((5, 2), TABLE["weekend"]["factor"]), rel=1e-4)


def test_law_people_sleep_and_differ() -> None:
    """Law: four in five kinds of people use 3 to 5 in the night least; their busiest hours are
    not the same.
    """
    weekday = weekly_curves()[:, :24]
    assert (weekday[:4, 3] < 0.3 * weekday[:4].max(axis=1)).all()
    assert len(set(weekday.argmax(axis=1).tolist())) == len(CHRONOTYPES)
