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
from simulator.units import MINUTES_PER_DAY

ADDED: Final = ((480, 540), (780, 810), (1_140, 1_170))
"""Shifts of a day tried in addition, in minutes."""

TWO_A_DAY: Final = ((720, 750), (1_140, 1_200))
"""A first rota for a page where nobody was."""

MOVED_TO: Final = (480, 720, 1_140)
"""When a shift is tried instead."""

MOST_SHIFTS: Final = 4
SPAM: Final = "link|subscribe|check out|bit.ly"


def changes(study: Study, playbook: Playbook) -> Iterator[Change]:
    """One shift more, each of the present ones left out or moved, a first rota, a rule against spam."""
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
            yield from _moved(playbook, shift, left)
    if playbook.replies is None or not playbook.replies.rules:
        rules = ReplyRules((ReplyRule("spam", Pattern.parse(SPAM), action="hide"),))
        yield Change("rules", say("advice.spam", words=SPAM), replace(playbook, replies=rules))


def _moved(playbook: Playbook, shift: Shift, left: tuple[Shift, ...]) -> Iterator[Change]:
    """The shift as long as it is, at other hours of the same days where no other stands."""
    for begin in MOVED_TO:
        end = begin + shift.minutes
        free = all(one.end_minutes <= begin or end <= one.start_minutes for one in left)
        if begin != shift.start_minutes and end <= MINUTES_PER_DAY and free:
            there = replace(shift, start_minutes=begin, end_minutes=end)
            words = {"begin": clock(shift.start_minutes), "other": clock(begin)}
            yield Change("shifts", say("advice.shifts.moved", **words), _with(playbook, (*left, there)))


def _with(playbook: Playbook, shifts: tuple[Shift, ...]) -> Playbook:
    return replace(playbook, shifts=ShiftPlan(shifts) if shifts else None)
