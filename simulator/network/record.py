"""The record: what a live page writes down while it happens, column by column."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.units import MINUTES_PER_DAY

Column = NDArray[Any]


class Columns:
    """Rows of named columns, added in pieces and joined once."""

    def __init__(self, **kinds: type) -> None:
        self._kinds = kinds
        self._pieces: dict[str, list[Column]] = {name: [] for name in kinds}

    def add(self, **columns: Column) -> None:
        """Add some rows; every column must be given."""
        for name, kind in self._kinds.items():
            self._pieces[name].append(columns[name].astype(kind, copy=True))

    def joined(self) -> dict[str, Column]:
        """All rows in order of time."""
        joined = {
            name: np.concatenate(pieces) if pieces else np.zeros(0, self._kinds[name])
            for name, pieces in self._pieces.items()
        }
        order = np.argsort(joined["time"], kind="stable")
        return {name: column[order] for name, column in joined.items()}


def _exposures() -> Columns:
    return Columns(
        time=np.float64,
        person=np.int32,
        post=np.int32,
        source=np.uint8,
        impressions=np.uint8,
        actions=np.uint8,
    )


def _ad_views() -> Columns:
    return Columns(time=np.float64, person=np.int32, post=np.int32, actions=np.uint8, micros=np.int32)


def _follows() -> Columns:
    return Columns(time=np.float64, person=np.int32, source=np.uint8, post=np.int32)


def _unfollows() -> Columns:
    return Columns(time=np.float64, person=np.int32, post=np.int32, service=np.bool_)


def _visits() -> Columns:
    return Columns(time=np.float64, person=np.int32, source=np.uint8, post=np.int32, followed=np.bool_)


def _purchases() -> Columns:
    return Columns(
        time=np.float64,
        person=np.int32,
        product=np.int16,
        post=np.int32,
        price_cents=np.int64,
        margin_cents=np.int64,
        follower=np.bool_,
    )


@dataclass(slots=True)
class Record:
    """The growing tables of one run, and the expected margin of each day and cause."""

    exposures: Columns = field(default_factory=_exposures)
    ad_views: Columns = field(default_factory=_ad_views)
    follows: Columns = field(default_factory=_follows)
    unfollows: Columns = field(default_factory=_unfollows)
    visits: Columns = field(default_factory=_visits)
    purchases: Columns = field(default_factory=_purchases)
    followers_by_day: list[int] = field(default_factory=list)
    expected: dict[tuple[int, str], float] = field(default_factory=dict)
    anyway: dict[int, float] = field(default_factory=dict)

    def expect(self, times: NDArray[np.float64], margin_cents: Column, cause: str) -> None:
        """Add expected margin, brought by one of ``CAUSES``, to the days of ``times``."""
        days = (times // MINUTES_PER_DAY).astype(np.int64)
        for day in np.unique(days):
            total = float(np.asarray(margin_cents, np.float64)[days == day].sum())
            key = int(day), cause
            self.expected[key] = self.expected.get(key, 0.0) + total

    def expect_anyway(self, now: float, margin_cents: float) -> None:
        """Add what these people were to buy that day had they never met the page."""
        self.anyway[int(now // MINUTES_PER_DAY)] = margin_cents
