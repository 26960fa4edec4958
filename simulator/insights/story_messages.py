"""The part of the story that tells of messages: hard days, answers and who was missed."""

from __future__ import annotations

from simulator.insights.inbox_words import inbox_headline, incident_stories
from simulator.insights.told import Told


def messages(told: Told) -> str:
    """How many got an answer, and how many customers were missed."""
    return inbox_headline(told.insights)


def hard_days(told: Told) -> str:
    """What went wrong, and what the page said to it."""
    return " ".join(incident_stories(told.insights))
