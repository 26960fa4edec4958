"""The report: one HTML page with the month's figures, words, pictures and definitions.

It needs no network, and of scripts only the one that sorts the tables of ads, and says so in its
content security policy. Captions are what somebody typed, so everything is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from importlib import resources
from pathlib import Path
from typing import Any, Final

from simulator.errors import Problem, shorten
from simulator.files import write_whole
from simulator.insights.ad_report import ad_section
from simulator.insights.charts import CHARTS
from simulator.insights.comparison import comparison, span, usual_title
from simulator.insights.inbox_report import inbox_section
from simulator.insights.key_figure import KeyFigure
from simulator.insights.metrics import METRICS, ratio
from simulator.insights.story import story
from simulator.insights.tables import Insights
from simulator.insights.words import direction, grouped, percent, short_date
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


def write_report(
    insights: Insights,
    folder: Path,
    warnings: Iterable[Problem] = (),
    nothing: float | None = None,
    before: Insights | None = None,
) -> Path:
    """Write report.html to ``folder``, whole or not at all; returns its path.

    ``warnings``: what the check of the playbook found. ``nothing``: the worth in cents of
    posting nothing in the same world. ``before``: the insights of the months before. What is
    not given is left out.
    """
    return write_whole(folder / REPORT_FILE, report_html(insights, warnings, nothing, before))


def report_html(
    insights: Insights,
    warnings: Iterable[Problem] = (),
    nothing: float | None = None,
    before: Insights | None = None,
) -> str:
    """The report as one HTML page, see :func:`write_report`."""
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
        key_figures=key_figures(insights, nothing),
        story=story(insights, nothing, before),
        compared=comparison(insights, before) if before is not None else (),
        usual=usual_title(insights.month.days),
        warnings=grouped(warnings),
        charts=[(name, draw(insights)) for name, draw in CHARTS.items()],
        headings=[METRICS[name].title for name in POST_COLUMNS],
        posts=[_post_row(row) for row in insights.posts.to_dict("records")],
        ads=ad_section(insights) if insights.month.log.ads else None,
        inbox=inbox_section(insights) if len(insights.month.log.messages) else None,
        metrics=list(METRICS.values()),
    )


def key_figures(insights: Insights, nothing: float | None = None) -> tuple[KeyFigure, ...]:
    """The five figures of the page's head, each with its denominator in words.

    Followers, reach, engagement rate, sales and worth, in this order; worth ``against`` the
    worth in cents of posting ``nothing``, where that is known.
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
    against = {"worth": _against_nothing(insights, nothing)}
    return tuple(
        KeyFigure(
            titles.get(name) or METRICS[name].title,
            value,
            say(f"report.key.{name}", **words),
            against.get(name, ""),
        )
        for name, value in figures.items()
    )


def _against_nothing(insights: Insights, nothing: float | None) -> str:
    if nothing is None:
        return ""
    more = float(insights.summary["worth_cents"]) - nothing
    return say(f"report.against.{direction(more)}", difference=money(abs(more)))


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
        "margin": money(float(summary["margin_cents"])),
        "carry_over": money(insights.month.carry_over_cents),
        "span": span(insights.month.days),
        "now": money(float(summary["worth_cents"]) - insights.month.carry_over_cents),
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
        "day": short_date(row["posting_time"]),
        "hour": f"{row['posting_time']:%H:%M}",
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
