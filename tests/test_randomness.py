"""Luck: uniform, independent by name, the same in any order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from simulator.randomness import Luck, Stream

IDS = st.lists(st.integers(0, 2**40), min_size=1, max_size=50)
NAMES = st.tuples(st.text(max_size=5), st.integers(0, 9))
COUNT = 100_000


@given(IDS, st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_invariant_a_draw_does_not_depend_on_who_else_is_drawn(ids: list[int], order: object) -> None:
    """Invariant: each id has its number, alone, in any order and in any company."""
    stream = Luck(3).stream("test")
    whole = dict(zip(ids, stream.uniform(np.array(ids)).tolist(), strict=True))
    shuffled = list(whole)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert stream.uniform(np.array(shuffled)).tolist() == [whole[key] for key in shuffled]
    assert [float(stream.uniform(np.array([key]))[0]) for key in whole] == list(whole.values())


@given(st.integers(0, 2**31), NAMES, NAMES)
@settings(max_examples=50, deadline=None)
def test_invariant_streams_are_known_by_their_names(
    seed: int, one: tuple[str, int], two: tuple[str, int]
) -> None:
    """Invariant: the same seed and names give the same stream, others another one."""
    luck = Luck(seed)
    assert luck.stream(*one) == Luck(seed).stream(*one)
    assert (luck.stream(*one) == luck.stream(*two)) == (one == two)
    assert luck.stream(*one) != Luck(seed + 1).stream(*one)


def test_invariant_names_do_not_run_together() -> None:
    """Invariant: ("ab", "c") and ("a", "bc") are two streams."""
    luck = Luck(1)
    assert luck.stream("ab", "c") != luck.stream("a", "bc")
    assert luck.stream("abc") != luck.stream("ab", "c")


def test_invariant_asking_changes_nothing() -> None:
    """Invariant: a stream has no state: asked a hundred times it says the same, and leaves the ids alone."""
    stream, ids = Luck(2).stream("test"), np.arange(10)
    first = stream.uniform(ids)
    for _ in range(100):
        stream.uniform(ids)
        stream.generator().random()
    assert np.array_equal(stream.uniform(ids), first)
    assert ids.tolist() == list(range(10))


IN_A_ROW = np.arange(COUNT, dtype=np.uint64)


@pytest.mark.parametrize("ids", [IN_A_ROW, IN_A_ROW << np.uint64(20), IN_A_ROW ^ np.uint64(2**63)])
def test_theory_numbers_are_uniform(ids: np.ndarray) -> None:
    """Theory: over people in a row, far apart or keyed by a post, numbers are uniform
    (Kolmogorov-Smirnov).
    """
    numbers = Luck(5).stream("test").uniform(ids)
    assert numbers.min() >= 0
    assert numbers.max() < 1
    assert stats.kstest(numbers.astype(float), "uniform").pvalue > 0.001


def test_theory_neighbours_and_streams_are_independent() -> None:
    """Theory: people next to each other, streams of one seed and seeds of one name have nothing in common."""
    stream, ids = Luck(5).stream("act"), np.arange(COUNT)
    numbers = stream.uniform(ids).astype(float)
    others = [
        numbers[1:],
        *(other.uniform(ids).astype(float) for other in (Luck(5).stream("open"), Luck(6).stream("act"))),
    ]
    for other in others:
        found = np.corrcoef(numbers[: len(other)], other)[0, 1]
        assert abs(found) < 4 / np.sqrt(COUNT)


def test_theory_posts_give_a_person_independent_numbers() -> None:
    """Theory: keyed by the salts of two posts, the draws of the same people in one stream have nothing in
    common.
    """
    luck, people = Luck(5), np.arange(COUNT).astype(np.uint64)
    salts = [np.uint64(luck.stream("post", text, 1).key) for text in ("kafix", "lodox")]
    one, two = (luck.stream("exposure").uniform(people ^ salt).astype(float) for salt in salts)
    assert abs(np.corrcoef(one, two)[0, 1]) < 4 / np.sqrt(COUNT)


def test_invariant_a_post_keeps_its_numbers_whatever_others_do() -> None:
    """Invariant: a person's draw for one post is keyed by that post alone."""
    luck, people = Luck(5), np.arange(1_000).astype(np.uint64)
    salt = np.uint64(luck.stream("post", "kafix", 1).key)
    before = luck.stream("exposure").uniform(people ^ salt)
    luck.stream("exposure").uniform(people ^ np.uint64(luck.stream("post", "changed", 1).key))
    assert np.array_equal(luck.stream("exposure").uniform(people ^ salt), before)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_theory_several_numbers_from_one_hash(count: int) -> None:
    """Theory: rows are uniform inside (0, 1) and independent of each other."""
    rows = Luck(7).stream("test").uniforms(np.arange(COUNT), count).astype(float)
    assert rows.shape == (count, COUNT)
    assert rows.min() > 0
    assert rows.max() < 1
    assert rows.mean(axis=1) == pytest.approx(np.full(count, 0.5), abs=0.005)
    assert abs(np.corrcoef(rows) - np.eye(count)).max() < 4 / np.sqrt(COUNT)


def test_theory_normal_numbers_are_normal() -> None:
    """Theory: over streams the normal number has mean 0 and variance 1 (Kolmogorov-Smirnov)."""
    numbers = [Luck(1).stream("test", k).normal() for k in range(3_000)]
    assert stats.kstest(numbers, "norm").pvalue > 0.001


@pytest.mark.parametrize("key", [0, 1, 2**64 - 1])
def test_extreme_any_key_is_a_stream(key: int) -> None:
    """Extreme: the smallest and the largest key, id 0 and the largest id have numbers."""
    stream = Stream(key)
    numbers = stream.uniform(np.array([0, 2**64 - 1], np.uint64))
    assert ((numbers >= 0) & (numbers < 1)).all()
    assert 0 < stream.number() < 1
    assert np.isfinite(stream.normal())


def test_extreme_nobody_is_drawn() -> None:
    """Extreme: no ids, no numbers; and ids of any whole kind and shape."""
    stream = Luck(1).stream("test")
    assert stream.uniform(np.zeros(0, np.int64)).shape == (0,)
    six = np.arange(6).reshape(2, 3)
    kinds = (six.astype(np.int32), six.astype(np.int64), six.astype(np.uint64))
    assert all(np.array_equal(stream.uniform(kinds[0]), stream.uniform(ids)) for ids in kinds)


def test_golden_numbers_stay_what_they_are() -> None:
    """Golden: the first bits of a known stream: if they move, every score moves."""
    bits = Luck(7).stream("exposure", "post-1").bits(np.arange(2)).tolist()
    assert bits == [875926181013267042, 7670293644571620618]


def test_invariant_one_number_is_the_first_of_many() -> None:
    """Invariant: a stream's own number has the same bits as those it gives to ids."""
    for name in range(50):
        stream = Luck(3).stream("one", name)
        assert stream.number() == (int(stream.bits(np.zeros(1, np.int64))[0]) + 0.5) / 2.0**64
