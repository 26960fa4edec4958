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
from scipy.optimize import brentq, minimize
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
_NODES = np.linspace(-4.5, 4.5, 301)
_NODE_WEIGHTS = norm.pdf(_NODES) / norm.pdf(_NODES).sum()
_LEAST_RATIO, _MOST_RATIO = 1e-4, 10.0
_LEAST_SPREAD, _MIDDLING_SPREAD, _MOST_SPREAD = 0.02, 0.5, 2.0
_LUCK = ("feed_luck", "response_luck", "open_luck")


@dataclass(frozen=True)
class Findings:
    """What a table of posts says: coefficients by outcome and cause, ratios and spreads."""

    coefficients: Mapping[str, Floats]
    ratios: Mapping[str, float]
    spreads: Mapping[str, float]


@dataclass(frozen=True)
class Slopes:
    """How log outcomes answer to the luck of posts in the feed and in response, and opens to their own."""

    feed: Mapping[str, float]
    response: Mapping[str, float]
    open: float


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
    return Findings(
        coefficients, _extra(real) | _ratios(real), _spreads(_left_covariance(real, coefficients))
    )


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
    table = causes(rows)
    coefficients, left, slopes = {}, [], np.zeros((len(OUTCOMES), len(_LUCK)))
    for number, (name, outcome) in enumerate(log_outcomes(rows).items()):
        parts = len(_LUCK) if name == "open" else len(_LUCK) - 1  # only opens have luck of their own
        luck, endless = rows[list(_LUCK[:parts])].to_numpy(float), _endless_luck(p, parts)
        found = _least_squares(outcome, np.hstack([table, luck, luck**2]))
        aim, slope, bend = np.split(found, [-2 * parts, -parts])
        explained, bent = table[:, 1:] @ aim[1:], luck**2 @ bend
        plain = outcome - luck @ slope - bent
        aim[0] = np.median(plain[:, None] + endless @ slope + endless**2 @ bend) - explained.mean()
        coefficients[name], slopes[number, :parts] = aim, slope
        left.append((plain + bent - explained)[_reacted(rows)])
    spreads = _spreads(slopes @ _luck_covariance(p) @ slopes.T + np.cov(left))
    feed, response, own = (dict(zip(OUTCOMES, column, strict=True)) for column in slopes.T.tolist())
    return Findings(coefficients, _extra(rows), spreads), Slopes(feed, response, own["open"])


def _endless_luck(p: Mapping[str, float], parts: int) -> Floats:
    """(21 ** parts, parts): the first parts of ``_LUCK``, spread evenly over what may happen."""
    spread, depth, *own = (axis.ravel() for axis in np.meshgrid(*[_NORMAL] * parts))
    tail, trade_off = p["appeal.heavy_tail"], p["appeal.trade_off"]
    wide = np.sinh(tail * spread) / tail if tail else spread
    deep = trade_off * spread + np.sqrt(1 - trade_off**2) * depth
    opens = [p["appeal.open_spread"] * normal - p["appeal.open_spread"] ** 2 / 2 for normal in own]
    return np.column_stack([p["appeal.feed_spread"] * wide, p["appeal.response_spread"] * deep, *opens])


def _luck_covariance(p: Mapping[str, float]) -> Floats:
    """(3, 3): covariance of the luck of posts in the feed, in the response and in opens (network.appeal)."""
    tail2 = p["appeal.heavy_tail"] ** 2
    wide = np.expm1(2 * tail2) / (2 * tail2) if tail2 else 1.0
    feed, response = p["appeal.feed_spread"], p["appeal.response_spread"]
    both = feed * response * p["appeal.trade_off"] * np.exp(tail2 / 2)
    return np.array([[feed**2 * wide, both, 0], [both, response**2, 0], [0, 0, p["appeal.open_spread"] ** 2]])


def _ratios(rows: pd.DataFrame) -> dict[str, float]:
    """Shares and comments a reaction: median, and log-sd beyond chance."""
    liked = rows[rows["reactions"] > 0]
    likes, found = liked["reactions"].to_numpy(float), {}
    for name, column in (("share", "shares"), ("comment", "comments")):
        counts = liked[column].to_numpy(float)
        found[f"{name}_spread"] = spread_beyond_chance(counts, likes)
        found[name] = true_ratio(counts, likes, found[f"{name}_spread"])
    return found


def _extra(rows: pd.DataFrame) -> dict[str, float]:
    """Further impressions a person reached: median and log-sd."""
    extra = (rows["impressions"] / rows["reach"] - 1).to_numpy(float)
    return {
        "extra": max(float(np.median(extra)), _LEAST_EXTRA),
        "extra_spread": _robust_spread(np.log(np.maximum(extra, _LEAST_EXTRA))),
    }


def spread_beyond_chance(rare: Floats, common: Floats) -> float:
    """Log-sd of the ratio from post to post, when counts would differ by chance even at one ratio.

    The likeliest under counts that are Poisson around a lognormal ratio.

    >>> generator = np.random.default_rng(1)
    >>> common = generator.integers(50, 500, 2000).astype(float)
    >>> ratios = 0.1 * np.exp(0.6 * generator.normal(size=2000))
    >>> round(spread_beyond_chance(generator.poisson(ratios * common).astype(float), common), 1)
    0.6
    """
    start = [np.log(max(float(rare.sum() / common.sum()), _LEAST_RATIO)), np.log(_MIDDLING_SPREAD)]

    def unlikely(guess: Floats) -> float:
        ratios = np.exp(guess[0] + np.exp(guess[1]) * _NODES)
        chances = poisson.pmf(rare[:, None], common[:, None] * ratios) @ _NODE_WEIGHTS
        return -float(np.log(np.maximum(chances, 1e-300)).sum())

    found = minimize(unlikely, start, method="Nelder-Mead", options={"xatol": 0.01, "fatol": 0.01})
    return float(np.clip(np.exp(found.x[1]), _LEAST_SPREAD, _MOST_SPREAD))


def true_ratio(rare: Floats, common: Floats, spread: float = 0.0) -> float:
    """The ratio at which half of the posts would have more rare actions a common one than the median.

    Counts are small: a median of 2 comments on 100 reactions may come of a ratio of 0.025. When half
    of the posts have none, it is that of all counts together. ``spread``: log-sd of the ratio from
    post to post; the median ratio is what is returned.

    >>> round(true_ratio(np.full(9, 200.0), np.full(9, 1000.0)), 2)
    0.2
    """
    middle = float(np.median(rare / common))
    if middle == 0:
        return max(float(rare.sum() / common.sum()), _LEAST_RATIO)

    def above(log_ratio: float) -> float:
        mean = common[:, None] * np.exp(log_ratio + spread * _NORMAL)
        bar = np.floor(middle * common + 1e-9)[:, None]
        more = poisson.sf(bar, mean)
        same = np.where(np.abs(bar - middle * common[:, None]) < 1e-6, poisson.pmf(bar, mean), 0.0)
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
    """(3, 3): covariance of what the causes leave of each of ``OUTCOMES``."""
    table, outcomes, reacted = causes(rows), log_outcomes(rows), _reacted(rows)
    left = [(outcomes[name] - table @ coefficients[name])[reacted] for name in OUTCOMES]
    return np.cov(left)


def _spreads(covariance: Floats) -> dict[str, float]:
    """Log-sd of each of ``OUTCOMES``, and how reach and response go together (correlation)."""
    feed, like, opened = np.sqrt(np.diag(covariance)).tolist()
    together = float(covariance[0, 1]) / (feed * like)
    return {"feed": feed, "like": like, "open": opened, "together": together}
