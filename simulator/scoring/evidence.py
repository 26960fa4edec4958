"""Evidence: what can be seen of a playbook's months, added up over worlds, so that luck averages out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulator.insights import message_marks as marks
from simulator.insights.tables import Insights
from simulator.network.month import Played
from simulator.units import HOURS_PER_DAY, MINUTES_PER_HOUR

if TYPE_CHECKING:
    import pandas as pd

Hours = NDArray[np.int64]

POST_COUNTS = ("reach", "visits", "new_followers", "unfollows", "hides", "sales")
SET_COUNTS = ("spend", "inline_link_clicks", "follow", "purchase")


@dataclass(frozen=True, eq=False)
class Evidence:
    """Counts of one world, or the sum of several.

    ``posts``: a row a post with its facts and :data:`POST_COUNTS`; ``ad_sets``: a row a set with
    :data:`SET_COUNTS`. ``asked``: (24,) messages worth an answer by the hour they came; ``waited``: those
    of them without an answer an hour later. ``shift_hours`` were paid for, in ``used_hours`` of them
    something was done. ``over_service``: followers lost over how they were answered, or not.
    """

    worlds: int
    posts: pd.DataFrame
    ad_sets: pd.DataFrame
    asked: Hours
    waited: Hours
    shift_hours: float
    used_hours: float
    over_service: int

    @property
    def made(self) -> pd.DataFrame:
        """The posts that went out in any world."""
        return self.posts[self.posts["made"]]

    @classmethod
    def of(cls, played: Played) -> Evidence:
        """What one month shows."""
        insights, log = Insights(played), played.log
        asked = marks.worth_an_answer(log.messages)
        late = ~(marks.answer_time(log.messages) - log.messages.time <= MINUTES_PER_HOUR)
        work = log.work
        return cls(
            worlds=1,
            posts=insights.posts,
            ad_sets=insights.advertising.ad_sets[["adset_name", *SET_COUNTS]],
            asked=_by_hour(log.messages.time[asked]),
            waited=_by_hour(log.messages.time[asked & late]),
            shift_hours=0.0 if work is None else float(work.shift_minutes_by_day.sum()) / MINUTES_PER_HOUR,
            used_hours=0.0 if work is None else float(work.minutes.sum()) / MINUTES_PER_HOUR,
            over_service=int(np.count_nonzero(log.unfollows.service)),
        )

    @classmethod
    def together(cls, found: Sequence[Evidence]) -> Evidence:
        """The sum over worlds of the same playbook."""
        posts, ad_sets = found[0].posts.copy(), found[0].ad_sets.copy()
        for name in POST_COUNTS:
            posts[name] = np.sum([one.posts[name] for one in found], axis=0)
        posts["made"] = np.any([one.posts["made"] for one in found], axis=0)
        for name in SET_COUNTS:
            ad_sets[name] = np.sum([one.ad_sets[name] for one in found], axis=0)
        return cls(
            worlds=len(found),
            posts=posts,
            ad_sets=ad_sets,
            asked=np.sum([one.asked for one in found], axis=0),
            waited=np.sum([one.waited for one in found], axis=0),
            shift_hours=sum(one.shift_hours for one in found),
            used_hours=sum(one.used_hours for one in found),
            over_service=sum(one.over_service for one in found),
        )


def _by_hour(times: NDArray[np.float64]) -> Hours:
    hours = (times // MINUTES_PER_HOUR).astype(np.int64) % HOURS_PER_DAY
    return np.bincount(hours, minlength=HOURS_PER_DAY)
