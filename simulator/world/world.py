"""A world: one drawn town with its luck, in which one client works."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.randomness import Luck
from simulator.world.clients import Client
from simulator.world.friends import Friends
from simulator.world.interests import INTERESTS
from simulator.world.people import LOG_BYTE, People, block_of, draw_people
from simulator.world.places import Country, load_country

_SAMPLE = 20_000


@dataclass(frozen=True, slots=True)
class World:
    """The town of one world seed: people, their friendships, and all luck to come."""

    client: Client
    seed: int
    country: Country
    people: People
    friends: Friends
    luck: Luck
    served: tuple[NDArray[np.int64], ...]
    relevance_scale: float
    stranger_need: float

    @property
    def served_count(self) -> int:
        """How many people live where the client serves."""
        return int(sum(stop - start for start, stop in self.served))

    def served_person(self, position: NDArray[np.int64]) -> NDArray[np.int64]:
        """The person at each position 0..served_count of the served cities."""
        starts = np.array([start for start, _ in self.served])
        sizes = np.array([stop - start for start, stop in self.served])
        ends = np.cumsum(sizes)
        city = np.searchsorted(ends, position, side="right")
        person: NDArray[np.int64] = starts[city] + position - (ends - sizes)[city]
        return person


def draw_world(client: Client, seed: int, people: int) -> World:
    """The world ``seed`` of ``client`` with ``people`` people; the same every time."""
    country = load_country()
    luck = Luck(seed)
    hidden = client.hidden
    # A town depends on what its client seed fixes about people, and on the world seed.
    generator = luck.stream("people", client.label, people).generator()
    crowd = draw_people(
        country, people, hidden.parameters, hidden.chronotype_mix, hidden.interest_pull, generator
    )
    city = country.district_city[crowd.district].astype(np.int64)
    friends = Friends.build(
        block_of(crowd.district, crowd.age, crowd.interests, country), crowd.district, city, luck
    )
    served = _served(client, country, city)
    sample = _sample(served)
    scale = float(np.mean(_buyer_interest(client, crowd, sample)))
    need = float(np.mean(needs_per_day(client, country, crowd, sample, scale)))
    return World(client, seed, country, crowd, friends, luck, served, scale, need)


def needs_per_day(
    client: Client, country: Country, people: People, ids: NDArray[np.int64], relevance_scale: float
) -> NDArray[np.float32]:
    """Occasions a day on which each person needs what the client sells (model 1.2).

    Relevance of interests x a personal Gamma x the reluctance to travel (offline clients).
    """
    p = client.hidden.parameters
    relevance = _buyer_interest(client, people, ids) / relevance_scale
    floor = p["purchase.need_floor"]
    personal = LOG_BYTE[people.need[ids]]
    level = p["purchase.need_per_month"] / 28
    needs: NDArray[np.float32] = (
        level * (floor + (1 - floor) * relevance) * personal * nearness(client, country, people, ids)
    ).astype(np.float32)
    return needs


def served_share(world: World, ids: NDArray[np.int64]) -> NDArray[np.float32]:
    """Willingness to buy from a client who does not serve one's city: 1 for people in the cities served."""
    ids = np.asarray(ids)
    served = np.zeros(len(ids), np.bool_)
    for start, stop in world.served:
        served |= (ids >= start) & (ids < stop)
    outside = world.client.hidden.parameters["purchase.outside"]
    return np.where(served, np.float32(1), np.float32(outside))


def nearness(client: Client, country: Country, people: People, ids: NDArray[np.int64]) -> NDArray[np.float32]:
    """Willingness to come, 0-1: falls with distance to the nearest outlet and to the metro.

    Huff (1964); 1 for a client who sells online.
    """
    if client.file.served_online or not client.file.outlets:
        return np.ones(len(ids), np.float32)
    p = client.hidden.parameters
    outlets = np.array(
        [country.district_xy[country.district(name).index] for name in client.file.outlets], np.float32
    )
    x = people.x_km[ids].astype(np.float32)[:, None] - outlets[:, 0]
    y = people.y_km[ids].astype(np.float32)[:, None] - outlets[:, 1]
    km = np.sqrt((x**2 + y**2).min(axis=1))
    near: NDArray[np.float32] = np.exp(
        -p["purchase.distance_decay"] * km - p["purchase.metro_decay"] * people.metro_km(ids)
    ).astype(np.float32)
    return near


def topic_vectors(client: Client) -> NDArray[np.float32]:
    """(topics, 16): the interests each of the client's topics speaks to."""
    rows = [[topic.interests.get(name, 0.0) for name in INTERESTS] for topic in client.file.topics]
    return np.array(rows, np.float32)


def _buyer_interest(client: Client, people: People, ids: NDArray[np.int64]) -> NDArray[np.float32]:
    weights = client.hidden.buyer_weights.astype(np.float32)
    interest: NDArray[np.float32] = people.interests[ids].astype(np.float32) @ weights
    return interest


def _served(client: Client, country: Country, city: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
    wanted = sorted(country.city(name).index for name in client.file.cities)
    return tuple(np.searchsorted(city, [index, index + 1]) for index in wanted)


def _sample(served: tuple[NDArray[np.int64], ...]) -> NDArray[np.int64]:
    everyone = np.concatenate([np.arange(start, stop) for start, stop in served])
    return everyone[:: max(1, len(everyone) // _SAMPLE)]
