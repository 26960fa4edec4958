"""A complete page: whatever is missing filled in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from simulator.playbook.page import Page, completeness, missing_items
from simulator.playbook.playbook import Playbook
from simulator.scoring.changes.change import Change
from simulator.scoring.rhythm import complete_page
from simulator.scoring.study import Study
from simulator.texts import say
from simulator.world.clients import with_seed


def changes(study: Study, playbook: Playbook) -> Iterator[Change]:
    """The page filled in, if anything is missing."""
    page = playbook.page or Page(**study.file.page)
    weights = with_seed(study.file, study.client_seed).hidden.parameters
    if completeness(page, weights) < 1:
        items = ", ".join(say(f"glance.items.{item}") for item in missing_items(page, weights))
        yield Change(
            "page", say("advice.page", items=items), replace(playbook, page=complete_page(study.file))
        )
