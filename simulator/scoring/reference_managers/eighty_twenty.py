"""80/20: a post a day, four worth having for every one that sells, noon or evening, on a complete page."""

from __future__ import annotations

from simulator.playbook.playbook import Playbook
from simulator.scoring.rhythm import in_turn
from simulator.scoring.study import Study

RHYTHM = ((0, 12), (1, 18), (2, 12), (3, 18), (4, 12), (5, 18), (6, 12))


def playbook(study: Study) -> Playbook:
    """Seven posts a week; of five posts the last sells."""
    return in_turn(study, RHYTHM, ("inform", "entertain", "inform", "talk", "sell"), complete=True)
