"""The inbox's figures: how fast, how well and how completely a page dealt with what people wrote.

Each bears a name of :data:`simulator.insights.metrics.METRICS`, where its formula and its
denominator stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from simulator.insights import message_marks as marks
from simulator.insights.conversations import Conversations, conversations
from simulator.insights.metrics import measure
from simulator.insights.response_rule import PageResponse, Talk, page_response, very_responsive
from simulator.network.messages import Messages
from simulator.network.work import TASKS, Work
from simulator.units import MINUTES_PER_DAY, MINUTES_PER_HOUR

if TYPE_CHECKING:
    from simulator.network.month import Played

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]

CONTENT: Final = 0.3
"""Somebody with more satisfaction than this is content; with less than minus this, cross."""

SLA_MINUTES: Final[Mapping[str, int]] = {"1h": MINUTES_PER_HOUR, "24h": MINUTES_PER_DAY}
"""Within what time people expect an answer: an hour, a day."""

DERIVED: Final = (
    "answered_share",
    "sla_1h",
    "sla_24h",
    "response_rate",
    "handle_minutes",
    "moderation_precision",
    "moderation_recall",
    "content_share",
    "cross_share",
    "shift_use",
)
SUMMARY: Final = (
    "messages",
    "answered",
    "first_response_minutes_median",
    "first_response_minutes_p90",
    "response_rate",
    "moderation_precision",
    "moderation_recall",
    "missed_customers",
    "backlog_end",
)


@dataclass(frozen=True)
class Inbox:
    """What is known of a month's messages."""

    month: Played

    @property
    def messages(self) -> Messages:
        """The facts."""
        return self.month.log.messages

    @property
    def end(self) -> float:
        """The last minute."""
        return float(self.month.log.days * MINUTES_PER_DAY)

    @cached_property
    def conversations(self) -> Conversations:
        """The messages by thread."""
        return conversations(self.messages)

    @cached_property
    def talk(self) -> Talk:
        """The private messages as the platform's response rule sees them."""
        return talk_of(self.messages)

    @cached_property
    def response(self) -> PageResponse:
        """Response rate and time as the platform shows them at the month's end."""
        return page_response(self.talk, self.end)

    @cached_property
    def very_responsive(self) -> bool:
        """Whether the page bears the badge at the month's end."""
        return very_responsive(self.talk, self.end)

    @cached_property
    def backlog(self) -> Counts:
        """(24 x days + 1,) messages that wait for hands at each full hour, the last at the month's end."""
        return backlog(self.messages, self.month.log.days)

    @property
    def expired(self) -> int:
        """Messages to which nobody came in time."""
        return _number(marks.with_action(self.messages, "expired"))

    @property
    def patience_minutes(self) -> float:
        """So long a message waits before it runs out."""
        return self.month.client.hidden.parameters["inbox.patience_hours"] * MINUTES_PER_HOUR

    @cached_property
    def figures(self) -> dict[str, Any]:
        """Every figure of the inbox by its metric's name; NaN for a share of nothing."""
        parts = (self._counts(), self._times(), self._moods(), self._sla(), self._hours())
        counts = {name: value for part in parts for name, value in part.items()}
        return counts | {name: measure(name, counts) for name in DERIVED}

    @property
    def summary(self) -> dict[str, Any]:
        """The figures that stand in the month's summary."""
        return {name: self.figures[name] for name in SUMMARY}

    def _counts(self) -> dict[str, int]:
        rows, gone, bad = self.messages, marks.taken_away(self.messages), marks.unwanted(self.messages)
        return {
            "messages": len(rows),
            "conversations": len(self.conversations),
            "conversations_answered": _number(~np.isnan(self.conversations.response_minutes)),
            "worth_an_answer": _number(marks.worth_an_answer(rows)),
            "answered": _number(marks.answered(rows)),
            "first_messages": self.response.counted,
            "first_messages_answered": self.response.answered,
            "backlog_end": int(self.backlog[-1]),
            "unwanted": _number(bad),
            "taken_away": _number(gone),
            "unwanted_taken_away": _number(gone & bad),
            "wrongly_taken_away": _number(gone & ~bad),
            "missed_customers": len(np.unique(rows.sender[rows.missed])),
            "sales_from_messages": _number(rows.sold),
            "handled": _number(rows.handle_minutes > 0),
        }

    def _times(self) -> dict[str, float]:
        minutes = self.conversations.response_minutes
        minutes = minutes[~np.isnan(minutes)]
        waits = [hard.answered_time - hard.begin_time for hard in self.month.log.incidents]
        return {
            "first_response_minutes_median": quantile(minutes, 0.5),
            "first_response_minutes_p90": quantile(minutes, 0.9),
            "response_minutes": self.response.minutes,
            "minutes_handling": float(self.messages.handle_minutes.sum(dtype=np.float64)),
            "first_word_minutes": _mean(np.array(waits, np.float64)),
        }

    def _moods(self) -> dict[str, float]:
        known = self.conversations.satisfaction
        known = known[~np.isnan(known)]
        return {
            "rated_conversations": len(known),
            "satisfaction": _mean(known),
            "content_conversations": _number(known > CONTENT),
            "cross_conversations": _number(known < -CONTENT),
        }

    @cached_property
    def due(self) -> NDArray[np.bool_]:
        """Conversations worth an answer that began at least a day before the end."""
        late: NDArray[np.bool_] = self.conversations.time > self.end - MINUTES_PER_DAY
        return self.conversations.wanting & ~late

    def _sla(self) -> dict[str, int]:
        minutes = self.conversations.answer_minutes[self.due]
        within = {name: _number(minutes <= most) for name, most in SLA_MINUTES.items()}
        answers = {f"answered_within_{name}": number for name, number in within.items()}
        return {"conversations_due": len(minutes), **answers}

    def _hours(self) -> dict[str, float]:
        work = self.month.log.work
        if work is None:
            return {"work_hours": float("nan"), "shift_hours": float("nan")}
        shift = float(np.sum(work.shift_minutes_by_day, dtype=np.float64))
        hours = float(work.minutes.sum(dtype=np.float64)) / MINUTES_PER_HOUR
        return {"work_hours": hours, "shift_hours": shift / MINUTES_PER_HOUR}


