"""The tables of the inbox: every message and what happened to it, and the manager's work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from simulator.errors import shorten
from simulator.insights import message_marks as marks
from simulator.insights.conversations import Conversations, conversations
from simulator.insights.inbox_rules import rule_name
from simulator.network.accounts import account_name
from simulator.network.log import NO_POST
from simulator.network.messages import ACTIONS_TAKEN, NO_INCIDENT, NO_RULE, Messages
from simulator.network.work import TASKS, Work
from simulator.world.talk import KINDS, LANGUAGES, SUBJECTS

if TYPE_CHECKING:
    import pandas as pd

    from simulator.network.month import Played

MESSAGE_FACTS: Final = (
    "number",
    "time",
    "sender",
    "conversation",
    "place",
    "post",
    "true_kind",
    "subject",
    "language",
    "text",
    "rule",
    "action",
    "done_by",
    "action_time",
    "reply_time",
    "first_response_minutes",
    "handle_minutes",
    "right",
    "satisfaction",
    "sold",
    "missed",
    "incident",
)
WORK_FACTS: Final = ("time", "minutes", "task", "post", "message")
OPENING: Final = 60
"""So many characters of a post say which it is."""


def messages_table(month: Played) -> pd.DataFrame:
    """One row per message, in order of time; what is unknown or was not done is empty.

    ``true_kind`` and ``subject`` are what no manager is told. ``first_response_minutes`` stands at
    the message that began the conversation; ``right``: a canned reply that spoke of what was asked.
    """
    import pandas as pd

    rows, talks = month.log.messages, conversations(month.log.messages)
    columns = {**_who_and_where(month, talks), **_what(rows), **_done(month, talks)}
    columns["text"] = list(rows.texts)
    return pd.DataFrame(columns)[list(MESSAGE_FACTS)]


def work_table(month: Played, work: Work) -> pd.DataFrame:
    """One row per stretch of work, in order of time; ``message`` is a ``number`` of the messages' table."""
    import pandas as pd

    return pd.DataFrame(
        {
            "time": moments(month, work.time),
            "minutes": _rounded(work.minutes),
            "task": _words(TASKS, work.task),
            "post": _posts(month, work.post, np.full(len(work.post), NO_POST)),
            "message": pd.array(
                [row + 1 if row >= 0 else None for row in work.message.tolist()], dtype="Int64"
            ),
        }
    )[list(WORK_FACTS)]


def moments(month: Played, minutes: NDArray[Any]) -> pd.DatetimeIndex:
    """Minutes on the clock as dates and times, not a time where they are NaN."""
    import pandas as pd

    begin = pd.Timestamp(month.log.begin)
    return pd.DatetimeIndex(begin + pd.to_timedelta(np.floor(minutes), unit="min"))


def _who_and_where(month: Played, talks: Conversations) -> dict[str, Any]:
    rows = month.log.messages
    names = {sender: account_name(month.world, sender) for sender in np.unique(rows.sender).tolist()}
    return {
        "number": np.arange(1, len(rows) + 1),
        "time": moments(month, rows.time),
        "sender": [names[sender] for sender in rows.sender.tolist()],
        "conversation": talks.of_message + 1,
        "place": np.where(rows.public, "comment", "private"),
        "post": _posts(month, rows.post, rows.ad),
    }


def _what(rows: Messages) -> dict[str, Any]:
    return {
        "true_kind": _words(KINDS, rows.kind),
        "subject": _words(SUBJECTS, rows.subject),
        "language": _words(LANGUAGES, rows.language),
        "right": rows.right,
        "satisfaction": _rounded(rows.satisfaction),
        "sold": rows.sold,
        "missed": rows.missed,
    }


def _done(month: Played, talks: Conversations) -> dict[str, Any]:
    rows = month.log.messages
    first_response = np.full(len(rows), np.nan)
    first_response[talks.opening] = talks.response_minutes
    nothing = marks.with_action(rows, *marks.UNDONE)
    hard = [incident.kind for incident in month.log.incidents]
    return {
        "rule": [rule_name(month, rule) if rule != NO_RULE else "" for rule in rows.rule.tolist()],
        "action": _words(ACTIONS_TAKEN, rows.action),
        "done_by": np.where(nothing, "", np.where(rows.by_hand, "hand", "rule")),
        "action_time": moments(month, rows.action_time),
        "reply_time": moments(month, rows.reply_time),
        "first_response_minutes": _rounded(first_response),
        "handle_minutes": _rounded(rows.handle_minutes),
        "incident": [hard[row] if row != NO_INCIDENT else "" for row in rows.incident.tolist()],
    }


def _posts(month: Played, post: NDArray[Any], ad: NDArray[Any]) -> list[str]:
    """What the post or ad began with under which each message stands; empty without one."""
    openings = [shorten(published.post.text, OPENING) for published in month.log.posts]
    of_ads = [shorten(shown.published.post.text, OPENING) for shown in month.log.ads]
    return [
        openings[of_post] if of_post >= 0 else of_ads[of_ad] if of_ad >= 0 else ""
        for of_post, of_ad in zip(post.tolist(), ad.tolist(), strict=True)
    ]


def _words(names: tuple[str, ...], codes: NDArray[Any]) -> list[str]:
    return [names[code] for code in codes.tolist()]


def _rounded(values: NDArray[Any]) -> NDArray[np.float64]:
    rounded: NDArray[np.float64] = values.astype(np.float64).round(2)
    return rounded
