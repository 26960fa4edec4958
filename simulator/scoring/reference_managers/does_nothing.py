"""Does nothing: leaves the page as found, posts nothing and answers nobody."""

from __future__ import annotations

from simulator.playbook.playbook import Playbook
from simulator.scoring.study import Study


def playbook(study: Study) -> Playbook:
    """An empty playbook."""
    del study
    return Playbook.empty()
