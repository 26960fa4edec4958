"""Who is friends with whom: an implicit graph, two bytes a person and nothing per tie.

People stand sorted by block (city, district, age band, top interest). In each of over a
hundred **rounds** every circle (a block, with its small neighbours), every district or every city is
shuffled by an affine bijection ``y = (a x + b) mod n`` and cut into cliques: a family, a
class, a shift at work. A person takes part in some rounds only, one after the other from a
first round of their own; friends are the members of a clique who take part in its round.
So ties are mutual, mostly local, clustered, very unequal in number, and found on demand
(affiliation graphs: Newman, Strogatz and Watts 2001; Lattanzi and Sivakumar 2009).

How many rounds and how large the cliques: ``[friendship]`` of ``simulator/data/country.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.errors import SimulatorError
from simulator.randomness import Ids, Luck, Stream
from simulator.texts import say

Whole = NDArray[np.int64]
Positions = NDArray[np.int32]
FriendIds = NDArray[np.int32]

LEVELS: tuple[str, ...] = ("block", "district", "city")
"""Among whom a round makes cliques."""

MOST_ROUNDS = 127
PEOPLE_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class RoundHabit:
    """A round: among whom (an index into LEVELS) and the largest size of its cliques."""

    level: int
    clique_people: int


@dataclass(frozen=True, slots=True)
class FriendHabits:
    """How people make friends: the rounds in order, and in how many of them a person is.

    The number of rounds a person takes part in is lognormal (``median_rounds``,
    ``rounds_spread`` on the log scale), at least 1. Blocks of one district are joined, in
    order, until a circle has ``smallest_circle`` people.
    """

    median_rounds: float
    rounds_spread: float
    smallest_circle: int
    rounds: tuple[RoundHabit, ...]

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> FriendHabits:
        """The habits of a ``[friendship]`` table."""
        rows = [timed for row in table["rounds"] for timed in _timed_rounds(row)]
        rounds = tuple(habit for _, habit in sorted(rows, key=lambda timed: timed[0]))
        if len(rounds) > MOST_ROUNDS:
            raise SimulatorError(say("friends.too_many_rounds", count=len(rounds), most=MOST_ROUNDS))
        return cls(
            median_rounds=table["median_rounds"]["value"],
            rounds_spread=table["rounds_spread"]["value"],
            smallest_circle=int(table["smallest_circle"]["value"]),
            rounds=rounds,
        )


@cache
def friend_habits() -> FriendHabits:
    """The habits of the country's people, from ``country.toml``.

    >>> len(friend_habits().rounds) <= MOST_ROUNDS
    True
    """
    text = (resources.files("simulator") / "data" / "country.toml").read_text("utf-8")
    return FriendHabits.from_table(tomllib.loads(text)["friendship"])


@dataclass(frozen=True, slots=True)
class Shuffle:
    """The affine bijections of one round, one per group: ``y = (factor x + shift) mod people``."""

    factor: Positions
    inverse: Positions
    shift: Positions
    cliques: Positions

    @classmethod
    def draw(cls, people: Whole, clique_people: int, stream: Stream) -> Shuffle:
        """Shuffles of groups of so many ``people``, cut into cliques of at most ``clique_people``."""
        groups = np.arange(people.size)
        factor = _coprime(stream.uniforms(groups, 2)[0], people)
        shift = (stream.uniforms(groups, 2)[1] * people).astype(np.int64) % people
        columns = (factor, _inverse(factor, people), shift, -(-people // clique_people))
        return cls(*(column.astype(np.int32) for column in columns))


@dataclass(frozen=True, slots=True)
class Friends:
    """The friendship graph of one town; build it with :meth:`build`, ask it with :meth:`of`.

    ``first_round``, ``rounds_attended``: (people,) uint8, the only things kept per person.
    ``starts``: per level, where each group begins in the order of people, and their number last.

    >>> block = np.repeat(np.arange(10), 100)
    >>> friends = Friends.build(block, block // 5, block * 0, Luck(7))
    >>> position, friend = friends.of(np.array([3, 500]))
    >>> back, mutual = friends.of(friend[:1])
    >>> bool(np.isin(3, mutual))
    True
    """

    habits: FriendHabits
    first_round: NDArray[np.uint8]
    rounds_attended: NDArray[np.uint8]
    starts: tuple[Whole, ...]
    shuffles: tuple[Shuffle, ...]

    @classmethod
    def build(
        cls, block: Ids, district: Ids, city: Ids, luck: Luck, habits: FriendHabits | None = None
    ) -> Friends:
        """The graph of people sorted by ``block``; all three arrays (people,), non-decreasing.

        A block lies in one district, a district in one city; the numbers themselves do not
        matter. Raises SimulatorError when the people are not so sorted. Reproducible by
        ``luck.seed``.
        """
        habits = habits or friend_habits()
        blocks, districts, cities = map(_starts, LEVELS, (block, district, city))
        _check_nested((blocks, districts, cities))
        starts = (_circles(blocks, districts, habits.smallest_circle), districts, cities)
        first, attended = _attendance(len(block), habits, luck)
        streams = (luck.stream("friends", "round", q) for q in range(len(habits.rounds)))
        shuffles = tuple(
            Shuffle.draw(np.diff(starts[habit.level]), habit.clique_people, stream)
            for habit, stream in zip(habits.rounds, streams, strict=True)
        )
        return cls(habits, first, attended, starts, shuffles)

    @property
    def people(self) -> int:
        """How many people there are."""
        return self.first_round.size

    def of(self, people_ids: Ids) -> tuple[Positions, FriendIds]:
        """All friends of ``people_ids``: (position into people_ids, friend), sorted, each once.

        Two flat arrays of equal length. Ties are mutual and nobody is their own friend. Takes
        some 1 KB of memory per person asked: ask for those who share, not for the whole town.
        Raises SimulatorError for somebody who is not there.
        """
        ids = self._checked(people_ids)
        parts = [
            self._ties(ids[begin : begin + PEOPLE_AT_ONCE]) + (begin << 32)
            for begin in range(0, ids.size, PEOPLE_AT_ONCE)
        ]
        ties = np.concatenate(parts) if parts else np.zeros(0, np.int64)
        return (ties >> 32).astype(np.int32), (ties & 0xFFFFFFFF).astype(np.int32)

    def degree(self, people_ids: Ids) -> Positions:
        """How many friends each of ``people_ids`` has; about 10 s for a million people."""
        ids = self._checked(people_ids)
        counts = [np.zeros(0, np.int64)]
        for begin in range(0, ids.size, PEOPLE_AT_ONCE):
            part = ids[begin : begin + PEOPLE_AT_ONCE]
            counts.append(np.bincount(self._ties(part) >> 32, minlength=part.size))
        return np.concatenate(counts).astype(np.int32)

    def group(self, people_ids: Ids, level: str = "block") -> Whole:
        """The number of each person's circle (level "block"), district or city, from 0."""
        starts = self.starts[LEVELS.index(level)]
        places: Whole = np.searchsorted(starts, np.asarray(people_ids), side="right") - 1
        return places

    def _checked(self, people_ids: Ids) -> Whole:
        ids = np.asarray(people_ids).astype(np.int64)
        strangers = ids[(ids < 0) | (ids >= self.people)]
        if strangers.size:
            raise SimulatorError(say("friends.nobody", person=strangers[0], people=self.people))
        return ids

    def _ties(self, ids: Whole) -> Whole:
        """Distinct ties as position << 32 | friend, sorted."""
        groups = [self.group(ids, level) for level in LEVELS]
        found = [np.zeros(0, np.int64)]
        for q in range(len(self.habits.rounds)):
            there = np.flatnonzero(self._attends(ids, q))
            found.append(self._met(there, ids, groups[self.habits.rounds[q].level], q))
        ties = np.concatenate(found)
        ties.sort()
        return ties[np.diff(ties, prepend=-1) > 0]

    def _attends(self, ids: NDArray[np.integer], q: int) -> NDArray[np.bool_]:
        """Whether each person takes part in round ``q``."""
        rounds = len(self.habits.rounds)
        since = np.uint8(q) - self.first_round[ids]  # wraps round below zero
        attends: NDArray[np.bool_] = np.minimum(since, since + np.uint8(rounds)) < self.rounds_attended[ids]
        return attends

    def _met(self, there: Whole, ids: Whole, groups: Whole, q: int) -> Whole:
        """The ties that the people at positions ``there`` have by round ``q``."""
        person, group = ids[there], groups[there]
        start = self.starts[self.habits.rounds[q].level]
        mates, members = self._clique(person - start[group], np.diff(start)[group], group, q)
        mates += start[group].astype(np.uint32)[:, None]
        real = self._attends(mates, q) & (mates != person[:, None])
        real &= np.arange(mates.shape[1]) < members[:, None]
        row, _ = np.nonzero(real)
        ties: Whole = (there[row] << 32) | mates[real]
        return ties

    def _clique(self, x: Whole, people: Whole, group: Whole, q: int) -> tuple[NDArray[np.uint32], Whole]:
        """Each row the places (in the group) of a whole clique, and how many of them are valid."""
        shuffle, widest = self.shuffles[q], self.habits.rounds[q].clique_people
        factor, inverse, shift, cliques = (
            column[group].astype(np.int64)
            for column in (shuffle.factor, shuffle.inverse, shuffle.shift, shuffle.cliques)
        )
        clique = (factor * x + shift) % people * cliques // people
        begin = -(-clique * people // cliques)
        members = -(-(clique + 1) * people // cliques) - begin
        first = inverse * (begin - shift) % people
        steps = np.arange(widest, dtype=np.uint32)[None, :] * inverse.astype(np.uint32)[:, None]
        steps += first.astype(np.uint32)[:, None]
        return steps % people.astype(np.uint32)[:, None], members


def _timed_rounds(row: Mapping[str, Any]) -> Iterator[tuple[float, RoundHabit]]:
    """The rounds of one row of the table, with moments (0-1) that spread them evenly."""
    level, times = LEVELS.index(row["level"]), row["times"]
    sizes = np.geomspace(row["smallest_clique"], row["largest_clique"], times).round()
    stride = next(step for step in range(times // 2 + 1, 2 * times + 1) if np.gcd(step, times) == 1)
    for turn in range(times):
        yield (turn + 0.5) / times, RoundHabit(level, int(sizes[turn * stride % times]))


def _starts(name: str, ids: Ids) -> Whole:
    """Where each run of equal ``ids`` begins, and the number of people last."""
    ids = np.asarray(ids)
    steps = np.diff(ids.astype(np.int64))
    if steps.size and steps.min() < 0:
        where = int(np.argmax(steps < 0)) + 1
        raise SimulatorError(say("friends.not_sorted", name=name, person=where))
    begins = np.flatnonzero(steps) + 1
    return np.unique(np.concatenate([[0], begins, [ids.size]])).astype(np.int64)


def _check_nested(starts: tuple[Whole, ...]) -> None:
    if len({int(ends[-1]) for ends in starts}) > 1:
        raise SimulatorError(say("friends.unequal_lengths"))
    for level in (1, 2):
        outside = np.setdiff1d(starts[level], starts[level - 1])
        if outside.size:
            words = {"inner": LEVELS[level - 1], "outer": LEVELS[level], "person": int(outside[0])}
            raise SimulatorError(say("friends.not_nested", **words))


def _circles(blocks: Whole, districts: Whole, smallest: int) -> Whole:
    """Starts of circles: blocks, the small ones joined with what follows in their district."""
    district_ends = set(districts.tolist())
    starts = [0]
    kept_back = 0  # the first circle of the district in hand
    for end in blocks[1:].tolist():
        if end in district_ends:
            if end - starts[-1] < smallest and len(starts) - 1 > kept_back:
                starts.pop()
            starts.append(end)
            kept_back = len(starts) - 1
        elif end - starts[-1] >= smallest:
            starts.append(end)
    return np.array(starts, np.int64)


def _attendance(people: int, habits: FriendHabits, luck: Luck) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Each person's first round and number of rounds."""
    rounds = len(habits.rounds)
    stream = luck.stream("friends", "attendance")
    first, fraction = stream.uniforms(np.arange(people), 2)
    wanted = stream.generator().standard_normal(people, np.float32) * np.float32(habits.rounds_spread)
    wanted = np.exp(wanted, out=wanted) * np.float32(habits.median_rounds) + fraction
    return (first * rounds).astype(np.uint8), np.clip(wanted, 1, rounds).astype(np.uint8)


def _coprime(uniform: NDArray[np.float32], people: Whole) -> Whole:
    """A number in 1..people without a common divisor with ``people``, near ``uniform`` of the way."""
    factor = (uniform * people).astype(np.int64) % people + 1
    while (bad := np.gcd(factor, people) != 1).any():
        factor[bad] = factor[bad] % people[bad] + 1
    return factor


def _inverse(factor: Whole, people: Whole) -> Whole:
    """``inverse`` with ``factor * inverse = 1 (mod people)``: Euclid's algorithm on all at once."""
    high, low = people.copy(), factor % people
    before, inverse = np.zeros_like(people), np.ones_like(people)
    while (going := low > 1).any():
        quotient = high[going] // low[going]
        high[going], low[going] = low[going], high[going] - quotient * low[going]
        before[going], inverse[going] = inverse[going], before[going] - quotient * inverse[going]
    return inverse % people
