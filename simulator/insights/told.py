"""What a story is told from, and the parts of its sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from simulator.insights.tables import Insights
from simulator.insights.words import listed, selling_posts, when
from simulator.texts import say

if TYPE_CHECKING:
    import pandas as pd

FEW_POSTS: Final = 4
"""Fewer posts of a kind than this are too few to speak of the kind."""
NAMED: Final = 4
"""So many posts are named before the rest is counted."""


@dataclass(frozen=True)
class Told:
    """What the story is told from: the month and what it is measured against, if known."""

    insights: Insights
    nothing: float | None = None
    before: Insights | None = None

    @property
    def posts(self) -> pd.DataFrame:
        return self.insights.posts

    @property
    def made(self) -> pd.DataFrame:
        return self.posts[self.posts["made"]]


def kinds(posts: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Selling posts and the others."""
    selling = selling_posts(posts)
    return selling, posts[posts["made"]].drop(selling.index)


def purpose(row: Mapping[Any, Any]) -> str:
    return say(f"insights.purposes.{row['purpose']}")


def times(posts: pd.DataFrame) -> str:
    return listed(when(moment) for moment in posts["posting_time"].head(NAMED)) + rest(posts.index)


def rest(posts: Iterable[Any]) -> str:
    more = len(list(posts)) - NAMED
    return say("insights.story.rest", more=more) if more > 0 else ""
