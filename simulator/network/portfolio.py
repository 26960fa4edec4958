"""A portfolio: several pages under one pair of hands, played on one clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from simulator.errors import SimulatorError
from simulator.network.clock import run_clock
from simulator.network.desk import OnShift
from simulator.network.month import Played, day_one, written_up
from simulator.network.pay import Pay, pay_of, practice
from simulator.network.rota import on_shift
from simulator.network.rounds import Round
from simulator.network.staging import staged
from simulator.playbook.assignment import Assignment
from simulator.playbook.portfolio_sheet import MOST_PAGES
from simulator.playbook.shifts import ShiftPlan
from simulator.texts import say
from simulator.units import DAYS_PER_MONTH, MINUTES_PER_DAY, MINUTES_PER_HOUR
from simulator.world.clients import DEFAULT_PEOPLE


@dataclass(frozen=True)
class PlayedPortfolio:
    """What became of all pages in one month, in the order of ``assignments``."""

    assignments: tuple[Assignment, ...]
    shifts: ShiftPlan
    months: tuple[Played, ...]

    @cached_property
    def pay(self) -> tuple[Pay, ...]:
        """What each client pays."""
        return tuple(
            pay_of(one.client, month.log, one.months_of_service)
            for one, month in zip(self.assignments, self.months, strict=True)
        )

    @cached_property
    def rota(self) -> tuple[OnShift, ...]:
        """The shifts of the month, in order of time."""
        start = self.assignments[0].client.file.month_start
        return on_shift(self.shifts, start, self.months[0].days, [one.page for one in self.assignments])

    @property
    def hours(self) -> float:
        """Hours the manager was on shift in the month."""
        return sum(shift.end - shift.begin for shift in self.rota) / MINUTES_PER_HOUR

    @property
    def income_cents(self) -> int:
        """What all clients pay for this month."""
        return sum(pay.paid_cents for pay in self.pay)

    @property
    def income_per_hour_cents(self) -> float:
        """Income of the month by hours on shift; 0 without any."""
        return self.income_cents / self.hours if self.hours else 0.0

    @property
    def expected_income_per_hour_cents(self) -> float:
        """The same over half a year of such months, in which clients who are badly served leave."""
        months = int(self.assignments[0].client.hidden.parameters["pay.horizon_months"])
        total = sum(pay.expected_cents(months) for pay in self.pay)
        return total / (self.hours * months) if self.hours else 0.0


def play_portfolio(
    assignments: Sequence[Assignment],
    shifts: ShiftPlan,
    *,
    seed: int = 1,
    people: int = DEFAULT_PEOPLE,
    days: int = DAYS_PER_MONTH,
    day_done: Callable[[int], None] | None = None,
) -> PlayedPortfolio:
    """Play a month of all pages in the world ``seed`` of each client, with one pair of hands in ``shifts``.

    Raises SimulatorError for none or more than eight pages, two of one name, or months that do not
    begin on one day.
    """
    _refuse(assignments)
    pages = [one.page for one in assignments]
    stages = []
    for one in assignments:
        whole = Round(one.playbook, 0, days * MINUTES_PER_DAY, by_hand=True)
        stage = staged(day_one(one.client, seed=seed, people=people), [whole], days)
        stage.show.page.inbox.practice = practice(one.months_of_service, one.client.hidden.parameters)
        stages.append(stage)
    rota = on_shift(shifts, assignments[0].client.file.month_start, days, pages)
    run_clock([stage.show for stage in stages], 0, days, rota, day_done)
    months = [
        written_up(stage, [shift for shift in rota if shift.page in (None, number)], alone=len(pages) == 1)
        for number, stage in enumerate(stages)
    ]
    return PlayedPortfolio(tuple(assignments), shifts, tuple(months))


def _refuse(assignments: Sequence[Assignment]) -> None:
    if not 1 <= len(assignments) <= MOST_PAGES:
        raise SimulatorError(say("portfolio.how_many", count=len(assignments), most=MOST_PAGES))
    names = [one.page for one in assignments]
    if len(set(names)) < len(names):
        raise SimulatorError(say("portfolio.same_name", names=", ".join(sorted(names))))
    starts = {one.client.file.month_start for one in assignments}
    if len(starts) > 1:
        raise SimulatorError(say("portfolio.other_month", dates=", ".join(map(str, sorted(starts)))))
