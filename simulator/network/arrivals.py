"""Arrivals: a Poisson stream whose k-th arrival is the same event whatever the rate."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulator.randomness import Stream

Floats = NDArray[np.float64]
Ids = NDArray[np.int64]
_AT_ONCE = 64
_NONE, _NOBODY = np.zeros(0), np.zeros(0, np.int64)


class Arrivals:
    """A non-homogeneous Poisson process in the time of its own mean (time change).

    Arrival k comes when the rate summed over time passes the sum of the first k + 1 unit
    exponentials of the stream's luck. So two runs with nearly the same rate have nearly the same
    arrivals, in the same order.

    >>> from simulator.randomness import Luck
    >>> times, numbers = Arrivals(Luck(1).stream("mail")).between(np.arange(0.0, 601.0, 60.0), np.ones(10))
    >>> numbers.tolist() == list(range(len(times))), bool((np.diff(times) > 0).all())
    (True, True)
    """

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._past = 0.0
        self._count = 0
        self._next = self._gaps(0)[0]

    def between(self, edges: Floats, per_hour: Floats) -> tuple[Floats, Ids]:
        """The arrivals between the first and the last of ``edges`` (minutes), and their numbers.

        ``per_hour``: the rate between each two edges.
        """
        grown = np.empty(len(edges))
        grown[0] = self._past
        np.cumsum(per_hour * (edges[1:] - edges[:-1]) * (1 / 60), out=grown[1:])
        grown[1:] += self._past
        due: list[float] = []
        first = self._count
        if self._next >= grown[-1]:
            self._past = float(grown[-1])
            return _NONE, _NOBODY
        while self._next < grown[-1]:
            gaps = self._gaps(self._count + 1, _AT_ONCE)
            ahead = self._next + np.concatenate([[0.0], np.cumsum(gaps)])
            reached = int(np.searchsorted(ahead, grown[-1]))
            taken = min(reached, _AT_ONCE)
            due += ahead[:taken].tolist()
            self._count += taken
            self._next = float(ahead[taken])
        self._past = float(grown[-1])
        times: Floats = np.interp(due, grown, edges)
        return times, np.arange(first, first + len(due))

    def _gaps(self, first: int, count: int = 1) -> Floats:
        uniform = self._stream.uniform(np.arange(first, first + count)).astype(np.float64)
        gaps: Floats = -np.log1p(-uniform)
        return gaps
