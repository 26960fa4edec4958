"""Fitting the model to a page's own posts.

What is compared is not single posts (their luck is nobody's plan) but how outcomes go with
format, purpose and month: a median regression of each outcome, once on the real rows and once on
the same calendar played in simulated towns. Every coefficient has its own row of the model,
which is moved until both agree (indirect inference). Where few posts speak, the model's own row
keeps its say.

The months drift: platforms change and pages grow. Rows follow a straight line over the
months, as far as the months fitted show one beyond doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulator.parameters import model_parameters
from simulator.research.findings import (
    CAUSES,
    GROUPS,
    MIDDLE,
    OUTCOMES,
    Findings,
    Slopes,
    aims,
    simulated_findings,
    unpaid,
)
from simulator.research.profile import Profile
from simulator.research.rehearsal import Rehearsal

Floats = NDArray[np.float64]

_LEVELS = {"feed": "feed.competition", "like": "response.like", "open": "response.open"}
_FOLLOWING = ("comment", "share")
_PLAIN = "purpose.inform"
_WEIGHED = ("like", "comment", "share", "click", "save")
_OPEN_SLOPE = 0.85
_LEAST_OFFSET = -3.0
_MOST_STEP = 9.0
_MOST_TRADE_OFF = 0.9
_DAMPING = 0.6


def fit(
    rehearsal: Rehearsal,
    months: Iterable[int],
    *,
    seeds: Sequence[int] = (1, 2, 3),
    rounds: int = 3,
    start: pd.DataFrame | None = None,
    round_done: Callable[[int, int], None] | None = None,
) -> Profile:
    """The profile of the page in these months, fitted to its unpaid posts.

    ``start``: the months (and perhaps others) already played with the model's defaults in the
    worlds ``seeds``. ``round_done(round, rounds)`` is called after every round.
    """
    months = sorted(set(months))
    real = unpaid(rehearsal.rows, months)
    profile, target = Profile({}, month=MIDDLE), None
    for number in range(rounds):
        if number == 0 and start is not None:
            played = start
        else:
            played = rehearsal.pooled({month: profile.at(month) for month in months}, seeds)
        parameters = model_parameters().changed(profile.values)
        found, slopes = simulated_findings(unpaid(played, months), parameters)
        target = target or aims(real, found)
        profile = _moved(profile, target, found, slopes)
        if round_done is not None:
            round_done(number + 1, rounds)
    return profile


def _moved(profile: Profile, target: Findings, found: Findings, slopes: Slopes) -> Profile:
    """The profile after one Newton step from what its run showed."""
    before = _Rows(profile.values, profile.per_month)
    after = _Rows(profile.values, profile.per_month)
    gaps = {name: target.coefficients[name] - found.coefficients[name] for name in OUTCOMES}
    after.add("like", gaps["like"] / slopes.response["like"])
    after.add("open", gaps["open"] / _OPEN_SLOPE)
    after.follow_likes(target.ratios)
    # What is liked more is also shown more: the feed's own rows make up the rest.
    carried = slopes.response["feed"] * (after.engagement() - before.engagement())
    after.add("feed", (gaps["feed"] - carried) / slopes.feed["feed"])
    after.values.update(_spread_rows(before.value, target, found, slopes))
    return Profile(after.values, after.per_month, profile.month)


class _Rows:
    """The rows a fit moves, over the model's defaults."""

    def __init__(self, values: Mapping[str, float], per_month: Mapping[str, float]) -> None:
        self.values, self.per_month = dict(values), dict(per_month)
        self.defaults = model_parameters()

    def value(self, name: str) -> float:
        """The row as it stands; a row the model does not have is 0."""
        return self.values.get(name, self.defaults.get(name, 0.0))

    def add(self, outcome: str, steps: Floats) -> None:
        """Move what drives ``outcome`` by these log odds, one a cause."""
        level = _LEVELS[outcome]
        sign = -1.0 if outcome == "feed" else 1.0  # competition takes reach away
        for cause, step in zip(CAUSES, steps.tolist(), strict=True):
            name = f"{cause}.{outcome}"
            if cause == "level":
                self.values[level] = self.value(level) + sign * step
            elif cause == "trend":
                self.per_month[level] = self.per_month.get(level, 0.0) + sign * step
            elif name in self.defaults:
                self.values[name] = max(_LEAST_OFFSET, self.value(name) + step)

    def follow_likes(self, ratios: Mapping[str, float]) -> None:
        """Comments and shares go up and down with likes; only their level and luck are their own."""
        for action in _FOLLOWING:
            self.values[f"response.{action}"] = self.value("response.like") + float(np.log(ratios[action]))
            self.values[f"response.{action}"] += ratios[f"{action}_spread"] ** 2 / 2  # of a lognormal mean
            self.values[f"appeal.{action}_spread"] = ratios[f"{action}_spread"]
            self.per_month[f"response.{action}"] = self.per_month["response.like"]
            for cause in (_PLAIN, *GROUPS):
                if f"{cause}.{action}" in self.defaults:
                    self.values[f"{cause}.{action}"] = self.value(f"{cause}.like")

    def engagement(self) -> Floats:
        """Log of the engagement the feed predicts: of a plain photo, its drift, and what causes add."""
        plain = self._predicted(_PLAIN)
        drift = self.per_month.get("response.like", 0.0)
        added = [
            self._predicted(*([cause] if cause.startswith("purpose") else [_PLAIN, cause])) - plain
            for cause in GROUPS
        ]
        return np.array([plain, drift, *added])

    def _predicted(self, *causes: str) -> float:
        total = 0.0
        for action in _WEIGHED:
            odds = self.value(f"response.{action}") + sum(self.value(f"{cause}.{action}") for cause in causes)
            total += self.defaults[f"feed.{action}_weight"] * float(np.exp(odds))
        return float(np.log(total))


def _spread_rows(
    value: Callable[[str], float], target: Findings, found: Findings, slopes: Slopes
) -> dict[str, float]:
    """The rows of luck: how widely posts differ, and how reach goes with response."""
    spreads, ratios = target.spreads, target.ratios
    response = value("appeal.response_spread")
    apart = (spreads["together"] - found.spreads["together"]) * found.spreads["like"]
    trade_off = value("appeal.trade_off") + _DAMPING * apart / (slopes.response["like"] * response)
    extra_spread = value("feed.extra_impressions_spread")
    opens = value("appeal.open_spread")
    missing = (spreads["open"] ** 2 - found.spreads["open"] ** 2) / (opens * slopes.open) ** 2
    return {
        "appeal.feed_spread": value("appeal.feed_spread")
        * (spreads["feed"] / found.spreads["feed"]) ** _DAMPING,
        "appeal.response_spread": response * (spreads["like"] / found.spreads["like"]) ** _DAMPING,
        "appeal.open_spread": opens
        * float(np.clip(1 + missing, 1 / _MOST_STEP, _MOST_STEP)) ** (_DAMPING / 2),
        "appeal.trade_off": float(np.clip(trade_off, -_MOST_TRADE_OFF, _MOST_TRADE_OFF)),
        "feed.extra_impressions": value("feed.extra_impressions") * ratios["extra"] / found.ratios["extra"],
        "feed.extra_impressions_spread": extra_spread * ratios["extra_spread"] / found.ratios["extra_spread"],
    }
