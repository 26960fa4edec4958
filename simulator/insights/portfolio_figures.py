"""The figures of a portfolio: of each page, of its pay, and of all pages together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.insights.inbox_metrics import quantile
from simulator.insights.metrics import ratio
from simulator.insights.month import Month
from simulator.network.log import Log, PublishedPost
from simulator.network.pay import Pay, answered_in_a_day
from simulator.network.portfolio import PlayedPortfolio
from simulator.network.work import TASKS
from simulator.playbook.assignment import Assignment
from simulator.units import minutes_since

Floats = NDArray[np.float64]
Figures = dict[str, Any]


def pay_figures(one: Assignment, pay: Pay) -> Figures:
    """What one client owes, keeps back and pays, how content it is (0-1), and its chance to leave."""
    return {
        "page": one.page,
        "client": one.client.label,
        "months_of_service": one.months_of_service,
        "complexity": pay.complexity,
        "fee_cents": pay.fee_cents,
        "kept_back_cents": pay.kept_back_cents,
        "paid_cents": pay.paid_cents,
        "content": pay.content,
        "leave_chance": pay.leave_chance,
    }


def page_figures(one: Assignment, month: Month, pay: Pay, hours: Floats) -> Figures:
    """What became of one page. ``hours``: of work on it by task, in the order of ``TASKS``."""
    inbox = month.insights.inbox.figures
    return {
        "page": one.page,
        "client": one.client.label,
        "months_of_service": one.months_of_service,
        **post_figures(month.log),
        "messages": inbox["messages"],
        "worth_an_answer": inbox["worth_an_answer"],
        "answered": inbox["answered"],
        "answered_in_a_day": answered_in_a_day(month.log),
        "first_response_minutes_median": inbox["first_response_minutes_median"],
        "work_hours": float(hours.sum()),
        **{f"{task}_hours": float(spent) for task, spent in zip(TASKS, hours, strict=True)},
        "worth_cents": round(month.worth_cents),
        "fee_cents": pay.fee_cents,
        "kept_back_cents": pay.kept_back_cents,
        "paid_cents": pay.paid_cents,
        "content": pay.content,
        "leave_chance": pay.leave_chance,
    }


def post_figures(log: Log) -> Figures:
    """Posts planned, out, out later than planned, and never out."""
    made = [post for post in log.posts if post.made]
    return {
        "posts_planned": len(log.posts),
        "posts_made": len(made),
        "posts_late": sum(is_late(post, log) for post in made),
        "posts_never_out": len(log.posts) - len(made),
    }


def is_late(post: PublishedPost, log: Log) -> bool:
    """Whether a post went out after its time."""
    return post.post_time > minutes_since(log.begin, post.post.posting_time)


def portfolio_figures(played: PlayedPortfolio, months: Sequence[Month]) -> Figures:
    """All pages together; shares and medians are over all their posts and conversations."""
    posts = [post_figures(month.log) for month in months]
    inboxes = [month.insights.inbox for month in months]
    counts = ("messages", "worth_an_answer", "answered")
    waits = np.concatenate([inbox.conversations.response_minutes for inbox in inboxes])
    worked = sum(float(np.nan_to_num(inbox.figures["work_hours"])) for inbox in inboxes)
    return {
        "pages": len(months),
        "seed": months[0].seed,
        "people": months[0].people,
        "days": months[0].days,
        "hours": played.hours,
        "work_hours": worked,
        "shift_use": ratio(worked, played.hours),
        "income_cents": played.income_cents,
        "income_per_hour_cents": played.income_per_hour_cents,
        "expected_income_per_hour_cents": played.expected_income_per_hour_cents,
        **{name: sum(page[name] for page in posts) for name in posts[0]},
        **{name: sum(inbox.figures[name] for inbox in inboxes) for name in counts},
        "first_response_minutes_median": quantile(waits[~np.isnan(waits)], 0.5),
    }
