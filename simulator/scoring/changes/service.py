"""Other service: shifts added, left out or moved, and spam taken away by a rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from simulator.playbook.patterns import Pattern
from simulator.playbook.playbook import Playbook
from simulator.playbook.replies import ReplyRule, ReplyRules
from simulator.playbook.shifts import EVERY_DAY, Shift, ShiftPlan, clock
from simulator.scoring.changes.change import Change
from simulator.scoring.study import Study
from simulator.texts import say

ADDED: Final = ((480, 540), (780, 810), (1_140, 1_170))
"""Shifts of a day tried in addition, in minutes."""

TWO_A_DAY: Final = ((720, 750), (1_140, 1_200))
"""A first rota for a page where nobody was."""

MOST_SHIFTS: Final = 4
SPAM: Final = "link|subscribe|check out|bit.ly"


def changes(study: Study, playbook: Playbook) -> Iterator[Change]:
    """One shift more, each of the present ones left out, a first rota, a rule against spam."""
    del study
    shifts = playbook.shifts.shifts if playbook.shifts else ()
    if not shifts:
        first = tuple(Shift(EVERY_DAY, begin, end) for begin, end in TWO_A_DAY)
        spans = ", ".join(f"{clock(begin)}–{clock(end)}" for begin, end in TWO_A_DAY)
        yield Change("shifts", say("advice.shifts.first", spans=spans), _with(playbook, first))
    else:
        for begin, end in ADDED:
            if any(one.start_minutes < end and begin < one.end_minutes for one in shifts):
                continue
            says = say("advice.shifts.more", begin=clock(begin), end=clock(end))
            yield Change("shifts", says, _with(playbook, (*shifts, Shift(EVERY_DAY, begin, end))))
        for shift in shifts[:MOST_SHIFTS]:
            left = tuple(one for one in shifts if one is not shift)
            words = {"begin": clock(shift.start_minutes), "end": clock(shift.end_minutes)}
            yield Change("shifts", say("advice.shifts.less", **words), _with(playbook, left))
    if playbook.replies is None or not playbook.replies.rules:
        rules = ReplyRules((ReplyRule("spam", Pattern.parse(SPAM), action="hide"),))
        yield Change("rules", say("advice.spam", words=SPAM), replace(playbook, replies=rules))


def _with(playbook: Playbook, shifts: tuple[Shift, ...]) -> Playbook:
    return replace(playbook, shifts=ShiftPlan(shifts) if shifts else None)
