"""Drafts: messages about to be written, as one batch of columns: who, when, where and why, no text yet."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from simulator.network.batch import Batch
from simulator.network.log import NO_POST
from simulator.network.messages import NO_INCIDENT

NEW_THREAD: Final = -1
_KINDS: Final = (np.float64, np.int64, np.int64, np.int64, np.uint8, np.uint8, np.int64, np.int16, np.uint64)


@dataclass(frozen=True, slots=True)
class Drafts(Batch):
    """One row a message.

    ``sender``: a person, or below 0 an account from outside. ``row``: of the known people, below 0
    for an account. ``post``: row of the page's table, NO_POST for a private message. ``thread``: the
    message it goes on from, or NEW_THREAD. ``key``: 64 bits that name the luck of this message.
    """

    time: NDArray[np.float64]
    sender: NDArray[np.int64]
    row: NDArray[np.int64]
    post: NDArray[np.int64]
    kind: NDArray[np.uint8]
    subject: NDArray[np.uint8]
    thread: NDArray[np.int64]
    incident: NDArray[np.int16]
    key: NDArray[np.uint64]


def drafts(time: NDArray[np.float64], key: NDArray[np.uint64], **columns: Any) -> Drafts:
    """Messages at these times; a column not given is a new private thread about nothing in particular,
    from nobody of the town. A single number holds for all.

    >>> drafts(np.zeros(2), np.arange(2, dtype=np.uint64), kind=3).kind.tolist()
    [3, 3]
    """
    usual = {
        "sender": -1,
        "row": -1,
        "post": NO_POST,
        "kind": 0,
        "subject": 0,
        "thread": NEW_THREAD,
        "incident": NO_INCIDENT,
    }
    said = {**usual, **columns, "time": time, "key": key}
    return Drafts(
        *(
            np.broadcast_to(np.asarray(said[field.name]), time.shape).astype(kind)
            for field, kind in zip(fields(Drafts), _KINDS, strict=True)
        )
    )


def no_drafts() -> Drafts:
    """Nobody writes."""
    return _NO_DRAFTS


_NO_DRAFTS: Final = drafts(np.zeros(0), np.zeros(0, np.uint64))
