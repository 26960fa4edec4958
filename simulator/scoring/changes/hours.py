"""Other hours: all posts of one hour of the day at another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from simulator.playbook.playbook import Playbook
from simulator.scoring.changes.change import Change, with_posts
from simulator.scoring.study import Study
from simulator.texts import say

TRIED: Final = (8, 12, 16, 18, 20)
MOST_HOURS: Final = 3
"""So many of the hours most used are moved."""


def changes(study: Study, playbook: Playbook) -> Iterator[Change]:
    """The hours most used, each to others."""
    del study
    posts = playbook.plan.posts
    used = Counter(post.posting_time.hour for post in posts)
    for hour, count in used.most_common(MOST_HOURS):
        for other in TRIED:
            if other != hour:
                moved = [
                    replace(post, posting_time=post.posting_time.replace(hour=other))
                    if post.posting_time.hour == hour
                    else post
                    for post in posts
                ]
                says = say("advice.hour", posts=count, hour=f"{hour:02}", other=f"{other:02}")
                yield Change("hour", says, with_posts(playbook, moved))
