"""A month is played: a client, a playbook and a world in; what happened out.

Before day one the page lives through two months under its former habits, on the same network
(the burn-in). Its end state is the page as found; its log is what the research pack shows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from simulator.network import growth
from simulator.network.billing import charges
from simulator.network.carry_over import CarryOver, carry_over
from simulator.network.clock import Show, run_clock
from simulator.network.desk import OnShift
from simulator.network.former import FORMER_DAYS, former_posts
from simulator.network.hours import hours_paid
from simulator.network.log import CAUSES, Log
from simulator.network.log_written import Span, written_log
from simulator.network.page import LivePage
from simulator.network.post_table import published_posts, tabulate
from simulator.network.rota import former_rota, on_shift
from simulator.network.rounds import Round, rounds_of
from simulator.network.staging import DayOne, Staged, made, staged
from simulator.network.stitched import stitched
from simulator.network.worth import Worth
from simulator.playbook.page import Page
from simulator.playbook.playbook import Playbook
from simulator.playbook.replies import ReplyRules
from simulator.units import DAYS_PER_MONTH, MINUTES_PER_DAY
from simulator.world.clients import DEFAULT_PEOPLE, Client
from simulator.world.world import World, draw_world

if TYPE_CHECKING:
    pass


@dataclass(frozen=True)
class Played:
    """What became of a playbook in one world: the facts. ``seed`` is the world seed."""

    client: Client
    playbook: Playbook
    seed: int
    people: int
    days: int
    world: World
    log: Log
    carry_over: CarryOver

    @cached_property
    def worth(self) -> Worth:
        """What the month was worth to the client: margin now and later, less ads and hours.

        Both margins are over what the same people would buy had they never met the page.
        """
        log = self.log
        return Worth(
            expected=float(log.expected_margin.sum()),
            answers=float(log.expected_margin[:, CAUSES.index("message")].sum()),
            clicked=float(log.expected_margin[:, CAUSES.index("ad")].sum()),
            anyway=float(log.expected_anyway_by_day.sum()),
            carry=self.carry_over,
            ads=float(self.ad_spend_cents),
            hours=self.client.file.hour_rate_cents * hours_paid(log),
        )

    @property
    def worth_cents(self) -> float:
        """All of it in one number."""
        return self.worth.total

    @cached_property
    def ad_spend_cents(self) -> int:
        """What was charged for ads."""
        return int(charges(self.log).sum())


def day_one(
    client: Client, *, seed: int = 1, people: int = DEFAULT_PEOPLE, followers: int | None = None
) -> DayOne:
    """The page as found in the world ``seed``; the last few are remembered."""
    if followers is None:
        followers = round(client.file.audience.follower_share * people)
    return _day_one(_Key(client), seed, people, followers)


class _Key:
    """A client as a key of the memory below: equal when everything about it is."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.fingerprint = client.fingerprint

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.fingerprint == other.fingerprint


@lru_cache(maxsize=4)
def _day_one(key: _Key, seed: int, people: int, followers: int) -> DayOne:
    return found_page(draw_world(key.client, seed, people), followers)


def found_page(world: World, followers: int) -> DayOne:
    """The page with ``followers`` followers as found in ``world``, after two months of former habits."""
    client = world.client
    habits = client.file.former_habits
    table = tabulate(client, published_posts(client, former_posts(client), habits.hours_per_week), world.luck)
    found = Page(**client.file.page)
    start = -FORMER_DAYS * MINUTES_PER_DAY
    page = LivePage(world, found, table, growth.first_followers(world, followers), start)
    page.inbox.run_by(ReplyRules(), (), attended=True)
    begin = client.file.month_start - timedelta(days=FORMER_DAYS)
    rows = range(len(table))
    span = Span(begin, start, FORMER_DAYS, rows, page.known.person[page.known.followers()].copy())
    shifts = former_rota(habits.inbox_hours, start, FORMER_DAYS)
    run_clock([Show(page, made(table, rows))], start, FORMER_DAYS, shifts)
    return DayOne(world, page, written_log(page, span, shifts))


def written_up(stage: Staged, shifts: Sequence[OnShift] | None, *, alone: bool) -> Played:
    """What became of a page that has been played; ``alone``: the shifts were for no other page."""
    world, page, span = stage.start.world, stage.show.page, stage.span
    posts = [page.published[row].post for row in span.posts]
    return Played(
        client=world.client,
        playbook=stitched(stage.rounds, posts, page.inbox.all_rules, world.client.file.month_start),
        seed=world.seed,
        people=len(world.people),
        days=span.days,
        world=world,
        log=written_log(page, span, shifts, alone=alone),
        carry_over=carry_over(page.known, page.prices, span.end, span.followers),
    )


def play(
    start: DayOne,
    playbook: Playbook,
    *,
    days: int = DAYS_PER_MONTH,
    day_done: Callable[[int], None] | None = None,
) -> Played:
    """Play ``playbook`` on from ``start``, which stays as it is."""
    return play_rounds(start, (playbook,), days=days, day_done=day_done)


def play_rounds(
    start: DayOne,
    books: Sequence[Playbook],
    *,
    days: int = DAYS_PER_MONTH,
    until_day: int | None = None,
    day_done: Callable[[int], None] | None = None,
) -> Played:
    """Play ``books`` on from ``start``, each for a week and the last for what is left of ``days`` days.

    ``until_day``: stop after so many days of them. What happens before a playbook comes into force is the
    same whatever it holds.
    """
    client, played_days = start.world.client, days if until_day is None else until_day
    rounds = rounds_of(books, days)
    shifts = _on_shift(rounds, client, played_days)
    stage = staged(start, rounds, days, played_days)
    run_clock([stage.show], 0, played_days, shifts, day_done)
    by_hand = any(one.by_hand and one.days[0] < played_days for one in rounds)
    return written_up(stage, shifts if by_hand else None, alone=True)


def _on_shift(rounds: Sequence[Round], client: Client, days: int) -> tuple[OnShift, ...]:
    """The shifts of ``days`` days, each day's as the playbook in force has them."""
    begin, pages = client.file.month_start, (client.name,)
    whole = {one.playbook.rota: on_shift(one.playbook.rota, begin, days, pages) for one in rounds}
    return tuple(
        shift for one in rounds for shift in whole[one.playbook.rota] if one.begin <= shift.begin < one.end
    )
