"""The report's section on messages: figures, words, pictures, hard days, rules, conversations to read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from simulator.insights.drawing import Chart
from simulator.insights.hard_days import hard_days_note, incident_stories
from simulator.insights.inbox_charts import INBOX_CHARTS
from simulator.insights.inbox_metrics import Inbox
from simulator.insights.inbox_picture_words import kind_counts, lasting
from simulator.insights.inbox_rules import RuleFound, rules_found
from simulator.insights.inbox_words import inbox_sentences, never_fired, nobody_there
from simulator.insights.key_figure import KeyFigure
from simulator.insights.metrics import METRICS
from simulator.insights.presence import unattended
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
    """Everything the template shows of messages.

    ``nobody``: what is said instead of large numbers where neither a person nor a rule was there; ``often``:
    how often hard days come; ``idle``: a sentence on rules that never fired. Each is empty without cause.
    """

    nobody: Sequence[str]
    key_figures: Sequence[KeyFigure]
    sentences: Sequence[str]
    charts: Sequence[tuple[str, Chart]]
    incidents: Sequence[str]
    often: str
    rule_columns: Sequence[str]
    rules: Sequence[RuleRow]
    idle: str
    readings: Sequence[Reading]


def inbox_section(insights: Insights) -> InboxSection:
    """The section of a month in which somebody wrote."""
    rules, alone = rules_found(insights.month), unattended(insights.month)
    return InboxSection(
        nobody=nobody_there(insights) if alone else (),
        key_figures=() if alone else inbox_key_figures(insights.inbox),
        sentences=() if alone else inbox_sentences(insights),
        charts=[(name, INBOX_CHARTS[name](insights)) for name in _drawn(insights, alone)],
        incidents=incident_stories(insights),
        often=hard_days_note(insights),
        rule_columns=[say(f"inbox.rules.{column}") for column in RULE_COLUMNS],
        rules=[_rule_row(rule) for rule in rules],
        idle=never_fired(rules),
        readings=worth_reading(insights.inbox),
    )


def _drawn(insights: Insights, alone: bool) -> list[str]:
    """The pictures that have something to show: of an inbox left alone only when people write."""
    if alone:
        return ["inbox-arrivals"]
    return [name for name in INBOX_CHARTS if name != "inbox-work" or insights.month.log.work is not None]


def inbox_key_figures(found: Inbox) -> tuple[KeyFigure, ...]:
    """Up to eight figures, each with what it is a figure of in words; none of nothing."""
    words = _words(found)
    return tuple(
        KeyFigure(METRICS[name].title, shown(found.figures[name]), say(f"inbox.key.{name}", **words))
        for name, shown in KEY_FIGURES.items()
        if found.figures[OF_WHAT[name]]
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


OF_WHAT: Final[Mapping[str, str]] = {
    "messages": "messages",
    "answered": "worth_an_answer",
    "first_response_minutes_median": "conversations_answered",
    "response_rate": "first_messages",
    "missed_customers": "worth_an_answer",
    "moderation_recall": "unwanted",
    "moderation_precision": "taken_away",
    "backlog_end": "messages",
}
"""What each is a number of: where there is none of it, there is nothing to show."""


def _words(found: Inbox) -> dict[str, str]:
    counts = {name: f"{value:,}" for name, value in found.figures.items() if isinstance(value, int)} | {
        "public": f"{found.messages.public.sum():,}",
        "private": f"{(~found.messages.public).sum():,}",
        "expired": f"{found.expired:,}",
        "most": f"{found.backlog.max():,}",
    }
    return counts | {
        "kinds": kind_counts(found.messages),
        "patience": lasting(found.patience_minutes),
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
