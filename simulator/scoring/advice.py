"""Advice: what would have gained most, found by taking one decision otherwise at a time, on the same luck.

All changes are tried in two worlds, and the best of them again in ten others. What is shown comes
from the ten alone, so that luck of the first look is not sold as insight, and is corrected for
looking at many (Holm 1979).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulator.playbook.playbook import Playbook
from simulator.scoring.changes import all_changes
from simulator.scoring.changes.change import Change
from simulator.scoring.hands import Hands
from simulator.scoring.model_version import MODEL, refuse_other_model
from simulator.scoring.scale import ANCHORS, Scale, points_between
from simulator.scoring.trial import Trial, world_seeds
from simulator.scoring.uncertainty import Estimate, jackknife, mean_of
from simulator.world.clients import DEFAULT_PEOPLE, Client

SCREENED: Final = world_seeds(2, 2_001)
ESTIMATED: Final = world_seeds(10, 3_001)
"""The worlds of the first look and those of the second; none in which scores are made."""

MOST: Final = 20
"""So many changes are looked at again."""

SURE: Final = 0.05
"""The chance, after correction, below which a gain is called sure."""

Floats = NDArray[np.float64]
Step = Callable[[str, int, int], None]
"""Told of progress: the stage (``screen`` or ``estimate``), worlds done, worlds in all."""


@dataclass(frozen=True)
class Gain:
    """What a change brings, in cents and in points of the score; ``chance`` that it brings nothing, after
    Holm's correction.
    """

    change: Change
    cents: Estimate
    points: Estimate
    chance: float

    @property
    def sure(self) -> bool:
        """Whether it is a gain beyond what luck explains."""
        return self.cents.value > 0 and self.chance < SURE


@dataclass(frozen=True)
class Advice:
    """The changes looked at again, the largest gain first; ``screened`` were tried in all."""

    client: str
    gains: tuple[Gain, ...]
    screened: int
    model: str = MODEL

    @property
    def sure(self) -> tuple[Gain, ...]:
        """Those that gain more than luck explains."""
        return tuple(gain for gain in self.gains if gain.sure)


def advise(
    client: Client,
    playbook: Playbook,
    *,
    people: int = DEFAULT_PEOPLE,
    hands: Hands | None = None,
    model: str | None = None,
    step: Step | None = None,
) -> Advice:
    """The changes of one decision that gain most.

    Raises SimulatorError for another model, ClientError as for a score.
    """
    refuse_other_model(model)
    trial = Trial(client, people, hands or Hands())
    changes = all_changes(trial.study, playbook)
    first = _gains(Trial(client, people, trial.hands, ()), playbook, changes, SCREENED, _told(step, "screen"))
    best = [changes[at] for at in np.argsort(-first.mean(axis=0), kind="stable")[:MOST]]
    return Advice(client.label, _estimated(trial, playbook, best, step), len(changes))


def _told(step: Step | None, stage: str) -> Callable[[int], None] | None:
    worlds = len(SCREENED if stage == "screen" else ESTIMATED)
    return None if step is None else lambda done: step(stage, done, worlds)


def _gains(
    trial: Trial,
    playbook: Playbook,
    changes: Sequence[Change],
    seeds: Sequence[int],
    watch: Callable[[int], None] | None,
) -> Floats:
    """(worlds, changes) cents more than the playbook as it is."""
    books = [playbook, *(change.playbook for change in changes)]
    cents = np.array(
        [[outcome.cents for outcome in result.outcomes] for result in trial.run(books, seeds, watch=watch)]
    )
    more: Floats = cents[:, 1:] - cents[:, :1]
    return more


def _estimated(
    trial: Trial, playbook: Playbook, changes: Sequence[Change], step: Step | None
) -> tuple[Gain, ...]:
    books = [playbook, *(change.playbook for change in changes)]
    results = list(trial.run(books, ESTIMATED, watch=_told(step, "estimate")))
    anchors = np.array([[result.anchors[name].cents for name in ANCHORS] for result in results])
    Scale(*anchors.mean(axis=0).tolist()).refuse_disorder(trial.client.label, trial.people)
    cents = np.array([[outcome.cents for outcome in result.outcomes] for result in results])
    gained = [mean_of(cents[:, at] - cents[:, 0]) for at in range(1, len(books))]
    chances = holm([one.chance_of_none for one in gained])
    found = [
        Gain(
            change,
            gain,
            jackknife(np.column_stack([anchors, cents[:, [0, at]]]), points_between),
            chance,
        )
        for at, (change, gain, chance) in enumerate(zip(changes, gained, chances, strict=True), start=1)
    ]
    return tuple(sorted(found, key=lambda gain: -gain.cents.value))


def holm(chances: Sequence[float]) -> list[float]:
    """Chances corrected for how many there are (Holm 1979), in the order given.

    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    corrected, least = [0.0] * len(chances), 0.0
    for rank, at in enumerate(sorted(range(len(chances)), key=lambda at: chances[at])):
        least = max(least, min(1.0, chances[at] * (len(chances) - rank)))
        corrected[at] = least
    return corrected
