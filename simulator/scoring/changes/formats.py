"""Another format: all posts of one purpose as photo, video or link."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simulator.playbook.playbook import Playbook
from simulator.playbook.posts import PURPOSES
from simulator.scoring.changes.change import Change, changed_where
from simulator.scoring.study import Study
from simulator.texts import say

TRIED: Final = ("photo", "video", "link")


def changes(study: Study, playbook: Playbook) -> Iterator[Change]:
    """Every purpose that occurs, in every format."""
    del study
    posts = playbook.plan.posts
    for purpose in PURPOSES:
        for form in TRIED:
            chosen = {at for at, post in enumerate(posts) if post.purpose == purpose and post.format != form}
            if chosen:
                words = {"posts": len(chosen), "purpose": say(f"advice.purposes.{purpose}")}
                key = "advice.format_link" if form == "link" else "advice.format"
                says = say(key, format=say(f"score.kinds.{form}"), **words)
                yield Change("format", says, changed_where(playbook, chosen, format=form))
