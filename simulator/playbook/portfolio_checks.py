"""What a careful colleague would ask about a portfolio: who is there, and whether there is time for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from simulator.errors import Problem, problem
from simulator.playbook.assignment import Assignment
from simulator.playbook.playbook import PLAN_FILE
from simulator.playbook.production_hours import hours_wanted
from simulator.playbook.shifts import ShiftPlan


def problems_of(assignments: Sequence[Assignment], file: str) -> Iterator[Problem]:
    """An error for a month that does not begin with the first page's, a warning for a client twice."""
    by_client: dict[str, Assignment] = {}
    for one in assignments:
        place: dict[str, Any] = {"file": file, "line": one.line, "column": "Client"}
        starts = (one.client.file.month_start, assignments[0].client.file.month_start)
        if starts[0] != starts[1]:
            words: dict[str, Any] = {"start": starts[0], "other": starts[1], "page": assignments[0].page}
            yield problem("portfolio.other_start", value=one.client.label, **words, **place)
        above = by_client.setdefault(one.client.label, one)
        if above is not one:
            words = {"value": one.client.label, "first": above.line}
            yield problem("portfolio.same_client", severity="warning", **words, **place)


def warnings_of(
    assignments: Sequence[Assignment], shifts: ShiftPlan | None, file: str, days: int
) -> Iterator[Problem]:
    """Fewer posts than a page is used to; nobody on shift at all, or for one page; more hours of posts than
    there are hours of shift.

    ``shifts``: None where there is no file of them.
    """
    yield from _few_posts(assignments, days)
    place: dict[str, Any] = {"file": file, "severity": "warning"}
    if shifts is None or not shifts.has_hands:
        yield problem("portfolio.nobody_there" if shifts is None else "portfolio.no_rows", **place)
        return
    served = {shift.page for shift in shifts.shifts if shift.minutes}
    for one in assignments:
        if not served & {"", one.page}:
            yield problem("portfolio.page_without_hands", value=one.page, **place)
    books = [(one.playbook, one.client) for one in assignments]
    wanted = sum(hours_wanted(book.plan.posts, client, book.ads) for book, client in books)
    there = shifts.hours(assignments[0].client.file.month_start, days) if assignments else wanted
    if wanted > there:
        words: dict[str, Any] = {"wanted": _hours(wanted), "there": _hours(there), "days": days}
        yield problem("portfolio.too_few_hours", **words, **place)


def _few_posts(assignments: Sequence[Assignment], days: int) -> Iterator[Problem]:
    """Where all sheets are empty they have yet to be filled in, and none is told of."""
    if not any(one.playbook.plan.posts for one in assignments):
        return
    for one in assignments:
        planned, usual = len(one.playbook.plan.posts), one.client.usual_posts(days)
        if planned < usual:
            place: dict[str, Any] = {"file": f"{one.page}/{PLAN_FILE}", "severity": "warning"}
            yield problem("portfolio.few_posts", planned=planned, usual=f"{usual:g}", days=days, **place)


def _hours(hours: float) -> str:
    return f"{hours:,.1f}".removesuffix(".0")
