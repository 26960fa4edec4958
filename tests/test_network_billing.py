"""Bills: whole cents that add up."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulator.network.billing import MICROS_PER_CENT, largest_remainder


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=12))
def test_invariant_cents_add_up_and_move_nobody_by_more_than_one(amounts: list[int]) -> None:
    """Invariant: together the whole cents of the sum; each within a cent of what it was."""
    micros = np.array(amounts)
    cents = largest_remainder(micros)
    assert cents.sum() == micros.sum() // MICROS_PER_CENT
    assert (np.abs(cents * MICROS_PER_CENT - micros) < MICROS_PER_CENT).all()


def test_edge_nothing_costs_nothing() -> None:
    """Edge: no impressions, no cents."""
    assert largest_remainder(np.zeros(3, np.int64)).tolist() == [0, 0, 0]
