"""Look-alike audiences: the people served who are most like those who have bought."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulator.errors import PlaybookError, problem
from simulator.world.people import INTEREST_SCALE
from simulator.world.world import World

LOOKALIKES: tuple[str, ...] = tuple(f"lookalike {percent}%" for percent in range(1, 11))
"""One to ten per cent of the people served, the most alike first."""

_CHUNK = 16_384
"""So many people's interests fit in a processor's own memory."""

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
    chosen = np.zeros(len(world.people), np.bool_)
    count = round(share * sum(stop - start for start, stop in world.served))
    if count:
        noise = float(p["ads.lookalike_noise"] / np.sqrt(len(seed)))
        ids, apart = _distances(world, seed, noise)
        chosen[ids[np.argpartition(apart, count - 1)[:count]]] = True
    return chosen


def _distances(world: World, buyers: NDArray[np.integer], noise: float) -> tuple[NDArray[np.integer], Floats]:
    """The people served, and how far each is from the buyers' centre in standard deviations, with luck."""
    ids = np.concatenate([np.arange(start, stop) for start, stop in world.served])
    centre = _traits(world, buyers).mean(axis=0)
    weight = 1 / (_traits(world, ids[:: max(1, len(ids) // _SAMPLE)]).std(axis=0) + np.float32(1e-6))
    weight[-2:] *= np.float32(world.client.hidden.parameters["ads.lookalike_person"])
    heavy = np.square(weight)
    luck, apart, done = world.luck.stream("lookalike"), np.empty(len(ids), np.float32), 0
    for start, stop in world.served:
        for begin in range(start, stop, _CHUNK):
            part = slice(begin, min(begin + _CHUNK, stop))
            here = slice(done, done + part.stop - part.start)
            squares = _squares(world, part, centre, heavy)
            apart[here] = np.sqrt(np.maximum(squares, 0, out=squares), out=squares)
            apart[here] += np.float32(noise) * _normal(luck.bits(ids[here]))
            done = here.stop
    return ids, apart


def _squares(world: World, part: slice, centre: Floats, heavy: Floats) -> Floats:
    """Weighted squares of the distances of a stretch of people: (x - c)^2 as x^2 - 2cx + c^2."""
    people, one = world.people, np.float32(1 / INTEREST_SCALE)
    counts = people.interests[part].astype(np.float32)
    apart = counts @ (-2 * one * heavy * centre)[:-2]
    apart += np.square(counts, out=counts) @ (one * one * heavy)[:-2]
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


def _normal(bits: NDArray[np.uint64]) -> Floats:
    """A number of mean 0 and standard deviation 1 from the 64 bits of each person: four uniform ones."""
    quarters = bits.view(np.uint16).reshape(-1, 4)
    total = quarters[:, 0].astype(np.float32)
    for k in range(1, 4):
        total += quarters[:, k]
    normal: Floats = (total * np.float32(2**-16) - np.float32(2 - 2**-15)) * np.float32(np.sqrt(3))
    return normal
