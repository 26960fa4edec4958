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
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulator.parameters import model_parameters
from simulator.playbook.posts import FORMATS, PURPOSES
from simulator.research.profile import Profile
from simulator.research.rehearsal import Rehearsal

Floats = NDArray[np.float64]
MIDDLE = 6.0
"""The month a profile's values are for; drift counts from here."""

CAUSES: tuple[str, ...] = (
    "level", "trend", *(f"format.{name}" for name in FORMATS[1:]), *(f"purpose.{name}" for name in PURPOSES[1:])
)  # fmt: skip
"""What an outcome is explained by; a photo that informs is what the others are compared with."""

OUTCOMES: tuple[str, ...] = ("feed", "like", "open")
"""The log outcomes with a coefficient for every cause, by the row that moves them."""

POSTS_OF_THE_MODEL = 5.0
"""The model's own row weighs as much as this many posts."""

_LEVELS = {"feed": "feed.competition", "like": "response.like", "open": "response.open"}
_FOLLOWING = ("comment", "share")
_LEAST_EXTRA = 0.02
_LEAST_RATIO = 1e-3
_OPEN_SLOPE = 0.85
_MOST_TRADE_OFF = 0.9


@dataclass(frozen=True)
class Findings:
    """What a table of posts says: coefficients by outcome and cause, ratios and spreads."""

    coefficients: Mapping[str, Floats]
    ratios: Mapping[str, float]
    spreads: Mapping[str, float]


@dataclass(frozen=True)
class Slopes:
    """How log outcomes answer to the luck of posts in the feed and in the response."""

    feed: Mapping[str, float]
    response: Mapping[str, float]


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
        simulated = unpaid(played, months)
        target = target or aims(real, simulated)
        profile = _moved(profile, target, simulated)
        if round_done is not None:
            round_done(number + 1, rounds)
    return profile


def unpaid(rows: pd.DataFrame, months: Iterable[int]) -> pd.DataFrame:
    """The rows of these months that no money carried."""
    return rows[rows["month"].isin(list(months)) & ~rows["paid"] & (rows["reach"] > 0)]


# ---------------------------------------------------------------------- what rows say


def log_outcomes(rows: pd.DataFrame) -> dict[str, Floats]:
    """The log of reach / followers, interactions / reach and engaged / reach of each post."""
    reach = rows["reach"].to_numpy(float)
    interactions = rows[["reactions", "comments", "shares"]].sum(axis=1).to_numpy(float)
    return {
        "feed": np.log(reach / rows["followers"].to_numpy(float)),
        "like": np.log((interactions + 0.5) / reach),
        "open": np.log((rows["engaged"].to_numpy(float) + 0.5) / reach),
    }


def causes(rows: pd.DataFrame) -> Floats:
    """(posts, causes): one where a cause is there, months from the middle for the trend."""
    columns = [np.ones(len(rows)), rows["month"].to_numpy(float) - MIDDLE]
    for name in CAUSES[2:]:
        column, _, value = name.partition(".")
        columns.append((rows[column] == value).to_numpy(float))
    return np.column_stack(columns)


def median_regression(outcome: Floats, table: Floats, rounds: int = 60) -> Floats:
    """Coefficients under which half of the posts lie above (reweighted least squares).

    A column of zeros gets 0.
    """
    ridge = 1e-6 * np.eye(table.shape[1])
    weights = np.ones(len(outcome))
    for _ in range(rounds):
        weighted = table * weights[:, None]
        found = np.linalg.solve(table.T @ weighted + ridge, weighted.T @ outcome)
        weights = 1 / np.maximum(np.abs(outcome - table @ found), 0.05)
    return np.asarray(found)


def aims(real: pd.DataFrame, simulated: pd.DataFrame) -> Findings:
    """What the simulated rows are to say: what the real ones do, as far as they speak clearly."""
    table, own = causes(real), _simulated_findings(simulated)[0]
    outcomes = log_outcomes(real)
    posts = table[:, 2:].sum(axis=0)
    coefficients = {}
    for name, outcome in outcomes.items():
        found = median_regression(outcome, table)
        trust = np.concatenate([[1, _trust(outcome, table)], posts / (posts + POSTS_OF_THE_MODEL)])
        aim = own.coefficients[name] + trust * (found - own.coefficients[name])
        aim[0] = np.median(outcome - table[:, 1:] @ aim[1:])
        coefficients[name] = aim
    return Findings(coefficients, _ratios(real), _spreads(real, coefficients))


def _trust(outcome: Floats, table: Floats) -> float:
    """How far the trend is believed: 1 - 1 / t^2, nothing when t is below 1 (James and Stein)."""
    ridge = 1e-6 * np.eye(table.shape[1])
    inverse = np.linalg.inv(table.T @ table + ridge)
    found = inverse @ table.T @ outcome
    left = outcome - table @ found
    error2 = inverse[1, 1] * float(left @ left) / max(1, len(outcome) - table.shape[1])
    return max(0.0, 1 - error2 / max(found[1] ** 2, 1e-12))


def _simulated_findings(rows: pd.DataFrame) -> tuple[Findings, Slopes]:
    """The same of simulated rows, whose luck is known and is taken out of the coefficients."""
    table = causes(rows)
    luck = rows[["feed_luck", "response_luck"]].to_numpy(float)
    both = {
        name: median_regression(outcome, np.hstack([table, luck])) for name, outcome in log_outcomes(rows).items()
    }
    coefficients = {name: found[: len(CAUSES)] for name, found in both.items()}
    slopes = Slopes(
        {name: float(found[-2]) for name, found in both.items()},
        {name: float(found[-1]) for name, found in both.items()},
    )
    return Findings(coefficients, _ratios(rows), _spreads(rows, coefficients)), slopes


