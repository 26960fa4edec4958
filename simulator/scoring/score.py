"""A score: what a playbook is worth on a scale everybody can read, how sure that is, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulator.errors import SimulatorError
from simulator.playbook.playbook import Playbook
from simulator.scoring.criteria import PARTS, Criterion, criteria, parts_of
from simulator.scoring.evidence import Evidence
from simulator.scoring.hands import Hands
from simulator.scoring.model_version import MODEL, refuse_other_model
from simulator.scoring.outcome import Outcome
from simulator.scoring.reasons import Case, one_thing_each
from simulator.scoring.scale import ANCHORS, Scale, shown
from simulator.scoring.trial import FIRST_WORLD, Trial, Watch, WorldResult, world_seeds
from simulator.scoring.uncertainty import Estimate, jackknife
from simulator.texts import say
from simulator.world.clients import DEFAULT_PEOPLE, Client

USUAL_WORLDS: Final = 20
FEWEST_WORLDS: Final = 2
"""With fewer there is no error bar."""

FIRST_LOOK: Final = 8
LOOK_STEP: Final = 4
"""When asked to stop as soon as it is sure: worlds before the first look, and between looks."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Score:
    """What a playbook is worth, in points.

    ``points``: neither cut off above 100 nor below 0, with standard error and 95 % interval.
    ``cents``: (worlds,) worth of the playbook, ``nothing``, ``beginner`` and ``expert`` of the anchors, in
    the worlds ``seeds``. ``luck_share``: of the spread from world to world of what a month shows, the part
    that is only luck of who happened to buy. ``model``: the model it was made with.

    >>> from simulator.world.clients import load_client
    >>> academy = load_client("academy")
    >>> found = score(academy, Playbook.empty(), worlds=2, people=3_000, hands=Hands(1))
    >>> found.shown, str(found)
    (0, '0 ± 0 of 100')
    """

    client: str
    people: int
    seeds: tuple[int, ...]
    points: Estimate
    scale: Scale
    cents: Floats
    anchors: Mapping[str, Floats]
    criteria: tuple[Criterion, ...]
    luck_share: float
    model: str = MODEL

    @property
    def shown(self) -> int:
        """Points as they are shown, from 0 to 100."""
        return shown(self.points.value)

    def __str__(self) -> str:
        return say("score.line", points=self.shown, error=f"{self.points.error:.1f}".removesuffix(".0"))


def score(
    client: Client,
    playbook: Playbook,
    *,
    worlds: int = USUAL_WORLDS,
    first: int = FIRST_WORLD,
    people: int = DEFAULT_PEOPLE,
    hands: Hands | None = None,
    until_error: float | None = None,
    model: str | None = None,
    watch: Watch | None = None,
) -> Score:
    """Play ``playbook`` in ``worlds`` worlds from the seed ``first`` on, and put it on the scale.

    ``until_error``: stop as soon as the standard error is below so many points. ``model``: the version
    of the model a class was begun with. ``watch(done)`` is called after every world. The same arguments
    give the same score, whatever ``hands`` do the work.

    Raises SimulatorError for another model, too few worlds or an error of 0; ClientError for a client on
    whom the anchors do not stand in order.
    """
    refuse_other_model(model)
    if worlds < FEWEST_WORLDS:
        raise SimulatorError(say("score.few_worlds", worlds=worlds, least=FEWEST_WORLDS))
    if until_error is not None and not until_error > 0:
        raise SimulatorError(say("score.bad_error", error=until_error))
    trial = Trial(client, people, hands or Hands())
    results: list[WorldResult] = []
    for batch in _batches(world_seeds(worlds, first), stops=until_error is not None):
        watched = None if watch is None else partial(_watch_on, watch, len(results))
        results += trial.run([playbook], batch, watch=watched, evidence=True)
        if until_error is not None and _points(results).error < until_error:
            break
    return _score(trial, playbook, results)


def _watch_on(watch: Watch, before: int, number: int) -> None:
    watch(before + number)


def _batches(seeds: range, *, stops: bool) -> list[range]:
    if not stops:
        return [seeds]
    edges = [0, *range(min(FIRST_LOOK, len(seeds)), len(seeds), LOOK_STEP), len(seeds)]
    return [seeds[begin:end] for begin, end in pairwise(edges) if end > begin]


def _score(trial: Trial, playbook: Playbook, results: Sequence[WorldResult]) -> Score:
    anchors = {name: [result.anchors[name] for result in results] for name in ANCHORS}
    own = [result.outcomes[0] for result in results]
    cents = {name: _cents(outcomes) for name, outcomes in anchors.items()}
    scale = Scale(*(float(column.mean()) for column in cents.values()))
    scale.refuse_disorder(trial.client.label, trial.people)
    points = _points(results)
    nothing, _, expert = anchors.values()
    seen = Evidence.together([result.evidence for result in results if result.evidence is not None])
    return Score(
        client=trial.client.label,
        people=trial.people,
        seeds=tuple(result.seed for result in results),
        points=points,
        scale=scale,
        cents=_cents(own),
        anchors=cents,
        criteria=criteria(
            trial.client.file,
            points.value,
            one_thing_each(Case(trial.client, playbook, seen, lambda: trial.study)),
            found=_mean_parts(own),
            nothing=_mean_parts(nothing),
            wanted=_mean_parts(expert),
        ),
        luck_share=_luck_share(own),
    )


def _points(results: Sequence[WorldResult]) -> Estimate:
    """The points of the mean worth, the anchors being those of the same worlds."""
    columns = [_cents([result.anchors[name] for result in results]) for name in ANCHORS]
    columns.append(_cents([result.outcomes[0] for result in results]))
    return jackknife(np.stack(columns, axis=1), lambda means: Scale(*means[:3]).points(means[3]))


def _cents(outcomes: Sequence[Outcome]) -> Floats:
    return np.array([outcome.cents for outcome in outcomes])


def _mean_parts(outcomes: Sequence[Outcome]) -> dict[str, float]:
    parts = [parts_of(outcome.worth) for outcome in outcomes]
    return {name: float(np.mean([part[name] for part in parts])) for name in PARTS}


def _luck_share(outcomes: Sequence[Outcome]) -> float:
    """Variance of what luck did to sales / (that + variance of what was to be expected)."""
    expected = _cents(outcomes)
    luck = np.array([outcome.realised_cents for outcome in outcomes]) - expected
    whole = luck.var(ddof=1) + expected.var(ddof=1)
    return float(luck.var(ddof=1) / whole) if whole else 0.0
