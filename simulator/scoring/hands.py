"""Hands: the same work on one core, on many, or on a cluster, answers in the order of the questions."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

from simulator.errors import SimulatorError
from simulator.texts import say


@dataclass(frozen=True, slots=True)
class Hands:
    """Who does the work: ``workers`` processes (None: one a core), or the dask cluster at ``dask``.

    >>> list(Hands(1).each(pow, [(2, 3), (3, 2)]))
    [8, 9]
    """

    workers: int | None = None
    dask: str | None = None

    def each(self, task: Callable[..., Any], jobs: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        """``task(*job)`` of every job, in their order, each as soon as it and those before it are done.

        Raises SimulatorError when the cluster cannot be reached.
        """
        count = self.workers or _cores()
        if count == 1 and self.dask is None:
            yield from (task(*job) for job in jobs)
            return
        from joblib import Parallel, delayed

        with _cluster(self.dask) if self.dask else nullcontext():
            run = Parallel(n_jobs=-1 if self.dask else count, return_as="generator")
            yield from run(delayed(task)(*job) for job in jobs)


def _cores() -> int:
    from joblib import cpu_count

    return int(cpu_count())


@contextmanager
def _cluster(address: str) -> Iterator[None]:
    try:
        from distributed import Client
    except ImportError as wrong:
        raise SimulatorError(say("score.no_dask")) from wrong
    from joblib import parallel_config

    try:
        client = Client(address, timeout=f"{_PATIENCE}s")  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as wrong:
        raise SimulatorError(say("score.no_cluster", address=address, wrong=wrong)) from wrong
    with client, parallel_config(backend="dask"):
        yield


_PATIENCE = int(os.environ.get("MSIMAMIZI_CLUSTER_SECONDS", "10"))
"""Seconds to wait for a cluster's scheduler."""
