"""The report's section on kinds of posts: what came of each purpose and of each topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from simulator.insights.metrics import METRICS
from simulator.insights.post_groups import (
    GROUP_FIGURES,
    GROUPED_BY,
    SELDOM,
    PostGroup,
    by_luck,
    post_groups,
)
from simulator.insights.tables import Insights
from simulator.insights.told import FEW_POSTS
from simulator.insights.words import counted, percent
from simulator.texts import say

GROUP_METRICS: Final = tuple(name for name in ("reach", *GROUP_FIGURES) if name in METRICS)
RATES: Final = ("reach_per_post", "engagement_rate")
"""Figures that rest on luck where posts are few."""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One purpose or topic: its title, how plan.csv calls it if otherwise, and its figures (grey or not)."""

    title: str
    code: str
    mark: str
    figures: Sequence[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class GroupTable:
    """The posts by purpose or by topic, with all of them below, and what can be told of the difference."""

    title: str
    first: str
    rows: Sequence[GroupRow]
    whole: GroupRow
    says: str


@dataclass(frozen=True, slots=True)
class GroupSection:
    """Everything the template shows of kinds of posts."""

    headings: Sequence[str]
    tables: Sequence[GroupTable]
    note: str


def group_section(insights: Insights) -> GroupSection:
    """The posts that went out, by purpose and by topic."""
    return GroupSection(
        headings=[_heading(name) for name in GROUP_FIGURES],
        tables=[_table(insights, by) for by in GROUPED_BY],
        note=say("report.groups.note", few=FEW_POSTS),
    )


def _heading(name: str) -> str:
    if name == "sales":
        return say("report.sales_on_the_spot")
    return METRICS[name].title if name in METRICS else say(f"report.groups.{name}")


def _table(insights: Insights, by: str) -> GroupTable:
    groups = post_groups(insights, by)
    titles = _titles(insights, by, groups)
    rows = [_row(group, titles[group.name], by) for group in groups]
    whole = PostGroup("", insights.posts[insights.posts["made"]])
    return GroupTable(
        title=say(f"report.groups.by_{by}"),
        first=say(f"report.groups.{by}"),
        rows=rows,
        whole=_row(whole, say("report.groups.all"), by),
        says=_compared(groups, titles, whole.posts),
    )


def _titles(insights: Insights, by: str, groups: Sequence[PostGroup]) -> dict[str, str]:
    """What people call each group: topics as the client does."""
    if by == "purpose":
        return {group.name: say(f"insights.purposes.{group.name}") for group in groups}
    titles = {topic.name: topic.title for topic in insights.month.client.file.topics}
    return {group.name: titles.get(group.name, group.name) for group in groups}


def _row(group: PostGroup, title: str, by: str) -> GroupRow:
    code = group.name if group.name.casefold() != title.casefold() else ""
    figures = [(_shown(name, group.figure(name)), name in RATES and not group.told) for name in GROUP_FIGURES]
    return GroupRow(title, code, group.name if by == "purpose" else "", figures)


def _shown(name: str, value: float) -> str:
    if value != value:
        return "–"
    return percent(value) if name == "engagement_rate" else f"{value:,.0f}"


def _compared(groups: Sequence[PostGroup], titles: dict[str, str], posts: int) -> str:
    """The highest and the lowest engagement rate, and whether luck alone makes such a difference."""
    told = [group for group in groups if group.told]
    if len(told) < 2:
        return say("report.groups.few", posts=counted(posts, "posts"), few=FEW_POSTS)
    ranked = sorted(told, key=lambda group: group.figure("engagement_rate"))
    best, worst = (_with_rate(group, titles) for group in (ranked[-1], ranked[0]))
    ends = say("report.groups.ends", best=best, worst=worst, few=FEW_POSTS)
    return f"{ends} {say('report.groups.beyond_luck' if by_luck(told) < SELDOM else 'report.groups.luck')}"


def _with_rate(group: PostGroup, titles: dict[str, str]) -> str:
    words = {"rate": percent(group.figure("engagement_rate")), "posts": counted(group.posts, "posts")}
    return say("report.groups.with_rate", title=titles[group.name], **words)
