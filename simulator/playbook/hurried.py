"""Hurried posts: those for which shifts leave too little time before they are due, whatever comes in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from simulator.errors import Problem, problem
from simulator.playbook.plan import ContentPlan
from simulator.playbook.problem_places import line_spans
from simulator.playbook.production_hours import wanted_hours
from simulator.playbook.shifts import ShiftPlan
from simulator.units import MINUTES_PER_DAY, MINUTES_PER_HOUR, minutes_since
from simulator.world.clients import Client

Stretch = tuple[int, int]
"""From one minute of the month to another."""

ENOUGH = 0.95
"""So large a share of the hours a post wants is near enough to all of them."""


def hurried_posts(
    plan: ContentPlan, shifts: ShiftPlan, client: Client, days: int, *, file: str
) -> Iterator[Problem]:
    """A warning that names the posts that cannot get the hours they want before they are due."""
    p, begin = client.hidden.parameters, client.file.month_start
    posts = sorted(plan.posts, key=lambda post: post.posting_time)
    wanted = wanted_hours(posts, p["desk.usual_hours"], p["production.least_hours"])
    due = [minutes_since(begin, post.posting_time) for post in posts]
    there = [
        (day * MINUTES_PER_DAY + first, day * MINUTES_PER_DAY + last)
        for day in range(days)
        for first, last, _ in shifts.on_day(day, begin)
    ]
    got = hours_before(due, wanted, there, p["desk.ahead_days"])
    short = [at for at, hours in enumerate(got) if hours < ENOUGH * wanted[at]]
    if short:
        first = short[0]
        lines = line_spans(line for line in (posts[at].line for at in short) if line is not None)
        words: dict[str, Any] = {"posts": len(short), "lines": lines, "ahead": f"{p['desk.ahead_days']:g}"}
        words |= {"hours": f"{got[first]:.1f}", "wanted": f"{wanted[first]:g}"}
        place: dict[str, Any] = {"file": file, "line": posts[first].line, "column": "Posting Time"}
        yield problem("shifts.hurried", severity="warning", **place, **words)


def hours_before(
    due: Sequence[int], wanted: Sequence[float], there: Sequence[Stretch], ahead_days: float
) -> list[float]:
    """The hours each post gets if nobody writes: made one after another, at most so many days ahead.

    ``due``: minutes, in order. ``there``: when somebody is on shift.

    >>> hours_before([600, 3_000], [1.0, 1.0], [(540, 660), (2_000, 2_020)], 7.0)
    [1.0, 1.0]
    >>> hours_before([600, 3_000], [1.0, 2.0], [(570, 630)], 1.0)
    [0.5, 0.0]
    """
    free = 0.0
    found = []
    for moment, hours in zip(due, wanted, strict=True):
        left, start = hours * MINUTES_PER_HOUR, max(free, moment - ahead_days * MINUTES_PER_DAY)
        for begin, end in there:
            first, last = max(begin, start), min(end, moment)
            if left > 0 and first < last:
                used = min(left, last - first)
                left, free = left - used, first + used
        found.append(hours - left / MINUTES_PER_HOUR)
    return found
