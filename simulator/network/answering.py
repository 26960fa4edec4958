"""Answering: what is done with messages, by rule, by hand or by nobody, and what it leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulator.network import writers
from simulator.network.incidents import PILE_ON
from simulator.network.log import NO_POST
from simulator.network.mail import NAN, WAITING, Mail
from simulator.network.messages import ACTIONS_TAKEN, NO_INCIDENT, NO_RULE
from simulator.network.service import (
    BAD,
    COMPLAINT,
    ORDER,
    QUESTION,
    Answer,
    Felt,
    buys_at_once,
    feel,
    kept,
    kept_promptly,
    satisfaction,
)
from simulator.network.work import TASKS
from simulator.playbook.answers import subjects_of
from simulator.playbook.replies import BY_HAND, TAKING_AWAY, ReplyRule
from simulator.units import DAYS_PER_WEEK, MINUTES_PER_DAY, MINUTES_PER_HOUR
from simulator.world.talk import SUBJECTS

if TYPE_CHECKING:
    from simulator.network.inbox import Inbox

_OFFICE = (9 * MINUTES_PER_HOUR, 17 * MINUTES_PER_HOUR)
_WORKING_DAYS = 5


class _Ended(NamedTuple):
    """A conversation that ends at ``time``, to be felt by its writer from then on."""

    time: float
    message: int
    action: str


class Answering:
    """Closes the messages of one inbox."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox
        self._ended: list[_Ended] = []
        self._oldest = 0

    # ------------------------------------------------------------------ three ways to end

    def by_rule(self, message: int, rule: ReplyRule) -> None:
        """A rule does at once what needs no hands."""
        mail, action = self.inbox.mail, rule.action
        fits = _fit(mail, message, rule.reply) if action == "reply" else "right"
        if action == "block":
            self._block(message)
        if action == "reply":
            self._feed(message)
        self._close(message, Answer(action, 0.0, 1.0, fits), mail.time[message])

    def by_hand(self, message: int, now: float, minutes: float, care: float) -> int:
        """Somebody has worked on it: what is unwanted goes, the rest is answered or passed on."""
        mail = self.inbox.mail
        mail.by_hand[message], mail.handle_minutes[message] = True, minutes
        if mail.kind[message] in BAD:
            self._close(message, Answer("delete", now - mail.time[message]), now)
            return TASKS.index("moderation")
        passed_on = self._wants(message) == "escalate"
        reply_time = now if not passed_on else client_answers(now, self.inbox.p["desk.client_minutes"])
        mail.reply_time[message] = reply_time
        self._speak(message, now, reply_time if passed_on else np.inf)
        answer = Answer("escalate" if passed_on else "personal reply", reply_time - mail.time[message], care)
        self._close(message, answer, now, felt_at=reply_time)
        self.inbox.hear_back(
            writers.follow_up(
                self.inbox.page,
                mail.row[message],
                mail.sender[message],
                mail.post[message],
                message,
                reply_time,
                mail.key[message],
            )
        )
        return TASKS.index("escalation" if passed_on else "reply")

    def expire(self, now: float) -> None:
        """What has waited too long has gone unanswered."""
        mail, patience = self.inbox.mail, self.inbox.p["inbox.patience_hours"] * MINUTES_PER_HOUR
        while self._oldest < len(mail) and mail.time[self._oldest] + patience <= now:
            if mail.action[self._oldest] == WAITING and self._oldest not in self.inbox.in_hand:
                time = mail.time[self._oldest] + patience
                self._close(self._oldest, Answer("expired", patience), time)
            self._oldest += 1

    # ------------------------------------------------------------------ what it leaves behind

    def _close(self, message: int, answer: Answer, time: float, felt_at: float = NAN) -> None:
        """Enter what was done; sell what it sells."""
        mail, p, kind = self.inbox.mail, self.inbox.p, self.inbox.mail.kind[message]
        mail.action[message] = ACTIONS_TAKEN.index(answer.action)
        mail.action_time[message] = time
        mail.right[message] = answer.action == "reply" and answer.fits == "right"
        mail.satisfaction[message] = satisfaction(p, kind, answer)
        if mail.row[message] < 0:
            return
        at = time if np.isnan(felt_at) else felt_at
        if kind in (ORDER, QUESTION):
            self._sell(message, answer, at)
        self._ended.append(_Ended(at, message, answer.action))

    def _sell(self, message: int, answer: Answer, time: float) -> None:
        """Whether a question or an order becomes a sale, and whether it would have, answered promptly."""
        inbox, mail = self.inbox, self.inbox.mail
        wants, buys, product = inbox.luck_of("message sale", message, 3)
        best = buys_at_once(inbox.p, mail.kind[message], wants < inbox.p["inbox.question_wants"])
        chance = best * kept(inbox.p, answer)
        if not chance and not best:
            return
        page = inbox.page
        page.record.expect(np.array([time]), np.array([chance * page.prices.mean_margin]), "message")
        prompt = best * kept_promptly(inbox.p)
        mail.sold[message], mail.missed[message] = bool(buys < chance), bool(chance <= buys < prompt)
        if mail.sold[message]:
            row, none = np.array([mail.row[message]]), np.zeros(1, np.float32)
            page.sell(np.array([time]), row, np.array([NO_POST]), none, np.array([product], np.float32))

    def felt(self, now: float) -> None:
        """Those whose conversations have ended by ``now`` feel it; some leave."""
        due = [one for one in self._ended if one.time <= now]
        if not due:
            return
        self._ended = [one for one in self._ended if one.time > now]
        due.sort(key=lambda one: one.time)
        inbox, mail = self.inbox, self.inbox.mail
        messages = [one.message for one in due]
        known = inbox.page.known
        lost = feel(
            known,
            Felt(
                row=np.array([mail.row[message] for message in messages], np.int64),
                satisfaction=np.array([mail.satisfaction[message] for message in messages], np.float32),
                complaint=np.array([mail.kind[message] == COMPLAINT for message in messages], bool),
                personal=np.array([one.action in BY_HAND for one in due], bool),
                silenced=np.array([one.action in TAKING_AWAY for one in due], bool),
                blocked=np.array([one.action == "block" for one in due], bool),
                sold=np.array([mail.sold[message] for message in messages], bool),
                leave=inbox.luck_of_all("over service", messages),
            ),
            now,
        )
        inbox.page.lose(lost, now, over_service=True)

    # ------------------------------------------------------------------ incidents

    def _speak(self, message: int, now: float, solved: float) -> None:
        """The page's word on an incident, and the client's own answer if it is passed on."""
        index = self.inbox.mail.incident[message]
        if index != NO_INCIDENT:
            day = self.inbox.hard_days[index]
            day.word, day.solved = min(day.word, now), min(day.solved, solved)

    def _feed(self, message: int) -> None:
        """An answer to a troll is what it wants."""
        index = self.inbox.mail.incident[message]
        if index != NO_INCIDENT and self.inbox.hard_days[index].kind == PILE_ON:
            self.inbox.hard_days[index].fed += 1

    def _block(self, message: int) -> None:
        """Nothing more comes from this sender."""
        self.inbox.blocked.add(self.inbox.mail.sender[message])

    def _wants(self, message: int) -> str:
        rule = self.inbox.mail.rule[message]
        return "personal reply" if rule == NO_RULE else self.inbox.all_rules[rule].action


def _fit(mail: Mail, message: int, reply: str) -> str:
    """Whether a canned text speaks of what the message is about."""
    subject = SUBJECTS[mail.subject[message]]
    spoken = subjects_of(reply)
    if subject == "none" or subject in spoken:
        return "right"
    return "wrong" if spoken else "empty"


def client_answers(now: float, minutes: float) -> float:
    """When the client answers what is passed on at ``now``: after so many minutes of office hours.

    >>> client_answers(16 * 60, 90), client_answers(16.5 * 60, 90)  # after five, tomorrow
    (2010.0, 2040.0)
    """
    left, at = minutes, now
    while True:
        day, minute = divmod(at, MINUTES_PER_DAY)
        begins, ends = _OFFICE
        if day % DAYS_PER_WEEK < _WORKING_DAYS and minute < ends:
            room = ends - max(minute, begins)
            if left <= room:
                return float(day * MINUTES_PER_DAY + max(minute, begins) + left)
            left -= room
        at = (day + 1) * MINUTES_PER_DAY
