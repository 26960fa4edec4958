"""Growth: strangers who come to the page, and which of them stay (model 4)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from simulator.network.known import KnownPeople
from simulator.network.log import PublishedPost
from simulator.parameters import Parameters
from simulator.randomness import Luck
from simulator.world.world import World, nearness, topic_vectors

Floats = NDArray[np.float32]
Ids = NDArray[np.int64]
_CHUNK = 200_000
_TRIES = 12


def first_followers(world: World, count: int) -> Ids:
    """The people who follow the page as found: those who care, live near and fit the sketch.

    Weighted sampling without replacement (Gumbel top-k), so that later followers care less.
    """
    people, sketch = world.people, world.client.file.audience
    p = world.client.hidden.parameters
    luck = world.luck.stream("first followers")
    topics = topic_vectors(world.client)
    keys, persons = [], []
    for start in range(0, world.served_count, _CHUNK):
        ids = world.served_person(np.arange(start, min(start + _CHUNK, world.served_count)))
        gumbel = -np.log(-np.log(luck.uniform(ids).astype(np.float64) + 1e-9) + 1e-12)
        weight = p["growth.follower_focus"] * people.match(ids, topics).max(axis=1)
        weight += sketch.female_tilt * (people.female[ids] - 0.5)
        weight -= ((people.age[ids] - float(sketch.age_peak)) / sketch.age_spread) ** 2 / 2
        weight += np.log(nearness(world.client, world.country, people, ids))
        keys.append(weight + gumbel)
        persons.append(ids)
    key, person = np.concatenate(keys), np.concatenate(persons)
    count = min(count, len(key))
    return np.sort(person[np.argpartition(-key, count - 1)[:count]])


def strangers(
    world: World,
    known: KnownPeople,
    luck: Luck,
    names: tuple[object, ...],
    wanted: float,
    fit: Callable[[Floats], Floats],
    topic: int | None = None,
) -> Ids:
    """About ``wanted`` people who do not follow, drawn with weight ``fit(match)`` of at most 1.

    ``match`` is with one topic, or with the topic they like best. By rejection, so that the work
    does not grow with the town; ``names`` name the draw.
    """
    count = int(wanted + luck.stream(*names, "count").number())
    if count <= 0:
        return np.zeros(0, np.int64)
    tries = np.arange(_TRIES * count + 8)
    place = (luck.stream(*names, "who").uniform(tries).astype(np.float64) * world.served_count).astype(
        np.int64
    )
    persons = world.served_person(place)
    rows = known.row_of[persons]
    follows = (rows >= 0) & known.follower[np.maximum(rows, 0)] if known.count else rows >= 0
    topics = known.topics if topic is None else known.topics[topic : topic + 1]
    match = world.people.match(persons, topics).max(axis=1)
    taken = (luck.stream(*names, "taken").uniform(tries) < fit(match)) & ~follows
    chosen = persons[taken]
    _, first = np.unique(chosen, return_index=True)
    return chosen[np.sort(first)][:count]


def follow_chances(
    p: Parameters, page_completeness: float, recent_quality: float, match: Floats, climate: float = 0.0
) -> Floats:
    """Probability that a visitor follows: a bare page wins about 4 %, a complete one 21 %.

    ``climate``: what the comments the visitor finds there add, in logit.
    """
    logit = (
        p["growth.follow"]
        + p["growth.follow_completeness"] * page_completeness
        + p["growth.follow_quality"] * recent_quality
        + np.float32(p["growth.follow_match"]) * match
        + np.float32(climate)
    )
    chances: Floats = (1 / (1 + np.exp(-logit))).astype(np.float32)
    return chances


def recent_quality(published: list[PublishedPost], p: Parameters) -> float:
    """Mean quality of the last posts, as a visitor sees them; 0 for an empty page."""
    last = published[-int(p["growth.recent_posts"]) :]
    return sum(post.quality for post in last) / len(last) if last else 0.0
