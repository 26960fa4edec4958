"""Rivals: ad sets of one page that run at the same time for mostly the same people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.playbook.ads import AdSet
from simulator.playbook.audiences import Audience
from simulator.world.interests import INTERESTS
from simulator.world.world import World

LEAST_SHARED = 0.5
"""Of the people of two sets together, so many are in both."""

_MOST_CELLS = 5_000_000
"""Of many audiences every so many-th person is looked at, so that a table holds so many cells."""

_BLOCK = 256


class Rivalry(NamedTuple):
    """An ad set and its rivals above it in the sheet.

    ``first``: the topmost of them, each with the share of the people of the two that is in both;
    ``more``: how many there are besides.
    """

    ad_set: AdSet
    first: tuple[tuple[AdSet, float], ...]
    more: int


def rivalries(ad_sets: Sequence[AdSet], world: World | None, most: int) -> Iterator[Rivalry]:
    """Each set that has rivals above it in the sheet, with the first ``most`` of them.

    Without a world only sets for the very same audience are rivals. Groups of the page are
    counted by nobody before a run: sets that seek different ones are no rivals, and whom a set
    leaves out of them makes no difference.
    """
    audiences = list(dict.fromkeys(ad_set.audience for ad_set in ad_sets))
    row_of = {audience: row for row, audience in enumerate(audiences)}
    rows = np.array([row_of[ad_set.audience] for ad_set in ad_sets], np.int64)
    members = _members(audiences, world)
    sought = _numbered([_groups_sought(audience) for audience in audiences])
    start, stop, hours = _times(ad_sets)
    for begin in range(0, len(ad_sets), _BLOCK):
        here = slice(begin, begin + _BLOCK)
        shares = _shares(members, sought, rows[here])[:, rows]
        meet = (start[here, None] < stop) & (start < stop[here, None]) & ((hours[here, None] & hours) != 0)
        for at, near in enumerate(meet & (shares >= LEAST_SHARED), start=begin):
            above = np.flatnonzero(near[:at])
            if above.size:
                first = ((ad_sets[i], float(shares[at - begin, i])) for i in above[:most].tolist())
                yield Rivalry(ad_sets[at], tuple(first), max(0, above.size - most))


def _members(audiences: Sequence[Audience], world: World | None) -> NDArray[np.float32] | None:
    """(audiences, people looked at) 1 for those who belong; None without a world."""
    if world is None:
        return None
    step = 1 + len(audiences) * len(world.people) // _MOST_CELLS
    return np.array([audience.static_members(world)[::step] for audience in audiences], np.float32)


def _shares(
    members: NDArray[np.float32] | None, sought: NDArray[np.int64], rows: NDArray[np.int64]
) -> NDArray[np.float32]:
    """(rows, audiences) the part of the people of two audiences that is in both."""
    same = rows[:, None] == np.arange(len(sought))
    if members is None:
        identical: NDArray[np.float32] = same.astype(np.float32)
        return identical
    size = members.sum(axis=1)
    both = members[rows] @ members.T
    shares: NDArray[np.float32] = (both / np.maximum(size[rows, None] + size - both, 1)).astype(np.float32)
    shares[sought[rows, None] != sought] = 0
    shares[same] = 1
    return shares


def _groups_sought(audience: Audience) -> frozenset[frozenset[str]]:
    """The groups of inclusions that only the page's own record can fill."""
    return frozenset(frozenset(group) for group in audience.inclusions if not set(group) <= set(INTERESTS))


def _numbered(things: Sequence[Any]) -> NDArray[np.int64]:
    """A number for each thing, the same for equal ones."""
    numbers = {thing: number for number, thing in enumerate(dict.fromkeys(things))}
    return np.array([numbers[thing] for thing in things], np.int64)


def _times(ad_sets: Sequence[AdSet]) -> tuple[NDArray[Any], NDArray[Any], NDArray[np.int64]]:
    """When each set starts and stops, and its hours of the day as bits."""
    start = np.array([ad_set.start or datetime.min for ad_set in ad_sets], "datetime64[s]")
    stop = np.array([ad_set.stop or datetime.max for ad_set in ad_sets], "datetime64[s]")
    hours = [sum(1 << hour for hour, runs in enumerate(ad_set.hours) if runs) for ad_set in ad_sets]
    return start, stop, np.array(hours, np.int64)
