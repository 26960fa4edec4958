"""Work: what the manager's hands did, block by block. Facts only, as in the log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from numpy.typing import NDArray

Column = NDArray[Any]

TASKS: Final[tuple[str, ...]] = ("production", "reply", "moderation", "escalation", "reading", "switching")
"""Kinds of work: a code of a ``task`` column is an index here."""


@dataclass(frozen=True, slots=True)
class Work:
    """One row per stretch of work on this page, in order of time.

    ``shift_minutes_by_day``: (days,) minutes of shift the manager was there for this page or for any page.
    ``alone``: the shifts were for no other page.
    """

    time: Column  # float64 minutes, when it began
    minutes: Column  # float32
    task: Column  # uint8, index into TASKS
    post: Column  # int32: the post worked on, or NO_POST: production without a post is of an ad
    message: Column  # int32: the row of Messages, or NO_POST
    shift_minutes_by_day: Column
    alone: bool = True
