"""Response: frequencies against the multinomial logit, utilities and memory by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.network.log import ACTIONS
from simulator.network.response import (
    HIDE,
    OPEN,
    Encounter,
    act,
    attention,
    leaning,
    learn,
    leave_chances,
    utility,
    wear_out,
)
from simulator.parameters import model_parameters
from tests.small_months import mind

P = model_parameters()
UNIT = st.floats(0, 1, width=32)


def meeting(sells: bool = False, **changes: float) -> Encounter:
    """One person meets one ordinary post."""
    usual = {
        "match": 0.4,
        "quality": 0.6,
        "offer": 0.0,
        "taste": 1.0,
        "nuisance": 0.35,
        "deal_proneness": 1.5,
    }
    usual |= dict.fromkeys(("satiation", "topic_satiation", "commercials", "times_seen"), 0.0)
    columns = {name: np.array([value], np.float32) for name, value in (usual | changes).items()}
    return Encounter(sells=np.array([sells]), **columns)


def test_theory_actions_have_the_odds_of_a_multinomial_logit() -> None:
    """Theory: each main action comes exp(u) / (1 + sum exp(u)) of the time; opening on its own."""
    people, luck = 200_000, np.random.default_rng(3)
    base, lean = np.array([-2.0, -3.0, -3.5, -2.5, -4.0, -3.0, -1.0], np.float32), 0.4
    u = base[:HIDE] + lean
    odds = np.exp(np.append(u, base[HIDE] - lean))
    expected = np.append(odds / (1 + odds.sum()), 1 / (1 + np.exp(-(base[OPEN] + lean))))
    actions = act(
        np.tile(base, (people, 1)),
        np.full(people, lean, np.float32),
        luck.random(people).astype(np.float32),
        luck.random(people).astype(np.float32),
    )
    found = np.array([((actions >> k) & 1).mean() for k in range(len(ACTIONS))])
    assert (abs(found - expected) < 4 * np.sqrt(expected * (1 - expected) / people)).all()


@given(st.lists(st.floats(-12, 6, width=32), min_size=7, max_size=7), UNIT, UNIT, st.floats(-3, 3, width=32))
@settings(max_examples=100, deadline=None)
def test_invariant_one_main_action_at_most(
    base: list[float], luck: float, open_luck: float, lean: float
) -> None:
    """Invariant: whatever the odds, a person reacts, comments, shares, clicks, saves or hides: one of these
    or none.
    """
    bits = int(
        act(
            np.array([base], np.float32),
            np.array([lean], np.float32),
            np.array([luck], np.float32),
            np.array([open_luck], np.float32),
        )[0]
    )
    assert (bits & ((1 << OPEN) - 1)).bit_count() <= 1
    assert bits < 1 << len(ACTIONS)


def test_theory_a_text_wears_out_by_the_power_law() -> None:
    """Theory: at the fourth sight odds are 4^-.43 of the first: 45 % lower."""
    odds = np.exp(wear_out(P, np.array([0, 1, 3, 9], np.float32)))
    assert odds == pytest.approx((np.array([0, 1, 3, 9]) + 1.0) ** -P["response.wear_out"], rel=1e-5)
    assert odds[2] == pytest.approx(0.55, abs=0.01)


def test_theory_leaning_by_hand() -> None:
    """Theory: the typical encounter leans nowhere; each cause moves it by its own size."""
    usual = np.array([P["response.match_reference"]], np.float32), P["response.quality_reference"]
    zero = np.zeros(1, np.float32)
    assert leaning(P, *usual, zero, zero, zero)[0] == pytest.approx(0, abs=1e-6)
    moved = leaning(P, *usual, zero + 0.5, zero + 2, zero + 3)[0]
    by_hand = 0.5 * P["response.goodwill"] - 2 * P["response.purpose_satiation"]
    assert moved == pytest.approx(by_hand - 3 * P["response.topic_satiation"], rel=1e-5)


def test_theory_utility_by_hand() -> None:
    """Theory: what a post is worth to a person follows model 3.4, for a commercial and for another post."""
    f = {name.removeprefix("following."): P[name] for name in P if name.startswith("following.")}
    load = np.array([1.5], np.float32)
    worth = (f["value_floor"] + f["value_match"] * 0.4) * (f["value_quality_floor"] + 0.6)
    paid = f["load_cost"] * 1.5 + f["attention_price"]
    assert utility(P, meeting(), load)[0] == pytest.approx(worth - paid, rel=1e-4)
    nuisance = 0.35 * (f["nuisance_level"] - f["nuisance_match"] * 0.4) * (1 + f["nuisance_poor"] * 0.4)
    nuisance *= 1 + f["streak"] * 0.25
    met = meeting(sells=True, offer=0.2, commercials=0.5)
    deal = f["deal_pleasure"] * 1.5 * 0.2 * 0.4
    assert utility(P, met, load)[0] == pytest.approx(deal - nuisance - paid, rel=1e-4)


@given(sells=st.booleans(), quality=UNIT, match=UNIT, felt=UNIT, goodwill=UNIT, offers=UNIT)
@settings(max_examples=100, deadline=None)
def test_invariant_feelings_stay_within_bounds(
    sells: bool, quality: float, match: float, felt: float, goodwill: float, offers: float
) -> None:
    """Invariant: goodwill, knowledge of offers and the felt share of commercials stay in 0-1 after any
    encounter.
    """
    met = meeting(sells, quality=quality, match=match, commercials=felt, nuisance=20.0, offer=0.5)
    feels = mind(goodwill=goodwill, offers=offers, commercials=felt, affinity=-0.8)
    learn(P, met, feels, utility(P, met, feels.load), np.array([1 << HIDE], np.uint8))
    for state in (feels.goodwill, feels.offers, feels.commercials, feels.reference):
        assert 0 <= state[0] <= 1
    assert feels.affinity[0] >= -0.9


def test_theory_learning_by_hand() -> None:
    """Theory: a commercial teaches its offer and its discount and earns no goodwill; another post the
    reverse.
    """
    met, feels = meeting(sells=True, offer=0.3, match=0.4), mind(goodwill=0.5)
    learn(P, met, feels, np.array([0.2], np.float32), np.array([1], np.uint8))
    heard = P["offers.match_floor"] + (1 - P["offers.match_floor"]) * 0.4
    assert feels.offers[0] == pytest.approx(P["offers.gain"] * heard, rel=1e-5)
    assert feels.reference[0] == pytest.approx(P["offers.reference_gain"] * 0.3, rel=1e-5)
    assert feels.commercials[0] == pytest.approx(P["following.streak_memory"], rel=1e-5)
    assert feels.affinity[0] == pytest.approx(P["feed.affinity_like"])
    assert feels.goodwill[0] == 0.5
    other = mind(goodwill=0.5)
    learn(P, meeting(), other, np.array([0.2], np.float32), np.zeros(1, np.uint8))
    assert other.goodwill[0] == pytest.approx(0.5 + 0.5 * P["goodwill.gain"] * 0.2, rel=1e-5)
    assert (other.offers[0], other.reference[0], other.load[0]) == (0, 0, 1)


def test_theory_a_bad_post_costs_goodwill_up_to_a_limit() -> None:
    """Theory: however bad, one post takes no more than the worst loss."""
    feels = mind(goodwill=0.8)
    learn(P, meeting(sells=True), feels, np.array([-50.0], np.float32), np.zeros(1, np.uint8))
    assert feels.goodwill[0] == pytest.approx(0.8 * (1 - P["goodwill.worst_loss"]), rel=1e-5)


def test_theory_commercials_in_a_row_are_listened_to_less() -> None:
    """Theory: attention is whole after other posts and exp(-deafness) when all that was seen is
    commercials.
    """
    fresh, weary = meeting(sells=True), meeting(sells=True, commercials=1.0)
    assert attention(P, fresh)[0] == 1
    assert attention(P, weary)[0] == pytest.approx(np.exp(-P["offers.streak_deafness"]), rel=1e-5)


def test_theory_leaving_by_hand() -> None:
    """Theory: the base rate at no utility, exp(slope) more a unit below, and a jump after hiding."""
    chances = leave_chances(P, np.array([0, -1, 0], np.float32), np.array([False, False, True]))
    base = P["following.leave_base"]
    assert chances[0] == pytest.approx(base, rel=1e-4)
    assert chances[1] == pytest.approx(base * np.exp(P["following.leave_slope"]), rel=1e-4)
    assert chances[2] == pytest.approx(base + P["following.leave_after_hide"], rel=1e-4)


def test_invariant_a_post_of_many_people_is_many_posts_of_one() -> None:
    """Invariant: utilities of people met together are those of each met alone."""
    alone = [meeting(sells, match=match) for sells in (True, False) for match in (0.1, 0.9)]
    names = [name for name in Encounter.__slots__ if name not in ("sells", "felt")]
    together = replace(
        alone[0],
        sells=np.concatenate([met.sells for met in alone]),
        **{name: np.concatenate([getattr(met, name) for met in alone]) for name in names},
    )
    each = np.concatenate([utility(P, met, np.zeros(1, np.float32)) for met in alone])
    assert np.array_equal(utility(P, together, np.zeros(4, np.float32)), each)
