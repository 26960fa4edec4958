"""The crowd: everybody stands in one cell, and who is online more is picked more."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from simulator.network.crowd import STEPS, gather
from simulator.world.clients import load_client
from simulator.world.people import LOG_BYTE
from simulator.world.rhythms import weekly_curves
from simulator.world.world import World, draw_world


@cache
def town() -> World:
    return draw_world(load_client("salon"), 3, 4_000)


def some_rates(count: int) -> np.ndarray:
    return np.random.default_rng(2).lognormal(-5, 1, count).astype(np.float32)


def test_invariant_everybody_stands_in_one_cell() -> None:
    """Invariant: the crowd holds each member once, and cells part it without gaps."""
    members = np.arange(0, 4_000, 3)
    crowd = gather(town().people, members, some_rates(len(members)))
    assert np.array_equal(np.sort(crowd.persons), members)
    assert crowd.starts[0] == 0
    assert crowd.starts[-1] == len(members)
    assert (np.diff(crowd.starts) > 0).all()
    assert len(crowd.rate) == len(crowd.chronotype) == len(crowd.starts) - 1


def test_theory_cells_of_a_higher_step_have_higher_rates() -> None:
    """Theory: within a chronotype the mean rate rises from cell to cell."""
    members = np.arange(4_000)
    crowd = gather(town().people, members, some_rates(4_000))
    for kind in range(len(weekly_curves())):
        rates = crowd.rate[crowd.chronotype == kind]
        assert len(rates) == STEPS
        assert (np.diff(rates) > 0).all()


def test_invariant_equal_rates_are_one_step() -> None:
    """Invariant: where nobody differs, only chronotypes part the crowd, and nobody is more relevant."""
    crowd = gather(town().people, np.arange(4_000), np.ones(4_000, np.float32))
    assert len(crowd.rate) == len(weekly_curves())
    assert np.allclose(crowd.relevance, 0)


def test_invariant_a_crowd_without_some_people_is_that_of_the_others() -> None:
    """Invariant: cells, sessions and picks are those of who is left, also where a cell is left empty."""
    people, rates = town().people, some_rates(4_000)
    whole = gather(people, np.arange(4_000), rates)
    barred = (np.arange(4_000) % 3 == 0) | np.isin(np.arange(4_000), whole.persons[: whole.starts[2]])
    rest = whole.without(barred)
    assert np.array_equal(np.sort(rest.persons), np.flatnonzero(~barred))
    assert (np.diff(rest.starts)[:2] == 0).all()
    activity = LOG_BYTE[people.activity].astype(np.float64)
    for cell, (begin, end) in enumerate(pairwise(rest.starts.tolist())):
        inside = rest.persons[begin:end]
        assert np.isin(inside, whole.persons[whole.starts[cell] : whole.starts[cell + 1]]).all()
        assert rest.sessions[cell] == pytest.approx(activity[inside].sum())
    cells = np.repeat(np.flatnonzero(rest.sessions), 20)
    picks = rest.pick(cells, np.tile((np.arange(20) + 0.5) / 20, len(cells) // 20))
    assert ((picks >= rest.starts[cells]) & (picks < rest.starts[cells + 1])).all()
    anew = gather(people, rest.persons, rates[rest.persons])
    assert rest.mean_rate == pytest.approx(anew.mean_rate, rel=0.05)


def test_theory_people_are_picked_by_how_often_they_are_online() -> None:
    """Theory: picks of a cell are proportional to sessions a day."""
    people = town().people
    crowd = gather(people, np.arange(40), np.ones(40, np.float32))
    cell = int(np.argmax(np.diff(crowd.starts)))
    luck = (np.arange(50_000) + 0.5) / 50_000
    picks = crowd.pick(np.full(50_000, cell), luck)
    first, last = crowd.starts[cell], crowd.starts[cell + 1]
    assert picks.min() >= first
    assert picks.max() < last
    shares = np.bincount(picks - first, minlength=last - first) / 50_000
    activity = LOG_BYTE[people.activity[crowd.persons[first:last]]]
    assert shares == pytest.approx(activity / activity.sum(), abs=1e-3)


def test_theory_sessions_of_a_week_add_up() -> None:
    """Theory: over the hours of a week the crowd has seven days of sessions."""
    crowd = gather(town().people, np.arange(4_000), some_rates(4_000))
    by_hour = sum(crowd.sessions_in(hour).sum() for hour in range(168))
    assert by_hour == pytest.approx(7 * crowd.sessions.sum(), rel=1e-4)
    assert crowd.by_hour.sum() == pytest.approx(by_hour, rel=1e-6)


def test_edge_nobody() -> None:
    """Edge: a crowd of nobody has no cells and no sessions."""
    crowd = gather(town().people, np.zeros(0, np.int64), np.zeros(0, np.float32))
    assert len(crowd.persons) == len(crowd.rate) == 0
    assert crowd.sessions.sum() == 0
