"""What each picture shows, in words.

Every sentence is computed from the tables, so that who cannot see a picture learns the same
numbers from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.insights.metrics import ratio
from simulator.insights.tables import WEEKDAYS, Insights
from simulator.insights.words import (
    counted,
    ends,
    group_title,
    listed,
    most,
    percent,
    selling_posts,
    short_date,
    signed,
    signed_percent,
    when,
)
from simulator.playbook.posts import PURPOSES
from simulator.texts import say

if TYPE_CHECKING:
    import pandas as pd

FEW_REACHED: Final = 100
"""The engagement rate of a post that fewer people saw is mostly luck."""


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
    if (seen["reach"] < FEW_REACHED).any():
        caption += " " + say("insights.charts.posts_caption_few", fewest=FEW_REACHED)
    best, worst = ("; ".join(map(_post_words, rows.to_dict("records"))) for rows in ends(seen))
    reach, rate = seen["reach"], seen["engagement_rate"]
    span = {"reach_low": f"{reach.min():,}", "reach_high": f"{reach.max():,}"}
    span |= {"rate_low": percent(rate.min()), "rate_high": percent(rate.max())}
    words = {"purposes": _purpose_rates(seen), "best": best, **span}
    alt = say("insights.charts.posts_alt", posts=len(seen), **words)
    if worst:
        alt += " " + say("insights.charts.posts_alt_worst", worst=worst)
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
        reach=counted(row["reach"], "people"),
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
        named = [
            f"{group_title(str(row['group']))} {percent(row['share'], 0)}"
            for row in groups.to_dict("records")
        ]
        grown = most(rows.assign(grown=rows["new_followers"] - rows["unfollows"]), "grown")
        words = {
            "groups": listed(named),
            "grown": group_title(str(grown["group"])),
            "gain": signed(grown["grown"]),
        }
        sentences.append(say(f"insights.charts.audience_alt_{by}", **words))
    return " ".join(sentences), caption


def sales_words(insights: Insights) -> tuple[str, str]:
    daily, caption = insights.daily, say("insights.charts.sales_caption")
    selling = selling_posts(insights.posts)
    if len(selling):
        caption += " " + say("insights.charts.sales_caption_sold")
    if not daily["sales"].sum():
        return say("insights.charts.sales_none", posts=len(selling)), caption
    best = most(daily, "sales")
    on = daily["date"].isin(selling["posting_time"].dt.normalize())
    alt = say(
        "insights.charts.sales_alt",
        sales=counted(int(daily["sales"].sum()), "sales"),
        others=f"{daily['sales_to_others'].sum():,}",
        best=short_date(best["date"]),
        most=f"{best['sales']:,}",
        posts=len(selling),
        with_selling=_mean(daily["sales"][on]),
        without=_mean(daily["sales"][~on]),
    )
    return alt, caption


def _mean(numbers: pd.Series[Any]) -> str:
    return f"{numbers.mean():.1f}" if len(numbers) else "–"
