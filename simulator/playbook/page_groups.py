"""Page groups: the people a page knows, by what they did."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.integer]

PAGE_AUDIENCES: tuple[str, ...] = ("followers", "visitors", "engaged", "buyers")
"""Their names, as audiences ask for them."""


def _nobody() -> Ids:
    return np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class PageGroups:
    """Ids of the people a page knows: who follows, visited, engaged with it, bought."""

    followers: Ids = field(default_factory=_nobody)
    visitors: Ids = field(default_factory=_nobody)
    engaged: Ids = field(default_factory=_nobody)
    buyers: Ids = field(default_factory=_nobody)
