"""A trial: playbooks in many worlds with common luck, beside the managers the scale goes through."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from simulator.network.month import day_one, play
from simulator.network.staging import DayOne
from simulator.playbook.playbook import Playbook
from simulator.scoring.evidence import Evidence
from simulator.scoring.hands import Hands
from simulator.scoring.outcome import Outcome
from simulator.scoring.reference_managers import playbook_of
from simulator.scoring.remembered import Remembered
from simulator.scoring.scale import ANCHORS
from simulator.scoring.study import Study
from simulator.world.clients import DEFAULT_PEOPLE, Client

Watch = Callable[[int], None]
"""Called with the number of worlds done, after each."""

SHARE: Final = 12
"""So many playbooks of one world go to one worker."""

FIRST_WORLD: Final = 1_001
"""The first world that counts: none that a research pack shows, nor one that is played by hand."""


def world_seeds(worlds: int, first: int = FIRST_WORLD) -> range:
    """The seeds of so many worlds.

    >>> list(world_seeds(3))
    [1001, 1002, 1003]
    """
    return range(first, first + worlds)


@dataclass(frozen=True)
class WorldResult:
    """One world: the outcomes of the playbooks asked for, in order, and of the anchors by name.

    ``evidence``: of the first playbook, where it was asked for.
    """

    seed: int
    outcomes: tuple[Outcome, ...]
    anchors: Mapping[str, Outcome]
    evidence: Evidence | None = None


@dataclass(frozen=True)
class Trial:
    """Trying playbooks of one client in many worlds, each with the anchors beside them.

    The anchors are remembered on disk. The same whatever ``hands`` do the work, bit for bit: nothing
    of one world reaches another.
    """

    client: Client
    people: int = DEFAULT_PEOPLE
    hands: Hands = field(default_factory=Hands)
    managers: tuple[str, ...] = tuple(ANCHORS)

    def run(
        self,
        books: Sequence[Playbook],
        seeds: Sequence[int],
        *,
        watch: Watch | None = None,
        evidence: bool = False,
    ) -> Iterator[WorldResult]:
        """The result of every world, in order; ``watch(number)`` is told of every world done.

        Many playbooks of one world are shared out, too.

        >>> from simulator.world.clients import load_client
        >>> trial = Trial(load_client("salon"), people=1_000, hands=Hands(1))
        >>> [result] = trial.run([Playbook.empty()], [1_001])
        >>> result.outcomes[0] == result.anchors["does-nothing"]
        True
        """
        memory = Remembered(self.client, self.people)
        known = [{name: memory.read(name, seed) for name in self.managers} for seed in seeds]
        missing = [tuple(name for name, outcome in row.items() if outcome is None) for row in known]
        shares = [books[at : at + SHARE] for at in range(0, len(books), SHARE)] or [()]
        jobs = (
            (self.client, seed, self.people, share, self._books(() if at else names), evidence and not at)
            for seed, names in zip(seeds, missing, strict=True)
            for at, share in enumerate(shares)
        )
        done = self.hands.each(_try, jobs)
        for number, seed in enumerate(seeds):
            parts = [next(done) for _ in shares]
            anchors = {name: outcome for name, outcome in known[number].items() if outcome is not None}
            for name, outcome in zip(missing[number], parts[0].references, strict=True):
                memory.write(name, seed, outcome)
                anchors[name] = outcome
            if watch is not None:
                watch(number + 1)
            outcomes = tuple(outcome for part in parts for outcome in part.outcomes)
            yield WorldResult(seed, outcomes, anchors, parts[0].evidence)

    def _books(self, names: Sequence[str]) -> tuple[Playbook, ...]:
        return tuple(playbook_of(name, self.study) for name in names)

    @cached_property
    def study(self) -> Study:
        """What may be known of the client."""
        return Study.of(self.client, people=self.people)


class _Part(NamedTuple):
    outcomes: tuple[Outcome, ...]
    references: tuple[Outcome, ...]
    evidence: Evidence | None


def _try(
    client: Client,
    seed: int,
    people: int,
    books: Sequence[Playbook],
    references: Sequence[Playbook],
    evidence: bool,
) -> _Part:
    """What is played in one world at a time."""
    if not books and not references:
        return _Part((), (), None)
    start = day_one(client, seed=seed, people=people)
    first = play(start, books[0]) if books and evidence else None
    seen = None if first is None else Evidence.of(first)
    own = () if first is None else (Outcome.of(first),)
    return _Part((*own, *_outcomes(start, books[len(own) :])), _outcomes(start, references), seen)


def _outcomes(start: DayOne, books: Sequence[Playbook]) -> tuple[Outcome, ...]:
    return tuple(Outcome.of(play(start, book)) for book in books)
