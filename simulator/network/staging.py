"""Staging: a page on day one with all that is planned for it, ready to be played."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import inf
from typing import TYPE_CHECKING

from simulator.network.agenda import Agenda, Running
from simulator.network.clock import Show, Wanted
from simulator.network.incidents import hard_days
from simulator.network.log import Log
from simulator.network.log_written import Span
from simulator.network.page import LivePage
from simulator.network.post_table import PostTable, tabulate
from simulator.network.rounds import Round
from simulator.network.shown import shown_ads
from simulator.network.templates import crises
from simulator.playbook.replies import ReplyRules
from simulator.units import MINUTES_PER_DAY
from simulator.world.world import World

if TYPE_CHECKING:
    from simulator.network.advertising import Advertising


@dataclass(frozen=True)
class DayOne:
    """The page as found, in one world: where every playbook for it starts.

    ``former``: the log of the 56 days before. ``page`` is copied before it is played on.
    """

    world: World
    page: LivePage
    former: Log


@dataclass(frozen=True)
class Staged:
    """A page on day one with playbooks that come into force one after another, ready to be played."""

    start: DayOne
    rounds: Sequence[Round]
    show: Show
    span: Span


def staged(start: DayOne, rounds: Sequence[Round], days: int, until_day: int | None = None) -> Staged:
    """The page of ``start``, which stays as it is, under the playbooks of ``rounds``, a run of ``days`` days.

    ``until_day``: so many days of them are to be played and written down.
    """
    world, client = start.world, start.world.client
    former, agenda = start.page.table.published, Agenda(client, rounds)
    begins = [
        *(float(post.post_time) for post in former),
        *(known.begins for known in agenda.posts),
        *(known.begins for known in agenda.ads),
    ]
    table = tabulate(
        client,
        [*former, *(known.published for known in agenda.posts)],
        world.luck,
        [known.tabled or known.published for known in agenda.ads],
        begins,
    )
    page = start.page.played_on(table, days, start.former.exposures.post, start.former.exposures.person)
    first, played_days = rounds[0], days if until_day is None else until_day
    if first.playbook.page is not None:
        page.page = first.playbook.page
    incidents = hard_days(world.luck, client.label, crises(client.file.kind), days, page.p)
    page.inbox.run_by(first.playbook.replies or ReplyRules(), incidents, attended=first.by_hand)
    followers = page.known.person[page.known.followers()].copy()
    ads = _advertising(page, agenda.runs[0], days) if agenda.ads else None
    out = [row for row, known in enumerate(agenda.posts, start=len(former)) if known.until == inf]
    show = Show(
        page,
        made(table, out),
        bid=ads.bid if ads is not None else None,
        wanted=_wanted(agenda, len(former)),
        release=ads.release if ads is not None else None,
        changes=tuple(_changes(page, rounds, agenda, ads)),
    )
    end, first_ad = played_days * MINUTES_PER_DAY, len(table) - len(agenda.ads)
    shown = shown_ads(agenda.ads, client.file.month_start, days, played_days)
    span = Span(
        begin=client.file.month_start,
        start=0,
        days=played_days,
        posts=[row for row in out if played_days == days or table.post_time[row] < end],
        followers=followers,
        ads={first_ad + place: ad for place, ad in shown.items()},
    )
    return Staged(start, rounds, show, span)


def made(table: PostTable, rows: Iterable[int]) -> list[int]:
    """Those of the rows of a table that are made, or are to be."""
    return [row for row in rows if table.published[row].made]


def _wanted(agenda: Agenda, first: int) -> Mapping[int, Wanted]:
    """What hands are to make, by its row."""
    asked: list[tuple[float | None, int, float, float]] = [
        *((one.wanted, one.published.post_time, one.since, one.until) for one in agenda.posts),
        *((one.wanted, one.due, one.since, one.until) for one in agenda.ads),
    ]
    return {
        row: Wanted(hours, due, since, until)
        for row, (hours, due, since, until) in enumerate(asked, start=first)
        if hours is not None
    }


def _changes(
    page: LivePage, rounds: Sequence[Round], agenda: Agenda, ads: Advertising | None
) -> Iterator[tuple[int, Callable[[], None]]]:
    """What comes over the page when a playbook gives way to the next."""
    for one, running in zip(rounds[1:], agenda.runs[1:], strict=True):
        yield one.begin, partial(_take_over, page, one, running, ads)


def _take_over(page: LivePage, one: Round, running: Sequence[Running], ads: Advertising | None) -> None:
    """The playbook of a round comes into force; without a page of its own it leaves that as it is."""
    if one.playbook.page is not None:
        page.page = one.playbook.page
    page.inbox.change(one.playbook.replies or ReplyRules(), attended=one.by_hand)
    if ads is not None:
        ads.run(running)


def _advertising(page: LivePage, running: Sequence[Running], days: int) -> Advertising:
    """The page's ad sets, which bid in every hour in which places are sold."""
    from simulator.network.advertising import Advertising  # and with it SciPy, for who advertises

    return Advertising(page, running, days)