def _ratios(rows: pd.DataFrame) -> dict[str, float]:
    """Medians by post: shares and comments a reaction, further impressions a person reached."""
    liked = rows[rows["reactions"] > 0]
    extra = rows["impressions"] / rows["reach"] - 1
    return {
        "share": float((liked["shares"] / liked["reactions"]).median()),
        "comment": float((liked["comments"] / liked["reactions"]).median()),
        "extra": max(float(extra.median()), _LEAST_EXTRA),
        "extra_spread": _robust_spread(np.log(np.maximum(extra.to_numpy(float), _LEAST_EXTRA))),
    }


def _robust_spread(logs: Floats) -> float:
    low, high = np.percentile(logs, [25, 75])
    return float(high - low) / 1.349


def _spreads(rows: pd.DataFrame, coefficients: Mapping[str, Floats]) -> dict[str, float]:
    """Log-sd of what the causes leave of reach and of response, and how the two go together."""
    table, outcomes = causes(rows), log_outcomes(rows)
    reacted = rows[["reactions", "comments", "shares"]].sum(axis=1).to_numpy() > 0
    left = {name: (outcomes[name] - table @ coefficients[name])[reacted] for name in ("feed", "like")}
    return {
        "feed": float(left["feed"].std()),
        "like": float(left["like"].std()),
        "together": float(np.corrcoef(left["feed"], left["like"])[0, 1]),
    }


# ---------------------------------------------------------------------- moving the rows


def _moved(profile: Profile, target: Findings, rows: pd.DataFrame) -> Profile:
    """The profile after one Newton step from what its run in ``rows`` showed."""
    found, slopes = _simulated_findings(rows)
    values, drift = dict(profile.values), dict(profile.per_month)
    defaults = model_parameters()

    def value(name: str) -> float:
        return values.get(name, defaults.get(name, 0.0))

    steps = _steps(target, found, slopes)
    for place, cause in enumerate(CAUSES):
        for outcome, step in zip(OUTCOMES, steps[:, place], strict=True):
            if cause == "level":
                values[_LEVELS[outcome]] = value(_LEVELS[outcome]) + _sign(outcome) * step
            elif cause == "trend":
                drift[_LEVELS[outcome]] = drift.get(_LEVELS[outcome], 0.0) + _sign(outcome) * step
            elif f"{cause}.{outcome}" in defaults:
                values[f"{cause}.{outcome}"] = value(f"{cause}.{outcome}") + step
    _follow_likes(values, drift, target, found)
    values |= _spread_rows(value, target, found, slopes)
    return Profile(values, drift, profile.month)


def _sign(outcome: str) -> float:
    """Competition takes reach away; the other rows add to what they are about."""
    return -1.0 if outcome == "feed" else 1.0


def _steps(target: Findings, found: Findings, slopes: Slopes) -> Floats:
    """(outcomes, causes): what to add to the log odds of feed, like and open."""
    gaps = np.array([target.coefficients[name] - found.coefficients[name] for name in OUTCOMES])
    answer = np.array(
        [
            [slopes.feed["feed"], slopes.response["feed"], 0.0],
            [slopes.feed["like"], slopes.response["like"], 0.0],
            [slopes.feed["open"], 0.0, _OPEN_SLOPE],
        ]
    )
    return np.linalg.solve(answer, gaps)


def _follow_likes(values: dict[str, float], drift: dict[str, float], target: Findings, found: Findings) -> None:
    """Comments and shares go up and down with likes; only their level is their own."""
    defaults = model_parameters()
    for action in _FOLLOWING:
        gap = float(np.log(target.ratios[action] / max(found.ratios[action], _LEAST_RATIO)))
        rate = values.get(f"response.{action}", defaults[f"response.{action}"])
        values[f"response.{action}"] = rate + gap
        drift[f"response.{action}"] = drift["response.like"]
        for cause in ("purpose.inform", *CAUSES[2:]):
            if f"{cause}.{action}" in defaults:
                likes = f"{cause}.like"
                values[f"{cause}.{action}"] = values.get(likes, defaults.get(likes, 0.0))


def _spread_rows(
    value: Callable[[str], float], target: Findings, found: Findings, slopes: Slopes
) -> dict[str, float]:
    """The rows of luck: how widely posts differ, and how reach goes with response."""
    spreads, ratios = target.spreads, target.ratios
    response = value("appeal.response_spread")
    apart = (spreads["together"] - found.spreads["together"]) * found.spreads["like"]
    trade_off = value("appeal.trade_off") + apart / (slopes.response["like"] * response)
    extra_spread = value("feed.extra_impressions_spread")
    return {
        "appeal.feed_spread": value("appeal.feed_spread") * spreads["feed"] / found.spreads["feed"],
        "appeal.response_spread": response * spreads["like"] / found.spreads["like"],
        "appeal.trade_off": float(np.clip(trade_off, -_MOST_TRADE_OFF, _MOST_TRADE_OFF)),
        "feed.extra_impressions": value("feed.extra_impressions") * ratios["extra"] / found.ratios["extra"],
        "feed.extra_impressions_spread": extra_spread * ratios["extra_spread"] / found.ratios["extra_spread"],
    }
