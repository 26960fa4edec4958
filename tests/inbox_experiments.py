"""Months with an inbox, played in paired worlds: what the laws of the inbox are tested with.

Every way of running a page is played from the same first day of the same worlds with the same
posts; only rules, shifts and what goes wrong differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field, fields, replace

import numpy as np
from joblib import Parallel, delayed

from simulator.network.log import ACTIONS
from simulator.network.messages import ACTIONS_TAKEN
from simulator.network.month import Played, day_one, play
from simulator.network.portfolio import Assignment, play_portfolio
from simulator.network.service import Answer, kept
from simulator.playbook.patterns import Pattern
from simulator.playbook.replies import ReplyRule, ReplyRules
from simulator.playbook.shifts import Shift, ShiftPlan
from simulator.world.clients import load_client
from simulator.world.talk import KINDS, UNWANTED
from tests.experiments import Plan, playbook

Results = Mapping["Way", Mapping[str, np.ndarray]]
COMMENTED = 1 << ACTIONS.index("comment")
WORKING_DAYS, EVERY_DAY = (0, 1, 2, 3, 4), (0, 1, 2, 3, 4, 5, 6)
BAD = [KINDS.index(kind) for kind in UNWANTED]
TAKEN_AWAY = [ACTIONS_TAKEN.index(name) for name in ("hide", "delete", "block")]


def shifts(*stretches: tuple[float, float], days: tuple[int, ...] = EVERY_DAY) -> ShiftPlan:
    """The same stretches (hours of the day) on each of ``days``."""
    return ShiftPlan(tuple(Shift(days, round(60 * begin), round(60 * end)) for begin, end in stretches))


def rules(*rows: ReplyRule) -> ReplyRules:
    return ReplyRules(rows)


def contains(action: str, words: str, priority: int = 5) -> ReplyRule:
    """A rule that does ``action`` where one of ``words`` stands."""
    return ReplyRule(action, Pattern.parse(words), action=action, priority=priority)


@dataclass(frozen=True)
class Way:
    """One way of running a page: rules, shifts, and constants changed (what goes wrong)."""

    name: str
    rules: ReplyRules | None = None
    shifts: ShiftPlan | None = None
    changes: tuple[tuple[str, float], ...] = ()
    posts: Plan = field(default_factory=lambda: Plan(posts=20, production_hours=1.0))
    client: str = "online-shop"


@dataclass(frozen=True)
class InboxFigures:
    """What the laws speak of, of one month: money in currency units, times in minutes, rates 0-1.

    ``earned``: worth before the hours are paid.
    """

    worth: float
    earned: float
    followers: float
    unfollows: float
    new_followers: float
    visits_kept: float
    comments: float
    bought_by_message: float
    sales_kept: float
    missed: float
    satisfaction: float
    reply_minutes: float
    messages: float
    trouble: float


def inbox_figures(month: Played) -> InboxFigures:
    """The figures of one month, counted from its log."""
    log, m = month.log, month.log.messages
    waits = m.reply_time - m.time
    honest = ~np.isin(m.kind, BAD)
    return InboxFigures(
        worth=month.worth_cents / 100,
        earned=(month.worth_cents + month.worth.hours) / 100,
        followers=len(log.followers_end),
        unfollows=len(log.unfollows.time),
        new_followers=len(log.follows.time),
        visits_kept=float(log.visits.followed.mean()) if len(log.visits.time) else 0.0,
        comments=float(((log.exposures.actions & COMMENTED) > 0).sum()),
        bought_by_message=m.sold.sum(),
        sales_kept=_kept(month),
        missed=m.missed.sum(),
        satisfaction=float(np.nan_to_num(m.satisfaction[honest]).mean()) if honest.any() else 0.0,
        reply_minutes=float(np.nanmedian(waits)) if np.isfinite(waits).any() else 0.0,
        messages=len(m),
        trouble=(m.incident >= 0).sum(),
    )


def _kept(month: Played) -> float:
    """Which share of the sales that answers at once would make is left by the answers there were."""
    m, p = month.log.messages, month.client.hidden.parameters
    asked = np.isin(m.kind, [KINDS.index("question"), KINDS.index("order")])
    waits = (m.reply_time - m.time)[asked]
    shares = [kept(p, Answer("personal reply", wait)) if np.isfinite(wait) else 0.0 for wait in waits]
    return float(np.mean(shares)) if shares else 0.0


def _one_world(ways: Sequence[Way], seed: int, people: int) -> list[tuple]:
    found = {}
    for label, changes in dict.fromkeys((way.client, way.changes) for way in ways):
        client = load_client(label).with_parameters(dict(changes))
        start = day_one(client, seed=seed, people=people)
        for way in ways:
            if (way.client, way.changes) == (label, changes):
                book = replace(playbook(client, way.posts), replies=way.rules, shifts=way.shifts)
                found[way.name] = astuple(inbox_figures(play(start, book)))
    return [found[way.name] for way in ways]


def run_ways(ways: Sequence[Way], seeds: Sequence[int], people: int = 20_000) -> Results:
    """Every way in every world: ``result[way]["worth"]`` has one number a seed."""
    rows = np.array(Parallel(n_jobs=2)(delayed(_one_world)(ways, seed, people) for seed in seeds))
    names = [figure.name for figure in fields(InboxFigures)]
    return {way: dict(zip(names, rows[:, k].T, strict=True)) for k, way in enumerate(ways)}


PAGES = (
    "online-shop",
    "salon",
    "academy",
    "newsroom",
    "supermarket",
    "online-shop:2",
    "salon:2",
    "academy:2",
)
"""Pages in the order in which somebody takes them on."""


def _income(pages: int, rota: ShiftPlan, seed: int, people: int) -> float:
    """Expected income an hour, over half a year, of the first so many pages."""
    clients = [load_client(label) for label in PAGES[:pages]]
    assignments = [
        Assignment(label, client, playbook(client, Plan(posts=20, production_hours=1.0)))
        for label, client in zip(PAGES, clients, strict=False)
    ]
    played = play_portfolio(assignments, rota, seed=seed, people=people)
    return played.expected_income_per_hour_cents / 100


def incomes(
    numbers: Sequence[int], rota: ShiftPlan, seeds: Sequence[int], people: int = 20_000
) -> dict[int, np.ndarray]:
    """Expected income an hour by number of pages, one number a seed."""
    jobs = [(pages, seed) for seed in seeds for pages in numbers]
    found = Parallel(n_jobs=2)(delayed(_income)(pages, rota, seed, people) for pages, seed in jobs)
    return {
        pages: np.array([income for (count, _), income in zip(jobs, found, strict=True) if count == pages])
        for pages in numbers
    }
