"""Look-alike audiences: the people served who are most like those who have bought."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulator.errors import PlaybookError, problem
from simulator.world.people import INTEREST_SCALE
from simulator.world.world import World

LOOKALIKES: tuple[str, ...] = tuple(f"lookalike {percent}%" for percent in range(1, 11))
"""One to ten per cent of the people served, the most alike first."""

_CHUNK = 32_768
_SAMPLE = 20_000
"""So many people tell how wide a trait is spread."""

Floats = NDArray[np.float32]


def share_of(term: str) -> float:
    """The share of the people served that a look-alike takes in.

    >>> share_of("lookalike 2%")
    0.02
    """
    return int(term.removeprefix("lookalike ").removesuffix("%")) / 100


def lookalike(world: World, buyers: NDArray[np.integer], share: float) -> NDArray[np.bool_]:
    """(people,) the ``share`` of the people served that stand nearest to the buyers' centre.

    Distance in interests, age and gender, each in standard deviations, plus luck in proportion
    to 1 / sqrt(buyers): who is chosen from few buyers is chosen mostly by chance. Raises
    PlaybookError when there are fewer than ``ads.lookalike_seed`` buyers.
    """
    p = world.client.hidden.parameters
    seed, least = np.unique(np.asarray(buyers)), int(p["ads.lookalike_seed"])
    if len(seed) < least:
        few = problem("audience.few_buyers", file="ads.csv", count=len(seed), least=least)
        raise PlaybookError([few])
    served = np.concatenate([np.arange(start, stop) for start, stop in world.served])
    chosen = np.zeros(len(world.people), np.bool_)
    count = round(share * len(served))
    if count:
        noise = np.float32(p["ads.lookalike_noise"] / np.sqrt(len(seed)))
        apart = _distances(world, served, seed)
        apart += noise * _luck(world, served)
        chosen[served[np.argpartition(apart, count - 1)[:count]]] = True
    return chosen


def _distances(world: World, served: NDArray[np.int64], buyers: NDArray[np.integer]) -> Floats:
    """How far each of the served is from the buyers' centre, in standard deviations of a trait."""
    centre = _traits(world, buyers).mean(axis=0)
    weight = 1 / (_traits(world, served[:: max(1, len(served) // _SAMPLE)]).std(axis=0) + np.float32(1e-6))
    weight[-2:] *= np.float32(world.client.hidden.parameters["ads.lookalike_person"])
    heavy = np.square(weight)
    parts = [
        _squares(world, slice(begin, min(begin + _CHUNK, stop)), centre, heavy)
        for start, stop in world.served
        for begin in range(start, stop, _CHUNK)
    ]
    return np.sqrt(np.maximum(np.concatenate(parts), 0))


def _squares(world: World, part: slice, centre: Floats, heavy: Floats) -> Floats:
    """Weighted squares of the distances of a stretch of people: (x - c)^2 as x^2 - 2cx + c^2."""
    people = world.people
    shares = people.interests[part].astype(np.float32)
    shares *= np.float32(1 / INTEREST_SCALE)
    apart = shares @ (-2 * heavy * centre)[:-2]
    apart += np.square(shares, out=shares) @ heavy[:-2]
    apart += (heavy * np.square(centre))[:-2].sum()
    for column, middle, weight in zip((people.age, people.female), centre[-2:], heavy[-2:], strict=True):
        apart += np.square(column[part] - middle) * weight
    squares: Floats = apart
    return squares


def _traits(world: World, ids: NDArray[np.integer]) -> Floats:
    """(ids, 18) shares of interest, age and gender."""
    people = world.people
    interests = people.interests[ids].astype(np.float32) / np.float32(INTEREST_SCALE)
    return np.column_stack(
        [interests, people.age[ids].astype(np.float32), people.female[ids].astype(np.float32)]
    )


def _luck(world: World, ids: NDArray[np.int64]) -> Floats:
    """A number of mean 0 and standard deviation 1 for each person: four uniform ones added."""
    rows = world.luck.stream("lookalike").uniforms(ids, 4)
    luck: Floats = (rows.sum(axis=0) - np.float32(2)) * np.float32(np.sqrt(3))
    return luck
