"""The results of ads, as a platform's ads manager shows them: Meta's insight names.

Everything is counted from the log's impressions of ads; money is what was billed. ``ctr`` and
``cpc`` are of link clicks, ``clicks`` counts every click (links, photos opened, reactions,
comments, shares). Reach is of different people, so it does not add up over ads or groups; everything
else does, money to the cent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from simulator.insights.ad_spend import cents_by_group
from simulator.insights.attribution import CLICK_BIT, Attributed, attributed_sales
from simulator.insights.metrics import measure
from simulator.network.billing import charges
from simulator.network.log import ACTIONS, ShownAd
from simulator.units import MINUTES_PER_DAY, MINUTES_PER_HOUR, moment_at

if TYPE_CHECKING:
    import pandas as pd

    from simulator.network.month import Played

Codes = NDArray[np.int64]

COUNTS: Final = (
    "impressions",
    "reach",
    "spend",
    "clicks",
    "inline_link_clicks",
    "post_engagement",
    "hides",
    "follow",
    "purchase",
    "purchase_value",
)
RATES: Final = ("frequency", "cpm", "cpc", "ctr", "cost_per_follow", "cost_per_purchase", "purchase_roas")
RESULT_COLUMN: Final[Mapping[str, str]] = {
    "REACH": "reach",
    "ENGAGEMENT": "post_engagement",
    "LINK_CLICKS": "inline_link_clicks",
    "FOLLOWS": "follow",
    "PURCHASES": "purchase",
}
"""What an ad set was asked for, by its goal."""

BREAKDOWNS: Final = ("age", "gender", "city", "district", "hour", "day")


def _bits(*actions: str) -> np.uint8:
    return np.uint8(sum(1 << ACTIONS.index(action) for action in actions))


ENGAGED = _bits("reaction", "comment", "share")
CLICKED = _bits("reaction", "comment", "share", "click", "open")


@dataclass(frozen=True)
class AdTables:
    """The results of one month's ads; with ``until_day`` those of its first days (from 0), as they were
    known on the morning after.

    Figures refresh once a day: who looks in the middle of a month knows what happened up to
    yesterday, of sets that had begun by then. Nothing that comes later, and no ad that starts later, changes
    what was known on a morning.
    """

    month: Played
    groupings: Mapping[str, tuple[Sequence[str], NDArray[Any]]]
    until_day: int | None = None

    @cached_property
    def ads(self) -> pd.DataFrame:
        """One row an ad, with what its set was asked for (``goal``), and when that ran."""
        return self._table([(row,) for row in sorted(row for rows in self._set_rows for row in rows)])

    @cached_property
    def ad_sets(self) -> pd.DataFrame:
        """One row an ad set, with the money ``unspent``: of a daily budget that of the days so far."""
        table = self._table(self._set_rows).drop(columns=["ad_name"])
        begin = self.month.client.file.month_start
        shown = [self.month.log.ads[rows[0]] for rows in self._set_rows]
        cents = [_most_cents(ad, begin, self._days) for ad in shown]
        most = np.array(cents, float) / 100
        table["unspent"] = np.maximum(0, (most - table["spend"]).round(2))
        return table

    def breakdown(self, by: str) -> pd.DataFrame:
        """All ads together by ``age``, ``gender``, ``city``, ``district``, ``hour`` or ``day``.

        By hour and day a sale stands where the click stands that it is put down to.
        """
        import pandas as pd

        names, of_view, of_follow, of_sale = self._split(by)
        spend = cents_by_group(self.month.log, self._views, of_view, len(names)) / 100
        counts = self._counts(of_view, of_follow, of_sale, len(names), spend)
        table = pd.DataFrame({"by": by, "group": list(names), **counts, **_rates(counts)})
        return table[table["impressions"] > 0].reset_index(drop=True)

    @cached_property
    def wear(self) -> pd.DataFrame:
        """Impressions and link clicks by how often the person had seen the ad before (``nth``, from 1)."""
        import pandas as pd

        views, shown = self.month.log.ad_views, self._views
        key = views.person[shown].astype(np.int64) * max(1, len(self.month.log.ads)) + views.ad[shown]
        order = np.argsort(key, kind="stable")
        starts = np.flatnonzero(np.diff(key[order], prepend=-1))
        nth = np.empty(len(key), np.int64)
        nth[order] = np.arange(len(key)) - np.repeat(starts, np.diff([*starts, len(key)])) + 1
        clicked = (views.actions[shown] & CLICK_BIT) > 0
        most = int(nth.max(initial=0)) + 1
        impressions = np.bincount(nth, minlength=most)[1:]
        clicks = np.bincount(nth[clicked], minlength=most)[1:]
        return pd.DataFrame(
            {"nth": np.arange(1, most), "impressions": impressions, "inline_link_clicks": clicks}
        )

    # ------------------------------------------------------------------ counting

    @property
    def _days(self) -> int:
        """So many days are known."""
        return self.month.days if self.until_day is None else min(self.until_day, self.month.days)

    @property
    def _end(self) -> float:
        """The first minute nothing is known of; what runs over midnight of the last day is known."""
        return float(self._days * MINUTES_PER_DAY) if self._days < self.month.days else np.inf

    @cached_property
    def _views(self) -> Codes:
        return np.flatnonzero(self.month.log.ad_views.time < self._end)

    @cached_property
    def _follows(self) -> Codes:
        follows = self.month.log.follows
        return np.flatnonzero((follows.ad >= 0) & (follows.time < self._end))

    @cached_property
    def _sales(self) -> Attributed:
        found = attributed_sales(self.month)
        known = self.month.log.purchases.time[found.sale] < self._end
        return Attributed(found.sale[known], found.ad[known], found.click[known])

    @cached_property
    def _set_rows(self) -> list[tuple[int, ...]]:
        """The ads of each set that had begun, in the order of the sheet."""
        sets: dict[tuple[str, str], list[int]] = {}
        begin, days = self.month.log.begin, self.month.days
        for row, ad in enumerate(self.month.log.ads):
            if ad.ad_set.window_minutes(begin, days)[0] >= self._end:
                continue
            sets.setdefault((ad.ad_set.campaign, ad.ad_set.name), []).append(row)
        return [tuple(rows) for rows in sets.values()]

    def _table(self, groups: Sequence[tuple[int, ...]]) -> pd.DataFrame:
        import pandas as pd

        log = self.month.log
        group_of = np.full(len(log.ads), len(groups), np.int64)  # the last for what had not begun
        for group, rows in enumerate(groups):
            group_of[list(rows)] = group
        billed = charges(log)[:, : self._days].sum(axis=1)
        spend = np.bincount(group_of, billed, minlength=len(groups) + 1)[: len(groups)] / 100
        counts = self._counts(
            group_of[log.ad_views.ad[self._views]],
            group_of[log.follows.ad[self._follows]],
            group_of[self._sales.ad],
            len(groups),
            spend,
        )
        facts = self._facts([log.ads[rows[0]] for rows in groups])
        results = _results(facts["goal"], counts)
        table = pd.DataFrame({**facts, **counts, **_rates(counts), "results": results})
        table["cost_per_result"] = measure("cost_per_result", {"spend": spend, "results": results})
        return table

    def _facts(self, shown: Sequence[ShownAd]) -> dict[str, Any]:
        """What each row is of: names, goal, the days reported, and from when to when its set ran."""
        import pandas as pd

        begin = self.month.log.begin
        windows = [ad.ad_set.window_minutes(begin, self.month.days) for ad in shown]
        ends = ((first, max(first, last - 1)) for first, last in windows)
        starts, stops = zip(*ends, strict=True) if shown else ((), ())
        return {
            "campaign_name": [ad.ad_set.campaign for ad in shown],
            "adset_name": [ad.ad_set.name for ad in shown],
            "ad_name": [ad.ad.name for ad in shown],
            "goal": [ad.ad_set.goal for ad in shown],
            "date_start": pd.to_datetime([begin] * len(shown)),
            "date_stop": pd.to_datetime([begin + timedelta(days=self._days - 1)] * len(shown)),
            "adset_start": pd.to_datetime([moment_at(begin, at).date() for at in starts]),
            "adset_end": pd.to_datetime([moment_at(begin, at).date() for at in stops]),
        }

    def _counts(
        self, of_view: Codes, of_follow: Codes, of_sale: Codes, groups: int, spend: NDArray[np.float64]
    ) -> dict[str, Any]:
        """The counts of each group, given the group of every view, follow and reported sale."""
        log, people = self.month.log, self.month.people
        actions = log.ad_views.actions[self._views]
        persons = np.unique(of_view * people + log.ad_views.person[self._views])

        def done(bits: np.uint8) -> Codes:
            return np.bincount(of_view[(actions & bits) > 0], minlength=groups)

        paid = log.purchases.price_cents[self._sales.sale]
        return {
            "impressions": np.bincount(of_view, minlength=groups),
            "reach": np.bincount(persons // people, minlength=groups),
            "spend": spend,
            "clicks": done(CLICKED),
            "inline_link_clicks": done(CLICK_BIT),
            "post_engagement": done(ENGAGED),
            "hides": done(_bits("hide")),
            "follow": np.bincount(of_follow, minlength=groups),
            "purchase": np.bincount(of_sale, minlength=groups),
            "purchase_value": np.bincount(of_sale, paid, minlength=groups) / 100,
        }

    def _split(self, by: str) -> tuple[Sequence[str], Codes, Codes, Codes]:
        """The groups, and the group of every view, follow and reported sale."""
        log, sale = self.month.log, self._sales.sale
        views, follows = self._views, self._follows
        if by in self.groupings:
            names, codes = self.groupings[by]
            people = (log.ad_views.person[views], log.follows.person[follows], log.purchases.person[sale])
            first, second, third = (np.asarray(codes)[persons].astype(np.int64) for persons in people)
            return names, first, second, third
        times = (log.ad_views.time[views], log.follows.time[follows], log.ad_views.time[self._sales.click])
        if by == "hour":
            first, second, third = ((time // MINUTES_PER_HOUR % 24).astype(np.int64) for time in times)
            return [f"{hour:02d}:00" for hour in range(24)], first, second, third
        last = self.month.days - 1
        days = [(log.begin + timedelta(days=day)).isoformat() for day in range(last + 1)]
        first, second, third = (np.minimum(time // MINUTES_PER_DAY, last).astype(np.int64) for time in times)
        return days, first, second, third


def _most_cents(ad: ShownAd, begin: date, days: int) -> int:
    """The most an ad's set can spend in so many days."""
    return ad.ad_set.most_cents(begin, days) if ad.most_cents is None else ad.most_cents


