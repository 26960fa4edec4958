"""Only sells: five commercials a week, as one long commercial."""

from __future__ import annotations

from simulator.playbook.playbook import Playbook
from simulator.scoring.rhythm import WORKDAYS_AT_NOON, in_turn
from simulator.scoring.study import Study


def playbook(study: Study) -> Playbook:
    """A month of selling posts at noon, topics in turn."""
    return in_turn(study, WORKDAYS_AT_NOON, ("sell",))
