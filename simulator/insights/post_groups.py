"""The posts of a month by what they were for, or by what they were about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtrc

from simulator.insights.metrics import measure, ratio
from simulator.insights.picture_words import FEW_REACHED
from simulator.insights.tables import Insights
from simulator.insights.told import FEW_POSTS
from simulator.playbook.posts import PURPOSES

if TYPE_CHECKING:
    import pandas as pd

GROUPED_BY: Final = ("purpose", "topic")
GROUP_FIGURES: Final = (
    "posts",
    "reach_per_post",
    "engagement_rate",
    "clicks",
    "sales",
    "new_followers",
    "unfollows",
    "hides",
)
SELDOM: Final = 0.05
"""What luck does as seldom as this is not put down to it."""


@dataclass(frozen=True, slots=True)
class PostGroup:
    """The posts of one purpose or topic that went out, under its ``name``; "" are all posts."""

    name: str
    rows: pd.DataFrame

    @property
    def posts(self) -> int:
        return len(self.rows)

    @property
    def told(self) -> bool:
        """Whether there are posts and people enough to speak of the group."""
        return self.posts >= FEW_POSTS and int(self.rows["reach"].sum()) >= FEW_REACHED

    def figure(self, name: str) -> float:
        """One of :data:`GROUP_FIGURES`; NaN for a share of nothing."""
        if name == "posts":
            return self.posts
        if name == "reach_per_post":
            return float(ratio(self.rows["reach"].sum(), self.posts))
        if name == "engagement_rate":
            return float(measure(name, {part: self.rows[part].sum() for part in ("engagements", "reach")}))
        return int(self.rows[name].sum())


def post_groups(insights: Insights, by: str) -> list[PostGroup]:
    """Every purpose, or every topic of the client, in its order, with those of its posts that went out."""
    made = insights.posts[insights.posts["made"]]
    known = PURPOSES if by == "purpose" else insights.month.client.topic_names
    names = dict.fromkeys((*known, *made[by]))
    return [PostGroup(str(name), made[made[by] == name]) for name in names]


def by_luck(groups: Sequence[PostGroup]) -> float:
    """How often luck alone makes engagement rates differ as much as those of these groups, 0-1.

    One-way analysis of variance (Fisher 1925) of the logarithms of the posts' rates; 1 where nothing can
    be compared.
    """
    rates = [logs for group in groups if len(logs := _log_rates(group.rows)) > 1]
    count, posts = len(rates), sum(map(len, rates))
    if count < 2 or posts <= count:
        return 1.0
    middle = float(np.concatenate(rates).mean())
    between = sum(len(logs) * float(logs.mean() - middle) ** 2 for logs in rates) / (count - 1)
    within = sum(float(((logs - logs.mean()) ** 2).sum()) for logs in rates) / (posts - count)
    return float(fdtrc(count - 1, posts - count, between / within)) if within else 1.0


def _log_rates(rows: pd.DataFrame) -> NDArray[np.float64]:
    """The logarithm of each post's engagement rate, of posts that people enough saw."""
    seen = rows[rows["reach"] >= FEW_REACHED]
    engagements, reach = (seen[name].to_numpy(np.float64) for name in ("engagements", "reach"))
    logs: NDArray[np.float64] = np.log((engagements + 0.5) / reach)
    return logs
