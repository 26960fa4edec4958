"""Plans and paired runs for the laws: the same worlds, one thing changed.

Texts are neutral (made-up words, no cue of any purpose or topic), so that what is declared
stands and a plan differs from another only in what the law is about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

import numpy as np

from simulator.network.month import Month, day_one, play
from simulator.playbook.page import Page
from simulator.playbook.plan import ContentPlan
from simulator.playbook.playbook import Playbook
from simulator.playbook.posts import Post
from simulator.world.clients import Client, load_client

SYLLABLES = ("ba", "do", "fi", "gu", "ka", "lo", "mi", "nu", "pe", "ri", "so", "tu", "va", "we", "yo", "ze")
OTHERS = ("inform", "entertain", "talk")


@dataclass(frozen=True)
class Plan:
    """A regular month: everything a law may change, with sensible defaults."""

    posts: int = 20
    share: float = 0.3
    hours: tuple[int, ...] = (12, 18, 20)
    order: str = "alternate"
    purposes: tuple[str, ...] = OTHERS
    topics: tuple[str, ...] = ()
    offer: float = 0.1
    format: str = "photo"
    one_text: bool = False
    production_hours: float | None = None
    page: Page | None = None
    days: int = 28
    turn: int = 0


def neutral_text(number: int) -> str:
    """A text of five made-up words; no two numbers share any."""
    words = []
    for k in range(5):
        code = number * 5 + k + 1
        word = ""
        while code:
            word += SYLLABLES[code % 16]
            code //= 16
        words.append(word + "x")
    return " ".join(words)


def playbook(client: Client, plan: Plan) -> Playbook:
    """The playbook of a regular month."""
    selling = round(plan.posts * plan.share)
    if plan.order == "block":
        sells = set(range(selling))
    else:
        sells = {int((k + 0.5) * plan.posts / selling) for k in range(selling)}
    topics = plan.topics or client.topic_names
    posts = []
    count = {True: 0, False: 0}
    for k in range(plan.posts):
        turn = count[k in sells]
        count[k in sells] += 1
        purpose = "sell" if k in sells else plan.purposes[turn % len(plan.purposes)]
        topic = topics[(turn + plan.turn) % len(topics)]
        posts.append(
            Post(
                posting_time=_moment(client, plan, k),
                text=neutral_text(0 if plan.one_text else k),
                format=plan.format,
                purpose=purpose,
                topic=topic,
                offer=plan.offer if purpose == "sell" else 0.0,
                production_hours=plan.production_hours,
            )
        )
    return Playbook(plan.page, ContentPlan(tuple(posts)))


def _moment(client: Client, plan: Plan, k: int) -> datetime:
    day = int(k * plan.days / plan.posts)
    first = int(np.ceil(day * plan.posts / plan.days))
    turn = k - first
    a_day = int(np.ceil(plan.posts / plan.days))
    hour = plan.hours[(k if a_day == 1 else turn) % len(plan.hours)]
    minute = (
        (7 * k) % 50
        if a_day <= len(plan.hours)
        else int(60 * (turn // len(plan.hours)) / (a_day / len(plan.hours) + 1))
    )
    return datetime.combine(client.file.month_start, time(hour, min(59, minute))) + timedelta(days=day)


def months(
    client: Client, plans: Sequence[Plan | None], seed: int, people: int = 20_000, days: int = 28
) -> list[Month]:
    """Each plan (None: nothing at all) played in the world ``seed``.

    Topics begin with another one in every world, so that no share of selling posts meets only
    some of them.
    """
    start = day_one(client, seed=seed, people=people)
    turned = [plan and replace(plan, turn=seed) for plan in plans]
    return [play(start, playbook(client, plan) if plan else Playbook.empty(), days=days) for plan in turned]


def worths(
    label: str,
    plans: Sequence[Plan | None],
    seeds: Sequence[int],
    changes: Mapping[str, float] | None = None,
    days: int = 28,
) -> np.ndarray:
    """(seeds, plans): worth in currency units of each plan in each world."""
    client = load_client(label).with_parameters(changes or {})
    return np.array(
        [[month.worth_cents / 100 for month in months(client, plans, seed, days=days)] for seed in seeds]
    )
