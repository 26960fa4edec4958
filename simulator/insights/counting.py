"""Counting in columns: how often, how many different ones, and which."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.network.log import ACTIONS, SOURCES, Exposures

Counts = NDArray[np.int64]


def post_counts(exposures: Exposures, number: int) -> dict[str, Counts]:
    """What ``number`` posts got, counted in the exposures: reach, impressions and actions."""
    post = exposures.post
    counts = {
        "impressions": weighed(post, exposures.impressions, number),
        "reach": np.bincount(post, minlength=number),
        "engaged_people": np.bincount(post[exposures.actions > 0], minlength=number),
    }
    for code, source in enumerate(SOURCES):
        counts[f"{source}_reach"] = np.bincount(post[exposures.source == code], minlength=number)
    for name, column in action_columns(exposures):
        counts[name] = np.bincount(post[column], minlength=number)
    return counts


def different(person: NDArray[Any], people: int) -> int:
    """How many different people of a town of ``people`` stand in ``person``.

    >>> different(np.array([4, 2, 4]), 5)
    2
    """
    return different_rows(person, np.zeros(people, np.int32))


def action_columns(exposures: Exposures) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    """Each action's metric (``reaction`` -> ``reactions``) and who did it."""
    for code, action in enumerate(ACTIONS):
        yield f"{action}s", (exposures.actions & np.uint8(1 << code)) > 0


def tally(post: NDArray[Any], number: int) -> Counts:
    """Facts per post; those that no single post caused are left out."""
    return np.bincount(post[post >= 0], minlength=number)


def weighed(codes: NDArray[Any], weights: NDArray[Any], number: int) -> Counts:
    return np.bincount(codes, weights, minlength=number).astype(np.int64)


def different_rows(person: NDArray[Any], memory: NDArray[np.int32]) -> int:
    """Each row writes its number at its person; the rows that find it again are one per person."""
    rows = np.arange(len(person), dtype=np.int32)
    memory[person] = rows
    return int(np.count_nonzero(memory[person] == rows))


def marked(person: NDArray[Any], people: int) -> NDArray[np.bool_]:
    marks = np.zeros(people, np.bool_)
    marks[person] = True
    return marks
