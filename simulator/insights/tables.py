"""The tables: what the trade's dashboards would show of a month.

Everything is counted from the log (and, for age, gender and city, the town's people); the
columns bear the names of :data:`simulator.insights.metrics.METRICS`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from simulator.files import write_whole
from simulator.insights.ad_tables import AdTables, ad_summary, all_breakdowns
from simulator.insights.inbox_metrics import SUMMARY as INBOX_SUMMARY
from simulator.insights.inbox_metrics import Inbox
from simulator.insights.inbox_tables import messages_table, work_table
from simulator.insights.metrics import METRICS, measure, ratio
from simulator.insights.spreadsheet import harmless
from simulator.network.log import ACTIONS, SOURCES, Exposures, Log
from simulator.units import MINUTES_PER_DAY, MINUTES_PER_HOUR
from simulator.world.people import LOG_BYTE
from simulator.world.rhythms import weekly_curves

if TYPE_CHECKING:
    import pandas as pd

    from simulator.network.month import Played

Counts = NDArray[np.int64]

WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
"""The codes of the ``weekday`` column; a month starts on a Monday."""

AGE_BANDS: Final[Mapping[str, int]] = {
    "13-17": 0,
    "18-24": 18,
    "25-34": 25,
    "35-44": 35,
    "45-54": 45,
    "55-64": 55,
    "65+": 65,
}
"""The bands of the trade's audience reports, each with its youngest age."""

GENDERS: Final = ("men", "women")