def _results(goals: Sequence[str], counts: Mapping[str, Any]) -> Codes:
    """What each row's set was asked for, as often as the row had it."""
    places = enumerate(goals)
    return np.array([counts[RESULT_COLUMN[goal]][row] for row, goal in places], np.int64)


def _rates(counts: Mapping[str, Any]) -> dict[str, Any]:
    known = {**counts, "thousand_impressions": np.asarray(counts["impressions"]) / 1000}
    return {name: measure(name, known) for name in RATES}


def ad_summary(month: Played, sales: Attributed | None = None) -> dict[str, int]:
    """The month's summary of ads: zeros without any. Clicks are link clicks; conversions as reported."""
    log = month.log
    reported = attributed_sales(month) if sales is None else sales
    return {
        "ad_spend_cents": int(month.ad_spend_cents),
        "ad_impressions": len(log.ad_views.time),
        "ad_reach": len(np.unique(log.ad_views.person)),
        "ad_clicks": int(((log.ad_views.actions & CLICK_BIT) > 0).sum()),
        "ad_conversions": len(reported.sale),
        "ad_follows": int((log.follows.ad >= 0).sum()),
    }


def people_reached(month: Played) -> int:
    """Different people who saw a post, an ad or both."""
    log = month.log
    return len(np.union1d(log.exposures.person, log.ad_views.person))


def all_breakdowns(tables: AdTables, by: Iterable[str] = BREAKDOWNS) -> pd.DataFrame:
    """Every breakdown, one under the other."""
    import pandas as pd

    return pd.concat([tables.breakdown(name) for name in by], ignore_index=True)
