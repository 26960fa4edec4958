"""Pay: what a client owes its manager for a month, and whether it stays (model 7).

The fee grows with the complexity of the job and with the months of service, and shrinks with what was
planned and not done and with complaints nobody answered. Who is badly served leaves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from math import exp, log1p, log2

import numpy as np

from simulator.network.log import Log
from simulator.network.messages import ACTIONS_TAKEN
from simulator.parameters import Parameters
from simulator.units import DAYS_PER_WEEK, MINUTES_PER_DAY
from simulator.world.clients import Client
from simulator.world.talk import KINDS, WORTH_AN_ANSWER

_USUAL_MESSAGES_A_DAY = 5
_WAITED = [KINDS.index(kind) for kind in WORTH_AN_ANSWER]
_COMPLAINT = KINDS.index("complaint")
_EXPIRED = ACTIONS_TAKEN.index("expired")


@dataclass(frozen=True, slots=True)
class Pay:
    """What one client pays for a month, in whole cents, and how it feels about going on.

    ``fee_cents``: agreed; of it is kept back ``for_posts_cents`` (poor, not there or fewer than usual) and
    ``for_complaints_cents`` (nobody came to them), together at most the fee. ``content``: 0-1.
    ``leave_chance``: that this client is gone next month.
    """

    fee_cents: int
    for_posts_cents: int
    for_complaints_cents: int
    complexity: float
    content: float
    leave_chance: float

    @property
    def kept_back_cents(self) -> int:
        """What is not paid of the fee."""
        return self.for_posts_cents + self.for_complaints_cents

    @property
    def paid_cents(self) -> int:
        """What is paid out."""
        return self.fee_cents - self.kept_back_cents

    def expected_cents(self, months: int) -> float:
        """Expected income of ``months`` months like this one, in each of which the client may leave.

        >>> Pay(1000, 0, 0, 1.0, 1.0, 0.5).expected_cents(3)
        1750.0
        """
        return sum(self.paid_cents * (1 - self.leave_chance) ** month for month in range(months))


def pay_of(client: Client, log: Log, months_of_service: int) -> Pay:
    """What ``client`` pays for the month in ``log`` to a manager of ``months_of_service`` months so far."""
    p = client.hidden.parameters
    complexity = complexity_of(client, log, p)
    raised = min(p["pay.raise"] * months_of_service, p["pay.most_raise"])
    hours = client.file.hours_per_week * log.days / DAYS_PER_WEEK
    fee = client.file.hour_rate_cents * hours * (1 + p["pay.complexity"] * complexity) * (1 + raised)
    there = delivered(log, client.usual_posts(log.days), p["pay.good_quality"])
    for_posts = min(round(fee), round(fee * p["pay.undone"] * (1 - there)))
    lost = min(p["pay.complaint"] * complaints_ignored(log), p["pay.most_for_complaints"])
    content = p["pay.content_service"] * answered_in_a_day(log) + p["pay.content_posts"] * there
    return Pay(
        fee_cents=round(fee),
        for_posts_cents=for_posts,
        for_complaints_cents=min(round(fee) - for_posts, round(fee * lost)),
        complexity=complexity,
        content=content,
        leave_chance=_leave_chance(content, p),
    )


def complexity_of(client: Client, log: Log, p: Parameters) -> float:
    """How much there is to a page: its posts, its ads, its messages, and rules of its trade."""
    weeks = log.days / DAYS_PER_WEEK
    messages_a_day = len(log.messages) / log.days
    return (
        p["pay.posts"] * len(log.posts) / weeks / DAYS_PER_WEEK
        + p["pay.ads"] * bool(log.ads)
        + p["pay.messages"] * log1p(messages_a_day / _USUAL_MESSAGES_A_DAY)
        + p["pay.special"] * bool(client.file.special_ad_category)
    )


def delivered(log: Log, usual: float, good_quality: float) -> float:
    """The share of what was planned, or of the ``usual`` number of posts, that is there and good, 0-1.

    A post counts by its quality up to ``good_quality``; what is planned for later is not asked for yet.
    """
    end = datetime.combine(log.begin, time()) + timedelta(days=log.days)
    due = [post for post in log.posts if post.post.posting_time < end]
    there = sum(min(1.0, post.quality / good_quality) * post.made for post in due)
    return there / max(len(due), usual)


def answered_in_a_day(log: Log) -> float:
    """The share of questions, orders and complaints answered within a day, 0-1; 1 if there were none."""
    in_time = log.messages.time < (log.days - 1) * MINUTES_PER_DAY  # later ones had no whole day
    waited = np.isin(log.messages.kind, _WAITED) & in_time
    if not waited.any():
        return 1.0
    minutes = np.where(log.messages.right, 0.0, log.messages.reply_time - log.messages.time)
    return float((minutes[waited] <= MINUTES_PER_DAY).mean())


def complaints_ignored(log: Log) -> int:
    """Complaints nobody came to in time."""
    ignored = (log.messages.action == _EXPIRED) & (log.messages.kind == _COMPLAINT)
    return int(ignored.sum())


def _leave_chance(content: float, p: Parameters) -> float:
    scaled = (content - p["pay.content_usual"]) / p["pay.content_scale"]
    return 1 / (1 + exp(-(p["pay.leave"] - p["pay.leave_slope"] * scaled)))


def practice(months_of_service: int, p: Parameters) -> float:
    """The minutes a task takes after so many months on a page, as a share of the first month's.

    >>> from simulator.parameters import model_parameters
    >>> [round(practice(months, model_parameters()), 2) for months in (0, 1, 3, 60)]
    [1.0, 0.85, 0.72, 0.6]
    """
    faster: float = p["pay.learning"] ** log2(1 + months_of_service)
    return max(p["pay.least_minutes"], faster)
