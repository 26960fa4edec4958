"""The people a page is known to: followers and everybody one of its posts ever reached.

One row a person, made when the page first reaches them. States decay lazily: they are as
of ``touched`` and are brought up to date whenever somebody looks (model 10).
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.parameters import Parameters
from simulator.playbook.posts import PURPOSES
from simulator.units import MINUTES_PER_DAY
from simulator.world.people import LOG_BYTE
from simulator.world.world import World, needs_per_day, served_share, topic_vectors

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]
_GROWTH = 1.5

FADING = ("goodwill", "offers", "affinity", "loyalty", "reference", "load", "commercials", "service")
"""States that halve every so many days; :func:`half_lives` says how many."""


def half_lives(p: Parameters) -> dict[str, float]:
    """Days in which each fading state halves; satiation by purpose and topic stand last."""
    return {
        "goodwill": p["goodwill.half_life"],
        "offers": p["offers.half_life"],
        "affinity": p["feed.affinity_half_life"],
        "loyalty": p["purchase.loyalty_half_life"],
        "reference": p["offers.reference_half_life"],
        "load": p["following.load_half_life"],
        "commercials": p["following.streak_half_life"],
        "service": p["inbox.service_half_life"],
        "by_purpose": p["following.purpose_half_life"],
        "by_topic": p["following.topic_half_life"],
    }


LAST_TIMES = ("visited_at", "engaged_at", "bought_at")
"""When somebody last visited the page, did something with a post or an ad, and bought: minutes."""

NEVER = np.float32(-np.inf)


@dataclass(slots=True)
class Mind:
    """What some people feel at one moment: arrays of one length, fading states up to date."""

    goodwill: Floats
    offers: Floats
    affinity: Floats
    loyalty: Floats
    reference: Floats
    load: Floats
    commercials: Floats
    service: Floats


@dataclass(slots=True)
class Tiredness:
    """How often some people have lately met each purpose and each topic: (people, kinds) tables."""

    by_purpose: Floats
    by_topic: Floats

    def of_purpose(self, purpose: Rows) -> Floats:
        """What each person feels of one purpose."""
        felt: Floats = self.by_purpose[np.arange(len(purpose)), purpose]
        return felt

    def of_topic(self, topic: Rows) -> Floats:
        """What each person feels of one topic."""
        felt: Floats = self.by_topic[np.arange(len(topic)), topic]
        return felt

    def add(self, purpose: Rows, topic: Rows, felt: Floats | float = 1.0) -> None:
        """Each person has met a purpose and a topic once more, an ad counting less than a post."""
        people = np.arange(len(purpose))
        self.by_purpose[people, purpose] += felt
        self.by_topic[people, topic] += felt


class KnownPeople:
    """Rows of people known to one page: who they are (traits) and what they feel (states).

    Traits: ``person, match (topics), activity, chronotype, deal_proneness, nuisance, taste
    (purposes), need`` (occasions a day). States: ``follower, goodwill 0-1, offers 0-1,
    affinity, loyalty 0-1, reference`` (deal expected, 0-0.5), ``load, commercials`` (share of
    commercials felt, 0-1), ``service`` (how the page answered, -1 to 1), ``utility`` (net utility of
    following), ``by_purpose`` and ``by_topic`` (satiation), ``deal`` (last offer seen),
    ``came_for_prize`` (follows for it), ``visited_at, engaged_at, bought_at`` (minutes of the last time,
    or :data:`NEVER`).
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.topics = topic_vectors(world.client)
        self.parameters = world.client.hidden.parameters
        self.row_of = np.full(len(world.people), -1, np.int32)
        self.count = 0
        self._half_lives = half_lives(self.parameters)
        self._columns: dict[str, NDArray[Any]] = {
            name: np.zeros((0, *shape), kind) for name, kind, shape in self._layout()
        }

    def _layout(self) -> Iterator[tuple[str, type, tuple[int, ...]]]:
        yield from (
            ("person", np.int32, ()),
            ("chronotype", np.uint8, ()),
            ("follower", np.bool_, ()),
            ("came_for_prize", np.bool_, ()),
        )
        yield from (("match", np.float32, (len(self.topics),)), ("taste", np.float32, (len(PURPOSES),)))
        for name in ("activity", "deal_proneness", "nuisance", "need", "utility", "deal", *FADING):
            yield name, np.float32, ()
        yield "touched", np.float64, ()
        for name in LAST_TIMES:
            yield name, np.float32, ()
        yield from (
            ("by_purpose", np.float32, (len(PURPOSES),)),
            ("by_topic", np.float32, (len(self.topics),)),
        )

    def __getattr__(self, name: str) -> NDArray[Any]:
        try:
            return self.__dict__["_columns"][name]  # type: ignore[no-any-return]
        except KeyError:
            raise AttributeError(name) from None

    def copy(self) -> KnownPeople:
        """An independent copy; the world is shared, nobody writes to it."""
        twin = copy(self)
        twin.row_of = self.row_of.copy()
        twin._columns = {name: column.copy() for name, column in self._columns.items()}
        return twin

    def rows(self, persons: NDArray[Any], now: float) -> Rows:
        """The rows of these people, made for those who are new to the page."""
        new = np.unique(persons[self.row_of[persons] < 0])
        if len(new):
            self._add(new, now)
        rows: Rows = self.row_of[persons].astype(np.int64)
        return rows

    def followers(self) -> Rows:
        """The rows of the people who follow now."""
        return np.flatnonzero(self.follower[: self.count])

    def mind(self, rows: Rows, now: float | NDArray[np.float64]) -> Mind:
        """What these people feel at ``now`` (minutes, one for all or one each); nothing is written."""
        days = self._days_since(rows, now)
        return Mind(**{name: self._columns[name][rows] * np.exp2(days * self._rate(name)) for name in FADING})

    def faded(self, name: str, rows: Rows, now: float | NDArray[np.float64]) -> Floats:
        """One fading state (or a whole satiation table) of these people at ``now``."""
        fading = np.exp2(self._days_since(rows, now) * self._rate(name))
        column = self._columns[name][rows]
        faded: Floats = column * (fading if column.ndim == 1 else fading[:, None])
        return faded

    def faded_column(self, name: str, column: int, rows: Rows, now: float) -> Floats:
        """One column of a satiation table of these people at ``now``."""
        fading = np.exp2(self._days_since(rows, now) * self._rate(name))
        faded: Floats = self._columns[name][rows, column] * fading
        return faded

    def keep(self, rows: Rows, now: NDArray[np.float64], mind: Mind, tired: Tiredness) -> None:
        """Write what these people (each once) feel at ``now``."""
        for name in FADING:
            self._columns[name][rows] = getattr(mind, name)
        self.by_purpose[rows] = tired.by_purpose
        self.by_topic[rows] = tired.by_topic
        self.touched[rows] = now

    def welcome(self, rows: Rows, for_a_prize: NDArray[np.bool_]) -> None:
        """These people follow from now on, some only for a prize."""
        p = self.parameters
        self.follower[rows] = True
        self.came_for_prize[rows] = for_a_prize
        self.utility[rows] = np.where(for_a_prize, p["giveaway.start_utility"], p["following.start_utility"])
        self.affinity[rows] = np.maximum(self.affinity[rows], p["feed.start_affinity"])

    def refresh(self, rows: Rows, now: float) -> None:
        """Bring everything these people (each once) feel up to ``now``."""
        mind = self.mind(rows, now)
        tired = Tiredness(self.faded("by_purpose", rows, now), self.faded("by_topic", rows, now))
        self.keep(rows, np.full(len(rows), now), mind, tired)

    def become_loyal(self, rows: Rows, now: float) -> None:
        """These people (each once) have just bought."""
        fading = np.exp2(self._days_since(rows, now) * self._rate("loyalty"))
        felt = self.loyalty[rows] * fading + np.float32(self.parameters["purchase.loyalty_gain"])
        self.loyalty[rows] = np.minimum(1, felt) / np.maximum(fading, 1e-3)

    def _days_since(self, rows: Rows, now: float | NDArray[np.float64]) -> Floats:
        return ((self.touched[rows] - now) * (1.0 / MINUTES_PER_DAY)).astype(np.float32)

    def _rate(self, name: str) -> np.float32:
        return np.float32(1.0 / self._half_lives[name])

    def _add(self, persons: NDArray[Any], now: float) -> None:
        start, stop = self.count, self.count + len(persons)
        if stop > len(self.person):
            self._grow(int(stop * _GROWTH) + 64)
        people, ids, p = self.world.people, persons.astype(np.int64), self.parameters
        fresh = slice(start, stop)
        self.person[fresh] = ids
        self.chronotype[fresh] = people.chronotype[ids]
        self.match[fresh] = people.match(ids, self.topics)
        values = [p[f"following.value_{purpose}"] for purpose in PURPOSES if purpose != "sell"]
        self.taste[fresh, : len(values)] = LOG_BYTE[people.taste[ids]] * np.array(values, np.float32)
        for name in ("activity", "deal_proneness", "nuisance"):
            self._columns[name][fresh] = LOG_BYTE[getattr(people, name)[ids]]
        world = self.world
        self.need[fresh] = needs_per_day(world.client, world.country, people, ids, world.relevance_scale)
        self.need[fresh] *= served_share(world, ids)
        self.touched[fresh] = now
        for name in LAST_TIMES:
            self._columns[name][fresh] = NEVER
        self.row_of[ids] = np.arange(start, stop, dtype=np.int32)
        self.count = stop

    def _grow(self, capacity: int) -> None:
        for name, column in self._columns.items():
            wider = np.zeros((capacity, *column.shape[1:]), column.dtype)
            wider[: self.count] = column[: self.count]
            self._columns[name] = wider
