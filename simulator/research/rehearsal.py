"""A rehearsal: the calendar of a real page played in simulated towns, month by month.

Rows are a table with one line a post, real or simulated, of :data:`COLUMNS`. A town a
fraction (``scale``) of the page's size is enough for rates; counts are then brought
to the page's size.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from itertools import count
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulator.errors import SimulatorError
from simulator.network.appeal import PARTS, Appeal, draw_appeal, standard_luck
from simulator.network.log import ACTIONS, Log
from simulator.network.month import found_page, play
from simulator.parameters import Parameters, model_parameters
from simulator.playbook.captions import read_caption
from simulator.playbook.plan import ContentPlan
from simulator.playbook.playbook import Playbook
from simulator.playbook.posts import Post
from simulator.randomness import Luck
from simulator.texts import say
from simulator.world.clients import Client
from simulator.world.world import World, draw_world

COLUMNS: tuple[str, ...] = (
    "month", "posting_time", "format", "purpose", "paid", "followers",
    "reach", "impressions", "engaged", "reactions", "comments", "shares",
)  # fmt: skip
"""What a table of posts must have; ``paid`` is true or false, the last six are counts."""

PEOPLE_PER_FOLLOWER = 3.6
DAYS_AFTER = 4
"""Days played after the last post: by then nobody meets it any more."""

LOOKED_AFTER: Mapping[str, float] = {
    "inbox.spam": 0.0,
    "inbox.spam_any_page": 0.0,
    "inbox.abuse": 0.0,
    "inbox.shame": 0.0,
    "incident.crisis_chance": 0.0,
    "incident.pile_on_chance": 0.0,
}
"""Nothing is known of the page's comments: they are taken to be looked after, and no day to be hard."""

_HOURS_PER_POST = 1.0
_OFFER = 0.1
_TEXTS_APART = 100_000
_SYLLABLES = ("ba", "do", "fi", "gu", "ka", "lo", "mi", "ja", "pe", "ri", "so", "tu", "va", "we", "yo", "ze")


