"""Known people: rows, fading by half-lives, copies."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.network.known import FADING, KnownPeople, Tiredness, half_lives
from simulator.units import MINUTES_PER_DAY
from simulator.world.people import LOG_BYTE
from simulator.world.world import needs_per_day
from tests.small_months import found

PERSONS = np.array([3, 500, 17, 900])


@pytest.fixture
def known() -> KnownPeople:
    """A page known to four people who feel everything to the full."""
    people = KnownPeople(found().world)
    rows = people.rows(PERSONS, 0.0)
    for name in FADING:
        getattr(people, name)[rows] = 1.0
    people.by_purpose[rows] = people.by_topic[rows] = 1.0
    return people


@pytest.mark.parametrize("name", FADING)
def test_theory_feelings_halve_in_their_half_life(known: KnownPeople, name: str) -> None:
    """Theory: after so many days half is left, after twice as many a quarter; looking changes nothing."""
    rows, days = np.arange(4), half_lives(known.parameters)[name]
    for times, left in ((0, 1.0), (1, 0.5), (2, 0.25)):
        now = times * days * MINUTES_PER_DAY
        assert known.faded(name, rows, now) == pytest.approx(np.full(4, left), rel=1e-4)
        assert getattr(known.mind(rows, now), name) == pytest.approx(np.full(4, left), rel=1e-4)


@pytest.mark.parametrize("name", ["by_purpose", "by_topic"])
def test_theory_satiation_halves_in_its_half_life(known: KnownPeople, name: str) -> None:
    """Theory: all purposes and topics are restored at their pace, for each person from their own
    moment on.
    """
    rows, days = np.arange(4), half_lives(known.parameters)[name]
    now = np.array([0.0, 1.0, 2.0, 3.0]) * days * MINUTES_PER_DAY
    assert known.faded(name, rows, now)[:, 0] == pytest.approx([1, 0.5, 0.25, 0.125], rel=1e-4)
    assert (known.faded(name, rows, now)[:, 0] == known.faded(name, rows, now).T).all()


@given(st.lists(st.floats(0, 100), min_size=1, max_size=4))
@settings(max_examples=30, deadline=None)
def test_invariant_fading_in_steps_is_fading_at_once(steps: list[float]) -> None:
    """Invariant: keeping what somebody feels on the way gives the same in the end."""
    people = KnownPeople(found().world)
    rows = people.rows(PERSONS[:1], 0.0)
    people.goodwill[rows] = 0.8
    end = sum(steps) * MINUTES_PER_DAY
    at_once = people.mind(rows, end).goodwill[0]
    now = 0.0
    for step in steps:
        now += step * MINUTES_PER_DAY
        tired = Tiredness(*(people.faded(name, rows, now) for name in ("by_purpose", "by_topic")))
        people.keep(rows, np.array([now]), people.mind(rows, now), tired)
    assert people.goodwill[0] == pytest.approx(at_once, rel=1e-3)


def test_theory_a_purchase_makes_loyal_at_its_time(known: KnownPeople) -> None:
    """Theory: loyalty rises by its gain from what is left of it, at most to 1, whenever the person was last
    seen.
    """
    p, days = known.parameters, half_lives(known.parameters)["loyalty"]
    known.loyalty[:4] = [0.0, 0.4, 1.0, 0.0]
    now = days * MINUTES_PER_DAY
    known.become_loyal(np.arange(3), now)
    gain = p["purchase.loyalty_gain"]
    assert known.mind(np.arange(4), now).loyalty == pytest.approx([gain, 0.2 + gain, 1, 0], rel=1e-4)


def test_invariant_who_is_welcomed_follows(known: KnownPeople) -> None:
    """Invariant: a new follower expects what its reason gives, and is at least as near as a fresh one."""
    p = known.parameters
    known.affinity[:2] = [3.0, 0.0]
    known.welcome(np.arange(2), np.array([False, True]))
    assert known.followers().tolist() == [0, 1]
    assert known.came_for_prize[:2].tolist() == [False, True]
    assert known.utility[:2] == pytest.approx([p["following.start_utility"], p["giveaway.start_utility"]])
    assert known.affinity[:2] == pytest.approx([3.0, p["feed.start_affinity"]])


def test_theory_tiredness_counts_what_was_met() -> None:
    """Theory: meeting a purpose and a topic adds one to each, for its own person only."""
    tired = Tiredness(np.zeros((2, 4), np.float32), np.ones((2, 3), np.float32))
    tired.add(np.array([3, 0]), np.array([2, 2]))
    assert tired.of_purpose(np.array([3, 3])).tolist() == [1, 0]
    assert tired.of_topic(np.array([2, 0])).tolist() == [2, 1]


def test_invariant_a_person_has_one_row(known: KnownPeople) -> None:
    """Invariant: asked again, twice at once or among new people, somebody known keeps their row."""
    rows = known.rows(PERSONS, 99.0)
    assert known.count == 4
    assert sorted(rows.tolist()) == [0, 1, 2, 3]
    more = known.rows(np.array([17, 40, 40, 17, 2]), 99.0)
    assert known.count == 6
    assert more[0] == more[3] == rows[2]
    assert more[1] == more[2] != more[4]
    assert known.person[more].tolist() == [17, 40, 40, 17, 2]


def test_invariant_growing_keeps_what_is_there() -> None:
    """Invariant: room for more people moves no one and nothing they feel."""
    people = KnownPeople(found().world)
    for person in range(300):
        row = people.rows(np.array([person]), 0.0)
        people.goodwill[row] = person / 1_000
    assert people.person[:300].tolist() == list(range(300))
    assert people.goodwill[:300] == pytest.approx(np.arange(300) / 1_000)


def test_invariant_traits_are_those_of_the_town(known: KnownPeople) -> None:
    """Invariant: a row repeats what the town knows of its person."""
    town, world, ids = known.world.people, known.world, known.person[:4].astype(np.int64)
    assert np.array_equal(known.chronotype[:4], town.chronotype[ids])
    assert np.array_equal(known.activity[:4], LOG_BYTE[town.activity[ids]])
    assert np.array_equal(known.match[:4], town.match(ids, known.topics))
    needs = needs_per_day(world.client, world.country, town, ids, world.relevance_scale)
    assert np.array_equal(known.need[:4], needs)


def test_invariant_a_copy_is_independent(known: KnownPeople) -> None:
    """Invariant: what happens to a copy stays with the copy, new people too."""
    twin = known.copy()
    twin.goodwill[0] = 0.3
    twin.follower[1] = True
    twin.rows(np.array([77]), 0.0)
    assert (known.goodwill[0], known.follower[1], known.count, known.row_of[77]) == (1.0, False, 4, -1)
    assert twin.world is known.world


def test_extreme_a_page_nobody_knows() -> None:
    """Extreme: before anybody met it a page has no followers and no minds to read."""
    people = KnownPeople(found().world)
    assert len(people.followers()) == 0
    assert len(people.mind(np.arange(0), 0.0).goodwill) == 0
    with pytest.raises(AttributeError):
        _ = people.no_such_state
