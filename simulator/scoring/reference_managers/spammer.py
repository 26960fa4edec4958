"""Spammer: ten commercials a day, because more must be more."""

from __future__ import annotations

from simulator.playbook.playbook import Playbook
from simulator.scoring.rhythm import in_turn
from simulator.scoring.study import Study


def playbook(study: Study) -> Playbook:
    """Every hour and a half from eight in the morning on something to buy."""
    hours = (8, 9, 11, 12, 14, 15, 17, 18, 20, 21)
    return in_turn(study, [(day, hour) for day in range(7) for hour in hours], ("sell",))
