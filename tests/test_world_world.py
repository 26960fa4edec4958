"""A world: what the client seed fixes, what the world seed redraws, needs and nearness."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.parameters import model_rows
from simulator.world.clients import Client, client_names, load_client
from simulator.world.interests import INTERESTS
from simulator.world.people import LOG_BYTE
from simulator.world.world import World, draw_world, nearness, needs_per_day, topic_vectors
from tests.small_months import shop

PEOPLE = 3_000


def differ(a: World, b: World) -> float:
    """The share of people's columns that differ between two towns."""
    return float(
        np.mean(
            [
                not np.array_equal(getattr(a.people, f.name), getattr(b.people, f.name))
                for f in fields(a.people)
            ]
        )
    )


def drawn_by_client_seed(client: Client) -> tuple[object, ...]:
    hidden = client.hidden
    arrays = (hidden.buyer_weights, hidden.chronotype_mix, hidden.interest_pull)
    return (dict(hidden.parameters), *(array.tolist() for array in arrays))


@pytest.mark.parametrize("name", client_names())
def test_invariant_client_seeds_draw_everything_hidden(name: str) -> None:
    """Invariant: two client seeds share no hidden draw: each value with a prior, buyers, rhythms,
    interests.
    """
    one, two = load_client(f"{name}:1"), load_client(f"{name}:2")
    for row in model_rows().values():
        a, b = one.hidden.parameters[row.name], two.hidden.parameters[row.name]
        assert (a != b) == (row.prior != "none"), row.name
    for first, second in zip(drawn_by_client_seed(one)[1:], drawn_by_client_seed(two)[1:], strict=True):
        assert first != second
    assert drawn_by_client_seed(one) == drawn_by_client_seed(load_client(name))


def test_invariant_world_seeds_redraw_people_and_nothing_hidden() -> None:
    """Invariant: worlds of one client differ in their people and luck; all hidden parameters are the
    client's.
    """
    client = shop()
    one, two = draw_world(client, 1, PEOPLE), draw_world(client, 2, PEOPLE)
    assert differ(one, two) == 1
    assert one.client is two.client is client
    assert one.luck != two.luck
    assert not np.array_equal(one.friends.first_round, two.friends.first_round)
    again = draw_world(load_client("online-shop"), 1, PEOPLE)
    assert differ(one, again) == 0


def test_invariant_client_seeds_draw_their_own_town() -> None:
    """Invariant: the same world seed is another town for another client seed."""
    assert differ(draw_world(load_client("salon:1"), 1, 500), draw_world(load_client("salon:2"), 1, 500)) == 1


def test_invariant_constants_about_pages_do_not_move_the_town() -> None:
    """Invariant: an ablation of the feed is played among the same people: what differs is the mechanism."""
    client = shop()
    other = client.with_parameters({"feed.competition": 5.0, "following.streak": 0.0})
    assert differ(draw_world(client, 1, 500), draw_world(other, 1, 500)) == 0


@pytest.mark.parametrize("name", client_names())
def test_invariant_served_people_live_in_the_cities_served(name: str) -> None:
    """Invariant: positions 0 to served_count are different people, exactly those of the client's cities."""
    world = draw_world(shop(name), 1, PEOPLE)
    persons = world.served_person(np.arange(world.served_count))
    city = world.country.district_city[world.people.district]
    wanted = [world.country.city(city_name).index for city_name in shop(name).file.cities]
    assert persons.tolist() == np.flatnonzero(np.isin(city, wanted)).tolist()


@pytest.mark.parametrize("name", client_names())
def test_theory_needs_have_the_mean_of_their_row(name: str) -> None:
    """Theory: relevance has mean 1, so that needs per month average the row's value times nearness."""
    world = draw_world(shop(name), 1, 20_000)
    client, ids = world.client, world.served_person(np.arange(world.served_count))
    near = nearness(client, world.country, world.people, ids)
    per_month = needs_per_day(client, world.country, world.people, ids, world.relevance_scale) * 28 / near
    assert per_month.mean() == pytest.approx(client.hidden.parameters["purchase.need_per_month"], rel=0.06)
    assert (per_month > 0).all()


def test_theory_need_by_hand() -> None:
    """Theory: need a day = level x (floor + (1 - floor) relevance) x personal Gamma, for who buys online."""
    client = shop()
    world, ids = draw_world(client, 1, 500), np.arange(20)
    p, people = client.hidden.parameters, world.people
    assert client.file.served_online
    relevance = people.interests[ids].astype(float) @ client.hidden.buyer_weights / world.relevance_scale
    floor = p["purchase.need_floor"]
    by_hand = (
        p["purchase.need_per_month"] / 28 * (floor + (1 - floor) * relevance) * LOG_BYTE[people.need[ids]]
    )
    found = needs_per_day(client, world.country, people, ids, world.relevance_scale)
    assert found == pytest.approx(by_hand, rel=1e-4)


def test_theory_nearness_falls_with_distance() -> None:
    """Theory: Huff: exp(-decay x km to the nearest outlet - decay x km to the metro); online it is 1."""
    client = shop("salon")
    world, ids = draw_world(client, 1, PEOPLE), np.arange(0, PEOPLE, 11)
    people, country, p = world.people, world.country, client.hidden.parameters
    outlets = np.array([country.district_xy[country.district(name).index] for name in client.file.outlets])
    homes = np.stack([people.x_km[ids], people.y_km[ids]], axis=1).astype(float)
    km = np.linalg.norm(homes[:, None] - outlets[None], axis=2).min(axis=1)
    by_hand = np.exp(-p["purchase.distance_decay"] * km - p["purchase.metro_decay"] * people.metro_km(ids))
    assert nearness(client, country, people, ids) == pytest.approx(by_hand, rel=2e-3)
    assert (nearness(shop(), country, people, ids) == 1).all()


def test_law_more_outlets_bring_everybody_nearer() -> None:
    """Law: another outlet never makes it farther to the nearest one."""
    client = shop("supermarket")
    world, ids = draw_world(client, 1, PEOPLE), np.arange(PEOPLE)
    fewer = replace(client, file=client.file.model_copy(update={"outlets": client.file.outlets[:1]}))
    both = [nearness(one, world.country, world.people, ids) for one in (client, fewer)]
    assert (both[0] >= both[1]).all()
    assert both[0].mean() > both[1].mean()


@pytest.mark.parametrize("name", client_names())
def test_invariant_topics_are_weights_of_interests(name: str) -> None:
    """Invariant: a row a topic, a column an interest, sums of 1."""
    vectors = topic_vectors(shop(name))
    assert vectors.shape == (len(shop(name).topic_names), len(INTERESTS))
    assert vectors.sum(axis=1) == pytest.approx(np.ones(len(vectors)), rel=1e-5)


@given(seed=st.integers(0, 2**32), people=st.integers(20, 60))
@settings(max_examples=15, deadline=None)
def test_extreme_any_seed_draws_a_town(seed: int, people: int) -> None:
    """Extreme: whatever the seed, also a hamlet has needs that are numbers."""
    world = draw_world(shop("salon"), seed, people)
    assert len(world.people) == people
    assert np.isfinite([world.relevance_scale, world.stranger_need]).all()
