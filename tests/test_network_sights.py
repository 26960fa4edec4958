"""Sights: who has seen which post, against a plain book of everything."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.network.sights import FORGET_AFTER_DAYS, Sights

ROWS = st.lists(st.integers(0, 40), unique=True, max_size=12)
MEETINGS = st.lists(st.tuples(st.integers(0, 5), ROWS), max_size=12)
TEXTS = np.array([0, 1, 0, 2, 2, 3])
NO_ADS = np.zeros(len(TEXTS), bool)


@given(MEETINGS, ROWS)
@settings(max_examples=100, deadline=None)
def test_invariant_nobody_is_given_a_post_twice(
    meetings: list[tuple[int, list[int]]], asked: list[int]
) -> None:
    """Invariant: of any people asked about, exactly those remain who were not given the post."""
    sights = Sights(TEXTS, NO_ADS)
    book: list[set[int]] = [set() for _ in TEXTS]
    for post, rows in meetings:
        sights.schedule(post, np.array(rows, np.int64))
        book[post] |= set(rows)
    for post in {post for post, rows in meetings if rows}:
        left = sights.unseen(post, np.array(asked, np.int64)).tolist()
        assert left == [row for row in asked if row not in book[post]]


@given(MEETINGS)
@settings(max_examples=100, deadline=None)
def test_invariant_texts_that_come_again_are_counted(meetings: list[tuple[int, list[int]]]) -> None:
    """Invariant: a person's count of a text is the sights of all posts with it; a text of one post is not
    counted.
    """
    sights = Sights(TEXTS, NO_ADS)
    book: Counter[tuple[int, int]] = Counter()
    for post, rows in meetings:
        sights.count(np.full(len(rows), post), np.array(rows, np.int64))
        book.update((int(TEXTS[post]), row) for row in rows)
    everybody = np.arange(60)
    for post, text in enumerate(TEXTS.tolist()):
        times = sights.times(np.full(60, post), everybody).tolist()
        repeated = (text == TEXTS).sum() > 1
        assert times == [book[text, row] if repeated else 0 for row in range(60)]


def test_invariant_one_call_may_speak_of_several_posts() -> None:
    """Invariant: different people seeing different posts at once are counted each for their own text."""
    sights = Sights(TEXTS, NO_ADS)
    sights.count(np.array([0, 3, 2]), np.array([7, 8, 9]))
    assert sights.times(np.array([2, 4, 0, 4]), np.array([7, 8, 9, 7])).tolist() == [1, 1, 1, 0]


def test_invariant_a_copy_is_independent_and_knows_the_past() -> None:
    """Invariant: a longer list of posts that repeats an old text counts its earlier sights; the old list
    stays.
    """
    old = Sights(np.array([0, 1]), NO_ADS[:2])
    old.schedule(0, np.array([3, 4]))
    twin = old.copy_for(np.array([0, 1, 0]), NO_ADS[:3], np.array([0, 0, 1]), np.array([3, 4, 3]))
    assert twin.times(np.array([2, 2, 2]), np.array([3, 4, 5])).tolist() == [1, 1, 0]
    twin.schedule(0, np.array([5]))
    assert old.unseen(0, np.array([5])).tolist() == [5]


def test_extreme_a_sight_too_often_to_count_stays_at_the_most() -> None:
    """Extreme: counts stop at 255 and do not begin again at 0."""
    sights = Sights(np.array([0, 0]), NO_ADS[:2])
    for _ in range(300):
        sights.count(np.array([0]), np.array([2]))
    assert sights.times(np.array([1]), np.array([2])).tolist() == [255]


def test_extreme_a_post_shown_to_nobody_is_met_by_nobody() -> None:
    """Extreme: giving a post to no one leaves it unknown: asking about it afterwards is no error."""
    sights = Sights(TEXTS, NO_ADS)
    sights.schedule(0, np.zeros(0, np.int64))
    assert sights.unseen(0, np.array([3])).tolist() == []


def test_extreme_nothing_published() -> None:
    """Extreme: without posts there is nothing to be seen."""
    sights = Sights(np.zeros(0, np.int64), NO_ADS[:0])
    nobody = np.zeros(0, np.int64)
    assert len(sights.times(nobody, nobody)) == 0
    assert len(sights.unseen(0, np.array([1, 2]))) == 0


def test_invariant_old_lists_are_dropped_and_nobody_sees_those_posts_again() -> None:
    """Invariant: after two weeks a post is met by nobody, whether or not they had seen it."""
    sights = Sights(np.array([0, 1]), NO_ADS[:2])
    for post in (0, 1):
        sights.schedule(post, np.array([1]))
    sights.forget(np.array([0, 1_440]), (FORGET_AFTER_DAYS + 1) * 1_440)
    assert sights.unseen(0, np.array([1, 2])).tolist() == []
    assert sights.unseen(1, np.array([1, 2])).tolist() == [2]