class Rehearsal:
    """The real rows, the client that stands for the page, and the towns it is played in."""

    def __init__(self, rows: pd.DataFrame, client: Client, scale: float = 0.2) -> None:
        missing = [name for name in COLUMNS if name not in rows.columns]
        if missing:
            raise SimulatorError(say("fit.missing_columns", names=", ".join(missing)))
        self.rows = rows.sort_values(["month", "posting_time"], kind="stable", ignore_index=True)
        self.client = client.with_parameters({**model_parameters(), **LOOKED_AFTER})
        self.scale = scale
        self._worlds: dict[int, World] = {}
        self._texts: dict[tuple[int, int, tuple[int, int]], str] = {}

    @cached_property
    def people(self) -> int:
        """How many people the towns have."""
        return round(PEOPLE_PER_FOLLOWER * float(self.rows["followers"].median()) * self.scale)

    def played(
        self, changes: Mapping[str, float], month: int, seed: int, part: tuple[int, int] = (0, 1)
    ) -> pd.DataFrame:
        """The rows of ``month`` with the outcomes of the world ``seed``, brought to the page's size.

        ``part``: which of how many worlds this is; over all of them each post meets every part of
        its luck once. Three columns more: its luck ``feed_luck``, ``response_luck`` and ``open_luck`` (log).
        """
        rows = self.rows[self.rows["month"] == month]
        luck = self._world(seed).luck
        posts = [self._post(index, row, luck, part) for index, row in enumerate(rows.itertuples())]
        monday = _monday_before(posts[0].posting_time)
        file = self.client.file.model_copy(update={"month_start": monday.date()})
        client = replace(self.client.with_parameters(changes), file=file)
        world = replace(self._world(seed), client=client)
        start = found_page(world, round(float(rows["followers"].median()) * self.scale))
        days = (posts[-1].posting_time - monday).days + 1 + DAYS_AFTER
        log = play(start, Playbook(plan=ContentPlan(tuple(posts))), days=days).log
        appeals = [
            draw_appeal(world.luck, p.post.text, p.reading, client.hidden.parameters) for p in log.posts
        ]
        table = rows.assign(**self._counts(log, appeals, world, month), world=seed)
        return table.assign(
            feed_luck=[appeal.feed for appeal in appeals],
            response_luck=[appeal.response for appeal in appeals],
            open_luck=[appeal.open for appeal in appeals],
        )

    def pooled(self, changes: Mapping[int, Mapping[str, float]], seeds: Sequence[int]) -> pd.DataFrame:
        """The months of ``changes`` in several worlds, one below the other."""
        tables = [
            self.played(changed, month, seed, (place, len(seeds)))
            for place, seed in enumerate(seeds)
            for month, changed in changes.items()
        ]
        return pd.concat(tables, ignore_index=True)

    def _world(self, seed: int) -> World:
        """People do not depend on what is fitted, so each town is drawn once."""
        if seed not in self._worlds:
            self._worlds[seed] = draw_world(self.client, seed, self.people)
        return self._worlds[seed]

    def _post(self, index: int, row: Any, luck: Luck, part: tuple[int, int]) -> Post:
        topics = self.client.topic_names
        return Post(
            posting_time=row.posting_time.to_pydatetime(),
            text=self._text(1000 * int(row.month) + index, luck, part),
            format=str(row.format),
            purpose=str(row.purpose),
            topic=topics[index % len(topics)],
            offer=_OFFER if row.purpose == "sell" else 0.0,
            production_hours=_HOURS_PER_POST,
        )

    def _text(self, number: int, luck: Luck, part: tuple[int, int]) -> str:
        """The first made-up text for post ``number`` whose luck lies in this world's part (strata)."""
        key = (luck.seed, number, part)
        if key not in self._texts:
            self._texts[key] = self._text_of(number, luck, part)
        return self._texts[key]

    def _text_of(self, number: int, luck: Luck, part: tuple[int, int]) -> str:
        place, parts = part
        generator = Luck(number).stream("parts of luck").generator()
        wanted = [int(generator.permutation(parts)[place]) for _ in PARTS]
        numbers = (number + _TEXTS_APART * turn for turn in count())
        return next(
            text
            for text in map(made_up_text, numbers)
            if all(
                int(parts * share) == part
                for share, part in zip(self._luck_shares(text, luck), wanted, strict=True)
            )
        )

    def _luck_shares(self, text: str, luck: Luck) -> Iterator[float]:
        """Where each of the parts of a text's luck lies among all texts, 0-1."""
        reading = read_caption(text, client=None, purpose="inform", topic="")
        for name in PARTS:
            standard = standard_luck(luck, name, text, reading, self.client.hidden.parameters)
            yield NormalDist().cdf(standard)

    def _counts(
        self, log: Log, appeals: Sequence[Appeal], world: World, month: int
    ) -> dict[str, NDArray[np.int64]]:
        """Counts by post at the page's size; rare actions are drawn there, as :func:`ratio` says."""
        seen, number = log.exposures, len(log.posts)

        def summed(rows: NDArray[np.bool_]) -> NDArray[np.float64]:
            return np.bincount(seen.post[rows], minlength=number) / self.scale

        acts = {name: summed((seen.actions >> bit & 1) > 0) for bit, name in enumerate(ACTIONS)}
        counts = {
            "reach": summed(seen.post >= 0),
            "impressions": np.bincount(seen.post, weights=seen.impressions, minlength=number) / self.scale,
            "engaged": summed(seen.actions > 0),
            "reactions": acts["reaction"],
            "comments": acts["comment"],
            "shares": acts["share"],
        }
        for name, action in (("comments", "comment"), ("shares", "share")) if self.scale < 1 else ():
            ratios = [
                ratio(action, published.post, appeal, world.client.hidden.parameters)
                for published, appeal in zip(log.posts, appeals, strict=True)
            ]
            generator = world.luck.stream("real size", name, month).generator()
            counts[name] = generator.poisson(np.array(ratios) * counts["reactions"]).astype(np.float64)
        return {name: np.rint(column).astype(np.int64) for name, column in counts.items()}


def ratio(action: str, post: Post, appeal: Appeal, p: Parameters) -> float:
    """How many times as likely as a reaction ``action`` is, whoever sees the post (made-up texts)."""

    def odds(name: str) -> float:
        causes = (f"purpose.{post.purpose}", f"format.{post.format}")
        return p[f"response.{name}"] + sum(p.get(f"{cause}.{name}", 0.0) for cause in causes)

    return float(np.exp(odds(action) + appeal.of(action) - odds("like")))


def made_up_text(number: int) -> str:
    """A text of one made-up word; every number has its own.

    >>> made_up_text(1), made_up_text(40)
    ('xzdox', 'xzpefix')
    """
    word = "xz"
    while number:
        word += _SYLLABLES[number % 16]
        number //= 16
    return word + "x"


def _monday_before(moment: datetime) -> datetime:
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return day - timedelta(days=day.weekday())
