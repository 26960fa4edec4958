"""The metrics: defined once, computed as printed, never a warning."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import SimulatorError
from simulator.insights.metrics import BY_A_RULE, METRICS, measure, ratio

COUNTS = {name: 4 * (place + 1) for place, name in enumerate(METRICS) if not METRICS[name].formula}


@pytest.mark.parametrize("name", list(METRICS))
def test_every_metric_has_words(name):
    """Invariant: each metric has a title, a sentence, a unit and a formula in words if derived."""
    metric = METRICS[name]
    assert metric.title
    assert metric.says.endswith(".")
    assert metric.unit
    assert bool(metric.formula) == bool(metric.formula_in_words)
    assert (metric.how == "counted") is not bool(metric.formula or name in BY_A_RULE)


@pytest.mark.parametrize("name", [name for name in METRICS if METRICS[name].formula])
def test_the_printed_formula_is_the_computed_one(name):
    """Theory: evaluating the formula as arithmetic gives what measure() gives."""
    names = {other: measure(other, COUNTS) for other in METRICS}
    assert measure(name, COUNTS) == pytest.approx(eval(METRICS[name].formula, {}, names))


@pytest.mark.parametrize("name", [name for name in METRICS if METRICS[name].formula])
def test_a_formula_uses_metrics_that_stand_before_it(name):
    """Invariant: no metric is defined in terms of a later one, so none goes round in a circle."""
    order = list(METRICS)
    for part in METRICS[name].formula.split()[::2]:
        assert order.index(part) < order.index(name)


def test_shares_of_nothing_are_nan_without_a_warning():
    """Extreme: 0 / 0 and 3 / 0 are undefined, in numbers and in columns."""
    assert math.isnan(ratio(0, 0))
    assert math.isnan(ratio(3, 0))
    assert np.isnan(ratio(np.array([1, 2]), np.array([0, 4]))).tolist() == [True, False]


@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(1, 10**9)), min_size=1, max_size=20))
def test_a_column_of_ratios_equals_the_ratios_of_its_rows(pairs):
    """Theory: vectorised or one by one, the same numbers."""
    parts, wholes = np.array(pairs).T
    assert ratio(parts, wholes).tolist() == [part / whole for part, whole in pairs]


def test_an_unknown_metric_is_named_with_its_neighbour():
    """Invariant: a slip of the pen is answered with the nearest name."""
    with pytest.raises(SimulatorError, match="engagement_rate"):
        measure("engagment_rate", COUNTS)


def test_a_missing_count_is_refused():
    """Extreme: what is counted in the log cannot be made up from other columns."""
    with pytest.raises(SimulatorError, match="comments"):
        measure("engagement_rate", {"clicks": 1, "reactions": 1, "reach": 9})
