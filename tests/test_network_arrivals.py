"""Arrivals: a Poisson stream in time, alike for two runs whose rates are alike."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simulator.network.arrivals import Arrivals
from simulator.randomness import Luck

RATES = st.lists(st.floats(0, 50), min_size=1, max_size=24)


def arrivals(seed: int = 1) -> Arrivals:
    return Arrivals(Luck(seed).stream("mail"))


def hours(count: int) -> np.ndarray:
    return np.arange(count + 1) * 60.0


@given(RATES)
def test_invariant_times_lie_in_their_span_in_order(rates: list[float]) -> None:
    """Invariant: times are within the edges and rise; numbers count on."""
    times, numbers = arrivals().between(hours(len(rates)), np.array(rates))
    assert (np.diff(times) >= 0).all()
    assert ((times >= 0) & (times <= 60 * len(rates))).all()
    assert numbers.tolist() == list(range(len(times)))


@given(RATES, st.integers(1, 23))
def test_invariant_a_span_may_be_cut(rates: list[float], cut: int) -> None:
    """Invariant: two spans, one after the other, bring what one long span brings."""
    cut = min(cut, len(rates))
    whole, _ = arrivals().between(hours(len(rates)), np.array(rates))
    stream, edges = arrivals(), hours(len(rates))
    parts = [stream.between(edges[: cut + 1], np.array(rates[:cut]))[0]]
    if cut < len(rates):
        parts.append(stream.between(edges[cut:], np.array(rates[cut:]))[0])
    assert np.allclose(np.concatenate(parts), whole)


def test_extreme_nobody_writes() -> None:
    """Extreme: without a rate nothing comes, however long one waits."""
    times, _ = arrivals().between(hours(1_000), np.zeros(1_000))
    assert len(times) == 0


def test_theory_counts_are_poisson() -> None:
    """Theory: counts in equal spans have mean and variance of the rate; gaps are exponential."""
    stream, edges = arrivals(5), np.array([0.0, 60.0])
    counts = [len(stream.between(edges + 60 * k, np.array([3.0]))[0]) for k in range(4_000)]
    assert abs(np.mean(counts) - 3) < 4 * np.sqrt(3 / 4_000)
    assert abs(np.var(counts) / 3 - 1) < 0.1
    times, _ = arrivals(6).between(np.array([0.0, 60_000.0]), np.array([3.0]))
    assert stats.kstest(np.diff(times) / 20, "expon").pvalue > 0.01


def test_theory_more_is_written_when_the_rate_is_higher() -> None:
    """Theory: hours with four times the rate bring four times as much."""
    times, _ = arrivals(2).between(hours(2_000), np.tile([1.0, 4.0], 1_000))
    busy = (times // 60 % 2 == 1).sum()
    assert abs(busy / len(times) - 0.8) < 4 * np.sqrt(0.16 / len(times))


def test_law_a_little_more_leaves_the_rest_as_it_was() -> None:
    """Law: with 1 % more rate arrival k is the same event, a little earlier."""
    few, _ = arrivals().between(hours(100), np.full(100, 2.0))
    more, _ = arrivals().between(hours(100), np.full(100, 2.02))
    assert len(more) >= len(few)
    assert np.allclose(more[: len(few)] * 1.01, few)
