"""80/20: four posts worth having for every one that sells, at noon and after work, on a complete page."""

from __future__ import annotations

from simulator.playbook.playbook import Playbook
from simulator.scoring.rhythm import in_turn
from simulator.scoring.study import Study

RHYTHM = ((0, 12), (1, 18), (2, 12), (3, 18), (5, 12))


def playbook(study: Study) -> Playbook:
    """Five posts a week, of which the last sells."""
    return in_turn(study, RHYTHM, ("inform", "entertain", "inform", "talk", "sell"), complete=True)
