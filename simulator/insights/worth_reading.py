"""Conversations worth reading: the costliest misses first, with what was written and what was done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from simulator.errors import shorten
from simulator.insights import message_marks as marks
from simulator.insights.inbox_metrics import CONTENT, Inbox
from simulator.insights.inbox_picture_words import lasting
from simulator.insights.inbox_rules import rule_name
from simulator.insights.words import when
from simulator.network.accounts import account_name
from simulator.network.log import NO_POST
from simulator.network.messages import ACTIONS_TAKEN, NO_RULE, Messages
from simulator.network.service import PROMPT_MINUTES
from simulator.texts import say
from simulator.units import moment_at
from simulator.world.talk import KINDS

if TYPE_CHECKING:
    from simulator.network.month import Played

MOST: Final = 10
"""So many conversations are shown."""
MOST_LINES: Final = 6
"""So many messages of one."""
LONGEST: Final = 280
"""So many characters of a message."""


@dataclass(frozen=True, slots=True)
class Line:
    """One message: when it came, what it truly was, its text, and what was done with it."""

    time: str
    kind: str
    text: str
    done: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One conversation: with whom, where, why it is worth reading, and its messages."""

    sender: str
    place: str
    why: str
    lines: tuple[Line, ...]
    more: int


def worth_reading(found: Inbox, most: int = MOST) -> tuple[Reading, ...]:
    """The conversations that went wrong, at most so many.

    First those that would have led to a sale, orders before questions; then those in which somebody
    honest was silenced; then those whose writer was crossest.
    """
    chosen = _chosen(found)[:most]
    return tuple(_reading(found, talk) for talk in chosen.tolist())


def _chosen(found: Inbox) -> NDArray[np.int64]:
    """The conversations that went wrong, costliest first."""
    rows, talks = found.messages, found.conversations
    order = marks.of_kind(rows, "order")
    lost_order = _any(found, rows.missed & order)
    lost = _any(found, rows.missed)
    silenced = _any(found, marks.silenced(rows))
    mood = np.where(np.isnan(talks.satisfaction), 1.0, talks.satisfaction)
    wrong = np.flatnonzero(lost | silenced | (mood < -CONTENT))
    keys = (talks.opening, mood, ~silenced, ~lost, ~lost_order)
    by_price = np.lexsort(tuple(key[wrong] for key in keys))
    chosen: NDArray[np.int64] = wrong[by_price]
    return chosen


def _any(found: Inbox, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Conversations with a chosen message."""
    return np.bincount(found.conversations.of_message[chosen], minlength=len(found.conversations)) > 0


def _reading(found: Inbox, talk: int) -> Reading:
    rows = np.flatnonzero(found.conversations.of_message == talk).tolist()
    lines = tuple(_line(found, row) for row in rows[:MOST_LINES])
    why = " ".join(_reasons(found, talk, rows))
    sender = account_name(found.month.world, int(found.messages.sender[rows[0]]))
    return Reading(sender, _place(found, rows[0]), why, lines, max(0, len(rows) - MOST_LINES))


def _reasons(found: Inbox, talk: int, rows: list[int]) -> Iterator[str]:
    messages = found.messages
    if messages.missed[rows].any():
        tired = _soon(messages, rows) & messages.missed[rows]
        yield say(f"inbox.reading.{'missed_tired' if tired.any() else 'missed'}")
    if marks.silenced(messages)[rows].any():
        yield say("inbox.reading.silenced")
    if marks.beside_the_point(messages)[rows].any():
        yield say("inbox.reading.beside")
    if found.conversations.satisfaction[talk] < -CONTENT:
        yield say("inbox.reading.cross")


def _soon(messages: Messages, rows: list[int]) -> NDArray[np.bool_]:
    """Messages that a person answered so soon that only a more careful answer could have done better."""
    soon: NDArray[np.bool_] = messages.reply_time[rows] - messages.time[rows] <= PROMPT_MINUTES
    return soon


def _place(found: Inbox, row: int) -> str:
    messages, log = found.messages, found.month.log
    if not messages.public[row]:
        return say("inbox.reading.private")
    post, ad = int(messages.post[row]), int(messages.ad[row])
    if post == ad == NO_POST:
        return say("inbox.reading.comment")
    published = log.posts[post] if post != NO_POST else log.ads[ad].published
    return say("inbox.reading.under", post=shorten(published.post.text))


def _line(found: Inbox, row: int) -> Line:
    messages = found.messages
    return Line(
        time=when(moment_at(found.month.log.begin, float(messages.time[row]))),
        kind=say(f"inbox.reading.kinds.{KINDS[messages.kind[row]]}"),
        text=shorten(messages.texts[row], LONGEST),
        done=_done(found.month, row),
    )


def _done(month: Played, row: int) -> str:
    """What was done, by whom, and after how long."""
    rows = month.log.messages
    action = ACTIONS_TAKEN[rows.action[row]]
    if action == "reply":
        action = "canned right" if rows.right[row] else "canned wrong"
    deed = say(f"inbox.done.{action.replace(' ', '_')}")
    if rows.by_hand[row]:
        return say("inbox.reading.by_hand", deed=deed, after=lasting(rows.action_time[row] - rows.time[row]))
    if action in marks.UNDONE or rows.rule[row] == NO_RULE:
        return deed
    return say("inbox.reading.by_rule", deed=deed, rule=rule_name(month, int(rows.rule[row])))
