"""What a table of posts says: how its outcomes go with format, purpose and month.

The same questions are put to real rows and to simulated ones (``COLUMNS`` of
:mod:`simulator.research.rehearsal`), so that the answers can be compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.stats import norm, poisson

from simulator.playbook.posts import FORMATS, PURPOSES

Floats = NDArray[np.float64]
MIDDLE = 6.0
"""The month a profile's values are for; drift counts from here."""

CAUSES: tuple[str, ...] = (
    "level",
    "trend",
    *(f"format.{name}" for name in FORMATS[1:]),
    *(f"purpose.{name}" for name in PURPOSES[1:]),
)
"""What an outcome is explained by; a photo that informs is what the others are compared with."""

GROUPS = CAUSES[2:]
"""The causes that a post has or has not."""

OUTCOMES: tuple[str, ...] = ("feed", "like", "open")
"""The log outcomes with a coefficient for every cause, by the row that moves them."""

POSTS_OF_THE_MODEL = 5.0
"""The model's own row weighs as much as this many posts."""

_LEAST_EXTRA = 0.02
_NORMAL = norm.ppf((np.arange(21) + 0.5) / 21)
_LEAST_RATIO, _MOST_RATIO = 1e-4, 10.0


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


def unpaid(rows: pd.DataFrame, months: Iterable[int]) -> pd.DataFrame:
    """The rows of these months that no money carried."""
    return rows[rows["month"].isin(list(months)) & ~rows["paid"] & (rows["reach"] > 0)]


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
    columns: list[Floats] = [np.ones(len(rows)), rows["month"].to_numpy(float) - MIDDLE]
    for name in GROUPS:
        column, _, value = name.partition(".")
        columns.append(np.asarray(rows[column] == value, np.float64))
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


def _least_squares(outcome: Floats, table: Floats) -> Floats:
    """Coefficients of the mean; under wide symmetric luck they are those of the median."""
    return np.asarray(np.linalg.solve(table.T @ table + 1e-6 * np.eye(table.shape[1]), table.T @ outcome))


def aims(real: pd.DataFrame, own: Findings) -> Findings:
    """What the simulated rows are to say: what the real ones do, as far as they speak clearly.

    ``own``: what the model's own rows make of the same posts.
    """
    table = causes(real)
    posts = table[:, 2:].sum(axis=0)
    coefficients = {}
    for name, outcome in log_outcomes(real).items():
        found = median_regression(outcome, table)
        apart = found - own.coefficients[name]
        trust = _trust(apart, outcome - table @ found, table)
        trust[2:] = posts / (posts + POSTS_OF_THE_MODEL)
        aim = own.coefficients[name] + trust * apart
        aim[0] = np.median(outcome) - (table[:, 1:] @ aim[1:]).mean()
        coefficients[name] = aim
    return Findings(coefficients, _ratios(real), _spreads(_left_covariance(real, coefficients)))


def _trust(apart: Floats, left: Floats, table: Floats) -> Floats:
    """How far each coefficient is believed to be apart from the model's (James and Stein).

    1 - 1 / t^2 and nothing when t is below 1; ``left``: what the regression leaves.
    """
    inverse = np.linalg.inv(table.T @ table + 1e-6 * np.eye(table.shape[1]))
    error2 = np.diag(inverse) * float(left @ left) / max(1, len(left) - table.shape[1])
    return np.asarray(np.maximum(0.0, 1 - error2 / np.maximum(apart**2, 1e-12)))


def simulated_findings(rows: pd.DataFrame, p: Mapping[str, float]) -> tuple[Findings, Slopes]:
    """The same of simulated rows, played under ``p``: their luck is known and is taken out.

    Medians and spreads are those of endless posts: each post with all the luck it might have had.
    """
    table, luck = causes(rows), rows[["feed_luck", "response_luck"]].to_numpy(float)
    covariance, endless = _luck_covariance(p), _endless_luck(p)
    coefficients, slopes, left = {}, {}, {}
    for name, outcome in log_outcomes(rows).items():
        found = _least_squares(outcome, np.hstack([table, luck, luck**2]))
        aim, slope, bend = np.split(found, [-4, -2])
        explained, bent = table[:, 1:] @ aim[1:], luck**2 @ bend
        plain = outcome - luck @ slope - bent
        aim[0] = np.median(plain[:, None] + endless @ slope + endless**2 @ bend) - explained.mean()
        coefficients[name], slopes[name], left[name] = aim, slope, plain + bent - explained
    answers, reacted = np.array([slopes["feed"], slopes["like"]]), _reacted(rows)
    rest = np.cov([left["feed"][reacted], left["like"][reacted]])
    spreads = _spreads(answers @ covariance @ answers.T + rest)
    feed, response = ({name: float(slope[k]) for name, slope in slopes.items()} for k in (0, 1))
    return Findings(coefficients, _ratios(rows), spreads), Slopes(feed, response)


