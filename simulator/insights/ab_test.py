"""A/B tests: can two ads be told apart, and by how much?

Ads of one set are shown in turn to the same audience, so that a difference between them is theirs
or luck. A verdict says the interval, not just a winner.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt
from statistics import NormalDist

from simulator.insights.words import percent
from simulator.texts import say

Z = 1.959964
"""95 % of a normal distribution lie within so many standard deviations."""

WORTH_KNOWING = 0.2
"""A difference of a fifth is one that would change what is done."""

_POWER = 0.8416


@dataclass(frozen=True, slots=True)
class Verdict:
    """The difference of two shares, second less first, with its interval, and the words for it.

    ``winner``: "a", "b" or "" when they cannot be told apart.
    """

    difference: float
    low: float
    high: float
    winner: str
    says: str


def ab_verdict(a: tuple[str, int, int], b: tuple[str, int, int], pairs: int = 1) -> Verdict:
    """Whether two ads differ in a share; each is (name, successes, tries).

    The interval is Newcombe's (1998, method 10): Wilson's intervals of both shares put together.
    Where several ``pairs`` are compared each interval is so much wider that all of them hold in 95 of
    100 cases (Bonferroni): of many ads alike, two would else seem to differ.

    >>> verdict = ab_verdict(("old", 20, 1000), ("new", 60, 1000))
    >>> verdict.winner, round(verdict.low, 3), round(verdict.high, 3)
    ('b', 0.023, 0.058)
    >>> ab_verdict(("old", 2, 100), ("new", 3, 100)).winner
    ''
    """
    if not a[2] or not b[2]:
        return Verdict(0.0, -1.0, 1.0, "", say("insights.ab.nothing", a=a[0], b=b[0]))
    p, q = a[1] / a[2], b[1] / b[2]
    z = Z if pairs == 1 else NormalDist().inv_cdf(1 - 0.025 / pairs)
    (p_low, p_high), (q_low, q_high) = wilson(a[1], a[2], z), wilson(b[1], b[2], z)
    difference = q - p
    low = difference - sqrt((q - q_low) ** 2 + (p_high - p) ** 2)
    high = difference + sqrt((q_high - q) ** 2 + (p - p_low) ** 2)
    winner = "b" if low > 0 else "a" if high < 0 else ""
    return Verdict(difference, low, high, winner, _words(a, b, low, high, winner))


def wilson(successes: int, tries: int, z: float = Z) -> tuple[float, float]:
    """The interval of a share (Wilson 1927), of 95 % without another ``z``.

    >>> tuple(round(end, 3) for end in wilson(10, 1000))
    (0.005, 0.018)
    """
    share, square = successes / tries, z * z / tries
    middle = (share + square / 2) / (1 + square)
    half = z * sqrt(share * (1 - share) / tries + square / (4 * tries)) / (1 + square)
    return max(0.0, middle - half), min(1.0, middle + half)


def tries_needed(share: float) -> int:
    """Tries of each that show a difference of a fifth of ``share`` four times in five.

    >>> tries_needed(0.01)
    42690
    """
    other = share * (1 + WORTH_KNOWING)
    spread = share * (1 - share) + other * (1 - other)
    return ceil((Z + _POWER) ** 2 * spread / (share * WORTH_KNOWING) ** 2)


def _words(a: tuple[str, int, int], b: tuple[str, int, int], low: float, high: float, winner: str) -> str:
    words = {"a": a[0], "b": b[0], "rate_a": percent(a[1] / a[2], 2), "rate_b": percent(b[1] / b[2], 2)}
    if winner:
        better, worse = (b[0], a[0]) if winner == "b" else (a[0], b[0])
        ends = sorted((abs(low), abs(high)))
        gap = {"low": f"{ends[0] * 100:.2f}", "high": f"{ends[1] * 100:.2f}"}
        return say("insights.ab.apart", better=better, worse=worse, **gap, **words)
    both = (a[1] + b[1]) / (a[2] + b[2])
    gap = {"low": f"{low * 100:+.2f}", "high": f"{high * 100:+.2f}"}
    if not both:
        return say("insights.ab.no_clicks", **words)
    more = max(0, tries_needed(both) - min(a[2], b[2]))
    rule = "together_few" if more else "together_many"
    return say(f"insights.ab.{rule}", more=f"{more:,}", **gap, **words)
