"""The report's section on worth: what it is put together from, and what moved it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from simulator.insights.comparison import span
from simulator.insights.tables import Insights
from simulator.insights.words import counted, listed, signed, whole_money
from simulator.network.worth import Worth
from simulator.texts import say
from simulator.units import money

PAID: Final = ("ads", "hours")
"""What is paid for."""
LINES: Final = ("expected", "anyway", "added", "later", "ads", "hours", "total")
"""The lines of the sum, in order."""
TAKEN_OFF: Final = ("anyway", *PAID)
SUMS: Final = ("added", "total")
SHARED_HOURS: Final = "hours_shared"
MOVERS: Final = ("margin", *PAID)
"""The parts of which worth is the sum, the margin of the month and of the half year after as one."""


@dataclass(frozen=True, slots=True)
class WorthLine:
    """One line of the sum: its title, what it is, and the sum of this month, of doing nothing, between."""

    title: str
    says: str
    now: str
    idle: str
    more: str
    is_sum: bool


@dataclass(frozen=True, slots=True)
class WorthSection:
    """Everything the template shows of worth."""

    lines: Sequence[WorthLine]
    against: bool
    sentences: Sequence[str]


def worth_section(insights: Insights, idle: Worth | None) -> WorthSection:
    """How the worth of the month comes about, beside ``idle`` where that is known."""
    now = insights.month.worth.whole
    lines = [_line(name, now, idle.whole if idle else None, insights) for name in LINES]
    shown = [line for line, name in zip(lines, LINES, strict=True) if name not in PAID or getattr(now, name)]
    sentences = [
        _luck(insights, now),
        *([_mover(now, idle.whole)] if idle else []),
        *_for_each(insights, now),
    ]
    return WorthSection(shown, idle is not None, sentences)


def _line(name: str, now: Worth, idle: Worth | None, insights: Insights) -> WorthLine:
    values = [getattr(worth, name) * (-1 if name in TAKEN_OFF else 1) for worth in (now, idle) if worth]
    return WorthLine(
        title=say(f"report.worth.{name}", span=span(insights.month.days)),
        says=say(f"report.worth.{_said_of(name, insights)}_says"),
        now=whole_money(values[0]),
        idle=whole_money(values[1]) if idle else "",
        more=_difference(values[0] - values[1]) if idle else "",
        is_sum=name in SUMS,
    )


def _said_of(name: str, insights: Insights) -> str:
    """The line's name in the catalogue: hours of a page among others are those worked on it."""
    work = insights.month.log.work
    return SHARED_HOURS if name == "hours" and work is not None and not work.alone else name


def _difference(cents: float) -> str:
    return signed(cents / 100) if cents else "0"


def _luck(insights: Insights, now: Worth) -> str:
    """The margin of the sales that happened, and why another one is counted."""
    margin = float(insights.summary["margin_cents"])
    sold = counted(int(insights.summary["sales"]), "sales")
    return say("report.worth.luck", sales=sold, margin=money(margin), expected=whole_money(now.expected))


def _mover(now: Worth, idle: Worth) -> str:
    """Which part made most of the difference to doing nothing, and what the others made of it."""
    both = {name: getattr(now, name) - getattr(idle, name) for name in ("added", "later", *PAID)}
    moved = {"margin": both["added"] + both["later"], **{part: -both[part] for part in PAID}}
    words = {name: _difference(both[name]) for name in ("added", "later")}
    parts = [
        say(f"report.worth.moved_{name}", moved=_difference(moved[name]), **words)
        for name in sorted(moved, key=lambda part: -abs(moved[part]))
        if moved[name]
    ]
    if not parts:
        return say("report.worth.nothing_moved")
    if len(parts) == 1:
        return say("report.worth.one_moved", most=parts[0])
    return say("report.worth.moved", most=parts[0], others=listed(parts[1:]))


def _for_each(insights: Insights, now: Worth) -> Sequence[str]:
    """What one follower is worth on average, and why one more adds less."""
    followers = int(insights.summary["followers_end"])
    if not followers or now.later <= 0:
        return ()
    each = (
        whole_money(now.later / followers) if now.later >= 1000 * followers else money(now.later / followers)
    )
    return (say("report.worth.for_each", each=each, followers=f"{followers:,}"),)
