"""Other offers: all that is sold at another discount."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simulator.playbook.playbook import Playbook
from simulator.scoring.changes.change import Change, changed_where
from simulator.scoring.study import Study
from simulator.texts import say

TRIED: Final = (0.0, 0.1, 0.2, 0.3)


def changes(study: Study, playbook: Playbook) -> Iterator[Change]:
    """Every discount tried in all posts that sell."""
    del study
    selling = {at for at, post in enumerate(playbook.plan.posts) if post.purpose == "sell"}
    for offer in TRIED:
        says = say("advice.offer" if offer else "advice.no_offer", posts=len(selling), offer=f"{offer:.0%}")
        yield Change("offer", says, changed_where(playbook, selling, offer=offer))
