"""The page's former habits: the posts of the two months before the manager came."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

import numpy as np

from simulator.playbook.posts import Post
from simulator.randomness import Luck
from simulator.units import DAYS_PER_MONTH
from simulator.world.clients import Caption, Client

FORMER_DAYS = 2 * DAYS_PER_MONTH
"""Days that are played before day one; their log is what the research pack shows."""


def former_posts(client: Client) -> tuple[Post, ...]:
    """What the page posted in the 56 days before day one: the client seed's luck alone."""
    habits = client.file.former_habits
    generator = Luck(client.client_seed).stream("former habits", client.name).generator()
    drawer = {key: list(captions) for key, captions in _by_kind(client).items()}
    start = client.file.month_start - timedelta(days=FORMER_DAYS)
    posts = []
    for week in range(FORMER_DAYS // 7):
        for day in sorted(generator.choice(7, size=min(7, habits.posts_per_week), replace=False)):
            hour = int(generator.choice(habits.hours))
            moment = datetime.combine(start + timedelta(days=int(7 * week + day)), time(hour))
            caption = _take(
                drawer, _pick(generator, habits.topics), _pick(generator, habits.purposes), generator
            )
            posts.append(
                Post(
                    posting_time=moment + timedelta(minutes=int(generator.integers(0, 12)) * 5),
                    text=caption.text,
                    format=_pick(generator, habits.formats),
                    purpose=caption.purpose,
                    topic=caption.topic,
                    offer=habits.usual_offer if caption.purpose == "sell" else 0.0,
                )
            )
    return tuple(posts)


def _by_kind(client: Client) -> Mapping[tuple[str, str], list[Caption]]:
    kinds: dict[tuple[str, str], list[Caption]] = {}
    for caption in client.file.captions:
        kinds.setdefault((caption.topic, caption.purpose), []).append(caption)
    return kinds


def _take(
    drawer: dict[tuple[str, str], list[Caption]], topic: str, purpose: str, generator: np.random.Generator
) -> Caption:
    """A caption of that kind not used lately: the drawer is turned over, never emptied."""
    captions = drawer.get((topic, purpose)) or max(drawer.values(), key=len)
    taken = captions.pop(int(generator.integers(0, max(1, len(captions) // 2))))
    captions.append(taken)
    return taken


def _pick(generator: np.random.Generator, shares: Mapping[Any, float]) -> str:
    names = list(shares)
    weights = np.array([shares[name] for name in names])
    return str(names[int(generator.choice(len(names), p=weights / weights.sum()))])
