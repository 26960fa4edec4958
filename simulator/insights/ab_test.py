"""A/B tests: can two ads be told apart, and by how much?

Ads of one set are shown in turn to the same audience, so that a difference between them is theirs
or luck. A verdict says the interval, not just a winner; of many pairs the intervals are wider, so that
luck alone names a winner among all of them once in twenty times.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt
from statistics import NormalDist

from simulator.insights.words import counted, percent, roughly, signed
from simulator.texts import say

Z = 1.959964
"""95 % of a normal distribution lie within so many standard deviations."""

FEWEST_CLICKS = 10
"""With fewer clicks than this on both ads together nothing is said of a winner."""

WORTH_KNOWING = 0.2
"""A difference of a fifth is one that would change what is done."""

_POWER = 0.8416


@dataclass(frozen=True, slots=True)
class Verdict:
    """The difference of two shares, second less first, with its 95 % interval, and the words for it.

    ``winner``: "a", "b" or "" when they cannot be told apart.
    """

    difference: float
    low: float
    high: float
    winner: str
    says: str


def ab_verdict(a: tuple[str, int, int], b: tuple[str, int, int], pairs: int = 1) -> Verdict:
    """Whether two ads differ in a share; each is (name, successes, tries); one of so many ``pairs``.

    The interval is Newcombe's (1998, method 10): Wilson's intervals of both shares put together; for
    several pairs that of Bonferroni. There is a winner when the interval, as it is shown, leaves out 0.

    >>> verdict = ab_verdict(("old", 20, 1000), ("new", 60, 1000))
    >>> verdict.winner, round(verdict.low, 3), round(verdict.high, 3)
    ('b', 0.023, 0.058)
    >>> ab_verdict(("old", 2, 100), ("new", 3, 100)).winner
    ''
    """
    if not a[2] or not b[2]:
        return Verdict(0.0, -1.0, 1.0, "", say("insights.ab.nothing", a=a[0], b=b[0]))
    p, q, z = a[1] / a[2], b[1] / b[2], NormalDist().inv_cdf(1 - 0.025 / pairs)
    (p_low, p_high), (q_low, q_high) = wilson(a[1], a[2], z), wilson(b[1], b[2], z)
    low = q - p - sqrt((q - q_low) ** 2 + (p_high - p) ** 2)
    high = q - p + sqrt((q_high - q) ** 2 + (p - p_low) ** 2)
    enough = a[1] + b[1] >= FEWEST_CLICKS
    winner = "b" if enough and _per_100(low) > 0 else "a" if enough and _per_100(high) < 0 else ""
    return Verdict(q - p, low, high, winner, _words(a, b, low, high, winner))


def wilson(successes: int, tries: int, z: float = Z) -> tuple[float, float]:
    """The interval of a share (Wilson 1927), 95 % where ``z`` is not given.

    >>> tuple(round(end, 3) for end in wilson(10, 1000))
    (0.005, 0.018)
    """
    share, square = successes / tries, z * z / tries
    middle = (share + square / 2) / (1 + square)
    half = z * sqrt(share * (1 - share) / tries + square / (4 * tries)) / (1 + square)
    low = max(0.0, middle - half) if successes else 0.0
    return low, min(1.0, middle + half) if successes < tries else 1.0


def tries_needed(share: float) -> int:
    """Tries of each that show a difference of a fifth of ``share`` four times in five.

    >>> tries_needed(0.01)
    42690
    """
    other = share * (1 + WORTH_KNOWING)
    spread = share * (1 - share) + other * (1 - other)
    return ceil((Z + _POWER) ** 2 * spread / (share * WORTH_KNOWING) ** 2)


def _per_100(share: float) -> float:
    """As it is shown: for 100 impressions, two decimals."""
    return round(share * 100, 2)


def _words(a: tuple[str, int, int], b: tuple[str, int, int], low: float, high: float, winner: str) -> str:
    words = {"a": a[0], "b": b[0], "rate_a": percent(a[1] / a[2], 2), "rate_b": percent(b[1] / b[2], 2)}
    clicks = a[1] + b[1]
    if winner:
        better, worse = (b[0], a[0]) if winner == "b" else (a[0], b[0])
        ends = sorted((abs(low), abs(high)))
        gap = {"low": f"{_per_100(ends[0]):.2f}", "high": f"{_per_100(ends[1]):.2f}"}
        return say("insights.ab.apart", better=better, worse=worse, **gap, **words)
    if not clicks:
        return say("insights.ab.no_clicks", **words)
    if clicks < FEWEST_CLICKS:
        return say("insights.ab.few_clicks", clicks=counted(clicks, "link_clicks"), **words)
    gap = {"low": signed(low * 100, 2), "high": signed(high * 100, 2)}
    more = max(0, tries_needed(clicks / (a[2] + b[2])) - min(a[2], b[2]))
    rule = "together_few" if more else "together_many"
    return say(f"insights.ab.{rule}", more=roughly(more), **gap, **words)
