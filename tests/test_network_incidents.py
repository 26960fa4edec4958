"""Incidents: hard days come by luck, have an arc, and shrink with a word."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.network.answering import client_answers
from simulator.network.arrivals import Arrivals
from simulator.network.incidents import PILE_ON, HardDay, hard_days
from simulator.network.templates import crises
from simulator.parameters import model_parameters
from simulator.randomness import Luck
from simulator.world.clients import KINDS as CLIENT_KINDS
from simulator.world.talk import CRISES

P = model_parameters()
HOUR = 60.0
FOLLOWERS = 3_000
SALON = crises("services")


def hard_day(kind: str, **state: float) -> HardDay:
    return HardDay(kind, 1_000.0, Arrivals(Luck(1).stream("test")), **state)


def brought(day: HardDay, hours: int = 96, bad: float = 0.0) -> float:
    """Messages expected in so many hours from its beginning."""
    at = day.begin + np.arange(hours * 4) * HOUR / 4
    return float(day.per_hour(at, FOLLOWERS, bad, P).sum() / 4)


def test_theory_how_often_hard_days_come() -> None:
    """Theory: over many worlds as often as the model says, and both kinds of crisis."""
    worlds = [hard_days(Luck(seed), "salon:1", SALON, 28, P) for seed in range(2_000)]
    found = [day for days in worlds for day in days if day.kind in CRISES]
    assert abs(len(found) / 2_000 - P["incident.crisis_chance"]) < 0.04
    pile_ons = sum(day.kind == PILE_ON for days in worlds for day in days)
    assert abs(pile_ons / 2_000 - P["incident.pile_on_chance"]) < 0.04
    assert {day.kind for day in found} == set(SALON)
    assert all(9 * HOUR <= day.begin % 1_440 <= 20 * HOUR for days in worlds for day in days)


def test_extreme_no_days_no_incident_and_a_year_has_several() -> None:
    """Extreme: chance 1 brings one of each kind a month, chance 0 none."""
    sure = P.changed({"incident.crisis_chance": 1.0, "incident.pile_on_chance": 1.0})
    assert len(hard_days(Luck(1), "salon:1", SALON, 364, sure)) == 26
    never = P.changed({"incident.crisis_chance": 0.0, "incident.pile_on_chance": 0.0})
    assert hard_days(Luck(1), "salon:1", SALON, 364, never) == []


def test_invariant_every_crisis_fits_somebody() -> None:
    """Invariant: each kind of client has two of the crises that are known, and all of them come."""
    assert {kind for of in CLIENT_KINDS for kind in crises(of)} == set(CRISES)
    assert all(len(set(crises(of))) == len(crises(of)) == 2 for of in CLIENT_KINDS)


def test_invariant_kinds_of_crisis_have_one_arc() -> None:
    """Invariant: the same number of messages at the same hours, whatever went wrong."""
    at = 1_000.0 + np.arange(96) * HOUR
    arcs = [hard_day(kind).per_hour(at, FOLLOWERS, 0.0, P).tolist() for kind in CRISES]
    assert all(arc == arcs[0] for arc in arcs)


def test_law_a_word_within_the_hour_is_worth_more_than_one_next_day() -> None:
    """Law: the sooner the page speaks, the fewer complaints; the client's own answer ends it."""
    begin = 1_000.0
    hour, day = (hard_day("faulty batch", word=begin + HOUR * after) for after in (1, 24))
    solved = hard_day("faulty batch", word=begin + HOUR, solved=begin + 2 * HOUR)
    silent = hard_day("faulty batch")
    assert brought(solved) < 0.2 * brought(day)
    assert brought(solved) < brought(hour) < brought(day) < brought(silent)
    assert 100 < brought(silent) < 300


def test_law_trolls_feed_on_answers_and_on_abuse_that_stands() -> None:
    """Law: a pile-on that is answered and left standing brings more, at most three times as much."""
    calm, fed = hard_day(PILE_ON), hard_day(PILE_ON, fed=4)
    assert brought(calm) < brought(fed) <= 3.01 * brought(calm)
    assert brought(calm) < brought(calm, bad=0.5)
    assert brought(hard_day(PILE_ON, fed=100)) == pytest.approx(P["incident.most_fed"] * brought(calm))


def test_invariant_nothing_before_it_begins_and_it_ends() -> None:
    """Invariant: no message before the beginning; at some time it is over."""
    for kind in (*CRISES, PILE_ON):
        day = hard_day(kind)
        assert day.per_hour(np.array([0.0, 999.0]), FOLLOWERS, 0.0, P).tolist() == [0, 0]
        assert not day.is_on(0, 900, FOLLOWERS, P)
        assert day.is_on(900, 1_100, FOLLOWERS, P)
        assert not day.is_on(day.begin + 20 * 1_440, day.begin + 21 * 1_440, FOLLOWERS, P)


def test_deterministic_the_client_answers_in_office_hours() -> None:
    """By hand: passed on at ten on a Monday, at eight in the evening, and on a Friday afternoon."""
    assert client_answers(10 * HOUR, 90) == 11.5 * HOUR
    assert client_answers(20 * HOUR, 90) == (24 + 10.5) * HOUR
    friday = 4 * 24 * HOUR
    assert client_answers(friday + 16.5 * HOUR, 90) == friday + (3 * 24 + 10) * HOUR
