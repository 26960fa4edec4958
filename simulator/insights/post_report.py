"""The report's table of posts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from simulator.insights.metrics import METRICS
from simulator.insights.picture_words import FEW_REACHED
from simulator.insights.tables import Insights
from simulator.insights.words import counted, opening, percent, short_date, when
from simulator.texts import say

POST_COLUMNS: Final = (
    "production_hours",
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

NARROW_COLUMNS: Final = ("reach", "engagement_rate", "new_followers", "sales")
"""Those that a narrow screen shows too, under each text."""

SHOWN_OPEN: Final = 6
"""A table of so few posts stands open; a longer one is folded."""


@dataclass(frozen=True, slots=True)
class PostFigure:
    """One figure of a post. ``faint``: of too few people to believe; ``narrow``: on narrow screens too."""

    title: str
    value: str
    faint: bool
    narrow: bool


@dataclass(frozen=True, slots=True)
class PostSection:
    """Everything the template shows of posts. ``fold``: the line of the folded table."""

    headings: Sequence[str]
    posts: Sequence[Mapping[str, Any]]
    fold: str
    open: bool
    note: str


def post_section(insights: Insights) -> PostSection:
    """Every post of the plan, in its order."""
    posts = insights.posts
    spot = int(posts["sales"].sum())
    sold = say(
        "report.posts_note_sales", spot=f"{spot:,}", sales=counted(int(insights.summary["sales"]), "sales")
    )
    return PostSection(
        headings=[_heading(name) for name in POST_COLUMNS],
        posts=[_post_row(row) for row in posts.to_dict("records")],
        fold=say("report.posts_fold", posts=counted(len(posts), "posts")),
        open=len(posts) <= SHOWN_OPEN,
        note=say("report.posts_note", fewest=FEW_REACHED, sold=sold),
    )


def _heading(name: str) -> str:
    """A post has only the sales made on the spot, so its column says so."""
    return say("report.sales_on_the_spot") if name == "sales" else METRICS[name].title


def _post_row(row: Mapping[Any, Any]) -> dict[str, Any]:
    """One post as the table shows it."""
    return {
        "day": short_date(row["posting_time"]),
        "hour": f"{row['posting_time']:%H:%M}",
        "went_out": _went_out(row),
        "text": row["text"],
        "opening": opening(row["text"]),
        "made": row["made"],
        "format": row["format"],
        "purpose": say(f"insights.purposes.{row['purpose']}"),
        "purpose_code": row["purpose"],
        "topic": row["topic"],
        "read_as": _read_as(row),
        "offer": percent(row["offer"], 0) if row["offer"] else "",
        "figures": [_shown(name, row) for name in POST_COLUMNS],
    }


def _shown(name: str, row: Mapping[Any, Any]) -> PostFigure:
    return PostFigure(_heading(name), _figure(name, row[name]), _faint(name, row), name in NARROW_COLUMNS)


def _went_out(row: Mapping[Any, Any]) -> str:
    """When a post that was late went out; "" for one that was on time or never out."""
    planned, posted = row["posting_time"], row["posted_time"]
    if not row["made"] or posted <= planned:
        return ""
    same_day = posted.date() == planned.date()
    return say("report.went_out", when=f"{posted:%H:%M}" if same_day else when(posted))


def _read_as(row: Mapping[Any, Any]) -> str:
    """What people took the post for, where that is not what was planned."""
    other = []
    if row["purpose_as_read"] != row["purpose"]:
        other.append(say(f"insights.purposes.{row['purpose_as_read']}"))
    if row["topic_as_read"] != row["topic"]:
        other.append(row["topic_as_read"])
    return ", ".join(other)


def _faint(name: str, row: Mapping[Any, Any]) -> bool:
    """Whether a figure is a rate of too few people to be believed."""
    return METRICS[name].unit == "share" and row["reach"] < FEW_REACHED


def _figure(name: str, value: Any) -> str:
    if METRICS[name].unit == "share":
        return percent(value)
    return f"{value:,.2f}" if isinstance(value, float) else f"{value:,}"
