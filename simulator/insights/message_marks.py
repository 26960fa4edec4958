"""Marks: what is true of each message, one entry a row of the table of messages."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulator.network.messages import ACTIONS_TAKEN, Messages
from simulator.world.talk import KINDS, UNWANTED, WORTH_AN_ANSWER

Marks = NDArray[np.bool_]
Floats = NDArray[np.float64]

TAKING_AWAY: Final = ("hide", "delete", "block")
"""Actions after which nobody reads the message any more."""
UNDONE: Final = ("waiting", "expired")
"""What is written where nothing was done."""


def of_kind(messages: Messages, *kinds: str) -> Marks:
    """Messages that truly are of one of these kinds.

    >>> from simulator.network.messages import messages
    >>> of_kind(messages(kind=[0, 5, 6]), "spam", "scam").tolist()
    [False, True, True]
    """
    marks: Marks = np.isin(messages.kind, [KINDS.index(kind) for kind in kinds])
    return marks


def with_action(messages: Messages, *actions: str) -> Marks:
    """Messages with which one of these was done."""
    marks: Marks = np.isin(messages.action, [ACTIONS_TAKEN.index(action) for action in actions])
    return marks


def unwanted(messages: Messages) -> Marks:
    """Spam, scams and abuse."""
    return of_kind(messages, *UNWANTED)


def worth_an_answer(messages: Messages) -> Marks:
    """Messages whose writers wait for an answer."""
    return of_kind(messages, *WORTH_AN_ANSWER)


def taken_away(messages: Messages) -> Marks:
    """Hidden, deleted, or gone with the account that was blocked."""
    return with_action(messages, *TAKING_AWAY)


def silenced(messages: Messages) -> Marks:
    """Honest messages that were taken away."""
    marks: Marks = taken_away(messages) & ~unwanted(messages)
    return marks


def beside_the_point(messages: Messages) -> Marks:
    """Honest messages whose only answer was a canned one that spoke of something else."""
    marks: Marks = with_action(messages, "reply") & ~messages.right & np.isnan(messages.reply_time)
    return marks & ~unwanted(messages)


def brushed_off(messages: Messages) -> Marks:
    """Messages worth an answer that were only liked, or left."""
    marks: Marks = worth_an_answer(messages) & with_action(messages, "like", "leave")
    return marks & np.isnan(messages.reply_time)


def answer_time(messages: Messages) -> Floats:
    """When each was answered by a person, or by a canned reply that spoke of what was asked; NaN if never."""
    canned = with_action(messages, "reply") & messages.right
    times: Floats = np.fmin(messages.reply_time, np.where(canned, messages.action_time, np.nan))
    return times


def answered(messages: Messages) -> Marks:
    """Messages worth an answer that got one."""
    marks: Marks = worth_an_answer(messages) & ~np.isnan(answer_time(messages))
    return marks


def waits_for_hands(messages: Messages) -> Marks:
    """Messages that no rule settled on its own: somebody had to look, or should have."""
    marks: Marks = messages.by_hand | with_action(messages, *UNDONE)
    return marks
