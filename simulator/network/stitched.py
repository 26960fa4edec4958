"""Stitched: the playbook of a month in rounds, every week as the playbook that was in force had it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from simulator.network.rounds import Round
from simulator.playbook.plan import ContentPlan
from simulator.playbook.playbook import Playbook
from simulator.playbook.posts import Post
from simulator.playbook.replies import ReplyRule, ReplyRules
from simulator.playbook.shifts import Shift, ShiftPlan


def stitched(
    rounds: Sequence[Round], posts: Sequence[Post], rules: Sequence[ReplyRule], month_start: date
) -> Playbook:
    """One playbook for all rounds: ``posts`` that went out and ``rules`` that were ever in force, shifts day
    by day; the page and the ads as they were last.

    >>> from simulator.network.rounds import rounds_of
    >>> stitched(rounds_of([Playbook.empty()] * 4, 28), (), (), date(2027, 3, 1)) == Playbook.empty()
    True
    """
    books = [one.playbook for one in rounds]
    last = books[-1]
    if all(book == last for book in books):
        return last
    pages = [book.page for book in books if book.page is not None]
    asked = any(book.replies is not None for book in books)
    return replace(
        last,
        page=pages[-1] if pages else None,
        plan=ContentPlan(tuple(posts)),
        replies=ReplyRules(tuple(rules)) if asked else None,
        shifts=_shifts(rounds, month_start),
    )


def _shifts(rounds: Sequence[Round], month_start: date) -> ShiftPlan | None:
    """Shifts by date; those of the last round where all are the same, None where nobody ever has any."""
    rotas = [one.playbook.rota for one in rounds]
    if all(rota == rotas[-1] for rota in rotas):
        return rounds[-1].playbook.shifts
    return ShiftPlan(tuple(shift for one in rounds for shift in _dated(one, month_start)))


def _dated(one: Round, month_start: date) -> Iterator[Shift]:
    rota = one.playbook.rota
    for day in one.days:
        stretches = rota.on_day(day, month_start) if rota is not None else ()
        for begin, end, page in stretches or ((0, 0, ""),):
            yield Shift((), begin, end, page, month_start + timedelta(days=day))
