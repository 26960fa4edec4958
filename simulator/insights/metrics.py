"""The metrics: each defined once, by the formula that is printed and that is computed.

A metric with a formula is derived from others (``"clicks / impressions"``); one without is
counted in the log. Words and denominators are those of the trade, see the report's glossary.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from simulator.errors import SimulatorError, did_you_mean
from simulator.texts import say

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric: its formula over other metrics (empty when counted), unit and denominator.

    >>> METRICS["ctr"].formula, METRICS["ctr"].denominator
    ('inline_link_clicks / impressions', 'impressions')
    """

    name: str
    formula: str
    unit: str

    @property
    def denominator(self) -> str:
        """The metric it is a share of, or empty when it is a count."""
        return self.formula.partition(" / ")[2]

    @property
    def says(self) -> str:
        """What it means, in one sentence of the language in force."""
        return say(f"insights.metrics.{self.name}")

    @property
    def title(self) -> str:
        """Its name as people read it.

        >>> METRICS["engagement_rate"].title
        'engagement rate'
        """
        return say(f"insights.titles.{self.name}")

    @property
    def formula_in_words(self) -> str:
        """The formula with the names people read; empty when counted.

        >>> METRICS["ctr"].formula_in_words
        'link clicks ÷ impressions'
        """
        signs = {"/": "÷", "+": "+"}
        return " ".join(signs.get(part) or METRICS[part].title for part in self.formula.split())

    @property
    def how(self) -> str:
        """How it is come by: its formula, a rule in words, or that it is counted.

        >>> METRICS["reach"].how, METRICS["thousand_impressions"].how
        ('counted', 'impressions ÷ 1,000')
        """
        if self.name in BY_A_RULE:
            return say(f"insights.by_a_rule.{self.name}")
        return self.formula_in_words or say("report.counted")


_ROWS: Final = (
    ("followers", "", "people"),
    ("new_followers", "", "people"),
    ("unfollows", "", "people"),
    ("impressions", "", "times"),
    ("reach", "", "people"),
    ("follower_reach", "", "people"),
    ("friend_reach", "", "people"),
    ("recommended_reach", "", "people"),
    ("frequency", "impressions / reach", "times a person"),
    ("reactions", "", "times"),
    ("comments", "", "times"),
    ("shares", "", "times"),
    ("clicks", "", "times"),
    ("saves", "", "times"),
    ("hides", "", "times"),
    ("opens", "", "times"),
    ("interactions", "reactions + comments + shares", "times"),
    ("engagements", "interactions + clicks", "times"),
    ("engaged_people", "", "people"),
    ("engagement_rate", "engagements / reach", "share"),
    ("engagement_rate_by_followers", "engagements / followers", "share"),
    ("save_rate", "saves / reach", "share"),
    ("hide_rate", "hides / reach", "share"),
    ("visits", "", "times"),
    ("visit_to_follow_rate", "new_followers / visits", "share"),
    ("sales", "", "times"),
    ("sales_to_others", "", "times"),
    ("revenue_cents", "", "cents"),
    ("margin_cents", "", "cents"),
    ("expected_margin_cents", "", "cents"),
    ("worth_cents", "", "cents"),
    ("production_hours", "", "hours"),
    ("hours_worked", "", "hours"),
    ("spend", "", "money"),
    ("unspent", "", "money"),
    ("thousand_impressions", "", "times"),
    ("inline_link_clicks", "", "times"),
    ("ctr", "inline_link_clicks / impressions", "share"),
    ("post_engagement", "", "times"),
    ("follow", "", "people"),
    ("purchase", "", "times"),
    ("purchase_value", "", "money"),
    ("results", "", "times"),
    ("cpm", "spend / thousand_impressions", "money"),
    ("cpc", "spend / inline_link_clicks", "money"),
    ("cost_per_follow", "spend / follow", "money"),
    ("cost_per_purchase", "spend / purchase", "money"),
    ("cost_per_result", "spend / results", "money"),
    ("purchase_roas", "purchase_value / spend", "times"),
    ("messages", "", "times"),
    ("conversations", "", "times"),
    ("conversations_answered", "", "times"),
    ("worth_an_answer", "", "times"),
    ("answered", "", "times"),
    ("answered_share", "answered / worth_an_answer", "share"),
    ("first_response_minutes_median", "", "minutes"),
    ("first_response_minutes_p90", "", "minutes"),
    ("conversations_due", "", "times"),
    ("answered_within_1h", "", "times"),
    ("sla_1h", "answered_within_1h / conversations_due", "share"),
    ("answered_within_24h", "", "times"),
    ("sla_24h", "answered_within_24h / conversations_due", "share"),
    ("first_messages", "", "times"),
    ("first_messages_answered", "", "times"),
    ("response_rate", "first_messages_answered / first_messages", "share"),
    ("response_minutes", "", "minutes"),
    ("handled", "", "times"),
    ("minutes_handling", "", "minutes"),
    ("handle_minutes", "minutes_handling / handled", "minutes"),
    ("backlog_end", "", "times"),
    ("unwanted", "", "times"),
    ("taken_away", "", "times"),
    ("unwanted_taken_away", "", "times"),
    ("wrongly_taken_away", "", "times"),
    ("moderation_precision", "unwanted_taken_away / taken_away", "share"),
    ("moderation_recall", "unwanted_taken_away / unwanted", "share"),
    ("missed_customers", "", "people"),
    ("sales_from_messages", "", "times"),
    ("rated_conversations", "", "times"),
    ("satisfaction", "", "from -1 to 1"),
    ("content_conversations", "", "times"),
    ("content_share", "content_conversations / rated_conversations", "share"),
    ("cross_conversations", "", "times"),
    ("cross_share", "cross_conversations / rated_conversations", "share"),
    ("first_word_minutes", "", "minutes"),
    ("work_hours", "", "hours"),
    ("shift_hours", "", "hours"),
    ("shift_use", "work_hours / shift_hours", "share"),
)

