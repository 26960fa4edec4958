"""The report's section on messages: figures, words, pictures, hard days, rules, conversations to read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from simulator.insights.drawing import Chart
from simulator.insights.inbox_charts import INBOX_CHARTS
from simulator.insights.inbox_metrics import Inbox
from simulator.insights.inbox_picture_words import lasting
from simulator.insights.inbox_rules import RuleFound, rules_found
from simulator.insights.inbox_words import inbox_sentences, incident_stories, never_fired
from simulator.insights.key_figure import KeyFigure
from simulator.insights.metrics import METRICS
from simulator.insights.tables import Insights
from simulator.insights.words import percent
from simulator.insights.worth_reading import Reading, worth_reading
from simulator.texts import say

RULE_COLUMNS: Final = ("action", "fired", "unwanted", "wronged", "answered")


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A reply rule as the table shows it."""

    name: str
    action: str
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InboxSection:
    """Everything the template shows of messages. ``idle``: a sentence on rules that never fired, or empty."""

    key_figures: Sequence[KeyFigure]
    sentences: Sequence[str]
    charts: Sequence[tuple[str, Chart]]
    incidents: Sequence[str]
    rule_columns: Sequence[str]
    rules: Sequence[RuleRow]
    idle: str
    readings: Sequence[Reading]


def inbox_section(insights: Insights) -> InboxSection:
    """The section of a month in which somebody wrote."""
    rules = rules_found(insights.month)
    drawn = [name for name in INBOX_CHARTS if name != "inbox-work" or insights.month.log.work is not None]
    return InboxSection(
        key_figures=inbox_key_figures(insights.inbox),
        sentences=inbox_sentences(insights),
        charts=[(name, INBOX_CHARTS[name](insights)) for name in drawn],
        incidents=incident_stories(insights),
        rule_columns=[say(f"inbox.rules.{column}") for column in RULE_COLUMNS],
        rules=[_rule_row(rule) for rule in rules],
        idle=never_fired(rules),
        readings=worth_reading(insights.inbox),
    )


def inbox_key_figures(found: Inbox) -> tuple[KeyFigure, ...]:
    """Eight figures, each with what it is a figure of in words."""
    words = _words(found)
    return tuple(
        KeyFigure(METRICS[name].title, shown(found.figures[name]), say(f"inbox.key.{name}", **words))
        for name, shown in KEY_FIGURES.items()
    )


def _count(value: float) -> str:
    return f"{value:,}"


def _share(value: float) -> str:
    return percent(value, 0)


def _time(value: float) -> str:
    return "–" if value != value else lasting(value)


KEY_FIGURES: Final[Mapping[str, Callable[[float], str]]] = {
    "messages": _count,
    "answered": _count,
    "first_response_minutes_median": _time,
    "response_rate": _share,
    "missed_customers": _count,
    "moderation_recall": _share,
    "moderation_precision": _share,
    "backlog_end": _count,
}
"""The section's large numbers, and how each is written."""


def _words(found: Inbox) -> dict[str, str]:
    counts = {name: f"{value:,}" for name, value in found.figures.items() if isinstance(value, int)} | {
        "public": f"{found.messages.public.sum():,}",
        "most": f"{found.backlog.max():,}",
    }
    return counts | {
        "share": percent(found.figures["answered_share"], 0),
        "p90": _time(found.figures["first_response_minutes_p90"]),
        "response_time": _time(found.figures["response_minutes"]),
    }


def _rule_row(rule: RuleFound) -> RuleRow:
    unwanted = f"{rule.unwanted:,}"
    if rule.fired:
        unwanted += f" ({percent(rule.unwanted_share, 0)})"
    figures = (f"{rule.fired:,}", unwanted, f"{rule.wronged:,}", f"{rule.answered:,}")
    return RuleRow(rule.name, rule.action, figures)
