"""Careful beginner: fills the page in and posts four times a week, a little of everything for anybody."""

from __future__ import annotations

from simulator.playbook.playbook import Playbook
from simulator.scoring.rhythm import in_turn
from simulator.scoring.study import Study

RHYTHM = ((0, 12), (2, 18), (4, 12), (5, 18))


def playbook(study: Study) -> Playbook:
    """Four posts a week, of which the last sells."""
    return in_turn(study, RHYTHM, ("inform", "entertain", "talk", "sell"), complete=True)