BY_A_RULE: Final = ("unspent", "thousand_impressions", "results", "expected_margin_cents", "worth_cents")
"""What is neither counted in the log nor a share of two others: its rule is said in words."""

METRICS: Final[Mapping[str, Metric]] = {row[0]: Metric(*row) for row in _ROWS}
"""Every metric by name, counted ones before those derived from them."""


def measure(name: str, columns: Mapping[str, Any]) -> Any:
    """The metric ``name`` of ``columns``, which hold the counts its formula needs.

    ``columns`` is a table, or a mapping of arrays of one length, or of numbers; the answer is
    a column, an array or a number likewise. A share of nothing is NaN.

    >>> measure("engagement_rate", {"reactions": 6, "comments": 1, "shares": 1, "clicks": 2, "reach": 40})
    0.25
    """
    if name in columns:
        return columns[name]
    parts = _metric(name).formula.split()
    if not parts:
        raise SimulatorError(say("insights.not_counted", name=name))
    values = [measure(part, columns) for part in parts[::2]]
    return ratio(*values) if "/" in parts else sum(values[1:], values[0])


def ratio(part: ArrayLike, whole: ArrayLike) -> Any:
    """``part / whole`` as float64, NaN where ``whole`` is 0; a plain float of two numbers.

    >>> ratio(1, 4), ratio(0, 0)
    (0.25, nan)
    """
    top, bottom = np.asarray(part, np.float64), np.asarray(whole, np.float64)
    empty = np.full(np.broadcast_shapes(top.shape, bottom.shape), np.nan)
    shares: Floats = np.divide(top, bottom, out=empty, where=bottom != 0)
    return float(shares) if shares.ndim == 0 else shares


def _metric(name: str) -> Metric:
    if name not in METRICS:
        raise SimulatorError(f'"{name}": {did_you_mean(name, METRICS)}')
    return METRICS[name]
