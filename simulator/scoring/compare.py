"""A comparison: two playbooks in the same worlds, the difference with its interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulator.errors import SimulatorError
from simulator.playbook.playbook import Playbook
from simulator.scoring.criteria import PARTS, parts_of
from simulator.scoring.hands import Hands
from simulator.scoring.model_version import MODEL, refuse_other_model
from simulator.scoring.scale import ANCHORS, Scale, points_between
from simulator.scoring.score import FEWEST_WORLDS, USUAL_WORLDS
from simulator.scoring.trial import FIRST_WORLD, Trial, Watch, world_seeds
from simulator.scoring.uncertainty import Estimate, jackknife, mean_of
from simulator.texts import say
from simulator.world.clients import DEFAULT_PEOPLE, Client

VERDICTS: Final = ("better", "worse", "alike")

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Comparison:
    """By how much the second playbook is worth more than the first.

    ``cents``: mean difference in money; ``points``: in points of the score; ``parts``: in money by goal;
    ``by_world``: (worlds, 2) cents of the first and the second.
    """

    client: str
    seeds: tuple[int, ...]
    cents: Estimate
    points: Estimate
    parts: dict[str, Estimate]
    by_world: Floats
    model: str = MODEL

    @property
    def verdict(self) -> str:
        """``better`` or ``worse`` is the second if the whole interval says so, else they are ``alike``."""
        low, high = self.cents.interval
        return "better" if low > 0 else "worse" if high < 0 else "alike"


def compare(
    client: Client,
    playbook: Playbook,
    other: Playbook,
    *,
    worlds: int = USUAL_WORLDS,
    first: int = FIRST_WORLD,
    people: int = DEFAULT_PEOPLE,
    hands: Hands | None = None,
    model: str | None = None,
    watch: Watch | None = None,
) -> Comparison:
    """Play both in the same worlds with the same luck, so that only what differs between them shows.

    Raises SimulatorError for another model or too few worlds; ClientError as for a score.

    >>> from simulator.world.clients import load_client
    >>> idle = Playbook.empty()
    >>> compare(load_client("academy"), idle, idle, worlds=2, people=3_000, hands=Hands(1)).verdict
    'alike'
    """
    refuse_other_model(model)
    if worlds < FEWEST_WORLDS:
        raise SimulatorError(say("score.few_worlds", worlds=worlds, least=FEWEST_WORLDS))
    trial = Trial(client, people, hands or Hands())
    results = list(trial.run([playbook, other], world_seeds(worlds, first), watch=watch))
    anchors = np.array([[result.anchors[name].cents for name in ANCHORS] for result in results])
    both = np.array([[outcome.cents for outcome in result.outcomes] for result in results])
    Scale(*anchors.mean(axis=0).tolist()).refuse_disorder(client.label, people)
    parts = [[parts_of(outcome.worth) for outcome in result.outcomes] for result in results]
    return Comparison(
        client=client.label,
        seeds=tuple(result.seed for result in results),
        cents=mean_of(both[:, 1] - both[:, 0]),
        points=jackknife(np.hstack([anchors, both]), points_between),
        parts={name: mean_of(np.array([two[name] - one[name] for one, two in parts])) for name in PARTS},
        by_world=both,
    )
