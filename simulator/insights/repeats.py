"""Texts that went out more than once: what people did who had seen them before, beside the others."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from simulator.insights.tables import Insights
from simulator.playbook.repeats import outings

if TYPE_CHECKING:
    import pandas as pd

Counts = NDArray[np.int64]
Range = tuple[float, float, float]
"""A value and the two ends of its 95 % range."""
_SURE: Final = 1.96


@dataclass(frozen=True, slots=True)
class Repeats:
    """Texts with several outings: the posts that were first and those that came later.

    ``again``: how many of the people whom the later ones reached had seen the text before, of ``reached``.
    ``wear``: how often these did something for each time the others did, with its 95 % range.
    """

    texts: int
    first: pd.DataFrame
    later: pd.DataFrame
    again: int
    reached: int
    wear: Range | None

    @property
    def worn(self) -> bool:
        """Whether those who had seen the text did less than the others, beyond what luck does."""
        return self.wear is not None and self.wear[2] < 1


def repeats(insights: Insights) -> Repeats | None:
    """What came of texts that went out again; None where there are none."""
    played = insights.month.log
    made = [at for at, published in enumerate(played.posts) if published.made]
    published = [played.posts[at] for at in made]
    found = outings([one.post for one in published], [one.reading for one in published])
    texts = [[made[at] for at in places] for places in found if len(places) > 1]
    if not texts:
        return None
    first, later = [places[0] for places in texts], [at for places in texts for at in places[1:]]
    people = _people(played.exposures, texts, len(played.posts))
    again, new, acted_again, acted_new = (column[later] for column in people)
    return Repeats(
        len(texts),
        insights.posts.iloc[first],
        insights.posts.iloc[later],
        int(again.sum()),
        int(again.sum() + new.sum()),
        risk_ratio(acted_again, again, acted_new, new),
    )


def _people(exposures: Any, texts: list[list[int]], posts: int) -> tuple[Counts, Counts, Counts, Counts]:
    """Of each post the people who had seen its text and those who had not; of both, who did something."""
    text = np.full(posts, -1)
    for number, places in enumerate(texts):
        text[places] = number
    rows = np.flatnonzero(text[exposures.post] >= 0)
    post, acted = exposures.post[rows].astype(np.int64), exposures.actions[rows] > 0
    meetings = exposures.person[rows].astype(np.int64) * len(texts) + text[post]
    new = np.zeros(len(rows), bool)
    new[np.unique(meetings, return_index=True)[1]] = True  # exposures stand in order of time
    chosen = (~new, new, ~new & acted, new & acted)
    again, fresh, acted_again, acted_new = (np.bincount(post[some], minlength=posts) for some in chosen)
    return again, fresh, acted_again, acted_new


def risk_ratio(some: Counts, of_some: Counts, others: Counts, of_others: Counts) -> Range | None:
    """How often one group does something for each time another does, post by post, with its 95 % range.

    Mantel and Haenszel 1959; the range: Greenland and Robins 1985. None where nobody of one group acted.

    >>> groups = ([10, 5], [100, 50], [40, 10], [200, 50])
    >>> [round(one, 2) for one in risk_ratio(*map(np.array, groups))]
    [0.5, 0.29, 0.86]
    """
    whole = np.maximum(of_some + of_others, 1)
    ours = float((some * of_others / whole).sum())
    theirs = float((others * of_some / whole).sum())
    if not ours or not theirs:
        return None
    acted = some + others
    spread = float(((acted * of_some * of_others - some * others * whole) / whole**2).sum())
    margin = _SURE * sqrt(spread / (ours * theirs))
    middle = log(ours / theirs)
    return exp(middle), exp(middle - margin), exp(middle + margin)
