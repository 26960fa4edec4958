"""Service: what an answer, or none, does to whoever wrote (model 6)."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from simulator.network.known import KnownPeople
from simulator.network.views import turns
from simulator.parameters import Parameters
from simulator.units import MINUTES_PER_HOUR
from simulator.world.talk import KINDS, UNWANTED, WORTH_AN_ANSWER

Floats = NDArray[np.float32]
ORDER, QUESTION, COMPLAINT = (KINDS.index(name) for name in ("order", "question", "complaint"))
WAITED = frozenset(KINDS.index(name) for name in WORTH_AN_ANSWER)
BAD = frozenset(KINDS.index(name) for name in UNWANTED)


PROMPT_MINUTES = 5.0
"""So soon a person at the desk can answer: a sale that such an answer would not have won was bad luck."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was done with one message. ``action``: of ACTIONS_TAKEN. ``minutes``: from message to answer;
    ``care``: 0-1; ``fits``: what a canned text was worth, ``right``, ``wrong`` or ``empty``.
    """

    action: str
    minutes: float
    care: float = 1.0
    fits: str = "right"


def satisfaction(p: Parameters, kind: int, answer: Answer) -> float:
    """What the writer makes of it, -1 to 1; not a number for spam and abuse, whose writers do not care.

    >>> from simulator.parameters import model_parameters
    >>> p = model_parameters()
    >>> [round(satisfaction(p, QUESTION, Answer("personal reply", 60 * hours)), 2) for hours in (0.5, 6, 24)]
    [1.0, 0.44, 0.0]
    """
    if kind in BAD:
        return float("nan")
    if answer.action in ("hide", "delete"):
        return p["inbox.silenced"]
    if answer.action == "block":
        return p["inbox.blocked"]
    if kind not in WAITED:
        return _chatted(p, answer)
    wronged = p["inbox.complaint"] * (kind == COMPLAINT)
    return max(-1.0, _waited(p, kind, answer) + wronged)


def _waited(p: Parameters, kind: int, answer: Answer) -> float:
    if answer.action in ("personal reply", "escalate"):
        return timeliness(p, answer.minutes) * answer.care
    if answer.action != "reply":
        return p["inbox.ignored"]
    if answer.fits == "right" and kind == COMPLAINT:
        return p["inbox.canned_complaint"]
    name = {"right": "canned", "wrong": "wrong", "empty": "empty"}[answer.fits]
    return p[f"inbox.{name}_answer"]


def _chatted(p: Parameters, answer: Answer) -> float:
    if answer.action in ("personal reply", "escalate"):
        return p["inbox.thanked"] * answer.care
    if answer.action in ("like", "reply"):
        return p["inbox.liked"] if answer.action == "like" else p["inbox.canned_answer"]
    return 0.0


def timeliness(p: Parameters, minutes: float) -> float:
    """1 for an answer within the hour, 0 after a day, in between by the logarithm; below 0 beyond."""
    hours = max(minutes / MINUTES_PER_HOUR, p["inbox.satisfied_hours"])
    scale = log(p["inbox.patient_hours"] / p["inbox.satisfied_hours"])
    return max(p["inbox.ignored"], 1 - log(hours / p["inbox.satisfied_hours"]) / scale)


def buys_at_once(p: Parameters, kind: int, wants: bool) -> float:
    """Probability that an answer without any delay sells."""
    if kind == ORDER:
        return p["inbox.order_buys"]
    return p["inbox.question_buys"] * wants if kind == QUESTION else 0.0


def kept(p: Parameters, answer: Answer) -> float:
    """The share of those sales that is left after this answer: (1 + delay / scale)^-power, cold or careless
    answers keep less, others nothing.
    """
    if answer.action == "reply":
        return p["inbox.canned_sale"] * (answer.fits == "right")
    if answer.action not in ("personal reply", "escalate"):
        return 0.0
    hours = answer.minutes / MINUTES_PER_HOUR
    return answer.care * exp(-p["inbox.delay_power"] * log(1 + hours / p["inbox.delay_scale_hours"]))


def kept_promptly(p: Parameters) -> float:
    """The share that is left after a careful answer of a person within :data:`PROMPT_MINUTES`.

    >>> from simulator.parameters import model_parameters
    >>> round(kept_promptly(model_parameters()), 2)
    0.9
    """
    return kept(p, Answer("personal reply", PROMPT_MINUTES))


@dataclass(frozen=True, slots=True)
class Felt:
    """Conversations that have ended: columns of equal length, one row each, in order of time.

    ``row``: of the known people; ``satisfaction``; ``complaint``; ``personal``: answered by a person;
    ``leave``: luck in [0, 1) of leaving over it; ``silenced``: what they wrote was taken away; ``blocked``;
    ``sold``: it led to a sale.
    """

    row: NDArray[np.int64]
    satisfaction: Floats
    complaint: NDArray[np.bool_]
    personal: NDArray[np.bool_]
    silenced: NDArray[np.bool_]
    blocked: NDArray[np.bool_]
    sold: NDArray[np.bool_]
    leave: Floats


def feel(known: KnownPeople, felt: Felt, now: float) -> NDArray[np.int64]:
    """Let the writers feel it, one conversation after the other; the rows of followers who leave over it."""
    order = np.argsort(felt.row, kind="stable")
    turn = turns(felt.row[order])
    gone = [
        _feel_once(known, felt, order[turn == number], now) for number in range(int(turn.max(initial=-1)) + 1)
    ]
    return np.concatenate([np.zeros(0, np.int64), *gone])


def _feel_once(known: KnownPeople, felt: Felt, at: NDArray[np.int64], now: float) -> NDArray[np.int64]:
    """The same for the conversations ``at``, each of another person."""
    p, rows, how = known.parameters, felt.row[at], felt.satisfaction[at]
    known.refresh(rows, now)
    grieved = np.maximum(-how, 0)
    known.service[rows] += np.float32(p["inbox.learning"]) * (how - known.service[rows])
    warmed = np.float32(p["inbox.goodwill_gain"]) * np.maximum(how, 0) * felt.personal[at]
    known.goodwill[rows] += (1 - known.goodwill[rows]) * warmed
    known.goodwill[rows] *= 1 - np.float32(p["inbox.goodwill_loss"]) * grieved * felt.complaint[at]
    known.utility[rows] -= np.float32(p["inbox.utility"]) * grieved
    known.utility[rows] += np.float32(p["inbox.utility_silenced"]) * felt.silenced[at]
    known.affinity[rows] += np.float32(p["inbox.affinity"]) * felt.personal[at] * (how > 0)
    loyal = known.loyalty[rows] + np.float32(p["purchase.loyalty_gain"]) * felt.sold[at]
    known.loyalty[rows] = np.minimum(1, loyal)
    chances = np.float32(p["inbox.leave"]) * grieved
    chances *= np.where(felt.complaint[at], np.float32(p["inbox.leave_complaint"]), 1)
    chances += np.float32(p["inbox.leave_silenced"]) * felt.silenced[at]
    leaves = ((felt.leave[at] < chances) | felt.blocked[at]) & known.follower[rows]
    known.follower[rows[leaves]] = False
    lost: NDArray[np.int64] = rows[leaves]
    return lost
