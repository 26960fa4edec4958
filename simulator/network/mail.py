"""Mail: every message a page has got so far, and what was done with each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import numpy as np

from simulator.network.drafts import NEW_THREAD, Drafts
from simulator.network.log import NO_POST
from simulator.network.messages import (
    ACTIONS_TAKEN,
    MESSAGE_COLUMNS,
    NO_INCIDENT,
    NO_RULE,
    Column,
    Messages,
    messages,
)

WAITING = ACTIONS_TAKEN.index("waiting")
TAKEN_AWAY: Final = frozenset(ACTIONS_TAKEN.index(name) for name in ("hide", "delete", "block"))
BY_PERSON: Final = frozenset(ACTIONS_TAKEN.index(name) for name in ("personal reply", "escalate"))
NAN = float("nan")

_GIVEN: Final = ("time", "sender", "row", "post", "kind", "subject", "incident", "key")
_OPEN: Final = {
    "action": WAITING,
    "by_hand": False,
    "action_time": NAN,
    "reply_time": NAN,
    "handle_minutes": 0.0,
    "right": False,
    "satisfaction": NAN,
    "sold": False,
    "missed": False,
}
"""What is known of a message nobody has looked at."""


class Mail:
    """Columns as lists, one entry a message as they were taken in; see :class:`Messages` for what they hold.

    ``post`` is a row of the page's table here, ads included; ``row`` is of the known people; ``key``
    names a message's luck; ``lengths`` has the messages of each conversation by its first.
    """

    def __init__(self) -> None:
        self.time: list[float] = []
        self.sender: list[int] = []
        self.row: list[int] = []
        self.post: list[int] = []
        self.kind: list[int] = []
        self.subject: list[int] = []
        self.incident: list[int] = []
        self.key: list[int] = []
        self.thread: list[int] = []
        self.language: list[int] = []
        self.follower: list[bool] = []
        self.duplicate: list[bool] = []
        self.rule: list[int] = []
        self.text: list[str] = []
        self.action: list[int] = []
        self.by_hand: list[bool] = []
        self.action_time: list[float] = []
        self.reply_time: list[float] = []
        self.handle_minutes: list[float] = []
        self.right: list[bool] = []
        self.satisfaction: list[float] = []
        self.sold: list[bool] = []
        self.missed: list[bool] = []
        self.lengths: Counter[int] = Counter()
        self._comments: list[int] = []
        self._comment_times: list[float] = []

    def __len__(self) -> int:
        return len(self.time)

    def add(
        self,
        found: Drafts,
        language: Column,
        follower: Column,
        duplicate: Sequence[bool],
        text: Sequence[str],
    ) -> range:
        """Take in ``found``, which is in order of time; where they stand."""
        first = len(self)
        for name in _GIVEN:
            getattr(self, name).extend(getattr(found, name).tolist())
        rows = range(first, len(self))
        self.thread += [
            row if after == NEW_THREAD else self.thread[after]
            for row, after in zip(rows, found.thread.tolist(), strict=True)
        ]
        self.lengths.update(self.thread[first:])
        self.language += language.tolist()
        self.follower += follower.tolist()
        self.duplicate += duplicate
        self.text += text
        self.rule += [NO_RULE] * len(rows)
        for name, value in _OPEN.items():
            getattr(self, name).extend([value] * len(rows))
        for row in rows:
            if self.post[row] != NO_POST:
                at = bisect_right(self._comment_times, self.time[row])
                self._comments.insert(at, row)
                self._comment_times.insert(at, self.time[row])
        return rows

    def comments_since(self, time: float) -> Iterator[int]:
        """The comments written at ``time`` or later, whatever became of them."""
        return iter(self._comments[bisect_left(self._comment_times, time) :])

    def gone(self, row: int, now: float) -> bool:
        """Whether a comment has been taken away by ``now``."""
        return self.action[row] in TAKEN_AWAY and self.action_time[row] <= now

    def answered(self, row: int, now: float) -> bool:
        """Whether a message has had an answer by ``now``: of a person, or a canned one that fits."""
        spoke = self.action[row] in BY_PERSON or self.right[row]
        return spoke and self.action_time[row] <= now

    def places(self) -> Column:
        """Where each message stands in order of time."""
        places = np.empty(len(self), np.int64)
        places[np.argsort(self.time, kind="stable")] = np.arange(len(self))
        return places

    def messages(
        self,
        of_post: Callable[[Column], Column],
        of_ad: Callable[[Column], Column],
        hard: Sequence[int],
        start: float,
        end: float,
    ) -> Messages:
        """The facts, for the log, whose posts and ads are those to which the table's rows are led.

        ``hard``: the incidents the log holds. Times from ``start`` on; what was to happen after ``end`` has
        not happened.
        """
        post = np.array(self.post, np.int64)
        incidents = np.full(max([NO_INCIDENT, *hard]) + 2, NO_INCIDENT)
        incidents[list(hard)] = np.arange(len(hard))
        reply = np.array(self.reply_time, np.float64)
        later = reply >= end
        reply[later] = NAN
        worked_out = {
            "time": np.array(self.time, np.float64) - start,
            "action_time": np.array(self.action_time, np.float64) - start,
            "public": post != NO_POST,
            "post": of_post(post),
            "ad": of_ad(post),
            "incident": incidents[np.array(self.incident, np.int64)],
            "reply_time": reply - start,
            "satisfaction": np.where(later, NAN, np.array(self.satisfaction, np.float32)),
            "sold": np.array(self.sold, bool) & ~later,
            "missed": np.array(self.missed, bool) & ~later,
        }
        as_kept = {name: np.array(getattr(self, name)) for name in MESSAGE_COLUMNS if name not in worked_out}
        as_kept["thread"] = self.places()[np.array(self.thread, np.int64)]
        order = np.argsort(self.time, kind="stable")
        table = {name: column[order] for name, column in {**as_kept, **worked_out}.items()}
        return messages(tuple(self.text[row] for row in order.tolist()), **table)
