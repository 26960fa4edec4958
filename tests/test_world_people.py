"""People: distributions against their stated means, codes, order and size."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from simulator.parameters import model_parameters
from simulator.world import people as rooms
from simulator.world.interests import CHRONOTYPES, INTERESTS
from simulator.world.people import AGE_BANDS, LOG_BYTE, People, block_of, draw_people
from simulator.world.places import load_country

P = model_parameters()
COUNT = 40_000
MIX = np.array([0.4, 0.3, 0.15, 0.1, 0.05])


def town(count: int = COUNT, seed: int = 1) -> People:
    luck = np.random.default_rng(seed)
    return draw_people(load_country(), count, P, MIX, np.ones(len(INTERESTS)), luck)


@pytest.fixture(scope="module")
def crowd() -> People:
    """Forty thousand people of no client in particular."""
    return town()


def mean_near(numbers: np.ndarray, mean: float) -> bool:
    return bool(abs(numbers.mean() - mean) < 4 * numbers.std() / np.sqrt(len(numbers)) + 0.01 * mean)


def test_invariant_at_most_64_bytes_a_person(crowd: People) -> None:
    """Invariant: a million people fit in 64 MB."""
    assert crowd.bytes_per_person <= 64
    assert {len(getattr(crowd, field.name)) for field in fields(crowd)} == {COUNT} == {len(crowd)}


def test_invariant_people_stand_by_block(crowd: People) -> None:
    """Invariant: neighbours in the arrays live in one district and are alike: blocks never go down."""
    country = load_country()
    blocks = block_of(crowd.district, crowd.age, crowd.interests, country)
    assert (np.diff(blocks) >= 0).all()
    assert (np.diff(country.district_city[crowd.district].astype(int)) >= 0).all()


def test_theory_log_bytes_hold_numbers_to_two_in_a_hundred() -> None:
    """Theory: a number between .02 and 50 comes back within 1.6 %, the best 32 steps a factor of e can do."""
    numbers = np.exp(np.linspace(np.log(0.02), np.log(50), 2_000))
    found = LOG_BYTE[rooms._code(numbers)]
    assert abs(np.log(found / numbers)).max() <= 0.5 / 32 + 1e-4
    assert rooms._code(np.array([0.0, -1.0, 1e9])).tolist() == [0, 0, 255]


@pytest.mark.parametrize("name", ["activity", "deal_proneness", "nuisance"])
def test_theory_sensitivities_are_lognormal_about_their_mean(crowd: People, name: str) -> None:
    """Theory: the mean over people is the row's mean and the spread of logs the row's spread."""
    numbers = LOG_BYTE[getattr(crowd, name)].astype(float)
    assert mean_near(numbers, P[f"people.{name}_mean"])
    assert np.log(numbers).std() == pytest.approx(P[f"people.{name}_spread"], rel=0.03)


def test_theory_personal_need_is_gamma_of_mean_one(crowd: People) -> None:
    """Theory: needs differ by a Gamma with the row's shape: mean 1, variance 1 / shape."""
    numbers = LOG_BYTE[crowd.need].astype(float)
    assert mean_near(numbers, 1.0)
    assert numbers.var() == pytest.approx(1 / P["people.need_shape"], rel=0.06)


def test_theory_tastes_are_lognormal_about_one(crowd: People) -> None:
    """Theory: half the people like a purpose more than its level, half less; three tastes are independent."""
    logs = np.log(LOG_BYTE[crowd.taste].astype(float))
    assert np.median(logs, axis=0) == pytest.approx(np.zeros(3), abs=0.04)
    assert logs.std(axis=0) == pytest.approx(np.full(3, P["people.taste_spread"]), rel=0.03)
    assert abs(np.corrcoef(logs.T) - np.eye(3)).max() < 4 / np.sqrt(COUNT)


def test_theory_shares_of_the_crowd(crowd: People) -> None:
    """Theory: gender, chronotypes and districts come in the shares they were drawn with."""
    country = load_country()
    error = 4 * 0.5 / np.sqrt(COUNT)
    assert crowd.female.mean() == pytest.approx(P["people.female_share"], abs=error)
    kinds = np.bincount(crowd.chronotype, minlength=len(CHRONOTYPES)) / COUNT
    assert kinds == pytest.approx(MIX, abs=error)
    districts = np.bincount(crowd.district, minlength=len(country.districts)) / COUNT
    assert districts == pytest.approx(country.district_share, abs=error)


