"""Conversations: the messages of a thread as one thing, with what became of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.insights.message_marks import answer_time, unwanted, worth_an_answer
from simulator.network.messages import Messages

Floats = NDArray[np.float64]
Ids = NDArray[np.int64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Conversations:
    """One row per conversation, in order of their first messages.

    ``of_message``: the conversation of each message. ``wanting``: somebody in it waits for an answer.
    ``response_minutes``: from its first message to the first reply by a person; ``answer_minutes``: or by
    a canned reply that spoke of what was asked; both NaN without one. ``satisfaction``: what its writer
    made of it in the end, NaN where that is open or where nothing in it is honest.
    """

    opening: Ids
    of_message: Ids
    time: Floats
    wanting: Marks
    response_minutes: Floats
    answer_minutes: Floats
    satisfaction: Floats

    def __len__(self) -> int:
        return len(self.opening)


def conversations(messages: Messages) -> Conversations:
    """The conversations of a month.

    >>> from simulator.network.messages import messages
    >>> nan = float("nan")
    >>> found = conversations(messages(time=[0, 5, 9], thread=[4, 2, 4], reply_time=[nan, nan, 30],
    ...     kind=[0, 3, 0], action=[9, 9, 6], right=[0] * 3, action_time=[nan] * 3, satisfaction=[nan] * 3))
    >>> found.of_message.tolist(), found.response_minutes.tolist()
    ([0, 1, 0], [30.0, nan])
    """
    opening, of_message = _threads(messages)
    time = messages.time[opening]
    wanting = np.zeros(len(opening), np.bool_)
    wanting[of_message[worth_an_answer(messages)]] = True
    return Conversations(
        opening=opening,
        of_message=of_message,
        time=time,
        wanting=wanting,
        response_minutes=_first(messages.reply_time, of_message, len(opening)) - time,
        answer_minutes=_first(answer_time(messages), of_message, len(opening)) - time,
        satisfaction=_last_said(messages, of_message, len(opening)),
    )


def _threads(messages: Messages) -> tuple[Ids, Ids]:
    """The first row of each thread in order of time, and the number of each row's thread in that order."""
    _, first, thread = np.unique(messages.thread, return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")
    rank = np.empty(len(first), np.int64)
    rank[order] = np.arange(len(first))
    return first[order].astype(np.int64), rank[thread]


def _first(times: Floats, of_message: Ids, number: int) -> Floats:
    """The earliest time in each conversation, NaN without any."""
    there = ~np.isnan(times)
    earliest = np.full(number, np.inf)
    np.minimum.at(earliest, of_message[there], times[there])
    return np.where(np.isfinite(earliest), earliest, np.nan)


def _last_said(messages: Messages, of_message: Ids, number: int) -> Floats:
    known = ~np.isnan(messages.satisfaction) & ~unwanted(messages)
    satisfaction = np.full(number, np.nan)
    satisfaction[of_message[known]] = messages.satisfaction[known]
    return satisfaction
