"""Careful beginner: fills the page in and posts every workday at noon, a little of everything for anybody."""

from __future__ import annotations

from simulator.playbook.playbook import Playbook
from simulator.scoring.rhythm import WORKDAYS_AT_NOON, in_turn
from simulator.scoring.study import Study


def playbook(study: Study) -> Playbook:
    """Five posts a week, of which one sells; topics in turn."""
    return in_turn(study, WORKDAYS_AT_NOON, ("inform", "entertain", "talk", "sell", "inform"), complete=True)