def test_invariant_ages_and_bands(crowd: People) -> None:
    """Invariant: everybody is 14 to 80, and a band begins where its row says."""
    assert (crowd.age.min(), crowd.age.max()) >= (14, 14)
    assert crowd.age.max() <= 80
    starts = np.array(AGE_BANDS)
    assert (crowd.age >= starts[crowd.age_band]).all()
    later = crowd.age_band < len(AGE_BANDS) - 1
    assert (crowd.age[later] < starts[crowd.age_band[later] + 1]).all()


def test_theory_interests_are_dirichlet_about_the_profile_of_a_segment() -> None:
    """Theory: people of one segment have its mean interests, with the variance m (1 - m) / (sum + 1)."""
    count = 20_000
    female, age, income = np.ones(count, bool), np.full(count, 30.0), np.full(count, 0.8)
    pull = np.exp(np.linspace(-0.5, 0.5, len(INTERESTS)))
    drawn = rooms._interests(female, age, income, P, pull, np.random.default_rng(4)) / rooms.INTEREST_SCALE
    base, by_female, by_age, by_income = rooms._interest_table().T
    profile = np.exp(base + 0.5 * by_female - 0.5 * by_age + 0.3 * by_income) * pull
    mean = profile / profile.sum()
    variance = mean * (1 - mean) / (P["people.interest_focus"] * len(INTERESTS) + 1)
    assert drawn.mean(axis=0) == pytest.approx(mean, abs=4 * np.sqrt(variance.max() / count) + 1e-3)
    assert drawn.var(axis=0) == pytest.approx(variance, rel=0.1)


def test_invariant_interests_sum_to_the_whole(crowd: People) -> None:
    """Invariant: sixteen bytes sum to 255, but for rounding, and nobody is without an interest."""
    sums = crowd.interests.sum(axis=1, dtype=int)
    assert abs(sums - rooms.INTEREST_SCALE).max() <= 8
    assert (crowd.interests.max(axis=1) > 0).all()


def test_law_people_have_one_to_three_strong_interests(crowd: People) -> None:
    """Law: most people give a fifth of themselves to one, two or three interests."""
    strong = (crowd.interests > 0.2 * rooms.INTEREST_SCALE).sum(axis=1)
    assert ((strong >= 1) & (strong <= 3)).mean() > 0.9


def test_theory_match_is_the_cosine() -> None:
    """Theory: a person of one interest fits its topic fully, another topic not, a mixed one by the angle."""
    crowd = town(50)
    interests = np.zeros((50, len(INTERESTS)), np.uint8)
    interests[:, 0] = 255
    interests[1, :2] = 128
    people = People(**{f.name: getattr(crowd, f.name) for f in fields(crowd)} | {"interests": interests})
    topics = np.eye(3, len(INTERESTS), dtype=np.float32) * 5
    assert people.match(np.array([0, 1]), topics) == pytest.approx(
        np.array([[1, 0, 0], [0.5**0.5, 0.5**0.5, 0]]), abs=1e-5
    )


def test_invariant_matches_lie_between_nothing_and_all(crowd: People) -> None:
    """Invariant: a cosine of weights is in 0-1 for any topics."""
    topics = np.random.default_rng(1).random((5, len(INTERESTS))).astype(np.float32)
    match = crowd.match(np.arange(2_000), topics)
    assert match.shape == (2_000, 5)
    assert match.min() >= 0
    assert match.max() <= 1 + 1e-5


def test_invariant_homes_have_a_nearest_station(crowd: People) -> None:
    """Invariant: kilometres to the station are those between home and it, to within 250 m (half floats)."""
    country, ids = load_country(), np.arange(0, COUNT, 37)
    home = np.stack([crowd.x_km[ids], crowd.y_km[ids]], axis=1).astype(float)
    stations = np.array([(station.x_km, station.y_km) for station in country.stations])
    away = np.linalg.norm(home - stations[crowd.station[ids]], axis=1)
    near = away < 12
    assert abs(crowd.metro_km(ids)[near] - away[near]).max() < 0.27


@pytest.mark.parametrize("count", [1, 2, 30])
def test_extreme_a_handful_of_people(count: int) -> None:
    """Extreme: the smallest towns can be drawn."""
    assert len(town(count)) == count


def test_invariant_the_same_luck_draws_the_same_people() -> None:
    """Invariant: a seed is a town; another seed another town."""
    first, again, other = town(500, 1), town(500, 1), town(500, 2)
    assert all(np.array_equal(getattr(first, f.name), getattr(again, f.name)) for f in fields(first))
    assert not np.array_equal(first.interests, other.interests)
