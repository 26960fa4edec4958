"""A change: one decision taken otherwise, in words, and the playbook that comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from simulator.playbook.ads import Ad, AdPlan
from simulator.playbook.playbook import Playbook
from simulator.playbook.posts import Post
from simulator.scoring.drawer import planned


@dataclass(frozen=True, eq=False)
class Change:
    """``kind``: what sort of decision it is; ``says``: the change as an instruction."""

    kind: str
    says: str
    playbook: Playbook


def with_posts(playbook: Playbook, posts: Sequence[Post | None], added: Sequence[Post] = ()) -> Playbook:
    """The playbook with each post of the plan replaced by the one in its place (None: left out).

    An ad that boosts a post goes with it.
    """
    by_post = dict(zip(playbook.plan.posts, posts, strict=True))
    kept = [post for post in posts if post is not None]
    changed = replace(playbook, plan=planned([*kept, *added]))
    if playbook.ads is None:
        return changed
    sets = [
        replace(one, ads=tuple(_following(ad, by_post) for ad in one.ads if _stays(ad, by_post)))
        for one in playbook.ads.ad_sets
    ]
    return replace(changed, ads=AdPlan(tuple(one for one in sets if one.ads)))


def changed_where(playbook: Playbook, chosen: set[int], **changes: Any) -> Playbook:
    """The playbook with the posts at these places changed alike."""
    posts = [
        replace(post, **changes) if at in chosen else post for at, post in enumerate(playbook.plan.posts)
    ]
    return with_posts(playbook, posts)


def _stays(ad: Ad, new: dict[Post, Post | None]) -> bool:
    return ad.boosted_post is None or new.get(ad.boosted_post, ad.boosted_post) is not None


def _following(ad: Ad, new: dict[Post, Post | None]) -> Ad:
    post = None if ad.boosted_post is None else new.get(ad.boosted_post, ad.boosted_post)
    return ad if post is None else Ad.boosting(ad.name, post, active=ad.active, line=ad.line)
