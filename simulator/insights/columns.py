"""The columns of the tables, in their order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from simulator.insights.metrics import METRICS
from simulator.network.log import Log
from simulator.units import moment_at

POST_FACTS: Final = (
    "posting_time",
    "posted_time",
    "text",
    "format",
    "purpose",
    "purpose_as_read",
    "topic",
    "topic_as_read",
    "offer",
    "production_hours",
    "made",
)
POST_FIGURES: Final = (
    "impressions",
    "reach",
    "follower_reach",
    "friend_reach",
    "recommended_reach",
    "frequency",
    "reactions",
    "comments",
    "shares",
    "clicks",
    "saves",
    "hides",
    "opens",
    "interactions",
    "engagements",
    "engaged_people",
    "engagement_rate",
    "unfollows",
    "visits",
    "new_followers",
    "sales",
)
DERIVED: Final = tuple(name for name in POST_FIGURES if METRICS[name].formula)
DAILY: Final = (
    "date",
    "weekday",
    "followers",
    "new_followers",
    "unfollows",
    "visits",
    "impressions",
    "reach",
    "interactions",
    "engagements",
    "posts",
    "sales",
    "sales_to_others",
    "revenue_cents",
    "margin_cents",
    "expected_margin_cents",
)


def post_facts(log: Log) -> Iterator[tuple[Any, ...]]:
    """The facts of each post, in the order of the plan; when it went out is None of one that never did."""
    for published in log.posts:
        post, reading = published.post, published.reading
        yield (
            post.posting_time,
            moment_at(log.begin, published.post_time) if published.made else None,
            post.text,
            post.format,
            post.purpose,
            reading.purpose,
            post.topic,
            reading.topic,
            post.offer,
            published.hours,
            published.made,
        )
