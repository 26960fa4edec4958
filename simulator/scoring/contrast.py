"""A contrast: which kind of post did best and which worst, when the difference is more than chance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

CERTAIN: Final = 2.5
"""So many standard errors apart; a little more than two, because several groupings are looked at."""

FEWEST: Final = 2
"""Posts a kind must have."""

BANDS: Final[Mapping[str, range]] = {
    "night": range(0, 6),
    "morning": range(6, 11),
    "noon": range(11, 15),
    "afternoon": range(15, 18),
    "evening": range(18, 24),
}
"""Hours of the day by the name of their part."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two kinds of post: what each brought per 1,000 people reached, purposes aside, and posts of each."""

    by: str
    best: str
    worst: str
    best_rate: float
    worst_rate: float
    best_posts: int
    worst_posts: int


def clearest(posts: pd.DataFrame, counts: Sequence[str], groupings: Sequence[str]) -> Contrast | None:
    """The grouping in which ``counts`` per person reached differ most surely; None if nothing is sure.

    ``best`` has the most. What posts of different purposes bring is made comparable first (indirect
    standardisation). Posts of one kind differ by more than chance, too, and that is taken into
    account: the errors are those of a Poisson count, widened by how much they do (quasi-Poisson).

    >>> import pandas as pd
    >>> posts = pd.DataFrame({"topic": ["a", "a", "b", "b"], "reach": [1_000] * 4, "sales": [40, 44, 8, 6]})
    >>> found = clearest(posts.assign(purpose_as_read="sell"), ["sales"], ["topic"])
    >>> found.best, found.worst, found.best_rate
    ('a', 'b', 42.0)
    """
    seen = posts[posts["reach"] > 0]
    happened = seen[list(counts)].sum(axis=1).to_numpy(dtype=float)
    reach = _comparable(seen["reach"].to_numpy(dtype=float), happened, seen["purpose_as_read"])
    found = [_surely(kinds_of(seen, by), happened, reach, by) for by in groupings]
    sure = [pair for pair in found if pair is not None]
    return max(sure, key=lambda pair: pair[0])[1] if sure else None


def kinds_of(posts: pd.DataFrame, by: str) -> Sequence[str]:
    """The kind of every post in one grouping."""
    if by == "part_of_day":
        hours = posts["posting_time"].dt.hour
        return [next(name for name, band in BANDS.items() if hour in band) for hour in hours]
    return [str(kind) for kind in posts[by]]


def _comparable(
    reach: NDArray[np.float64], happened: NDArray[np.float64], purposes: Iterable[str]
) -> NDArray[np.float64]:
    """People reached, those of a purpose counting for more the more it usually brings."""
    purpose = np.array([str(name) for name in purposes])
    usual = happened.sum() / reach.sum()
    if not usual:
        return reach
    of_purpose = {
        name: happened[purpose == name].sum() / reach[purpose == name].sum() for name in set(purpose)
    }
    counted: NDArray[np.float64] = reach * np.array([max(of_purpose[name] / usual, 1e-3) for name in purpose])
    return counted


def _surely(
    kinds: Sequence[str], happened: NDArray[np.float64], reach: NDArray[np.float64], by: str
) -> tuple[float, Contrast] | None:
    members = {kind: np.array([one == kind for one in kinds]) for kind in dict.fromkeys(kinds)}
    large = {kind: who for kind, who in members.items() if who.sum() >= FEWEST}
    if len(large) < 2:
        return None
    rates = {kind: float(happened[who].sum() / reach[who].sum()) for kind, who in large.items()}
    best, worst = max(rates, key=lambda kind: rates[kind]), min(rates, key=lambda kind: rates[kind])
    expected = np.sum([np.where(who, reach * rates[kind], 0.0) for kind, who in large.items()], axis=0)
    counted = expected > 0
    spare = max(1, int(counted.sum()) - len(large))
    wider = max(1.0, float(((happened - expected)[counted] ** 2 / expected[counted]).sum()) / spare)
    shown = {kind: float(reach[who].sum()) for kind, who in large.items()}
    variance = sum(max(rates[kind] * shown[kind], 1.0) / shown[kind] ** 2 for kind in (best, worst))
    apart = (rates[best] - rates[worst]) / np.sqrt(wider * variance)
    if apart < CERTAIN:
        return None
    sizes = int(large[best].sum()), int(large[worst].sum())
    return float(apart), Contrast(by, best, worst, 1000 * rates[best], 1000 * rates[worst], *sizes)
