"""A study: what a manager may know of a client before acting, read off the research pack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.insights.month import past_insights
from simulator.network.month import day_one
from simulator.research.pack import NOT_TOLD, audience_sample, online_hours
from simulator.world.clients import DEFAULT_PEOPLE, Client, ClientFile

if TYPE_CHECKING:
    import pandas as pd

STUDIED_SEED = 1
"""The world whose past the pack shows unless another is asked for."""


@dataclass(frozen=True, eq=False)
class Study:
    """The brief and the tables of the research pack; nothing that a learner cannot see.

    ``file``: the client's file, of which a manager reads what the brief tells and the captions in its
    drawer. ``posts`` and ``messages``: two months of the past. ``sample``: three hundred people of the
    audience. ``online``: followers online by weekday and hour.
    """

    file: ClientFile
    client_seed: int
    posts: pd.DataFrame
    messages: pd.DataFrame
    sample: pd.DataFrame
    online: pd.DataFrame

    @classmethod
    def of(cls, client: Client, *, seed: int = STUDIED_SEED, people: int = DEFAULT_PEOPLE) -> Study:
        """The study of ``client`` in the world ``seed``."""
        start = day_one(client, seed=seed, people=people)
        past = past_insights(start)
        return cls(
            file=client.file,
            client_seed=client.client_seed,
            posts=past.posts,
            messages=past.messages.drop(columns=list(NOT_TOLD)),
            sample=audience_sample(start),
            online=online_hours(start),
        )

    @property
    def buyers(self) -> pd.DataFrame:
        """Those of the sample who bought; the whole sample if nobody did."""
        bought = self.sample[self.sample["chosen_as"] == "buyer"]
        return bought if len(bought) else self.sample


def interest_shares(cells: Iterable[object]) -> dict[str, float]:
    """Share of the people of a sample who have each interest, the commonest first.

    >>> interest_shares(["cooking home", "cooking"])
    {'cooking': 1.0, 'home': 0.5}
    """
    rows = [str(cell).split() for cell in cells]
    counted = Counter(interest for row in rows for interest in row)
    return {interest: count / len(rows) for interest, count in counted.most_common()}


def topic_fit(study: Study, cared_for: Mapping[str, float]) -> dict[str, float]:
    """How well each topic meets what people care for, 0-1, given the share who have each interest."""
    return {
        topic.name: sum(part * cared_for.get(name, 0.0) for name, part in topic.interests.items())
        for topic in study.file.topics
    }
