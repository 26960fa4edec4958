"""What the platform believes of people: the interests it lists for each of them.

It guesses from what people do, so it lists interests they do not have and misses some they
have. Whoever buys ads can choose people by these lists alone, never by true interests.
"""

from __future__ import annotations

import weakref
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.world.interests import INTERESTS
from simulator.world.people import INTEREST_SCALE
from simulator.world.world import World

Masks = NDArray[np.uint16]

_LEVELS = 16
_CHUNK = 32_768


class _View(NamedTuple):
    of: weakref.ref[NDArray[Any]]
    masks: Masks


_seen: dict[tuple[int, int, float, float], _View] = {}


def listed_interests(world: World) -> Masks:
    """(people,) bit ``k`` is set when the platform lists ``INTERESTS[k]`` for the person.

    Listed where true share + noise >= a threshold (``ads.interest_noise``, a standard deviation,
    and ``ads.interest_threshold``), the noise being one of 16 equal steps. Worked out once a
    world and remembered as long as its people are; nobody may write to it.
    """
    p = world.client.hidden.parameters
    noise, threshold = p["ads.interest_noise"], p["ads.interest_threshold"]
    interests = world.people.interests
    key = (id(interests), world.luck.seed, noise, threshold)
    found = _seen.get(key)
    if found is None or found.of() is not interests:
        masks = _masks(world, _least_shares(noise, threshold))
        masks.flags.writeable = False
        found = _View(weakref.ref(interests, lambda _: _seen.pop(key, None)), masks)
        _seen[key] = found
    return found.masks


def interest_bits(names: tuple[str, ...] | list[str]) -> np.uint16:
    """The mask of these interests.

    >>> int(interest_bits(["cooking", "fashion"]))
    5
    """
    return np.uint16(sum(1 << INTERESTS.index(name) for name in set(names)))


def _least_shares(noise: float, threshold: float) -> NDArray[np.uint8]:
    """(16,) the smallest share, as a byte, that is listed under each step of noise."""
    steps = (np.arange(_LEVELS) - (_LEVELS - 1) / 2) / np.sqrt((_LEVELS**2 - 1) / 12)
    least = np.ceil((threshold - noise * steps) * INTEREST_SCALE)
    shares: NDArray[np.uint8] = np.clip(least, 0, 255).astype(np.uint8)
    return shares


def _masks(world: World, least: NDArray[np.uint8]) -> Masks:
    """One hash a person gives sixteen four-bit steps of noise, one for each interest."""
    people = len(world.people)
    luck = world.luck.stream("interests listed")
    # A byte of the hash holds two steps: both of its least shares are looked up at once.
    byte = np.arange(256)
    pair = (least[byte & 15].astype(np.uint16) | least[byte >> 4].astype(np.uint16) << 8).astype("<u2")
    masks = np.empty(people, np.uint16)
    for begin in range(0, people, _CHUNK):
        ids = np.arange(begin, min(begin + _CHUNK, people))
        bits = luck.bits(ids).astype("<u8").view(np.uint8)
        needed = pair.take(bits).view(np.uint8).reshape(len(ids), len(INTERESTS))
        listed = world.people.interests[begin : begin + _CHUNK] >= needed
        masks[begin : begin + _CHUNK] = np.packbits(listed, axis=1, bitorder="little").view("<u2").ravel()
    return masks