def _endless_luck(p: Mapping[str, float]) -> Floats:
    """(441, 2): luck in the feed and in the response, spread evenly over what may happen."""
    spread, depth = np.meshgrid(_NORMAL, _NORMAL)
    tail, trade_off = p["appeal.heavy_tail"], p["appeal.trade_off"]
    wide = np.sinh(tail * spread) / tail if tail else spread
    deep = trade_off * spread + np.sqrt(1 - trade_off**2) * depth
    return np.column_stack(
        [p["appeal.feed_spread"] * wide.ravel(), p["appeal.response_spread"] * deep.ravel()]
    )


def _luck_covariance(p: Mapping[str, float]) -> Floats:
    """(2, 2): covariance of the luck of posts in the feed and in the response (network.appeal)."""
    tail2 = p["appeal.heavy_tail"] ** 2
    wide = np.expm1(2 * tail2) / (2 * tail2) if tail2 else 1.0
    feed, response = p["appeal.feed_spread"], p["appeal.response_spread"]
    both = feed * response * p["appeal.trade_off"] * np.exp(tail2 / 2)
    return np.array([[feed**2 * wide, both], [both, response**2]])


def _ratios(rows: pd.DataFrame) -> dict[str, float]:
    """Shares and comments a reaction; further impressions a person reached, median and log-sd."""
    liked = rows[rows["reactions"] > 0]
    extra = (rows["impressions"] / rows["reach"] - 1).to_numpy(float)
    return {
        "share": true_ratio(liked["shares"].to_numpy(float), liked["reactions"].to_numpy(float)),
        "comment": true_ratio(liked["comments"].to_numpy(float), liked["reactions"].to_numpy(float)),
        "extra": max(float(np.median(extra)), _LEAST_EXTRA),
        "extra_spread": _robust_spread(np.log(np.maximum(extra, _LEAST_EXTRA))),
    }


def true_ratio(rare: Floats, common: Floats) -> float:
    """The ratio at which half of the posts would have more rare actions a common one than the median.

    Counts are small: a median of 2 comments on 100 reactions may come of a ratio of 0.025. When half
    of the posts have none, it is that of all counts together.

    >>> round(true_ratio(np.full(9, 200.0), np.full(9, 1000.0)), 2)
    0.2
    """
    middle = float(np.median(rare / common))
    if middle == 0:
        return max(float(rare.sum() / common.sum()), _LEAST_RATIO)

    def above(log_ratio: float) -> float:
        mean = np.exp(log_ratio) * common
        bar = np.floor(middle * common + 1e-9)
        more = poisson.sf(bar, mean)
        same = np.where(np.abs(bar - middle * common) < 1e-6, poisson.pmf(bar, mean), 0.0)
        return float(np.mean(more + same / 2)) - 0.5

    found = float(brentq(above, np.log(_LEAST_RATIO), np.log(_MOST_RATIO)))
    return float(np.exp(found))


def _robust_spread(logs: Floats) -> float:
    low, high = np.percentile(logs, [25, 75])
    return float(high - low) / 1.349


def _reacted(rows: pd.DataFrame) -> NDArray[np.bool_]:
    """The posts somebody reacted to: only they have a log."""
    return np.asarray(rows[["reactions", "comments", "shares"]].sum(axis=1) > 0)


def _left_covariance(rows: pd.DataFrame, coefficients: Mapping[str, Floats]) -> Floats:
    """(2, 2): covariance of what the causes leave of reach and of response."""
    table, outcomes, reacted = causes(rows), log_outcomes(rows), _reacted(rows)
    left = [(outcomes[name] - table @ coefficients[name])[reacted] for name in ("feed", "like")]
    return np.cov(left)


def _spreads(covariance: Floats) -> dict[str, float]:
    """Log-sd of reach and of response, and how the two go together (correlation)."""
    feed, like = np.sqrt(np.diag(covariance))
    return {"feed": float(feed), "like": float(like), "together": float(covariance[0, 1] / (feed * like))}
