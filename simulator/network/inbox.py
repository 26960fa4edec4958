"""The inbox: what people write to a page, from the minute it comes to what it leaves in them.

A month is looked ahead from one moment to the next (:mod:`simulator.network.clock`). For each such
span the inbox draws who writes, lets the reply rules do what they do, and hands the rest to the
desk at its minute. What was done reaches the writers when the next span begins.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulator.network import writers
from simulator.network.answering import Answering
from simulator.network.arrivals import Arrivals
from simulator.network.climate import Climate, climate_of
from simulator.network.drafts import NEW_THREAD, Drafts, no_drafts
from simulator.network.incidents import HardDay
from simulator.network.log import NO_POST
from simulator.network.mail import WAITING, Mail
from simulator.network.record import Columns
from simulator.network.service import BAD, COMPLAINT, WAITED
from simulator.network.threads import Threads
from simulator.network.wording import Wording, subjects, swahili_share
from simulator.network.workshop import Workshop
from simulator.playbook.patterns import same_text_key
from simulator.playbook.replies import BY_HAND, NO_RULE, USUAL, ReplyRule, ReplyRules
from simulator.units import HOURS_PER_DAY, MINUTES_PER_DAY, MINUTES_PER_HOUR
from simulator.world.clients import Client
from simulator.world.rhythms import writing_curve
from simulator.world.talk import KINDS

if TYPE_CHECKING:
    from simulator.network.page import LivePage

ROBOTS = ("spam", "abuse")


class Inbox:
    """One page's inbox. ``base``: of the known people, the first so many write of their own accord."""

    def __init__(self, page: LivePage) -> None:
        self.page = page
        self.p = page.p
        self.rules = ReplyRules()
        self.all_rules: tuple[ReplyRule, ...] = ()
        """Every rule that has been in force; ``rule`` of a message is a place here."""
        self._places = np.zeros(0, np.int16)
        self.hard_days: list[HardDay] = []
        self.attended = False
        self.practice = 1.0
        self.base = page.known.count
        self.mail = Mail()
        self.climate = Climate()
        self.blocked: set[int] = set()
        self.in_hand: set[int] = set()
        self.workshop: Workshop | None = None
        self.deliver: Callable[[Sequence[int]], object] = len
        """Told of the messages that wait for hands; nobody is, unless a clock runs."""
        self._until = -np.inf
        self.work = Columns(
            time=np.float64, minutes=np.float32, task=np.uint8, post=np.int32, message=np.int32
        )
        self._answering = Answering(self)
        self._coming = [no_drafts()]
        self._wording = Wording(page.world.client, page.world)
        self._subjects = {kind: _subjects(page.world.client, kind) for kind in sorted(WAITED)}
        self._last_texts: dict[str, float] = {}
        kinds = (*writers.BASE_MAIL, *ROBOTS)
        self._arrivals = {kind: Arrivals(page.luck.stream("arrivals", kind)) for kind in kinds}

    def for_month(self, page: LivePage) -> Inbox:
        """An empty inbox of ``page`` to go on with: the same streams of mail, and what was still to come."""
        twin = Inbox(page)
        twin._arrivals = {kind: copy(arrivals) for kind, arrivals in self._arrivals.items()}
        twin._last_texts = dict(self._last_texts)
        waiting = Drafts.joined(self._coming)
        twin._coming = [replace(waiting, thread=np.full(len(waiting.time), NEW_THREAD))]
        return twin

    def run_by(self, rules: ReplyRules, hard_days: Sequence[HardDay], *, attended: bool) -> None:
        """From now on these rules hold; ``attended``: somebody has shifts; ``hard_days``: what goes wrong."""
        self.rules, self.hard_days, self.attended = rules, list(hard_days), attended
        self.all_rules, self._places = rules.rules, np.arange(len(rules.rules), dtype=np.int16)

    def change(self, rules: ReplyRules, *, attended: bool) -> None:
        """From now on these rules hold for what comes; what waits is put before hands that now are there."""
        if rules != self.rules:
            new = [rule for rule in rules.rules if rule not in self.all_rules]
            self.rules, self.all_rules = rules, (*self.all_rules, *new)
            self._places = np.array([self.all_rules.index(rule) for rule in rules.rules], np.int16)
        came, self.attended = attended and not self.attended, attended
        waiting = [row for row, action in enumerate(self.mail.action) if action == WAITING] if came else []
        if waiting:
            self.deliver(waiting)

    # ------------------------------------------------------------------ a span of time

    def begin(self, now: float) -> None:
        """A span begins: what was done until now is felt, and what stands is read."""
        self._answering.expire(now)
        self._answering.felt(now)
        self.climate = climate_of(self.mail, now, self.p)

    def hear(self, found: Drafts) -> None:
        """These will write, at their times."""
        if len(found.time):
            self._coming.append(found)

    def take_in(self, now: float, until: float) -> None:
        """Take in all that is written from ``now`` to ``until``."""
        self._until = until
        self._draw(now, until)
        coming = Drafts.joined(self._coming)
        due = coming.time < until
        self._coming = [coming.only(~due)]
        self._receive(coming.only(due))

    def hear_back(self, found: Drafts) -> None:
        """What follows on an answer just given: at once if it comes within the span that is running."""
        if len(found.time) and found.time[0] < self._until:
            self._receive(found)
        else:
            self.hear(found)

    def _receive(self, found: Drafts) -> None:
        """Messages come; those that no rule settles are delivered to hands, in order of time."""
        found = found.only(~np.isin(found.sender, list(self.blocked)))
        found = found.only(np.argsort(found.time, kind="stable"))
        waiting = [row for row in self._written(found) if not self._by_rule(row)] if len(found.time) else []
        if waiting:
            self.deliver(waiting)

    def priority(self, message: int) -> float:
        """How urgent a message is: as its rule says, or as usual."""
        rule = self.mail.rule[message]
        return USUAL if rule == NO_RULE else self.all_rules[rule].priority

    def is_hard(self, now: float, until: float) -> bool:
        """Whether an incident is on, so that every hour counts."""
        followers = len(self.page.known.followers()) if self.hard_days else 0
        return any(day.is_on(now, until, followers, self.p) for day in self.hard_days)

    # ------------------------------------------------------------------ who writes

    def _draw(self, now: float, until: float) -> None:
        """Mail that comes by itself: of followers, of robots, of incidents."""
        edges = writers.hours_between(now, until)
        curve = writing_curve()[(edges[:-1] // MINUTES_PER_HOUR).astype(np.int64) % HOURS_PER_DAY]
        thousands = len(self.page.known.followers()) / 1_000
        for kind, arrivals in self._arrivals.items():
            times, numbers = arrivals.between(edges, self._a_day(kind, thousands) / HOURS_PER_DAY * curve)
            if not len(times):
                continue
            robot = kind in ROBOTS
            self.hear(
                writers.robots(self.page, kind, times, numbers)
                if robot
                else writers.followers_mail(self.page, kind, times, numbers, self.base)
            )
        for index, day in enumerate(self.hard_days):
            rate = day.per_hour(edges[:-1], round(thousands * 1_000), self.climate.bad, self.p) * curve
            times, numbers = day.arrivals.between(edges, rate)
            if len(times):
                self.hear(writers.upset(self.page, day, index, times, numbers, self.base))

    def _a_day(self, kind: str, thousands: float) -> float:
        """Messages of a kind a day from this many thousand followers."""
        if kind == "spam":
            return self.p["inbox.spam_any_page"] + self.p["inbox.spam"] * thousands
        if kind == "abuse":
            drawn = 1 + self.p["climate.attracts"] * self.climate.bad
            return self.p["inbox.abuse"] * thousands * drawn
        return self.p[f"inbox.followers_{kind}"] * thousands

    # ------------------------------------------------------------------ what they write

    def _written(self, found: Drafts) -> range:
        """Give the drafts their words, and let the first rule that matches each be known."""
        known = self.page.known
        threads = Threads.of(found, self.mail)
        found = self._about(replace(found, subject=threads.subject))
        language = self._language(found.sender)
        public = found.post != NO_POST
        template = self._wording.choose(found.kind, found.subject, language, public, found.key, threads)
        texts = self._wording.write(template, found.sender, found.key, threads)
        follower = (found.row >= 0) & known.follower[np.maximum(found.row, 0)]
        duplicate = [
            self._came_before(same_text_key(text), time)
            for text, time in zip(texts, found.time.tolist(), strict=True)
        ]
        rows = self.mail.add(found, language, follower, duplicate, texts)
        if self.rules.rules:
            chosen = self.rules.choose(texts, np.array(duplicate, bool), follower)
            places = np.where(chosen == NO_RULE, NO_RULE, self._places[chosen])
            self.mail.rule[rows.start :] = places.tolist()
        return rows

    def _about(self, found: Drafts) -> Drafts:
        """The drafts with subjects, where an incident or a conversation has not given them one."""
        subject, luck = found.subject.copy(), self.page.uniform("subject", found.key)
        for kind, (indices, ends) in self._subjects.items():
            open_ones = (found.kind == kind) & (subject == 0)
            subject[open_ones] = indices[np.searchsorted(ends, luck[open_ones], side="right")]
        return replace(found, subject=subject)

    def _language(self, sender: NDArray[np.int64]) -> NDArray[np.uint8]:
        """The language each of these writes in, always the same."""
        luck = self.page.uniform("language", sender.astype(np.uint64))
        return (luck < swahili_share(self.page.world.client.file.kind)).astype(np.uint8)

    def _came_before(self, text: str, time: float) -> bool:
        last = self._last_texts.get(text, -np.inf)
        self._last_texts[text] = time
        return time - last <= self.p["inbox.duplicate_days"] * MINUTES_PER_DAY

    def _by_rule(self, message: int) -> bool:
        """Whether nothing is left for hands: a rule has done it, or there are no hands."""
        rule = self.mail.rule[message]
        if rule != NO_RULE and self.all_rules[rule].action not in BY_HAND:
            self._answering.by_rule(message, self.all_rules[rule])
            return True
        return not self.attended

    # ------------------------------------------------------------------ hands

    def minutes_for(self, message: int) -> float:
        """Minutes of work on a message, 0 if there is nothing left to do."""
        if self.mail.action[message] != WAITING:
            return 0.0
        rule, kind = self.mail.rule[message], self.mail.kind[message]
        escalates = rule != NO_RULE and self.all_rules[rule].action == "escalate"
        name = "unwanted" if kind in BAD else "escalation" if escalates else _effort(kind)
        normal = self.page.luck.stream("handling", self.mail.key[message]).normal()
        usual = self.p[f"desk.{name}_minutes"] * self.practice
        return usual * float(np.exp(self.p["desk.minutes_spread"] * normal))

    def take_up(self, message: int) -> None:
        """Hands begin with a message: it no longer runs out."""
        self.in_hand.add(message)

    def handle(self, message: int, now: float, minutes: float, care: float) -> int:
        """Hands are done with a message; the kind of task it was."""
        return self._answering.by_hand(message, now, minutes, care)

    def worked(self, begin: float, minutes: float, task: int, post: int, message: int) -> None:
        """Write a stretch of work down."""
        row = {"time": begin, "minutes": minutes, "task": task, "post": post, "message": message}
        self.work.add(**{name: np.array([value]) for name, value in row.items()})

    # ------------------------------------------------------------------ luck

    def luck_of(self, name: str, message: int, count: int) -> NDArray[np.float32]:
        """``count`` numbers in (0, 1) of one message."""
        key = np.array([self.mail.key[message]], np.uint64)
        return self.page.luck.stream(name).uniforms(key, count)[:, 0]

    def luck_of_all(self, name: str, messages: Sequence[int]) -> NDArray[np.float32]:
        """A number in [0, 1) of each message."""
        keys = np.array([self.mail.key[message] for message in messages], np.uint64)
        return self.page.luck.stream(name).uniform(keys)


def _subjects(client: Client, kind: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """What messages of a kind are about at this client: subjects, and where the share of each ends, 0-1."""
    indices, weights = subjects(client.file.kind, KINDS[kind])
    ends = np.cumsum(weights) / np.sum(weights)
    return np.asarray(indices, np.int64), ends[:-1]


def _effort(kind: int) -> str:
    if kind == COMPLAINT:
        return "complaint"
    return "question" if kind in WAITED else "chat"
