"""The words for a month's figures: dates, shares, and what each picture shows.

Every sentence is computed from the tables, so that who cannot see a picture learns the same
numbers from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.errors import Problem
from simulator.insights.metrics import ratio
from simulator.insights.tables import WEEKDAYS, Insights
from simulator.playbook.posts import PURPOSES
from simulator.texts import say

if TYPE_CHECKING:
    import pandas as pd

NAMED_LINES = 8
"""So many lines with the same warning are named before the rest is counted."""


def ranked(posts: pd.DataFrame) -> pd.DataFrame:
    """The posts somebody saw, most engagements first, then the higher rate, then the earlier."""
    seen = posts[posts["reach"] > 0]
    order = ["engagements", "engagement_rate", "posting_time"]
    return seen.sort_values(order, ascending=[False, False, True], kind="stable")


def when(moment: datetime) -> str:
    """A post's time as people say it.

    >>> when(datetime(2027, 3, 9, 15, 0))
    'Tue 9 Mar 15:00'
    """
    return f"{short_date(moment)} {moment:%H:%M}"


def short_date(day: date) -> str:
    """A day without its year.

    >>> short_date(date(2027, 3, 9))
    'Tue 9 Mar'
    """
    weekday = say(f"insights.days.{WEEKDAYS[day.weekday()]}")
    return f"{weekday} {day.day} {say(f'insights.months.{day.month}')}"


def percent(share: float, digits: int = 1) -> str:
    """A share as a percentage, an en dash when there was nothing to divide by.

    >>> print(percent(0.0525), percent(float("nan")))
    5.2\N{NO-BREAK SPACE}% –
    """
    return "–" if np.isnan(share) else f"{share * 100:.{digits}f}\N{NO-BREAK SPACE}%"


def signed_percent(share: float) -> str:
    """A change with its sign.

    >>> print(signed_percent(-0.0125), signed_percent(0.5))
    −1.2\N{NO-BREAK SPACE}% +50.0\N{NO-BREAK SPACE}%
    """
    return "–" if np.isnan(share) else f"{'−' if share < 0 else '+'}{percent(abs(share))}"


def direction(cents: float) -> str:
    """Which way a difference of money goes: ``more``, ``less`` or ``same``, to the cent.

    >>> direction(120.0), direction(-3.0), direction(0.4)
    ('more', 'less', 'same')
    """
    return "same" if not round(cents) else "more" if cents > 0 else "less"


def group_title(group: str) -> str:
    """A group of the audience as people read it (men and women are codes, cities are names)."""
    return say(f"insights.genders.{group}") if group in ("men", "women") else group


def followers_words(insights: Insights) -> tuple[str, str]:
    summary, daily = insights.summary, insights.daily
    if not daily["followers"].sum() + daily["unfollows"].sum():
        return say("insights.charts.followers_none"), ""
    best, worst = most(daily, "new_followers"), most(daily, "unfollows")
    alt = say(
        "insights.charts.followers_alt",
        start=f"{summary['followers_start']:,}",
        end=f"{summary['followers_end']:,}",
        days=summary["days"],
        won=f"{summary['new_followers']:,}",
        lost=f"{summary['unfollows']:,}",
        best=short_date(best["date"]),
        best_won=f"{best['new_followers']:,}",
        worst=short_date(worst["date"]),
        worst_lost=f"{worst['unfollows']:,}",
    )
    start, end = float(summary["followers_start"]), float(summary["followers_end"])
    return alt, say("insights.charts.followers_caption", change=signed_percent(ratio(end - start, start)))


def posts_words(seen: pd.DataFrame) -> tuple[str, str]:
    caption = say("insights.charts.posts_caption")
    if seen.empty:
        return say("insights.charts.posts_none"), caption
    order = ranked(seen)
    named = {
        "best": "; ".join(_post_words(row) for row in order.head(3).to_dict("records")),
        "worst": "; ".join(_post_words(row) for row in order.tail(min(3, len(order) - 1)).to_dict("records")),
    }
    rate = seen["engagement_rate"]
    alt = say(
        "insights.charts.posts_alt",
        posts=len(seen),
        reach_low=f"{seen['reach'].min():,}",
        reach_high=f"{seen['reach'].max():,}",
        rate_low=percent(rate.min()),
        rate_high=percent(rate.max()),
        purposes=_purpose_rates(seen),
        best=named["best"],
    )
    if named["worst"]:
        alt += " " + say("insights.charts.posts_alt_worst", worst=named["worst"])
    return alt, caption


def _purpose_rates(seen: pd.DataFrame) -> str:
    """Each purpose with its pooled engagement rate, in words."""
    sums = seen.groupby("purpose")[["engagements", "reach"]].sum()
    rates = {name: ratio(row["engagements"], row["reach"]) for name, row in sums.iterrows()}
    return ", ".join(
        say(
            "insights.charts.purpose_rate",
            purpose=say(f"insights.purposes.{name}"),
            rate=percent(rates[name]),
        )
        for name in PURPOSES
        if name in rates
    )


def _post_words(row: Mapping[Any, Any]) -> str:
    return say(
        "insights.charts.post_words",
        when=when(row["posting_time"]),
        purpose=say(f"insights.purposes.{row['purpose']}"),
        reach=f"{row['reach']:,}",
        rate=percent(row["engagement_rate"]),
    )


def hours_words(insights: Insights) -> tuple[str, str]:
    cells, caption = insights.heat_map.to_numpy(), say("insights.charts.hours_caption")
    if not cells.sum():
        return say("insights.charts.hours_none"), caption
    by_hour, by_day = cells.sum(axis=0), cells.sum(axis=1)
    day, hour = np.unravel_index(int(cells.argmax()), cells.shape)
    busiest = np.argsort(-by_hour, kind="stable")[:3]
    alt = say(
        "insights.charts.hours_alt",
        total=f"{cells.sum():,}",
        day=say(f"insights.days.{WEEKDAYS[int(day)]}"),
        hour=f"{hour:02d}:00",
        most=f"{cells.max():,}",
        hours=listed(f"{hour:02d}:00" for hour in sorted(busiest)),
        share=percent(by_hour[busiest].sum() / cells.sum(), 0),
        top_day=say(f"insights.days.{WEEKDAYS[int(by_day.argmax())]}"),
        low_day=say(f"insights.days.{WEEKDAYS[int(by_day.argmin())]}"),
    )
    return alt, caption


def audience_words(audience: pd.DataFrame) -> tuple[str, str]:
    caption = say("insights.charts.audience_caption")
    if not audience["followers"].sum():
        return say("insights.charts.audience_none"), caption
    sentences = []
    for by, rows in audience.groupby("by", sort=False):
        groups = rows.sort_values("followers", ascending=False, kind="stable").head(3)
        named = [f"{row['group']} {percent(row['share'], 0)}" for row in groups.to_dict("records")]
        grown = most(rows.assign(grown=rows["new_followers"] - rows["unfollows"]), "grown")
        gain = f"{grown['grown']:+,}".replace("-", "−")
        words = {"groups": listed(named), "grown": grown["group"], "gain": gain}
        sentences.append(say(f"insights.charts.audience_alt_{by}", **words))
    return " ".join(sentences), caption


def sales_words(insights: Insights) -> tuple[str, str]:
    daily, caption = insights.daily, say("insights.charts.sales_caption")
    selling = selling_posts(insights.posts)
    if not daily["sales"].sum():
        return say("insights.charts.sales_none", posts=len(selling)), caption
    best = most(daily, "sales")
    on = daily["date"].isin(selling["posting_time"].dt.normalize())
    alt = say(
        "insights.charts.sales_alt",
        sales=f"{daily['sales'].sum():,}",
        others=f"{daily['sales_to_others'].sum():,}",
        best=short_date(best["date"]),
        most=f"{best['sales']:,}",
        posts=len(selling),
        with_selling=_mean(daily["sales"][on]),
        without=_mean(daily["sales"][~on]),
    )
    return alt, caption


def most(table: pd.DataFrame, column: str) -> dict[Any, Any]:
    """The row with the most in ``column``, the first of several."""
    return table.iloc[int(table[column].to_numpy().argmax())].to_dict()


def _mean(numbers: pd.Series[Any]) -> str:
    return f"{numbers.mean():.1f}" if len(numbers) else "–"


def listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def selling_posts(posts: pd.DataFrame) -> pd.DataFrame:
    return posts[posts["made"] & (posts["purpose"] == "sell")]


def grouped(warnings: Iterable[Problem]) -> list[str]:
    """Warnings as people read them, those of one rule in one line: the first, and where the others are."""
    rules: dict[str, list[Problem]] = {}
    for warning in warnings:
        rules.setdefault(warning.rule, []).append(warning)
    return [_of_one_rule(found) for found in rules.values()]


def _of_one_rule(found: Sequence[Problem]) -> str:
    if len(found) == 1:
        return str(found[0])
    places = [other.file if other.line is None else str(other.line) for other in found[1:]]
    named = listed(dict.fromkeys(places[:NAMED_LINES]))
    rest = say("report.more_lines", more=len(places) - NAMED_LINES) if len(places) > NAMED_LINES else ""
    return say("report.warning_group", count=len(found), first=found[0], lines=named + rest)
