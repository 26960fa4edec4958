"""Appetite: what each person would do with an ad, as far as a platform could know it.

Interests and needs only; what somebody feels about the page is for the page to find out. Two
reasons to click, and they are not had by the same people: the subject draws (curiosity), or the
thing is needed (intent). Who is drawn by the subject clicks a lot and buys little.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.network.growth import follow_chances
from simulator.network.log import ACTIONS
from simulator.network.post_table import PostTable
from simulator.network.purchases import first_landing_chance
from simulator.parameters import Parameters
from simulator.playbook.page import Page, completeness
from simulator.randomness import Luck
from simulator.units import MINUTES_PER_DAY
from simulator.world.world import World, needs_per_day, served_share, topic_vectors

Floats = NDArray[np.float32]
CLICK = ACTIONS.index("click")
LIKE = ACTIONS.index("reaction")
_CHUNK = 200_000


class Appetite:
    """The town as one page's ads find it; columns of everybody, worked out when first needed.

    ``needs``: (people,) occasions a day on which what the client sells is needed and could be
    bought here.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.p = world.client.hidden.parameters
        self._needs: Floats | None = None
        self._matches: dict[int, Floats] = {}

    @property
    def needs(self) -> Floats:
        if self._needs is None:
            world = self.world
            self._needs = self._of_everybody(
                lambda ids: (
                    needs_per_day(world.client, world.country, world.people, ids, world.relevance_scale)
                    * served_share(world, ids)
                )
            )
        return self._needs

    def match(self, topic: int) -> Floats:
        """(people,) fit of everybody's interests with one of the client's topics, 0-1."""
        if topic not in self._matches:
            vector = topic_vectors(self.world.client)[topic : topic + 1]
            self._matches[topic] = self._of_everybody(lambda ids: self.world.people.match(ids, vector)[:, 0])
        return self._matches[topic]

    def rates(self, goal: str, table: PostTable, ad: int, members: NDArray[Any], page: Page) -> Floats:
        """(members,) how often each would do what the ad set wants, per impression of the ad."""
        p = self.p
        if goal == "REACH":
            return np.ones(len(members), np.float32)
        match = self.match(int(table.topic[ad]))[members]
        drawn = np.float32(p["response.match"] + p["ads.match"])
        lean = drawn * (match - np.float32(p["response.match_reference"]))
        lean += np.float32(p["response.quality"]) * (
            table.quality[ad] - np.float32(p["response.quality_reference"])
        )
        if goal == "ENGAGEMENT":
            return _share(table.base[ad, LIKE] + lean)
        intent = np.float32(p["ads.intent_click"]) * in_need_share(p, self.needs[members])
        if goal == "PURCHASES":
            return intent * np.float32(first_landing_chance(p, completeness(page, p)))
        clicks = _share(table.base[ad, CLICK] + lean) + intent
        if goal == "LINK_CLICKS":
            return clicks
        return clicks * follow_chances(p, completeness(page, p), float(table.quality[ad]), match)

    def _of_everybody(self, worked_out: Any) -> Floats:
        count = len(self.world.people)
        parts = [
            worked_out(np.arange(start, min(start + _CHUNK, count))) for start in range(0, count, _CHUNK)
        ]
        return np.concatenate(parts).astype(np.float32)


def in_need_share(p: Parameters, needs_a_day: Floats) -> Floats:
    """Probability that somebody is in need on a given day, a need being open for some days."""
    share: Floats = -np.expm1(-needs_a_day * np.float32(p["ads.need_days"]))
    return share


def in_need(
    p: Parameters, luck: Luck, persons: NDArray[Any], needs_a_day: Floats, now: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Whether each person is in need at ``now`` (minutes): the same answer all through one open need."""
    spells = _spells(p, luck, persons, now).astype(np.uint64)
    keys = persons.astype(np.uint64) ^ (spells * np.uint64(0x9E3779B97F4A7C15))
    flags: NDArray[np.bool_] = luck.stream("in need").uniform(keys) < in_need_share(p, needs_a_day)
    return flags


def same_need(
    p: Parameters, luck: Luck, persons: NDArray[Any], before: NDArray[Any], now: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Whether ``before`` (minutes, or minus infinity) falls into the need that is open at ``now``."""
    happened = np.isfinite(before)
    then = np.where(happened, before, 0).astype(np.float64)
    same: NDArray[np.bool_] = happened & (_spells(p, luck, persons, then) == _spells(p, luck, persons, now))
    return same


def _spells(p: Parameters, luck: Luck, persons: NDArray[Any], now: NDArray[np.float64]) -> NDArray[np.int64]:
    """Time is cut into spells as long as a need is open, which begin at another moment for everybody."""
    offset = luck.stream("need spells").uniform(persons)
    return np.floor(now / (p["ads.need_days"] * MINUTES_PER_DAY) + offset).astype(np.int64)


def _share(odds: Floats) -> Floats:
    share: Floats = np.reciprocal(1 + np.exp(-odds))
    return share
