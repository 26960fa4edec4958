"""Growth: who follows a page as found, which strangers come, and who stays."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from simulator.network.growth import first_followers, follow_chances, recent_quality, strangers
from simulator.network.known import KnownPeople
from simulator.parameters import model_parameters
from simulator.randomness import Luck
from simulator.world.world import World, topic_vectors
from tests.small_months import found

P = model_parameters()


@pytest.fixture(scope="module")
def world() -> World:
    """A town with a salon in one of its cities."""
    return found("salon", people=4_000).world


@pytest.mark.parametrize("count", [0, 1, 50, 400])
def test_invariant_first_followers_are_so_many_people_of_the_town(world: World, count: int) -> None:
    """Invariant: asked for so many, so many different people of the cities served follow, in order."""
    followers = first_followers(world, count)
    assert len(followers) == count
    assert (np.diff(followers) > 0).all()
    served = world.served_person(np.arange(world.served_count))
    assert np.isin(followers, served).all()


def test_extreme_more_followers_than_people(world: World) -> None:
    """Extreme: a page cannot have more followers than there are people: then all follow."""
    assert len(first_followers(world, 10**6)) == world.served_count


def test_invariant_first_followers_only_grow(world: World) -> None:
    """Invariant: the followers of a small page are among those of a large one: luck is a person's own."""
    assert np.isin(first_followers(world, 50), first_followers(world, 400)).all()


def test_law_who_follows_first_cares_most(world: World) -> None:
    """Law: followers fit the topics better than the town, and early followers better than late ones."""
    topics, everybody = topic_vectors(world.client), world.served_person(np.arange(world.served_count))

    def fit(persons: np.ndarray) -> float:
        return float(world.people.match(persons, topics).max(axis=1).mean())

    assert fit(first_followers(world, 100)) > fit(first_followers(world, 800)) > fit(everybody)


def draw(world: World, known: KnownPeople, wanted: float, name: int = 0) -> np.ndarray:
    return strangers(world, known, Luck(5), ("test", name), wanted, lambda match: match, topic=0)


def test_invariant_strangers_do_not_follow(world: World) -> None:
    """Invariant: nobody who follows is drawn, nobody twice, nobody from a city that is not served."""
    known = KnownPeople(world)
    followers = first_followers(world, 400)
    rows = known.rows(followers, 0.0)
    known.follower[rows] = True
    served = world.served_person(np.arange(world.served_count))
    for name in range(20):
        persons = draw(world, known, 60, name)
        assert not np.isin(persons, followers).any()
        assert len(np.unique(persons)) == len(persons)
        assert np.isin(persons, served).all()


@pytest.mark.parametrize("wanted", [0.0, 0.3, 4.5])
def test_theory_strangers_are_as_many_as_wanted(world: World, wanted: float) -> None:
    """Theory: a broken number wanted is met in the mean of many draws."""
    counts = [len(draw(world, KnownPeople(world), wanted, name)) for name in range(300)]
    assert np.mean(counts) == pytest.approx(wanted, abs=4 * 0.5 / np.sqrt(300) + 0.05 * wanted)


def test_law_strangers_with_the_interest_come_more(world: World) -> None:
    """Law: drawn by their match with a topic, strangers fit it better than the town does."""
    drawn = np.concatenate([draw(world, KnownPeople(world), 60, name) for name in range(10)])
    topic = topic_vectors(world.client)[:1]
    town = world.people.match(world.served_person(np.arange(world.served_count)), topic).ravel()
    fit = world.people.match(drawn, topic).mean()
    # Weighted by match, the mean match is E[m^2] / E[m].
    assert fit == pytest.approx((town**2).sum() / town.sum(), rel=0.1)


def test_theory_a_bare_page_wins_4_in_100_and_a_complete_one_21() -> None:
    """Theory: visitors whose interests fit fairly and who see decent posts follow by how complete
    a page is.
    """
    decent, fair = 0.6, np.array([0.35], np.float32)
    bare, complete = (float(follow_chances(P, done, decent, fair)[0]) for done in (0.0, 1.0))
    assert bare == pytest.approx(0.036, abs=0.005)
    assert complete == pytest.approx(0.21, abs=0.03)


def test_theory_recent_quality_is_the_mean_of_the_last_nine() -> None:
    """Theory: a visitor looks through the last nine posts; an empty page shows nothing."""
    posts: list[Any] = [SimpleNamespace(quality=quality) for quality in [0.0] * 5 + [0.5] * 4 + [0.8] * 5]
    assert recent_quality(posts, P) == pytest.approx((4 * 0.5 + 5 * 0.8) / 9)
    assert recent_quality([], P) == 0
