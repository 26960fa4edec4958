"""Production: hours by hand, whatever is asked for, and quality by its formula."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.network.production import quality, text_quality
from simulator.parameters import model_parameters
from simulator.playbook.captions import read_caption
from simulator.playbook.posts import FORMATS, Post
from simulator.playbook.production_hours import hours_for_posts

P = model_parameters()
WEEK = 7 * 1440
PLAIN = read_caption("bread from this morning", client=None, purpose="inform", topic="bread")


def post(hours: float | None = None, kind: str = "photo") -> Post:
    return Post(datetime(2027, 3, 1, 12), "bread", kind, "inform", "bread", production_hours=hours)


@pytest.mark.parametrize(
    ("asked", "available", "expected"),
    [
        ([None, None, None, None], 8.0, [2, 2, 2, 2]),
        ([3.0, None, None], 8.0, [3, 2.5, 2.5]),
        ([1.0, 2.0], 8.0, [1, 2]),
        ([6.05, 10.05], 8.1, [3.05, 5.05]),
        ([0.0, None], 1.05, [0.05, 1.0]),
        ([None], 0.01, [0.05]),
        ([None] * 5, 0.2, [0.05, 0.05, 0.05, 0.05, None]),
    ],
)
def test_theory_hours_by_hand(
    asked: list[float | None], available: float, expected: list[float | None]
) -> None:
    """Theory: a post that names its hours gets them, the rest is shared equally, too much shrinks, the last
    wait.
    """
    given_out = hours_for_posts([post(hours) for hours in asked], range(len(asked)), available, 0.05)
    assert [hours is None for hours in given_out] == [hours is None for hours in expected]
    assert [hours or 0 for hours in given_out] == pytest.approx([hours or 0 for hours in expected])


def test_theory_every_week_has_its_own_hours() -> None:
    """Theory: posts share the hours of their week only, and of a full week the latest do not go out."""
    posts, times = [post()] * 4, [WEEK + 5, 10, WEEK + 1, WEEK + 3]
    assert hours_for_posts(posts, times, 0.1, 0.05) == [None, 0.1, 0.05, 0.05]
    assert hours_for_posts(posts[:2], [-1, 0], 3.0, 0.05) == [3.0, 3.0]


@given(
    asked=st.lists(st.one_of(st.none(), st.floats(0, 24)), min_size=1, max_size=60),
    available=st.floats(0.1, 40),
)
@settings(max_examples=200, deadline=None)
def test_invariant_no_week_has_more_hours_than_paid(asked: list[float | None], available: float) -> None:
    """Invariant: whatever posts ask for, hours add up to those paid at most, and none gets less than it
    takes.
    """
    given_out = hours_for_posts([post(hours) for hours in asked], range(len(asked)), available, 0.05)
    made = [hours for hours in given_out if hours is not None]
    assert sum(made) <= available * (1 + 1e-9)
    assert min(made) >= 0.05 - 1e-9
    assert [hours for hours in given_out[len(made) :] if hours is not None] == []


def test_extreme_no_posts_take_no_hours() -> None:
    """Extreme: an empty plan needs no work."""
    assert hours_for_posts([], [], 8.0, 0.05) == []


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("hours", [0.0, 0.25, 1.0, 24.0])
def test_theory_quality_grows_with_work_and_levels_off(kind: str, hours: float) -> None:
    """Theory: a plain text leaves the work as it is: 1 - exp(-hours / half)."""
    by_hand = 1 - np.exp(-hours / P[f"production.half_{kind}"])
    assert quality(post(kind=kind), PLAIN, hours, P) == pytest.approx(by_hand)


def test_theory_an_hour_makes_a_photo_of_quality_81() -> None:
    """Theory: the figure the model is stated with."""
    assert quality(post(), PLAIN, 1.0, P) == pytest.approx(0.81, abs=0.005)


def test_theory_what_a_text_takes_away() -> None:
    """Theory: words of pressure, capitals, a flood of hashtags and no words cost what their rows say."""
    assert text_quality(PLAIN, P) == 1
    assert text_quality(replace(PLAIN, pressure_words=2), P) == pytest.approx(1 - 2 * P["caption.pressure"])
    assert text_quality(replace(PLAIN, shouting=1.0), P) == pytest.approx(1 - P["caption.shouting"])
    assert text_quality(replace(PLAIN, hashtags=10), P) == 1
    assert text_quality(replace(PLAIN, hashtags=11), P) == pytest.approx(1 - P["caption.flood"])
    assert text_quality(replace(PLAIN, words=0), P) == pytest.approx(1 - P["caption.empty"])


def test_extreme_the_worst_text_leaves_a_tenth() -> None:
    """Extreme: however bad the text, some of the work is seen."""
    worst = replace(PLAIN, pressure_words=50, shouting=1.0, hashtags=30)
    assert text_quality(worst, P) == pytest.approx(0.1)
