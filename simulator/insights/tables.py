"""The tables: what the trade's dashboards would show of a month.

Everything is counted from the log (and, for age, gender and city, the town's people); the
columns bear the names of :data:`simulator.insights.metrics.METRICS`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from simulator.insights.ad_tables import AdTables, ad_summary
from simulator.insights.columns import DAILY, DERIVED, POST_FACTS, POST_FIGURES, post_facts
from simulator.insights.counting import (
    Counts,
    action_columns,
    different,
    different_rows,
    marked,
    post_counts,
    tally,
    weighed,
)
from simulator.insights.groups import AUDIENCE_BY, groupings
from simulator.insights.inbox_metrics import SUMMARY as INBOX_SUMMARY
from simulator.insights.inbox_metrics import Inbox
from simulator.insights.inbox_tables import messages_table
from simulator.insights.metrics import measure, ratio
from simulator.network.hours import hours_worked
from simulator.units import MINUTES_PER_DAY, MINUTES_PER_HOUR
from simulator.world.people import LOG_BYTE
from simulator.world.rhythms import weekly_curves

if TYPE_CHECKING:
    import pandas as pd

    from simulator.network.month import Played

WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
"""The codes of the ``weekday`` column; a month starts on a Monday."""


@dataclass(frozen=True)
class Insights:
    """The insights of one month, each table counted when first asked for."""

    month: Played

    @cached_property
    def posts(self) -> pd.DataFrame:
        """One row per post of the plan, in the plan's order, made or not."""
        import pandas as pd

        log, number = self.month.log, len(self.month.log.posts)
        kinds: Any = {
            "posting_time": "datetime64[ns]",
            "posted_time": "datetime64[ns]",
            "offer": float,
            "production_hours": float,
            "made": bool,
        }
        facts = pd.DataFrame(list(post_facts(log)), columns=list(POST_FACTS)).astype(kinds)
        counts = post_counts(log.exposures, number)
        counts |= {
            "unfollows": tally(log.unfollows.post, number),
            "visits": tally(log.visits.post, number),
            "new_followers": tally(log.follows.post, number),
            "sales": tally(log.purchases.post, number),
        }
        derived = {name: measure(name, counts) for name in DERIVED}
        return facts.join(pd.DataFrame({**counts, **derived}))[list(POST_FACTS + POST_FIGURES)]

    @cached_property
    def daily(self) -> pd.DataFrame:
        """One row per day of the month."""
        import pandas as pd

        start, days = self.month.log.begin, self.month.days
        counts = self._daily_counts()
        counts |= {name: measure(name, counts) for name in ("interactions", "engagements")}
        dates = pd.to_datetime([start + timedelta(days=day) for day in range(days)])
        weekdays = [WEEKDAYS[date.weekday()] for date in dates]
        return pd.DataFrame({"date": dates, "weekday": weekdays, **counts})[list(DAILY)]

    @cached_property
    def audience(self) -> pd.DataFrame:
        """Followers by age band, gender and city: at both ends, won, lost and reached.

        One row per ``by`` (``age``, ``gender``, ``city``) and ``group``; ``share`` is the
        group's share of the followers at the end, ``reach`` its different people reached.
        """
        import pandas as pd

        log = self.month.log
        reached = np.flatnonzero(marked(log.exposures.person, self.month.people))
        parts = []
        for by, (names, codes) in groupings(self.month.world).items():
            if by not in AUDIENCE_BY:
                continue
            sizes = {
                column: np.bincount(codes[people], minlength=len(names))
                for column, people in (
                    ("followers_start", log.followers_start),
                    ("new_followers", log.follows.person),
                    ("unfollows", log.unfollows.person),
                    ("followers", log.followers_end),
                    ("reach", reached),
                    ("people", np.arange(self.month.people)),
                )
            }
            share = ratio(sizes["followers"], sizes["followers"].sum())
            parts.append(pd.DataFrame({"by": by, "group": list(names), **sizes, "share": share}))
        return pd.concat(parts, ignore_index=True)

    @cached_property
    def heat_map(self) -> pd.DataFrame:
        """People reached by weekday (rows) and hour (columns) of seeing a post, counted per post."""
        import pandas as pd

        hours = (self.month.log.exposures.time // MINUTES_PER_HOUR).astype(np.int64) % (7 * 24)
        cells = np.bincount(hours, minlength=7 * 24).reshape(7, 24)
        return pd.DataFrame(cells, index=pd.Index(WEEKDAYS, name="weekday"), columns=range(24))

    @cached_property
    def online(self) -> NDArray[np.float64]:
        """(168,) followers online by hour of the week, 1 in an average hour; zeros without followers."""
        followers, people = self.month.log.followers_start, self.month.world.people
        curves = weekly_curves().astype(np.float64)
        activity = LOG_BYTE[people.activity[followers]].astype(np.float64)
        mix = np.bincount(people.chronotype[followers], weights=activity, minlength=len(curves))
        hours: NDArray[np.float64] = mix @ curves / max(float(mix.sum()), 1e-9)
        return hours

    @cached_property
    def advertising(self) -> AdTables:
        """Everything about the month's ads."""
        return AdTables(self.month, groupings(self.month.world))

    def ads_known(self, day: int) -> AdTables:
        """Everything about the ads as known on the morning of a day (0 for the first): what came before it.

        Sales by then, each as the ad's that was clicked last before it, and nothing of what is to come.
        """
        return AdTables(self.month, self.advertising.groupings, until_day=day)

    @property
    def ads(self) -> pd.DataFrame:
        """One row per ad that ran, with Meta's insight names."""
        return self.advertising.ads

    @cached_property
    def inbox(self) -> Inbox:
        """Everything about the month's messages."""
        return Inbox(self.month)

    @cached_property
    def messages(self) -> pd.DataFrame:
        """One row per message, and what happened to it."""
        return messages_table(self.month)

    @cached_property
    def summary(self) -> dict[str, int | float | str]:
        """The month in figures: plain numbers under the metrics' names, in a fixed order."""
        month, log = self.month, self.month.log
        counts = {name: int(column.sum()) for name, column in action_columns(log.exposures)}
        figures: dict[str, Any] = {
            **counts,
            "client": month.client.name,
            "seed": month.seed,
            "people": month.people,
            "days": month.days,
            "followers_start": len(log.followers_start),
            "followers_end": len(log.followers_end),
            "new_followers": len(log.follows.person),
            "unfollows": len(log.unfollows.person),
            "impressions": int(log.exposures.impressions.sum(dtype=np.int64)),
            "reach": different(log.exposures.person, month.people),
            "sales": len(log.purchases.person),
            "revenue_cents": int(log.purchases.price_cents.sum()),
            "margin_cents": int(log.purchases.margin_cents.sum()),
            "worth_cents": round(month.worth_cents),
            "engaged_people": different(log.exposures.person[log.exposures.actions > 0], month.people),
            "hours_worked": hours_worked(log),
            **ad_summary(month),
            **self.inbox.summary,
            "client_seed": month.client.client_seed,
            "world_seed": month.seed,
        }
        figures |= {name: measure(name, figures) for name in ("interactions", "engagements")}
        pooled = {"engagements": figures["engagements"], "reach": len(log.exposures.person)}
        figures["engagement_rate"] = measure("engagement_rate", pooled)
        return {name: figures[name] for name in SUMMARY}

    def _daily_counts(self) -> dict[str, Any]:
        log, days = self.month.log, self.month.days
        seen = self._day(log.exposures.time)
        sold = self._day(log.purchases.time)
        posted = np.array([post.post_time for post in log.posts if post.made], np.float64)
        counts: dict[str, Any] = {
            name: np.bincount(seen[column], minlength=days) for name, column in action_columns(log.exposures)
        }
        return counts | {
            "followers": np.asarray(log.followers_by_day[1:]),
            "new_followers": np.bincount(self._day(log.follows.time), minlength=days),
            "unfollows": np.bincount(self._day(log.unfollows.time), minlength=days),
            "visits": np.bincount(self._day(log.visits.time), minlength=days),
            "impressions": weighed(seen, log.exposures.impressions, days),
            "reach": self._daily_reach(seen),
            "posts": np.bincount(self._day(posted), minlength=days),
            "sales": np.bincount(sold, minlength=days),
            "sales_to_others": np.bincount(sold[~log.purchases.follower], minlength=days),
            "revenue_cents": weighed(sold, log.purchases.price_cents, days),
            "margin_cents": weighed(sold, log.purchases.margin_cents, days),
            "expected_margin_cents": np.asarray(log.expected_margin_by_day, np.float64),
        }

    def _day(self, times: NDArray[Any]) -> Counts:
        """The day of each time, 0 to days - 1 (what runs over midnight of the last day is its)."""
        days: Counts = np.clip(times // MINUTES_PER_DAY, 0, self.month.days - 1).astype(np.int64)
        return days

    def _daily_reach(self, seen: Counts) -> Counts:
        """Different people of each day; exposures stand in order of time."""
        edges = np.searchsorted(seen, np.arange(self.month.days + 1))
        person, memory = self.month.log.exposures.person, np.zeros(self.month.people, np.int32)
        spans = pairwise(edges)
        return np.array([different_rows(person[first:last], memory) for first, last in spans], np.int64)


SUMMARY: Final = (
    "client",
    "seed",
    "people",
    "days",
    "followers_start",
    "followers_end",
    "new_followers",
    "unfollows",
    "impressions",
    "reach",
    "engagements",
    "engagement_rate",
    "reactions",
    "comments",
    "shares",
    "clicks",
    "hides",
    "saves",
    "sales",
    "revenue_cents",
    "margin_cents",
    "worth_cents",
    "interactions",
    "engaged_people",
    "hours_worked",
    "client_seed",
    "world_seed",
    "ad_spend_cents",
    "ad_impressions",
    "ad_reach",
    "ad_clicks",
    "ad_conversions",
    "ad_follows",
    *INBOX_SUMMARY,
)


def plain(figures: Mapping[str, Any]) -> dict[str, Any]:
    """The figures as JSON can hold them: no NaN, and no more than six decimals.

    >>> plain({"reach": 3, "engagement_rate": math.nan, "frequency": 4 / 3})
    {'reach': 3, 'engagement_rate': None, 'frequency': 1.333333}
    """
    return {name: _plain(value) for name, value in figures.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 6) if math.isfinite(value) else None
    return value
