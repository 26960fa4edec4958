"""What the platform believes: like the truth, never the truth."""

from __future__ import annotations

import gc
from dataclasses import replace

import numpy as np
import pytest

from simulator.world import platform_view
from simulator.world.clients import load_client
from simulator.world.interests import INTERESTS
from simulator.world.people import INTEREST_SCALE
from simulator.world.platform_view import interest_bits, listed_interests
from simulator.world.world import World, draw_world


@pytest.fixture(scope="module")
def world() -> World:
    return draw_world(load_client("online-shop:3"), 1, 20_000)


def _unpacked(masks: np.ndarray) -> np.ndarray:
    return (masks[:, None] >> np.arange(16)) & 1 == 1


def _with(world: World, **changes: float) -> World:
    rows = {f"ads.{name}": value for name, value in changes.items()}
    return replace(world, client=world.client.with_parameters(rows))


@pytest.mark.parametrize("label", ["salon:1", "online-shop:3", "academy:2", "supermarket:5"])
def test_theory_the_platform_is_half_right(label: str) -> None:
    """Theory: an interest listed and the true share correlate about .6 (model 11.6), and three to four are
    listed a person.
    """
    world = draw_world(load_client(label), 2, 20_000)
    listed = _unpacked(listed_interests(world))
    shares = world.people.interests / INTEREST_SCALE
    correlation = [np.corrcoef(listed[:, k], shares[:, k])[0, 1] for k in range(len(INTERESTS))]
    assert np.mean(correlation) == pytest.approx(0.6, abs=0.05)
    assert 3 <= listed.sum(axis=1).mean() <= 4


def test_extreme_without_noise_the_list_is_the_truth(world: World) -> None:
    """Extreme: no noise lists exactly the shares that reach the threshold, each in its own bit."""
    listed = _unpacked(listed_interests(_with(world, interest_noise=0.0, interest_threshold=0.2)))
    assert np.array_equal(listed, world.people.interests >= 0.2 * INTEREST_SCALE)


def test_theory_the_noises_of_a_person_are_apart(world: World) -> None:
    """Theory: where only noise decides, each interest is listed for half and no two go together."""
    listed = _unpacked(listed_interests(_with(world, interest_noise=500.0, interest_threshold=0.0)))
    assert listed.mean(axis=0) == pytest.approx(0.5, abs=4 * 0.5 / np.sqrt(20_000))
    together = np.corrcoef(listed, rowvar=False) - np.eye(16)
    assert np.abs(together).max() < 5 / np.sqrt(20_000)


def test_golden_the_same_world_is_seen_the_same_way(world: World) -> None:
    """Golden: a world drawn again is believed the same of; another seed or town is not."""
    again = draw_world(world.client, 1, 20_000)
    assert np.array_equal(listed_interests(again), listed_interests(world))
    other = replace(world, luck=draw_world(world.client, 2, 1_000).luck)
    assert not np.array_equal(listed_interests(other), listed_interests(world))


def test_invariant_worked_out_once_and_let_go() -> None:
    """Invariant: the second question finds the first answer, nobody can change it, it goes with its world."""
    world = draw_world(load_client("salon:1"), 5, 1_000)
    gc.collect()  # worlds of other tests that wait to be let go
    before = len(platform_view._seen)
    masks = listed_interests(world)
    assert listed_interests(world) is masks
    assert masks.dtype == np.uint16
    assert not masks.flags.writeable
    assert len(platform_view._seen) == before + 1
    del world
    gc.collect()
    assert len(platform_view._seen) == before


def test_invariant_bits_are_those_of_their_interests() -> None:
    """Invariant: each interest has its own bit, named once or twice."""
    assert [int(interest_bits([name, name])) for name in INTERESTS] == [1 << k for k in range(16)]
    assert int(interest_bits(INTERESTS)) == 2**16 - 1
    assert int(interest_bits([])) == 0
