"""Where new followers came from: who looked at the page, who of them stayed, and what they found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.insights.metrics import measure
from simulator.network.log import SOURCES
from simulator.playbook.page import Page, completeness, missing_items

if TYPE_CHECKING:
    from simulator.network.log import Log
    from simulator.network.month import Played

WAYS: Final[Mapping[str, tuple[str, ...]]] = {
    "posts": ("follower", "friend", "recommended"),
    "ads": ("ad",),
    "search": ("search",),
}
"""How people come to the page, each with the sources of the log that it takes in."""


@dataclass(frozen=True, slots=True)
class Newcomers:
    """People who came one way: ``visits`` of the page by who did not follow it, and who then did."""

    visits: int
    won: int

    @property
    def rate(self) -> float:
        """New followers a visit; NaN where nobody came."""
        return float(measure("visit_to_follow_rate", {"new_followers": self.won, "visits": self.visits}))


def newcomers(log: Log) -> dict[str, Newcomers]:
    """The newcomers of each way, see :data:`WAYS`."""
    visits, won = (
        np.bincount(column.astype(np.int64), minlength=len(SOURCES))
        for column in (log.visits.source, log.follows.source)
    )
    codes = {way: [SOURCES.index(source) for source in sources] for way, sources in WAYS.items()}
    return {way: Newcomers(int(visits[code].sum()), int(won[code].sum())) for way, code in codes.items()}


def all_newcomers(log: Log) -> Newcomers:
    """Whatever way they came."""
    return Newcomers(len(log.visits.source), len(log.follows.source))


@dataclass(frozen=True, slots=True)
class FoundPage:
    """What visitors found: how complete the page was, 0-1, and as it was ``before``; what is ``missing``."""

    complete: float
    before: float
    missing: tuple[str, ...]


def found_page(month: Played) -> FoundPage | None:
    """The page that visitors of the month found; None where nothing makes a page complete."""
    weights = {
        name: weight for name, weight in month.client.hidden.parameters.items() if name.startswith("page.")
    }
    if not weights:
        return None
    before = Page(**month.client.file.page)
    page = month.playbook.page if month.playbook is not None and month.playbook.page is not None else before
    return FoundPage(
        completeness(page, weights), completeness(before, weights), tuple(missing_items(page, weights))
    )
