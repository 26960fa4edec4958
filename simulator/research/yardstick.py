"""A yardstick for forecasts of months: what the other months of the same posts would foretell.

A model fitted on some months and asked for the rest misses for two reasons: its form is wrong, or the
page has changed. Real posts used as the forecast have no form that could be wrong, so what they miss
is the page's. Years put together by lot from the same posts do not change at all: what is missed
there is the error of medians of few posts.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulator.research.findings import CAUSES, OUTCOMES, Findings, aims, causes, log_outcomes

Floats = NDArray[np.float64]
Forecast = Callable[[pd.DataFrame, pd.DataFrame], Mapping[str, Floats]]
"""From the posts of some months and the calendar of the others to figures of the others."""

MEDIANS: tuple[str, ...] = (
    "reach_share", "frequency", "engaged_rate", "interaction_rate", "shares_per_like", "comments_per_like",
)  # fmt: skip
"""The figures of a post whose medians are foretold."""

SPREADS: tuple[str, ...] = ("reach_share", "interaction_rate")
"""Those whose log-sd is foretold as well."""

CELLS: tuple[str, ...] = (*MEDIANS, *(f"{name}_spread" for name in SPREADS))
SPREAD_WITHIN = 0.2
MONTHS_LEFT_OUT = 2

_RESAMPLES = 2000
_DRIFTING = {"reach_share": "feed", "interaction_rate": "like", "engaged_rate": "open"}


def figures(rows: pd.DataFrame) -> dict[str, Floats]:
    """What is compared, one value a post; ratios to likes only where there are likes."""
    reach, liked = rows["reach"], rows[rows["reactions"] > 0]
    interactions = rows["reactions"] + rows["comments"] + rows["shares"]
    return {
        "reach_share": (reach / rows["followers"]).to_numpy(),
        "frequency": (rows["impressions"] / reach).to_numpy(),
        "engaged_rate": (rows["engaged"] / reach).to_numpy(),
        "interaction_rate": (interactions / reach).to_numpy(),
        "shares_per_like": (liked["shares"] / liked["reactions"]).to_numpy(),
        "comments_per_like": (liked["comments"] / liked["reactions"]).to_numpy(),
    }


def log_sd(values: Floats) -> float:
    """Standard deviation of the logs of what is above zero.

    >>> log_sd(np.array([0.0, 1.0, 1.0]))
    0.0
    """
    return float(np.log(values[values > 0]).std())


def interval(values: Floats) -> tuple[float, float]:
    """95 % bootstrap interval of the median."""
    draws = np.random.default_rng(1).choice(values, (_RESAMPLES, len(values)))
    low, high = np.percentile(np.median(draws, axis=1), [2.5, 97.5])
    return float(low), float(high)


def verdicts(real: Mapping[str, Floats], foretold: Mapping[str, Floats]) -> Iterator[tuple[str, str, bool]]:
    """Name, cell and whether it holds, for each of ``CELLS``: medians inside the real posts' own
    interval, log-sd within ``SPREAD_WITHIN``.
    """
    for name in MEDIANS:
        low, high = interval(real[name])
        middle = float(np.median(foretold[name]))
        holds = low <= middle <= high
        yield name, f"{middle:.3g} [{low:.3g} {high:.3g}]{'' if holds else ' !'}", holds
    for name in SPREADS:
        found, true = log_sd(foretold[name]), log_sd(real[name])
        holds = abs(found - true) <= SPREAD_WITHIN
        yield f"{name}_spread", f"{found:.2f} ({true:.2f}){'' if holds else ' !'}", holds


def rotations(rows: pd.DataFrame) -> list[tuple[int, ...]]:
    """All ways to leave two of the months out."""
    return list(itertools.combinations(sorted(set(rows["month"])), MONTHS_LEFT_OUT))


def held(rows: pd.DataFrame, forecast: Forecast) -> dict[str, int]:
    """In how many rotations each of ``CELLS`` holds when the other months make the forecast."""
    counts = dict.fromkeys(CELLS, 0)
    for left_out in rotations(rows):
        out = rows["month"].isin(left_out)
        for name, _, holds in verdicts(figures(rows[out]), forecast(rows[~out], rows[out])):
            counts[name] += holds
    return counts


def the_same_again(known: pd.DataFrame, _calendar: pd.DataFrame) -> dict[str, Floats]:
    """The forecast that nothing changes: the known posts as they are, whatever the calendar."""
    return figures(known)


def drifted(known: pd.DataFrame, calendar: pd.DataFrame) -> dict[str, Floats]:
    """The known posts, moved along a line over the months, as a fit to them would draw it.

    Only reach, interactions and engaged people drift, as in :mod:`simulator.research.fit`.
    """
    plain = {"format": "photo", "purpose": "inform"}
    return regressed(known.assign(**plain), calendar.assign(**plain))


def regressed(known: pd.DataFrame, calendar: pd.DataFrame) -> dict[str, Floats]:
    """The same with what format and purpose do: the fit's regressions, with no model between."""
    nothing = Findings({name: np.zeros(len(CAUSES)) for name in OUTCOMES}, {}, {})
    lines, outcomes = aims(known, nothing).coefficients, log_outcomes(known)
    foretold = figures(known)
    for name, outcome in _DRIFTING.items():
        luck = outcomes[outcome] - causes(known) @ lines[outcome]
        moved = np.exp((causes(calendar) @ lines[outcome])[:, None] + luck)
        foretold[name] = np.where(foretold[name] > 0, moved, 0.0).ravel()
    return foretold


def still_years(rows: pd.DataFrame, number: int) -> Iterator[pd.DataFrame]:
    """Years in which nothing changes: posts drawn by lot from all of them, months as full as they were."""
    for seed in range(number):
        drawn = np.random.default_rng(seed).integers(0, len(rows), len(rows))
        yield rows.iloc[drawn].assign(month=rows["month"].to_numpy())
