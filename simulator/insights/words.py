"""The words for a month's figures: dates, shares, and what each picture shows.

Every sentence is computed from the tables, so that who cannot see a picture learns the same
numbers from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.insights.metrics import ratio
from simulator.insights.tables import WEEKDAYS, Insights
from simulator.playbook.posts import PURPOSES
from simulator.texts import say
from simulator.units import money

if TYPE_CHECKING:
    import pandas as pd


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


def group_title(group: str) -> str:
    """A group of the audience as people read it (men and women are codes, cities are names)."""
    return say(f"insights.genders.{group}") if group in ("men", "women") else group


def story(insights: Insights) -> list[str]:
    """What happened, in three to seven sentences computed from the tables."""
    posts = insights.posts
    sentences = [_growth(insights), *_best_and_worst(posts), *_selling_share(posts)]
    sentences += [*_seen_by(insights), *_sold(insights), *_not_as_planned(posts)]
    return sentences


def _growth(insights: Insights) -> str:
    summary, posts = insights.summary, insights.posts
    words = {name: f"{summary[name]:,}" for name in ("followers_start", "followers_end")}
    words |= {name: f"{summary[name]:,}" for name in ("new_followers", "unfollows")}
    sentence = say("insights.story.growth", **words)
    if posts["unfollows"].sum():
        row = _most(posts, "unfollows")
        cost = {"when": when(row["posting_time"]), "lost": f"{row['unfollows']:,}"}
        purpose = say(f"insights.purposes.{row['purpose']}")
        sentence += " " + say("insights.story.dearest", purpose=purpose, **cost)
    return sentence


def _best_and_worst(posts: pd.DataFrame) -> list[str]:
    order = ranked(posts).to_dict("records")
    if not order:
        return [say("insights.story.nothing_seen")]
    if len(order) == 1:
        return [say("insights.story.only", post=_told(order[0]))]
    return [say("insights.story.best", best=_told(order[0]), worst=_told(order[-1]))]


def _told(row: Mapping[Any, Any]) -> str:
    return say(
        "insights.story.post",
        when=when(row["posting_time"]),
        purpose=say(f"insights.purposes.{row['purpose']}"),
        topic=row["topic"],
        engagements=f"{row['engagements']:,}",
        reach=f"{row['reach']:,}",
        rate=percent(row["engagement_rate"]),
    )


def _selling_share(posts: pd.DataFrame) -> list[str]:
    made, selling = posts[posts["made"]], selling_posts(posts)
    if made.empty:
        return []
    others = made[made["purpose"] != "sell"]
    words = {"posts": len(made), "selling": len(selling), "share": percent(len(selling) / len(made), 0)}
    if selling.empty or others.empty:
        return [say("insights.story.selling", **words)]
    rates = {"rate": percent(_pooled_rate(selling)), "others": percent(_pooled_rate(others))}
    losses = {
        "lost": f"{selling['unfollows'].mean():.1f}",
        "others_lost": f"{others['unfollows'].mean():.1f}",
    }
    return [say("insights.story.selling_compared", **words, **rates, **losses)]


def _pooled_rate(posts: pd.DataFrame) -> float:
    return float(ratio(posts["engagements"].sum(), posts["reach"].sum()))


def _seen_by(insights: Insights) -> list[str]:
    posts, audience = insights.posts, insights.audience
    reach = posts["reach"].sum()
    if not reach:
        return []
    shares = {
        source: percent(posts[f"{source}_reach"].sum() / reach, 0)
        for source in ("follower", "friend", "recommended")
    }
    groups = {}
    for by, rows in audience.groupby("by"):
        top = _most(rows, "reach")
        share = percent(top["reach"] / max(1, rows["reach"].sum()), 0)
        groups[str(by)] = f"{group_title(str(top['group']))} ({share})"
    people = f"{insights.summary['reach']:,}"
    return [say("insights.story.seen_by", people=people, **shares, **groups)]


def _sold(insights: Insights) -> list[str]:
    summary, daily = insights.summary, insights.daily
    if not summary["sales"]:
        return [say("insights.story.no_sales")]
    others = daily["sales_to_others"].sum()
    words = {"sales": f"{summary['sales']:,}", "others": f"{others:,}"}
    return [say("insights.story.sales", revenue=money(float(summary["revenue_cents"])), **words)]


def _not_as_planned(posts: pd.DataFrame) -> list[str]:
    sentences = []
    missed, made = posts[~posts["made"]], posts[posts["made"]]
    if len(missed):
        times = listed(when(moment) for moment in missed["posting_time"].head(5))
        sentences.append(say("insights.story.not_made", posts=len(missed), times=times))
    misread = made[(made["purpose"] != made["purpose_as_read"]) | (made["topic"] != made["topic_as_read"])]
    if len(misread):
        times = listed(when(moment) for moment in misread["posting_time"].head(5))
        sentences.append(say("insights.story.misread", posts=len(misread), times=times))
    return sentences


def followers_words(insights: Insights) -> tuple[str, str]:
    summary, daily = insights.summary, insights.daily
    best, worst = _most(daily, "new_followers"), _most(daily, "unfollows")
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
    return alt, say("insights.charts.followers_caption")


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
        grown = _most(rows.assign(grown=rows["new_followers"] - rows["unfollows"]), "grown")
        gain = f"{grown['grown']:+,}".replace("-", "−")
        words = {"groups": listed(named), "grown": grown["group"], "gain": gain}
        sentences.append(say(f"insights.charts.audience_alt_{by}", **words))
    return " ".join(sentences), caption


def sales_words(insights: Insights) -> tuple[str, str]:
    daily, caption = insights.daily, say("insights.charts.sales_caption")
    selling = selling_posts(insights.posts)
    if not daily["sales"].sum():
        return say("insights.charts.sales_none", posts=len(selling)), caption
    best = _most(daily, "sales")
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


def _most(table: pd.DataFrame, column: str) -> dict[Any, Any]:
    """The row with the most in ``column``, the first of several."""
    return table.iloc[int(table[column].to_numpy().argmax())].to_dict()


def _mean(numbers: pd.Series[Any]) -> str:
    return f"{numbers.mean():.1f}" if len(numbers) else "–"


def listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def selling_posts(posts: pd.DataFrame) -> pd.DataFrame:
    return posts[posts["made"] & (posts["purpose"] == "sell")]
