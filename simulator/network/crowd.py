"""The crowd of an ad set: its people in cells of alike ones, as the platform bids for them.

A million people are not weighed one by one every hour. Once a day they are sorted into cells by
what they would do with the ad and by when they are online; the auction then bids for
cells, and only who gets an impression is looked up. Work goes with impressions, not with people.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.world.people import LOG_BYTE, People
from simulator.world.rhythms import weekly_curves

Floats = NDArray[np.float64]
Ids = NDArray[np.int64]
STEPS = 16
"""Into so many parts of equal size the platform can tell people by what they would do."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """The people of an ad set, sorted by cell.

    ``persons``: (people,) ids. ``reach_of``: (people + 1,) running sum of their sessions a day.
    ``starts``: (cells + 1,) where each cell begins. ``sessions``: (cells,) a day, of each cell's
    people together. ``rate``: (cells,) mean rate of the wanted action, ``mean_rate``: of all.
    ``relevance``: (cells,) standardised log rate. ``chronotype``: (cells,).
    """

    persons: NDArray[np.int32]
    reach_of: Floats
    starts: Ids
    sessions: Floats
    rate: Floats
    mean_rate: float
    relevance: Floats
    chronotype: Ids

    @property
    def by_hour(self) -> Floats:
        """(168,) expected sessions of everybody in each hour of the week."""
        return self.sessions @ weekly_curves()[self.chronotype].astype(np.float64) / 24

    def sessions_in(self, hour_of_week: int) -> Floats:
        """(cells,) expected sessions in one hour of the week."""
        sessions: Floats = self.sessions * weekly_curves()[self.chronotype, hour_of_week] / 24
        return sessions

    def pick(self, cells: Ids, luck: NDArray[Any]) -> Ids:
        """One person of each of these cells, the likelier the more often online; positions in ``persons``."""
        ends = self.reach_of[self.starts]
        wanted = ends[cells] + luck * (ends[cells + 1] - ends[cells])
        place = np.searchsorted(self.reach_of, wanted, side="right") - 1
        picked: Ids = np.minimum(np.maximum(place, self.starts[cells]), self.starts[cells + 1] - 1)
        return picked

    def without(self, barred: NDArray[np.bool_]) -> Crowd:
        """The crowd less whom ``barred`` (everybody in town) has True for.

        Cells keep their rates: what is left of a cell is like what was in it.
        """
        kept = ~barred[self.persons]
        places = np.concatenate([[0], np.cumsum(kept)])
        reach_of = np.concatenate([[0.0], np.cumsum(np.diff(self.reach_of)[kept])])
        starts = places[self.starts].astype(np.int64)
        sessions = np.diff(reach_of[starts])
        mean_rate = float(self.rate @ sessions / max(float(sessions.sum()), 1e-12))
        return replace(
            self,
            persons=self.persons[kept],
            reach_of=reach_of,
            starts=starts,
            sessions=sessions,
            mean_rate=mean_rate,
        )


def gather(people: People, members: NDArray[Any], rate: NDArray[Any]) -> Crowd:
    """Sort ``members`` (person ids) into cells by ``rate`` (one each, positive) and chronotype."""
    chronotypes = len(weekly_curves())
    step = _steps(rate)
    cell = step.astype(np.uint8) * np.uint8(chronotypes) + people.chronotype[members]
    order = np.argsort(cell, kind="stable")
    present, starts = np.unique(cell[order], return_index=True)
    starts = np.append(starts, len(order))
    persons = members[order].astype(np.int32)
    activity = LOG_BYTE[people.activity[persons]].astype(np.float64)
    sums = np.add.reduceat(rate[order] * activity, starts[:-1]) if len(order) else np.zeros(0)
    reach_of = np.concatenate([[0.0], np.cumsum(activity)])
    sessions = np.diff(reach_of[starts])
    mean = sums / np.maximum(sessions, 1e-12)
    return Crowd(
        persons=persons,
        reach_of=reach_of,
        starts=starts.astype(np.int64),
        sessions=sessions,
        rate=mean,
        mean_rate=float(sums.sum() / max(float(sessions.sum()), 1e-12)),
        relevance=_standardised(np.log(np.maximum(mean, 1e-12)), np.diff(starts)),
        chronotype=(present % chronotypes).astype(np.int64),
    )


def _steps(rate: NDArray[Any]) -> NDArray[np.int64]:
    """In which of STEPS parts of about equal size each rate falls; one part when all are alike."""
    sample = rate[:: max(1, len(rate) // 20_000)]
    edges = np.unique(np.quantile(sample, np.arange(1, STEPS) / STEPS)) if len(sample) else np.zeros(0)
    steps: NDArray[np.int64] = np.searchsorted(edges, rate, side="left")
    return steps


def _standardised(values: Floats, weights: Ids) -> Floats:
    if not len(values):
        return values
    mean = np.average(values, weights=weights)
    spread = np.sqrt(np.average((values - mean) ** 2, weights=weights))
    standard: Floats = (values - mean) / spread if spread > 1e-9 else np.zeros(len(values))
    return standard
