"""The workshop: which post is worked on, how urgent it is, and when it can go out."""

from __future__ import annotations

import pytest
import simpy

from simulator.network.workshop import Workshop
from simulator.parameters import model_parameters

P = model_parameters()
DAY = 1_440.0


def workshop(wanted: dict[int, float], due: dict[int, float]) -> Workshop:
    return Workshop(simpy.Environment(), wanted, due, P)


def test_deterministic_what_is_due_first_is_made_first() -> None:
    """By hand: by time, then by number; what is finished or closed is passed over."""
    shop = workshop({0: 1.0, 1: 1.0, 2: 1.0}, {0: 300.0, 1: 200.0, 2: 300.0})
    order = []
    while (job := shop.next_job(0.0)) is not None:
        order.append(job.post)
        shop.work(job.post, 60, 1.0)
    assert order == [1, 0, 2]
    shop = workshop({0: 1.0, 1: 1.0}, {0: 100.0, 1: 200.0})
    assert shop.close(0) == 0.0
    job = shop.next_job(0.0)
    assert job is not None
    assert job.post == 1


def test_law_a_post_becomes_urgent_before_it_is_due() -> None:
    """Law: with time in hand messages come first, shortly before it is due the post does."""
    shop = workshop({0: 2.0}, {0: 5 * DAY})
    early, late = shop.next_job(0.0), shop.next_job(5 * DAY - 4 * 60)
    assert early is not None
    assert late is not None
    assert late.priority < 5 < early.priority


def test_deterministic_nothing_is_made_more_than_a_week_ahead() -> None:
    """By hand: a post of the third week has to wait, and one knows until when."""
    shop = workshop({0: 1.0}, {0: 20 * DAY})
    assert shop.next_job(0.0) is None
    assert shop.next_start(0.0) == (20 - P["desk.ahead_days"]) * DAY
    assert shop.next_job(13 * DAY) is not None


def test_deterministic_tired_hands_get_less_out_of_an_hour() -> None:
    """By hand: an hour at half care is half an hour; the least is enough to go out."""
    shop = workshop({0: 1.0}, {0: DAY})
    shop.work(0, 2, 1.0)
    assert not shop.ready[0].triggered
    shop.work(0, 60, 0.5)
    assert shop.ready[0].triggered
    assert shop.hours[0] == pytest.approx(32 / 60)
    assert shop.stretch(0) == pytest.approx(28)


def test_extreme_no_posts() -> None:
    """Extreme: an empty workshop has nothing to do, ever."""
    shop = workshop({}, {})
    assert shop.next_job(0.0) is None
    assert shop.next_start(0.0) is None
