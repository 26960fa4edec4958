"""The story of a month: at most fourteen sentences, each computed and said only when it is true."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from simulator.insights.story_audience import growth, losses, seen_by, streak, won_by
from simulator.insights.story_messages import hard_days, messages
from simulator.insights.story_posts import (
    again,
    best_and_worst,
    little_work,
    misread,
    not_made,
    quiet_hours,
    selling,
)
from simulator.insights.story_sales import losing_offers, sales, worth
from simulator.insights.tables import Insights
from simulator.insights.told import Told

MOST_SENTENCES: Final = 14

Teller = Callable[[Told], str]

PARTS: Final[Mapping[str, tuple[Teller, ...]]] = {
    "audience": (growth, won_by, losses, streak, seen_by),
    "posts": (best_and_worst, selling, again, little_work, quiet_hours, not_made, misread),
    "messages": (messages, hard_days),
    "sales": (sales, losing_offers),
    "worth": (worth,),
}
"""The story's headings, and what is told under each; an empty sentence is not true of the month."""

LEFT_OUT_FIRST: Final = (seen_by, misread, quiet_hours)
"""What is left out when there is more to tell than the story holds."""


def story(
    insights: Insights, nothing: float | None = None, before: Insights | None = None
) -> dict[str, list[str]]:
    """What happened, why and how good it was: sentences under ``audience``, ``posts``, ...

    ``nothing``: the worth in cents had nothing been posted; ``before``: the months before.
    A heading without a sentence is left out.
    """
    told = Told(insights, nothing, before)
    said = {tell: sentence for part in PARTS.values() for tell in part if (sentence := tell(told))}
    for tell in LEFT_OUT_FIRST:
        if len(said) > MOST_SENTENCES:
            said.pop(tell, None)
    parts = {name: [said[tell] for tell in part if tell in said] for name, part in PARTS.items()}
    return {name: sentences for name, sentences in parts.items() if sentences}
