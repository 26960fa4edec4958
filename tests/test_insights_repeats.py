"""Texts that go out again: who had seen them is counted, and wear told only when it is there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.insights.repeats import repeats, risk_ratio
from simulator.insights.story_posts import again
from simulator.insights.told import Told
from tests.example_months import MadeMonth, empty_month, large_month, small_month, with_posts


def same_text() -> MadeMonth:
    """The small month with one text in its two posts that were made."""
    month = small_month()
    first, second, unmade = month.log.posts
    twin = replace(second, post=replace(second.post, text="A stew in one pan"), reading=first.reading)
    return with_posts(month, (first, twin, unmade))


def worn(month: MadeMonth, share: float) -> MadeMonth:
    """The month without so many of the deeds of people who had seen a post's text before."""
    seen = month.log.exposures
    texts = np.unique([one.post.text for one in month.log.posts], return_inverse=True)[1][seen.post]
    _, new = np.unique(seen.person.astype(np.int64) * 10 + texts, return_index=True)
    idle = np.random.default_rng(1).random(len(texts)) < share
    idle[new] = False
    log = replace(month.log, exposures=replace(seen, actions=np.where(idle, 0, seen.actions)))
    return replace(month, log=log)


def test_who_had_seen_the_text_is_counted() -> None:
    """Theory: both whom the second post reached had seen the first; nobody new is left to compare with."""
    found = repeats(same_text().insights)
    assert found is not None
    assert (found.texts, len(found.first), len(found.later)) == (1, 1, 1)
    assert (found.again, found.reached, found.wear, found.worn) == (2, 2, None, False)


@pytest.mark.parametrize("month", [small_month(), empty_month()])
def test_without_a_second_outing_nothing_is_told(month: MadeMonth) -> None:
    """Extreme: texts of their own, and no post at all."""
    assert repeats(month.insights) is None
    assert again(Told(month.insights)) == ""


def test_few_people_are_not_spoken_of() -> None:
    """Extreme: two who saw a text twice are no sentence."""
    assert again(Told(same_text().insights)) == ""


def test_wear_is_told_with_its_range() -> None:
    """Law: where people who know a text do less, it is said by how much; where they do not, it is not."""
    month = large_month()
    same = again(Told(month.insights))
    assert "Texts that went out more than once: 3, in 18 posts." in same
    assert "cannot be told from so few" in same
    less = again(Told(worn(month, 0.4).insights))
    found = repeats(worn(month, 0.4).insights)
    assert found is not None
    assert found.wear is not None
    assert found.wear[1] < 0.6 < found.wear[2] < 1
    assert "the text wears out" in less
    assert f"{1 - found.wear[0]:.0%}"[:-1] in less


def test_the_range_covers_the_truth() -> None:
    """Theory: over many draws of ten posts of unlike rates the 95 % range covers the true ratio."""
    luck = np.random.default_rng(4)
    rates, of_some, of_others = (
        luck.uniform(0.03, 0.2, 10),
        luck.integers(50, 400, 10),
        luck.integers(200, 900, 10),
    )
    covered = 0
    for _ in range(1_000):
        some, others = luck.binomial(of_some, 0.7 * rates), luck.binomial(of_others, rates)
        found = risk_ratio(some, of_some, others, of_others)
        assert found is not None
        covered += found[1] <= 0.7 <= found[2]
    assert 930 <= covered <= 970


def test_a_group_that_did_nothing_has_no_ratio() -> None:
    """Extreme: none acted, or nobody was there."""
    nobody, some = np.zeros(2, np.int64), np.array([5, 5])
    assert risk_ratio(nobody, some, some, 10 * some) is None
    assert risk_ratio(some, 10 * some, nobody, nobody) is None
