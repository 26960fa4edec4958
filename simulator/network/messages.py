"""Messages: what people write to a page, and what became of it. Facts only, as in the log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Column = NDArray[Any]

ACTIONS_TAKEN: Final[tuple[str, ...]] = (
    "waiting",
    "expired",
    "hide",
    "delete",
    "block",
    "reply",
    "personal reply",
    "escalate",
    "like",
    "leave",
)
"""What was done with a message. ``waiting``: the month ended before anything was; ``expired``: nobody
came to it in time. The others are the actions of reply rules, by rule or by hand."""

NO_RULE: Final = -1
NO_INCIDENT: Final = -1


@dataclass(frozen=True, slots=True)
class Incident:
    """A hard day: a crisis or a pile-on, with its arc.

    ``kind``: of ``simulator.world.talk.CRISES``, or ``pile-on``. Times are minutes from the first Monday
    00:00; ``answered_time``: the page's first word on it, NaN if none.
    """

    kind: str
    begin_time: float
    answered_time: float


@dataclass(frozen=True)
class Messages:
    """One row per message, columns of equal length, in order of time.

    A public message is a comment under a post or an ad, which others can read; its ``post`` is NO_POST when
    it stands under an ad or under a post from before this log.
    """

    time: Column  # float64 minutes
    sender: Column  # int64: a person's id, or below 0 an account from outside the town
    thread: Column  # int64: the conversation it belongs to
    public: Column  # bool
    post: Column  # int32, index into Log.posts, or NO_POST
    ad: Column  # int32, index into Log.ads, or NO_POST
    kind: Column  # uint8, index into simulator.world.talk.KINDS
    subject: Column  # uint8, index into SUBJECTS there
    language: Column  # uint8, index into LANGUAGES there
    incident: Column  # int16, index into Log.incidents, or NO_INCIDENT
    follower: Column  # bool: followed the page when writing
    duplicate: Column  # bool: the same text had come within the last days
    rule: Column  # int16: the reply rule that caught it, or NO_RULE
    action: Column  # uint8, index into ACTIONS_TAKEN
    by_hand: Column  # bool: a person did it, not a rule on its own
    action_time: Column  # float64 minutes, NaN while waiting
    reply_time: Column  # float64 minutes of the first answer by a person, NaN if none
    handle_minutes: Column  # float32: work it took
    right: Column  # bool: a canned reply that spoke of what was asked
    satisfaction: Column  # float32 from -1 to 1: what its writer made of it, NaN where it is still open
    sold: Column  # bool: it led to a sale
    missed: Column  # bool: it did not, and answered promptly by a person it would have
    texts: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.time)


_KINDS_OF_COLUMNS: Final = {
    np.float64: ("time", "action_time", "reply_time"),
    np.int64: ("sender", "thread"),
    np.int32: ("post", "ad"),
    np.int16: ("incident", "rule"),
    np.uint8: ("kind", "subject", "language", "action"),
    np.float32: ("handle_minutes", "satisfaction"),
    np.bool_: ("public", "follower", "duplicate", "by_hand", "right", "sold", "missed"),
}
MESSAGE_COLUMNS: Final[dict[str, type]] = {
    name: kind for kind, names in _KINDS_OF_COLUMNS.items() for name in names
}
"""The columns of :class:`Messages` and what they hold."""


def messages(texts: tuple[str, ...] = (), **columns: Any) -> Messages:
    """A table of these columns, each brought to its kind; without any, an empty one.

    >>> len(messages())
    0
    """
    table: dict[str, Any] = {
        name: np.array(columns.get(name, ()), kind) for name, kind in MESSAGE_COLUMNS.items()
    }
    return Messages(**table, texts=texts)