def talk_of(messages: Messages) -> Talk:
    """Private messages and the replies people wrote to them; spam, scams and abuse do not count."""
    private = ~messages.public
    replied = private & ~np.isnan(messages.reply_time)
    return Talk(
        message_time=messages.time[private],
        sender=messages.sender[private],
        counts=~marks.unwanted(messages)[private],
        reply_time=messages.reply_time[replied],
        recipient=messages.sender[replied],
    )


def backlog(messages: Messages, days: int) -> Counts:
    """(24 x days + 1,) messages at each full hour that had come and that nobody had dealt with.

    Messages a rule settles on its own never wait.

    >>> from simulator.network.messages import messages
    >>> nan = float("nan")
    >>> backlog(messages(time=[30, 70], action_time=[130, nan], action=[9, 0], by_hand=[1, 0]), 1)[:4]
    array([0, 1, 2, 1])
    """
    waits = marks.waits_for_hands(messages)
    closed = messages.action_time[waits]
    closed = np.sort(closed[~np.isnan(closed)])
    hours = np.arange(24 * days + 1) * float(MINUTES_PER_HOUR)
    came = np.searchsorted(np.sort(messages.time[waits]), hours, side="right")
    left: Counts = (came - np.searchsorted(closed, hours, side="right")).astype(np.int64)
    return left


def work_hours(work: Work, days: int) -> Floats:
    """(days, tasks) hours by the day a stretch of work began and by task, in the order of ``TASKS``."""
    day = np.clip(work.time // MINUTES_PER_DAY, 0, days - 1).astype(np.int64)
    cells = day * len(TASKS) + work.task
    minutes = np.bincount(cells, work.minutes.astype(np.float64), minlength=days * len(TASKS))
    hours: Floats = minutes.reshape(days, len(TASKS)) / MINUTES_PER_HOUR
    return hours


def quantile(minutes: Floats, share: float) -> float:
    """The value ``share`` of the ``minutes`` lie below, between two where need be; NaN of none.

    >>> quantile(np.array([10.0, 20.0]), 0.5), quantile(np.zeros(0), 0.5)
    (15.0, nan)
    """
    return float(np.quantile(minutes, share)) if len(minutes) else float("nan")


def _number(rows: NDArray[np.bool_]) -> int:
    return int(np.count_nonzero(rows))


def _mean(values: Floats) -> float:
    """The mean of what is known, NaN of nothing."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")
