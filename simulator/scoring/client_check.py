"""A client tried out: whether a score for it would tell good work from bad, and what to mend if not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulator.insights.words import whole_money
from simulator.scoring.hands import Hands
from simulator.scoring.reference_managers import names
from simulator.scoring.scale import ANCHORS, Scale
from simulator.scoring.trial import Trial, Watch, world_seeds
from simulator.scoring.uncertainty import mean_of
from simulator.texts import say
from simulator.world.clients import DEFAULT_PEOPLE, Client

WORLDS: Final = 12
SURE: Final = 3.0
"""Standard errors by which one manager has to be above another."""

MIDDLE: Final = (15.0, 85.0)
"""Between so many points a manager has to end who does some things well and others not."""

HALF_GOOD: Final = ("only-informs", "posts-at-random", "copies-last-month", "eighty-twenty")
FEWEST_MIDDLE: Final = 2
"""So many of them at least, or the scale tells nobody apart but the best and the worst."""

ORDERS: Final = (
    ("does-nothing", "careful-beginner", "idle_pays"),
    ("careful-beginner", "studies-the-pack", "study_idle"),
    ("only-informs", "careful-beginner", "offers_idle"),
    ("only-sells", "careful-beginner", "selling_pays"),
    ("spammer", "does-nothing", "spam_pays"),
    ("big-spender", "careful-beginner", "spending_pays"),
)
"""Who has to be below whom, and what it means if not."""

TRIED: Final = tuple(name for name in names() if name != "searched-best")

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. ``fine``: whether it is as it should be; else ``way_out`` says how."""

    rule: str
    fine: bool
    says: str
    way_out: str = ""


@dataclass(frozen=True)
class ClientCheck:
    """``points``: of each manager, by the client's own scale; {} where its anchors are in no order."""

    client: str
    worlds: int
    points: Mapping[str, float]
    cents: Mapping[str, float]
    findings: tuple[Finding, ...]

    @property
    def fine(self) -> bool:
        """Whether the client can be used for scores."""
        return all(one.fine for one in self.findings)


def check_client(
    client: Client,
    *,
    worlds: int = WORLDS,
    people: int = DEFAULT_PEOPLE,
    hands: Hands | None = None,
    watch: Watch | None = None,
) -> ClientCheck:
    """Let every reference manager work for ``client`` in some worlds, and look whether they stand in order.

    >>> from simulator.world.clients import load_client
    >>> found = check_client(load_client("academy"), worlds=2, people=2_000, hands=Hands(1))
    >>> found.points["studies-the-pack"]
    90.0
    """
    trial = Trial(client, people, hands or Hands(), TRIED)
    results = list(trial.run([], world_seeds(worlds), watch=watch))
    cents = {name: np.array([result.anchors[name].cents for result in results]) for name in TRIED}
    means = {name: float(column.mean()) for name, column in cents.items()}
    scale = Scale(*(means[name] for name in ANCHORS))
    points = {name: scale.points(mean) for name, mean in means.items()} if scale.in_order else {}
    findings = (*_orders(cents), *_middle(points))
    return ClientCheck(client.label, worlds, points, means, findings)


def _orders(cents: Mapping[str, Floats]) -> Iterator[Finding]:
    for low, high, rule in ORDERS:
        gap = mean_of(cents[high] - cents[low])
        fine = gap.value > SURE * gap.error
        sums = {"gap": whole_money(gap.value), "error": whole_money(gap.error)}
        way_out = "" if fine else say(f"client_check.{rule}")
        yield Finding(rule, fine, say("client_check.order", low=low, high=high, **sums), way_out)


def _middle(points: Mapping[str, float]) -> Iterator[Finding]:
    if not points:
        return
    low, high = MIDDLE
    told = ", ".join(f"{name} {points[name]:.0f}" for name in HALF_GOOD)
    fine = sum(low <= points[name] <= high for name in HALF_GOOD) >= FEWEST_MIDDLE
    words = {"points": told, "fewest": FEWEST_MIDDLE, "least": f"{low:.0f}", "most": f"{high:.0f}"}
    way_out = "" if fine else say("client_check.middle_way_out")
    yield Finding("middle", fine, say("client_check.middle", **words), way_out)
