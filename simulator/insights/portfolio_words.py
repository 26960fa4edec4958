"""The words of a portfolio: what the work came to, and what too much of it did."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from simulator.insights.metrics import ratio
from simulator.insights.portfolio import PortfolioMonth
from simulator.insights.words import listed, percent
from simulator.network.work import TASKS
from simulator.texts import say
from simulator.units import money

FULL: Final = 0.95
"""A day is full when this share of its hours on shift was worked."""
FEWEST_GONE: Final = 0.1
"""Of fewer clients expected to be gone nothing is said."""

Words = tuple[str, str]
"""What stands for a picture to who cannot see it, and under it."""


def portfolio_sentences(month: PortfolioMonth) -> list[str]:
    """What happened and what it did, each sentence said only when it is true."""
    tellers = (_load, _tired, _posts, _people, _pay, _leaving, _income)
    return [sentence for tell in tellers if (sentence := tell(month))]


def _load(month: PortfolioMonth) -> str:
    """How much of the time on shift was worked, and how often there was no moment to spare."""
    if not month.summary["hours"]:
        return say("portfolio.story.nobody")
    words = {name: f"{month.summary[name]:,.1f}" for name in ("hours", "work_hours")}
    sentence = say("portfolio.story.load", share=percent(month.summary["shift_use"], 0), **words)
    on, full = month.shift_hours > 0, full_days(month)
    sentence += " " + say(
        "portfolio.story.full" if full else "portfolio.story.free", full=full, days=on.sum()
    )
    turning = float(month.hours[:, :, TASKS.index("switching")].sum())
    return sentence + (" " + say("portfolio.story.turning", hours=f"{turning:.1f}") if turning else "")


def full_days(month: PortfolioMonth) -> int:
    """Days with shifts of which hardly a minute was free."""
    on = month.shift_hours > 0
    return int((month.hours.sum(axis=(0, 2))[on] >= FULL * month.shift_hours[on]).sum())


def _tired(month: PortfolioMonth) -> str:
    fresh = month.assignments[0].client.hidden.parameters["desk.fresh_hours"]
    days = int((month.hours.sum(axis=(0, 2)) > fresh).sum())
    return say("portfolio.story.tired", days=days, fresh=f"{fresh:g}") if days else ""


def _posts(month: PortfolioMonth) -> str:
    """Whether posts went out when they were to, and on how many pages they did not."""
    summary, pages = month.summary, month.pages
    if not summary["posts_planned"]:
        return say("portfolio.story.no_posts")
    words = {name: f"{summary[name]:,}" for name in ("posts_planned", "posts_late", "posts_never_out")}
    why = _poor_posts(month) + _few_posts(month)
    troubled = int((pages["posts_late"] + pages["posts_never_out"] > 0).sum())
    if not troubled:
        return say("portfolio.story.posts_on_time", **words) + why
    return say("portfolio.story.posts_late", troubled=troubled, pages=len(pages), **words) + why


def _poor_posts(month: PortfolioMonth) -> str:
    """On which pages posts went out that are not paid for in full."""
    good = month.assignments[0].client.hidden.parameters["pay.good_quality"]
    poor = []
    for one, each in zip(month.assignments, month.months, strict=True):
        made = [post.quality for post in each.log.posts if post.made]
        below = sum(quality < good for quality in made)
        if below:
            poor.append(say("portfolio.story.poor_posts_of", page=one.page, poor=below, made=len(made)))
    return " " + say("portfolio.story.poor_posts", pages=listed(poor), good=f"{good:g}") if poor else ""


def _few_posts(month: PortfolioMonth) -> str:
    """On which pages fewer posts were planned than their clients are used to."""
    pairs = zip(month.assignments, month.months, strict=True)
    short = [
        say("portfolio.story.few_posts_of", page=one.page, planned=len(each.log.posts), usual=f"{usual:g}")
        for one, each in pairs
        if len(each.log.posts) < (usual := one.client.usual_posts(each.days))
    ]
    return " " + say("portfolio.story.few_posts", pages=listed(short)) if short else ""


def _people(month: PortfolioMonth) -> str:
    """How many who waited for an answer got one, and where they waited longest."""
    summary, pages = month.summary, month.pages[month.pages["worth_an_answer"] > 0]
    if pages.empty:
        return ""
    words = {name: f"{summary[name]:,}" for name in ("answered", "worth_an_answer")}
    order = pages.sort_values("answered_in_a_day", ascending=False, kind="stable").to_dict("records")
    named = listed(
        say("portfolio.story.page_share", page=row["page"], share=percent(row["answered_in_a_day"], 0))
        for row in (order if len(order) < 3 else (order[0], order[-1]))
    )
    return say("portfolio.story.people", pages=named, **words)


def _pay(month: PortfolioMonth) -> str:
    """What was paid of the fees, why not all of it, and on which pages nothing was."""
    parts = ("fee", "for_posts", "for_complaints", "kept_back", "paid")
    sums = {name: int(month.pay[f"{name}_cents"].sum()) for name in parts}
    words, kept_back = {name: money(cents) for name, cents in sums.items()}, sums["kept_back"]
    if not kept_back:
        return say("portfolio.story.pay_whole", **words)
    unpaid = month.pay[(month.pay["paid_cents"] == 0) & (month.pay["fee_cents"] > 0)]["page"]
    nothing = " " + say("portfolio.story.no_pay", pages=listed(unpaid)) if len(unpaid) else ""
    return say("portfolio.story.pay", **words) + nothing


def chance(share: float) -> str:
    """A probability in whole hundredths, and a word where it is less than one.

    >>> print(chance(0.004), chance(0.26))
    <1\N{NO-BREAK SPACE}% 26\N{NO-BREAK SPACE}%
    """
    return f"<{percent(0.01, 0)}" if 0 < share < 0.01 else percent(share, 0)


def _leaving(month: PortfolioMonth) -> str:
    """Whose client is the least content, and how many are likely to be gone."""
    pay = month.pay
    worst = pay.iloc[int(pay["content"].to_numpy().argmin())].to_dict()
    words = {"content": percent(worst["content"], 0), "chance": chance(worst["leave_chance"])}
    which = "portfolio.story.least_content" if len(pay) > 1 else "portfolio.story.only_content"
    sentence = say(which, page=worst["page"], **words)
    expected = pay["leave_chance"].sum()
    if len(pay) < 2 or expected < FEWEST_GONE:
        return sentence
    return sentence + " " + say("portfolio.story.leaving", expected=f"{expected:.1f}", pages=len(pay))


def _income(month: PortfolioMonth) -> str:
    """What an hour brings this month, and in half a year of such months."""
    summary = month.summary
    if not summary["income_per_hour_cents"]:
        return ""
    now, later = (summary[name] for name in ("income_per_hour_cents", "expected_income_per_hour_cents"))
    words = {"now": money(now), "later": money(later), "less": percent(1 - ratio(later, now), 0)}
    return say("portfolio.story.income", months=horizon(month), **words)


def horizon(month: PortfolioMonth) -> int:
    """Over how many months income is expected."""
    return int(month.assignments[0].client.hidden.parameters["pay.horizon_months"])


# ---------------------------------------------------------------- pictures


def hours_words(month: PortfolioMonth) -> Words:
    """Where the hours went: of each page the tasks, the longest first."""
    by_page = month.hours.sum(axis=1)
    if not by_page.sum():
        return say("portfolio.charts.hours_none"), ""
    rows = zip(month.pages["page"], by_page, strict=True)
    pages = "; ".join(_page_hours(str(page), tasks) for page, tasks in rows)
    inbox = percent(1 - float(by_page[:, TASKS.index("production")].sum() / by_page.sum()), 0)
    main = say("portfolio.charts.hours_main", hours=f"{by_page.sum():,.1f}", share=inbox)
    alt = f"{main} {say('portfolio.charts.hours_pages', pages=pages)}"
    return alt, f"{main} {say('portfolio.charts.hours_caption')}"


def _page_hours(page: str, by_task: Any) -> str:
    tasks = [
        say("portfolio.charts.task", task=say(f"inbox.tasks.{TASKS[task]}"), hours=f"{by_task[task]:.1f}")
        for task in np.argsort(-by_task, kind="stable").tolist()
        if by_task[task]
    ]
    total = f"{by_task.sum():,.1f}"
    if not tasks:
        return say("portfolio.charts.page_none", page=page)
    return say("portfolio.charts.page", page=page, hours=total, tasks=listed(tasks))


def days_words(month: PortfolioMonth) -> Words:
    """How full the days were."""
    worked, on = month.hours.sum(axis=(0, 2)), month.shift_hours > 0
    if not on.any():
        return say("portfolio.charts.days_none"), ""
    shares = [percent(float(share), 0) for share in np.sort(worked[on] / month.shift_hours[on])[[0, -1]]]
    words = {"least": shares[0], "most": shares[1], "full": full_days(month), "days": int(on.sum())}
    main = say("portfolio.charts.days_main", **words)
    weeks = listed(_week_words(month))
    alt = f"{main} {say('portfolio.charts.days_weeks', weeks=weeks)}"
    return alt, f"{main} {say('portfolio.charts.days_caption')}"


def _week_words(month: PortfolioMonth) -> Iterator[str]:
    worked = month.hours.sum(axis=(0, 2))
    for number, first in enumerate(range(0, len(worked), 7), start=1):
        week = slice(first, first + 7)
        hours = {"work": f"{worked[week].sum():.1f}", "shift": f"{month.shift_hours[week].sum():.1f}"}
        yield say("portfolio.charts.week", number=number, **hours)
