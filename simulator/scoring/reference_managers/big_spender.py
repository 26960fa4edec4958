"""Big spender: the whole budget for ads that everybody may see, and one commercial a week on the page."""

from __future__ import annotations

from dataclasses import replace

from simulator.playbook.ads import Ad, AdPlan, AdSet
from simulator.playbook.playbook import Playbook
from simulator.scoring.drawer import Drawer
from simulator.scoring.rhythm import in_turn
from simulator.scoring.study import Study


def playbook(study: Study) -> Playbook:
    """One ad set for the whole country, asking for reach."""
    file = study.file
    topic = file.topics[0].name
    ad = Ad("everybody", "photo", "sell", "", Drawer(file).take(topic, "sell"), topic)
    everybody = AdSet("everybody", "everybody", "REACH", lifetime_budget_cents=file.budget_cents, ads=(ad,))
    return replace(in_turn(study, ((0, 12),), ("sell",)), ads=AdPlan((everybody,)))
