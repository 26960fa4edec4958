"""Only informs: five times a week something useful, never a word of what can be bought."""

from __future__ import annotations

from simulator.playbook.playbook import Playbook
from simulator.scoring.rhythm import WORKDAYS_AT_NOON, in_turn
from simulator.scoring.study import Study


def playbook(study: Study) -> Playbook:
    """A month of informing posts at noon, topics in turn."""
    return in_turn(study, WORKDAYS_AT_NOON, ("inform",))
