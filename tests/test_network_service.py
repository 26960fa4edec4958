"""Service: what an answer, or none, is worth to whoever wrote."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.network.known import KnownPeople
from simulator.network.service import (
    COMPLAINT,
    ORDER,
    QUESTION,
    Answer,
    Felt,
    buys_at_once,
    feel,
    kept,
    kept_promptly,
    satisfaction,
    timeliness,
)
from simulator.parameters import model_parameters
from simulator.world.talk import KINDS, UNWANTED
from simulator.world.world import draw_world
from tests.small_months import shop

P = model_parameters()
HOUR = 60.0
ACTIONS = ("hide", "delete", "block", "reply", "personal reply", "escalate", "like", "leave", "expired")
answers = st.builds(
    Answer,
    st.sampled_from(ACTIONS),
    st.floats(0, 10_000),
    st.floats(0.2, 1),
    st.sampled_from(["right", "wrong", "empty"]),
)


@given(st.integers(0, len(KINDS) - 1), answers)
def test_invariant_satisfaction_is_a_share(kind: int, answer: Answer) -> None:
    """Invariant: between -1 and 1 for people, not a number for robots; what is kept of a sale is a share."""
    made_of_it = satisfaction(P, kind, answer)
    assert math.isnan(made_of_it) == (KINDS[kind] in UNWANTED)
    assert math.isnan(made_of_it) or -1 <= made_of_it <= 1
    assert 0 <= kept(P, answer) <= 1
    assert 0 <= buys_at_once(P, kind, wants=True) <= 1


@given(st.floats(0, 3_000), st.floats(0, 3_000))
def test_law_later_is_never_better(a: float, b: float) -> None:
    """Law L27: a later answer pleases no more and sells no more."""
    early, late = sorted((a, b))
    assert timeliness(P, early) >= timeliness(P, late)
    assert kept(P, Answer("personal reply", early)) >= kept(P, Answer("personal reply", late))


def test_law_a_day_late_keeps_a_fifth_to_a_half_of_an_hour_late() -> None:
    """Law L27: 24 h against 1 h keep .2 to .5 of the sales."""
    hour, day = (kept(P, Answer("personal reply", minutes)) for minutes in (HOUR, 24 * HOUR))
    assert 0.2 <= day / hour <= 0.5


def test_law_canned_answers_are_quick_and_cold() -> None:
    """Law: right and canned is better than nothing and worse than a person at once; beside the point is worse
    than none; and who complains wants a person, which makes about even.
    """
    canned = {
        fits: satisfaction(P, QUESTION, Answer("reply", 0, 1, fits)) for fits in ("right", "wrong", "empty")
    }
    person = satisfaction(P, QUESTION, Answer("personal reply", 5))
    none = satisfaction(P, QUESTION, Answer("expired", 48 * HOUR))
    assert canned["wrong"] < canned["empty"] < none < canned["right"] < person
    machine, heard, ignored = (
        satisfaction(P, COMPLAINT, answer)
        for answer in (Answer("reply", 0), Answer("personal reply", 5), Answer("expired", 48 * HOUR))
    )
    assert ignored <= machine < heard == pytest.approx(0)


def test_law_hiding_somebody_honest_is_worse_than_silence() -> None:
    """Law L31: taking away what a customer wrote costs more than leaving it."""
    hidden = satisfaction(P, QUESTION, Answer("hide", 0))
    assert (
        satisfaction(P, QUESTION, Answer("block", 0)) < hidden < satisfaction(P, QUESTION, Answer("leave", 0))
    )


def test_law_who_answers_promptly_and_with_care_misses_nobody() -> None:
    """Law: within five minutes nothing is missed by delay; later, or tired, something is."""
    prompt = kept_promptly(P)
    assert kept(P, Answer("personal reply", 2)) >= kept(P, Answer("personal reply", 5)) == prompt
    assert kept(P, Answer("personal reply", 6)) < prompt
    assert kept(P, Answer("personal reply", 2, 0.8)) < prompt
    assert kept(P, Answer("reply", 0)) < prompt


def test_deterministic_care_and_delay_of_an_order() -> None:
    """By hand: an order answered at once by somebody half awake keeps half of it."""
    assert kept(P, Answer("personal reply", 0, 0.5)) == pytest.approx(0.5)
    assert buys_at_once(P, ORDER, wants=False) == P["inbox.order_buys"]
    assert buys_at_once(P, QUESTION, wants=False) == 0
    assert kept(P, Answer("like", 0)) == 0


def known(count: int) -> KnownPeople:
    people = KnownPeople(draw_world(shop(), 1, 600))
    rows = people.rows(np.arange(count), 0.0)
    people.welcome(rows, np.zeros(count, bool))
    people.goodwill[rows] = 0.4
    return people


def felt(rows: list[int], how: list[float], **flags: bool) -> Felt:
    count = len(rows)
    flag = {
        name: np.full(count, flags.get(name, False))
        for name in ("complaint", "personal", "silenced", "blocked", "sold")
    }
    return Felt(
        row=np.array(rows, np.int64),
        satisfaction=np.array(how, np.float32),
        leave=np.full(count, 0.999, np.float32),
        **flag,
    )


def test_law_who_is_answered_warms_and_who_is_ignored_cools() -> None:
    """Law L28: a good answer raises goodwill, service and affinity; an ignored complaint lowers goodwill and
    what following is worth.
    """
    people = known(3)
    before = people.affinity[0]
    feel(people, felt([0], [0.9], personal=True), 10.0)
    feel(people, felt([1], [-0.6], complaint=True), 10.0)
    assert people.goodwill[0] > 0.4 > people.goodwill[1]
    assert people.service[0] > 0 > people.service[1]
    assert people.affinity[0] > before * 0.999
    assert people.utility[1] < people.utility[2]


def test_deterministic_two_conversations_of_one_person_follow_each_other() -> None:
    """By hand: the second conversation moves what the first left."""
    people = known(1)
    feel(people, felt([0, 0], [1.0, -1.0]), 0.0)
    learning = P["inbox.learning"]
    assert people.service[0] == pytest.approx(learning + learning * (-1 - learning), abs=1e-6)


def test_deterministic_who_is_blocked_is_gone() -> None:
    """By hand: blocking ends the following, whatever luck says; others stay with such luck."""
    people = known(2)
    assert feel(people, felt([0], [-1.0], blocked=True), 0.0).tolist() == [0]
    assert feel(people, felt([1], [-1.0]), 0.0).tolist() == []
    assert not people.follower[0]
    assert people.follower[1]


def test_extreme_nothing_felt() -> None:
    """Extreme: no conversation moves nobody."""
    assert len(feel(known(1), felt([], []), 0.0)) == 0
