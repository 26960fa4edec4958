"""The report: one HTML page with the month's figures, words, pictures and definitions.

It needs neither network nor scripts, and says so in its content security policy. Captions
are what somebody typed, so everything is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from importlib import resources
from pathlib import Path
from typing import Any, Final

from simulator.errors import Problem, shorten
from simulator.files import write_whole
from simulator.insights.charts import CHARTS
from simulator.insights.metrics import METRICS, ratio
from simulator.insights.tables import Insights
from simulator.insights.words import percent, story, when
from simulator.texts import language, say
from simulator.units import money

REPORT_FILE: Final = "report.html"

POST_COLUMNS: Final = (
    "reach",
    "engagement_rate",
    "interactions",
    "clicks",
    "saves",
    "hides",
    "new_followers",
    "unfollows",
    "sales",
)
"""The figures of the report's table of posts; posts.csv has all of them."""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One large number: its title, and what it is a number of, in words."""

    title: str
    value: str
    of_what: str


def write_report(insights: Insights, folder: Path, warnings: Iterable[Problem] = ()) -> Path:
    """Write report.html to ``folder``, whole or not at all; returns its path."""
    return write_whole(folder / REPORT_FILE, report_html(insights, warnings))


def report_html(insights: Insights, warnings: Iterable[Problem] = ()) -> str:
    """The report as one HTML page; ``warnings`` are what the check of the playbook found."""
    from jinja2 import Environment, StrictUndefined

    page = resources.files("simulator") / "insights" / "templates" / "report.html"
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals["say"] = say
    return environment.from_string(page.read_text(encoding="utf-8")).render(
        language=language(),
        title=insights.month.client.file.title,
        about=_about(insights),
        key_figures=key_figures(insights),
        story=story(insights),
        warnings=[str(warning) for warning in warnings],
        charts=[(name, draw(insights)) for name, draw in CHARTS.items()],
        headings=[METRICS[name].title for name in POST_COLUMNS],
        posts=[_post_row(row) for row in insights.posts.to_dict("records")],
        metrics=list(METRICS.values()),
    )


def key_figures(insights: Insights) -> tuple[KeyFigure, ...]:
    """The five figures of the page's head, each with its denominator in words.

    Followers, reach, engagement rate, sales and worth, in this order.
    """
    figures = {
        "followers": f"{insights.summary['followers_end']:,}",
        "reach": f"{insights.summary['reach']:,}",
        "engagement_rate": percent(float(insights.summary["engagement_rate"])),
        "sales": f"{insights.summary['sales']:,}",
        "worth": money(float(insights.summary["worth_cents"])),
    }
    words = _key_words(insights)
    titles = {"worth": METRICS["worth_cents"].title}
    return tuple(
        KeyFigure(titles.get(name) or METRICS[name].title, value, say(f"report.key.{name}", **words))
        for name, value in figures.items()
    )


def _key_words(insights: Insights) -> dict[str, str]:
    summary, posts = insights.summary, insights.posts
    counts = {
        "won": summary["new_followers"],
        "lost": summary["unfollows"],
        "start": summary["followers_start"],
        "people": summary["people"],
        "engagements": summary["engagements"],
        "reach": posts["reach"].sum(),
        "posts": (posts["reach"] > 0).sum(),
        "others": insights.daily["sales_to_others"].sum(),
    }
    return {name: f"{count:,}" for name, count in counts.items()} | {
        "share": percent(ratio(insights.summary["reach"], insights.summary["people"]), 0),
        "revenue": money(float(summary["revenue_cents"])),
        "carry_over": money(insights.month.carry_over_cents),
    }


def _about(insights: Insights) -> list[tuple[str, str]]:
    """Under the heading: the dates, the seeds and the size of the town."""
    month = insights.month
    first = month.log.begin
    last = first + timedelta(days=month.days - 1)
    return [
        ("", say("report.dates", first=first.isoformat(), last=last.isoformat())),
        (say("report.days"), str(month.days)),
        (say("report.client_seed"), month.client.label),
        (say("report.world_seed"), str(month.seed)),
        (say("report.people"), f"{month.people:,}"),
    ]


def _post_row(row: Mapping[Any, Any]) -> dict[str, Any]:
    """One post as the table shows it."""
    return {
        "when": when(row["posting_time"]),
        "text": row["text"],
        "opening": shorten(row["text"], 70),
        "made": row["made"],
        "format": row["format"],
        "purpose": say(f"insights.purposes.{row['purpose']}"),
        "purpose_code": row["purpose"],
        "topic": row["topic"],
        "read_as": _read_as(row),
        "offer": percent(row["offer"], 0) if row["offer"] else "",
        "figures": [_figure(name, row[name]) for name in POST_COLUMNS],
    }


def _read_as(row: Mapping[Any, Any]) -> str:
    """What people took the post for, where that is not what was planned."""
    other = []
    if row["purpose_as_read"] != row["purpose"]:
        other.append(say(f"insights.purposes.{row['purpose_as_read']}"))
    if row["topic_as_read"] != row["topic"]:
        other.append(row["topic_as_read"])
    return ", ".join(other)


def _figure(name: str, value: Any) -> str:
    unit = METRICS[name].unit
    if unit == "share":
        return percent(value)
    if value != value:
        return "–"
    return f"{value:,.2f}" if isinstance(value, float) else f"{value:,}"