AUDIENCE_BY: Final = ("age", "gender", "city")
"""What the audience table is split by; the breakdowns of ads also know districts."""


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
            "offer": float,
            "production_hours": float,
            "made": bool,
        }
        facts = pd.DataFrame(list(_post_facts(log)), columns=list(POST_FACTS)).astype(kinds)
        counts = post_counts(log.exposures, number)
        counts |= {
            "unfollows": _tally(log.unfollows.post, number),
            "visits": _tally(log.visits.post, number),
            "new_followers": _tally(log.follows.post, number),
            "sales": _tally(log.purchases.post, number),
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
        reached = np.flatnonzero(_marked(log.exposures.person, self.month.people))
        parts = []
        for by, (names, codes) in self._groupings().items():
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
        return AdTables(self.month, self._groupings())

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
        counts = {name: int(column.sum()) for name, column in _action_columns(log.exposures)}
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
            "hours_worked": _hours_worked(log),
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
            name: np.bincount(seen[column], minlength=days) for name, column in _action_columns(log.exposures)
        }
        return counts | {
            "followers": np.asarray(log.followers_by_day[1:]),
            "new_followers": np.bincount(self._day(log.follows.time), minlength=days),
            "unfollows": np.bincount(self._day(log.unfollows.time), minlength=days),
            "visits": np.bincount(self._day(log.visits.time), minlength=days),
            "impressions": _weighed(seen, log.exposures.impressions, days),
            "reach": self._daily_reach(seen),
            "posts": np.bincount(self._day(posted), minlength=days),
            "sales": np.bincount(sold, minlength=days),
            "sales_to_others": np.bincount(sold[~log.purchases.follower], minlength=days),
            "revenue_cents": _weighed(sold, log.purchases.price_cents, days),
            "margin_cents": _weighed(sold, log.purchases.margin_cents, days),
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
        return np.array([_different(person[first:last], memory) for first, last in spans], np.int64)

    def _groupings(self) -> dict[str, tuple[tuple[str, ...], NDArray[Any]]]:
        """Of each way to split the town: the names of its groups and everybody's group."""
        world = self.month.world
        ages = np.searchsorted(list(AGE_BANDS.values()), world.people.age, side="right") - 1
        cities = tuple(str(city.name) for city in world.country.cities)
        district_city = np.asarray(world.country.district_city)
        districts = tuple(str(district.name) for district in world.country.districts)
        return {
            "age": (tuple(AGE_BANDS), ages),
            "gender": (GENDERS, np.asarray(world.people.female).astype(np.int64)),
            "city": (cities, district_city[world.people.district]),
            "district": (districts, np.asarray(world.people.district).astype(np.int64)),
        }


POST_FACTS: Final = (
    "posting_time",
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


def post_counts(exposures: Exposures, number: int) -> dict[str, Counts]:
    """What ``number`` posts got, counted in the exposures: reach, impressions and actions."""
    post = exposures.post
    counts = {
        "impressions": _weighed(post, exposures.impressions, number),
        "reach": np.bincount(post, minlength=number),
        "engaged_people": np.bincount(post[exposures.actions > 0], minlength=number),
    }
    for code, source in enumerate(SOURCES):
        counts[f"{source}_reach"] = np.bincount(post[exposures.source == code], minlength=number)
    for name, column in _action_columns(exposures):
        counts[name] = np.bincount(post[column], minlength=number)
    return counts


def different(person: NDArray[Any], people: int) -> int:
    """How many different people of a town of ``people`` stand in ``person``.

    >>> different(np.array([4, 2, 4]), 5)
    2
    """
    return _different(person, np.zeros(people, np.int32))


def write_tables(insights: Insights, folder: Path) -> tuple[Path, ...]:
    """Write posts.csv, daily.csv and summary.json to ``folder``; returns their paths.

    Where ads ran, ads_results.csv and ad_breakdowns.csv too; where messages came inbox.csv, and where
    there were shifts work.csv.
    Each file appears whole or not at all. An undefined share is an empty cell, and ``null``.
    """
    texts = {
        "posts.csv": _csv(insights.posts, "%Y-%m-%d %H:%M"),
        "daily.csv": _csv(insights.daily, "%Y-%m-%d"),
        "summary.json": json.dumps(plain(insights.summary), indent=2, ensure_ascii=False) + "\n",
    }
    if insights.month.log.ads:
        texts["ads_results.csv"] = _csv(insights.ads, "%Y-%m-%d")
        texts["ad_breakdowns.csv"] = _csv(all_breakdowns(insights.advertising), "%Y-%m-%d")
    if len(insights.month.log.messages):
        texts["inbox.csv"] = _csv(harmless(insights.messages), "%Y-%m-%d %H:%M")
    if insights.month.log.work is not None:
        work = harmless(work_table(insights.month, insights.month.log.work))
        texts["work.csv"] = _csv(work, "%Y-%m-%d %H:%M")
    return tuple(write_whole(folder / name, text) for name, text in texts.items())


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


def _csv(table: pd.DataFrame, date_format: str) -> str:
    shares = table.select_dtypes("float").round(6)
    whole = table.assign(**{str(name): column for name, column in shares.items()})
    text: str = whole.to_csv(index=False, date_format=date_format, lineterminator="\n")
    return text


def _hours_worked(log: Log) -> float:
    """Hours of work: on posts and messages, or where the client's hours made the posts those in the posts
    that went out; and in the ads that were made (a boosted post was made before).
    """
    if log.work is not None:
        posts = float(log.work.minutes.sum()) / MINUTES_PER_HOUR
    else:
        posts = sum(post.hours for post in log.posts if post.made)
    return float(posts + sum(ad.published.hours for ad in log.ads if ad.ad.boosted_post is None))


def _post_facts(log: Log) -> Iterator[tuple[Any, ...]]:
    for published in log.posts:
        post, reading = published.post, published.reading
        yield (
            post.posting_time,
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


def _action_columns(exposures: Exposures) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    """Each action's metric (``reaction`` -> ``reactions``) and who did it."""
    for code, action in enumerate(ACTIONS):
        yield f"{action}s", (exposures.actions & np.uint8(1 << code)) > 0


def _tally(post: NDArray[Any], number: int) -> Counts:
    """Facts per post; those that no single post caused are left out."""
    return np.bincount(post[post >= 0], minlength=number)


def _weighed(codes: NDArray[Any], weights: NDArray[Any], number: int) -> Counts:
    return np.bincount(codes, weights, minlength=number).astype(np.int64)


def _different(person: NDArray[Any], memory: NDArray[np.int32]) -> int:
    """Each row writes its number at its person; the rows that find it again are one per person."""
    rows = np.arange(len(person), dtype=np.int32)
    memory[person] = rows
    return int(np.count_nonzero(memory[person] == rows))


def _marked(person: NDArray[Any], people: int) -> NDArray[np.bool_]:
    marks = np.zeros(people, np.bool_)
    marks[person] = True
    return marks
