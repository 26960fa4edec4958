"""The large numbers at the head of a report."""

from __future__ import annotations

from simulator.insights.ad_tables import people_reached
from simulator.insights.ad_words import counted_sales
from simulator.insights.comparison import span
from simulator.insights.key_figure import KeyFigure
from simulator.insights.metrics import METRICS, ratio
from simulator.insights.tables import Insights
from simulator.insights.words import counted, direction, percent, whole_difference, whole_money
from simulator.texts import say
from simulator.units import money


def key_figures(insights: Insights, nothing: float | None = None) -> tuple[KeyFigure, ...]:
    """The figures of the page's head, each with its denominator in words.

    Followers, reach, engagement rate, sales, where ads ran what they cost, and worth, in this order;
    worth ``against`` the worth in cents of posting ``nothing``, where that is known.
    """
    summary = insights.summary
    figures = {
        "followers": f"{summary['followers_end']:,}",
        "reach": f"{summary['reach']:,}",
        "engagement_rate": percent(float(summary["engagement_rate"])),
        "sales": f"{summary['sales']:,}",
        **({"spend": money(float(summary["ad_spend_cents"]))} if insights.month.log.ads else {}),
        "worth": whole_money(insights.month.worth.total),
    }
    words = _key_words(insights)
    return tuple(
        KeyFigure(
            _title(name),
            value,
            say(f"report.key.{name}", **words),
            _against_nothing(insights, nothing) if name == "worth" else "",
        )
        for name, value in figures.items()
    )


def _title(name: str) -> str:
    return {"worth": METRICS["worth_cents"].title, "spend": say("report.key.spend_title")}.get(
        name
    ) or METRICS[name].title


def _against_nothing(insights: Insights, nothing: float | None) -> str:
    if nothing is None:
        return ""
    more = whole_difference(insights.month.worth.total, nothing)
    return say(f"report.against.{direction(more)}", difference=whole_money(abs(more)))


def _key_words(insights: Insights) -> dict[str, str]:
    summary, posts = insights.summary, insights.posts
    counts = {
        "won": summary["new_followers"],
        "lost": summary["unfollows"],
        "start": summary["followers_start"],
        "people": summary["people"],
        "others": insights.daily["sales_to_others"].sum(),
    }
    return {name: f"{count:,}" for name, count in counts.items()} | {
        "engagements": counted(int(summary["engagements"]), "engagements"),
        "reached": counted(int(posts["reach"].sum()), "people"),
        "posts": counted(int((posts["reach"] > 0).sum()), "posts"),
        "share": percent(ratio(summary["reach"], summary["people"]), 0),
        "revenue": money(float(summary["revenue_cents"])),
        "margin": money(float(summary["margin_cents"])),
        "with_ads": _with_ads(insights),
        **_ad_words(insights),
        **_worth_words(insights),
    }


def _with_ads(insights: Insights) -> str:
    """How many were reached with those who saw only an ad; empty where none ran."""
    if not insights.month.log.ads:
        return ""
    return say("report.key.with_ads", people=f"{people_reached(insights.month):,}")


def _ad_words(insights: Insights) -> dict[str, str]:
    summary = insights.summary
    return {
        "ad_people": counted(int(summary["ad_reach"]), "people"),
        "ad_clicks": counted(int(summary["ad_clicks"]), "link_clicks"),
        "ad_follows": counted(int(summary["ad_follows"]), "follows"),
        "ad_sales": counted_sales(int(summary["ad_conversions"]), "sales"),
    }


def _worth_words(insights: Insights) -> dict[str, str]:
    parts = insights.month.worth.whole
    words = {name: whole_money(getattr(parts, name)) for name in ("added", "later", "ads", "hours")}
    less = [say(f"report.key.less_{name}", **words) for name in ("ads", "hours") if getattr(parts, name)]
    return {**words, "less": "".join(less), "span": span(insights.month.days)}
