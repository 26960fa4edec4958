"""A month beside a usual one: the same figures of the two months before, made as long."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import Final

from simulator.insights.metrics import ratio
from simulator.insights.tables import Insights
from simulator.insights.words import percent, selling_posts, whole_money
from simulator.texts import say
from simulator.units import DAYS_PER_MONTH

SHARES: Final = ("engagement_rate", "selling_share")
MEANS: Final = ("reach_per_post", *SHARES)
"""Figures that do not grow with the number of days."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of the month and of as many days before, in words."""

    title: str
    now: str
    usual: str


def comparison(insights: Insights, before: Insights) -> tuple[Compared, ...]:
    """The month's figures beside those of as many days before."""
    now, usual = figures(insights), usual_figures(insights, before)
    return tuple(
        Compared(say(f"report.compared.{name}"), _shown(name, now[name]), _shown(name, usual[name]))
        for name in now
    )


def figures(insights: Insights) -> dict[str, float]:
    """What is compared, by name; NaN for a share of nothing."""
    summary, posts = insights.summary, insights.posts
    made = posts[posts["made"]]
    counts = ("sales", "revenue_cents", "margin_cents")
    expected = float(insights.month.log.expected_margin.sum())
    return {
        "new_followers": float(summary["new_followers"]),
        "unfollows": float(summary["unfollows"]),
        "reach_per_post": ratio(made["reach"].sum(), len(made)),
        "engagement_rate": float(summary["engagement_rate"]),
        "posts": float(len(made)),
        "selling_share": ratio(len(selling_posts(posts)), len(made)),
        **{name: float(summary[name]) for name in counts},
        "expected_margin_cents": expected,
    }


def usual_figures(insights: Insights, before: Insights) -> dict[str, float]:
    """The figures of ``before`` for as many days as ``insights`` has."""
    scale = insights.month.days / before.month.days
    return {name: value if name in MEANS else value * scale for name, value in figures(before).items()}


def span(days: int) -> str:
    """What the days played are called.

    >>> span(28), span(7)
    ('this month', 'in these 7 days')
    """
    return say("report.span_month") if days == DAYS_PER_MONTH else say("report.span_days", days=days)


def usual_title(days: int) -> str:
    """What the days before are called, beside a month of ``days`` days.

    >>> usual_title(28), usual_title(7)
    ('a usual month before', '7 usual days before')
    """
    return say("report.usual_month") if days == DAYS_PER_MONTH else say("report.usual_days", days=days)


def count(number: float) -> str:
    """A count of a usual month, to the whole: nobody sells half a thing.

    >>> count(1200.0), count(34.5)
    ('1,200', '35')
    """
    return f"{floor(number + 0.5):,}"


def _shown(name: str, value: float) -> str:
    if value != value:
        return "–"
    if name in SHARES:
        return percent(value)
    if name == "reach_per_post":
        return f"{value:,.0f}"
    return whole_money(value) if name.endswith("_cents") else count(value)
