"""The part of the story that tells of messages: hard days, answers and who was missed."""

from __future__ import annotations

from simulator.insights.hard_days import hard_days_note, incident_stories
from simulator.insights.inbox_words import inbox_headline
from simulator.insights.told import Told


def messages(told: Told) -> str:
    """How many got an answer, and how many customers were missed."""
    return inbox_headline(told.insights)


def hard_days(told: Told) -> str:
    """What went wrong, what the page said to it, and how often such days come."""
    return " ".join(filter(None, [*incident_stories(told.insights), hard_days_note(told.insights)]))
