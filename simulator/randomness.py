"""Named, counter-based luck.

Every draw is a hash of (seed, name of the stream, who, what): nothing is drawn "in
order". So a changed post leaves every other draw of every person as it was, on any
number of workers. The hash is the finaliser of SplitMix64 (Steele, Lea and Flood 2014,
"Fast splittable pseudorandom number generators"), applied once to each key.

>>> luck = Luck(7)
>>> a = luck.stream("exposure", "post-1").uniform(np.arange(3))
>>> b = luck.stream("exposure", "post-1").uniform(np.array([2, 0]))
>>> bool(a[2] == b[0] and a[0] == b[1])
True
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.integer]
Floats = NDArray[np.float32]

_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_64_BITS = (1 << 64) - 1


def _mix(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    keys = keys ^ (keys >> np.uint64(30))
    keys *= _MIX_1
    keys ^= keys >> np.uint64(27)
    keys *= _MIX_2
    keys ^= keys >> np.uint64(31)
    return keys


def _mixed(key: int) -> int:
    """What :func:`_mix` makes of one key; plain integers are ten times as fast for a single one."""
    key = ((key ^ (key >> 30)) * int(_MIX_1)) & _64_BITS
    key = ((key ^ (key >> 27)) * int(_MIX_2)) & _64_BITS
    return key ^ (key >> 31)


def _name_key(*names: object) -> int:
    digest = hashlib.blake2b("\x1f".join(map(str, names)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little")


@dataclass(frozen=True, slots=True)
class Stream:
    """One named stream: a number for every id asked, the same whenever it is asked."""

    key: int

    def bits(self, ids: Ids) -> NDArray[np.uint64]:
        """64 random bits per id; ``ids`` any integer array, shape kept."""
        keys = np.asarray(ids).astype(np.uint64)
        keys += np.uint64(1)
        keys *= _GOLDEN
        keys ^= np.uint64(self.key)
        return _mix(keys)

    def uniform(self, ids: Ids) -> Floats:
        """Numbers in [0, 1) with 24 bits, one per id."""
        return (self.bits(ids) >> np.uint64(40)).astype(np.float32) * np.float32(2.0**-24)

    def uniforms(self, ids: Ids, count: int) -> Floats:
        """``count`` (1-4) independent rows of 16-bit numbers in (0, 1) from one hash per id."""
        bits = self.bits(ids)
        parts = [(bits >> np.uint64(16 * k)).astype(np.uint16) for k in range(count)]
        return (np.stack(parts).astype(np.float32) + np.float32(0.5)) * np.float32(2.0**-16)

    def number(self) -> float:
        """One number in (0, 1) for the stream itself."""
        return (_mixed(int(_GOLDEN) ^ self.key) + 0.5) / 2.0**64

    def normal(self) -> float:
        """One standard normal number for the stream itself."""
        return NormalDist().inv_cdf(min(max(self.number(), 1e-12), 1 - 1e-12))

    def generator(self) -> np.random.Generator:
        """A NumPy generator, for drawing a whole town at once (never for a playbook's effects)."""
        return np.random.Generator(np.random.Philox(key=self.key))


@dataclass(frozen=True, slots=True)
class Luck:
    """All luck of one seed; ask for a stream by name."""

    seed: int

    def stream(self, *names: object) -> Stream:
        """The stream called by these names; the same names give the same stream."""
        return Stream(_name_key(self.seed, *names))
