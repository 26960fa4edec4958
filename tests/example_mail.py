"""Mail made by hand: a few messages to be counted on paper, many at random, and the months they came in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from simulator.network.log import NO_POST
from simulator.network.messages import (
    ACTIONS_TAKEN,
    NO_INCIDENT,
    NO_RULE,
    Incident,
    Messages,
    messages,
)
from simulator.network.work import TASKS, Work
from simulator.playbook.playbook import Playbook
from simulator.playbook.replies import ReplyRule, ReplyRules
from simulator.units import MINUTES_PER_DAY
from simulator.world.talk import KINDS, LANGUAGES, SUBJECTS
from tests.example_months import MadeMonth, empty_month
from tests.example_months import large_month as posted_month

NAN = float("nan")
CODES = {"kind": KINDS, "subject": SUBJECTS, "language": LANGUAGES, "action": ACTIONS_TAKEN}
USUAL: dict[str, Any] = {
    "sender": 1,
    "public": False,
    "post": NO_POST,
    "ad": NO_POST,
    "kind": "question",
    "subject": "none",
    "language": "en",
    "incident": NO_INCIDENT,
    "follower": True,
    "duplicate": False,
    "rule": NO_RULE,
    "action": "waiting",
    "by_hand": False,
    "action_time": NAN,
    "reply_time": NAN,
    "handle_minutes": 0.0,
    "right": False,
    "satisfaction": NAN,
    "sold": False,
    "missed": False,
    "text": "Have you got the big pan?",
}


def wrote(time: float, kind: str = "question", **facts: Any) -> dict[str, Any]:
    """A private message nobody has looked at, but for the ``facts``; a thread of its own."""
    return {**USUAL, "time": time, "kind": kind, **facts}


def replied(time: float, after: float, kind: str = "question", **facts: Any) -> dict[str, Any]:
    """A message that a person answered ``after`` so many minutes, in four minutes' work."""
    done = {"action": "personal reply", "by_hand": True, "handle_minutes": 4.0}
    done |= {"action_time": time + after, "reply_time": time + after}
    return wrote(time, kind, **{**done, **facts})


def done(time: float, action: str, after: float = 0.0, **facts: Any) -> dict[str, Any]:
    """A message with which something else was done, by a rule at once unless the ``facts`` say more."""
    return wrote(time, **{"action": action, "action_time": time + after, **facts})


def mail(*rows: dict[str, Any]) -> Messages:
    """The rows in order of time as a table."""
    if not rows:
        return messages()
    rows = tuple(sorted(rows, key=lambda row: row["time"]))
    rows = tuple({"thread": 1_000 + number, **row} for number, row in enumerate(rows))
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    for name, codes in CODES.items():
        columns[name] = [codes.index(value) for value in columns[name]]
    return messages(tuple(columns.pop("text")), **columns)


def worked(*rows: tuple[float, float, str], shift: list[float], message: int = NO_POST) -> Work:
    """Stretches of (time, minutes, task) in a month with so many minutes of shift a day."""
    time, minutes, task = (list(column) for column in zip(*rows, strict=True)) if rows else ([], [], [])
    return Work(
        time=np.array(time, np.float64),
        minutes=np.array(minutes, np.float32),
        task=np.array([TASKS.index(name) for name in task], np.uint8),
        post=np.full(len(rows), NO_POST, np.int32),
        message=np.full(len(rows), message, np.int32),
        shift_minutes_by_day=np.array(shift, np.float64),
    )


def with_mail(
    month: MadeMonth, found: Messages, incidents: tuple[Incident, ...] = (), work: Work | None = None
) -> MadeMonth:
    """The month with this mail."""
    return replace(month, log=replace(month.log, messages=found, incidents=incidents, work=work))


def mail_month(*rows: dict[str, Any], days: int = 2, **other: Any) -> MadeMonth:
    """A month in which nothing but these messages happened."""
    return with_mail(empty_month(people=50, days=days), mail(*rows), **other)


def with_rules(month: MadeMonth, *rules: tuple[str, str]) -> MadeMonth:
    """The month played with reply rules of these names and actions."""
    named = ReplyRules(tuple(ReplyRule(name, action=action) for name, action in rules))
    return replace(month, playbook=Playbook(replies=named))


def paper_mail() -> Messages:
    """Twelve messages of two days, every figure known.

    Seven are worth an answer, five got one: by a person 30, 90 and 1,500 minutes after their conversations
    began, one of these goes on and is answered again, and one by a canned reply. Four are unwanted; of the
    three that were taken away one was honest.
    """
    day = float(MINUTES_PER_DAY)
    return mail(
        replied(60, 30, sender=1, thread=1, sold=True, satisfaction=0.9),
        done(100, "delete", kind="spam", sender=-3, rule=0, public=True),
        replied(200, 90, "complaint", sender=2, thread=2, satisfaction=-0.2, handle_minutes=8.0),
        done(300, "hide", kind="question", sender=4, rule=0, satisfaction=-0.8, missed=True, public=True),
        done(400, "reply", sender=5, rule=1, right=True, satisfaction=0.35),
        done(420, "reply", sender=6, rule=1, satisfaction=-0.8, kind="order", missed=True),
        replied(500, 20, sender=2, thread=2, satisfaction=0.8),
        done(600, "block", after=50, kind="abuse", sender=-4, by_hand=True, handle_minutes=1.0, public=True),
        replied(700, 1_500, "order", sender=7, satisfaction=-0.4, missed=True),
        wrote(800, "scam", sender=-3),
        done(day + 100, "expired", after=600, kind="praise", sender=8, satisfaction=0.0),
        wrote(2 * day - 30, "spam", sender=-5, public=True),
    )


def paper_month() -> MadeMonth:
    """The twelve messages, a crisis and the work of two days."""
    crisis = Incident("faulty batch", 150.0, 290.0)
    work = worked(
        (60, 30, "production"), (90, 4, "reply"), (290, 8, "reply"), (650, 1, "moderation"), shift=[240, 0]
    )
    month = with_mail(empty_month(people=50, days=2), paper_mail(), (crisis,), work)
    return with_rules(month, ("links", "delete"), ("price list", "reply"), ("never", "hide"))


KIND_SHARES = {
    "question": 0.4,
    "order": 0.08,
    "complaint": 0.1,
    "praise": 0.12,
    "chat": 0.1,
    "spam": 0.14,
    "scam": 0.03,
    "abuse": 0.03,
}
WORDS = {
    "question": "Hi, how much is the {n} cm pan and do you deliver to Bandari?",
    "order": "I take {n} of the baskets, please. M-Pesa?",
    "complaint": "My parcel {n} was to come on Friday!! Where is it",
    "praise": "Asante sana! The pan is lovely 😀",
    "chat": "who is watching the match {n}",
    "spam": "EARN {n} a day from home, link in my profile http://win.example/{n}",
    "scam": '=HYPERLINK("http://loan.example";"Your prize {n}")',
    "abuse": "<b>only idiots buy here</b> {n}",
}


def large_mail(number: int = 900, days: int = 28, people: int = 500, seed: int = 4) -> Messages:
    """Many messages that agree with themselves, evenings and lunch busiest; answered on weekday mornings."""
    luck = np.random.default_rng(seed)
    kinds = luck.choice(list(KIND_SHARES), number, p=list(KIND_SHARES.values()))
    hour = np.where(luck.random(number) < 0.6, luck.normal(20, 1.5, number), luck.normal(13, 3, number))
    times = luck.integers(0, days, number) * 1_440.0 + np.clip(hour, 0, 23.9) * 60
    rows = [_row(luck, float(time), str(kind), people) for time, kind in zip(times, kinds, strict=True)]
    return mail(*(row for row in rows if row["time"] < days * MINUTES_PER_DAY))


def _row(luck: np.random.Generator, time: float, kind: str, people: int) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "sender": -int(luck.integers(1, 40))
        if kind in ("spam", "scam", "abuse")
        else int(luck.integers(people)),
        "thread": int(luck.integers(10**9)),
        "public": bool(luck.random() < 0.5),
        "language": str(luck.choice(["en", "sw"])),
        "text": WORDS[kind].format(n=int(luck.integers(10, 99))),
        "satisfaction": NAN if luck.random() < 0.1 else float(luck.uniform(-1, 1)),
    }
    facts["post"] = int(luck.integers(0, 15)) if facts["public"] else NO_POST
    if kind in ("spam", "scam", "abuse"):
        return _moderated(luck, time, kind, facts)
    if luck.random() < 0.04:
        return done(time, "hide", kind=kind, rule=0, missed=kind == "question", **facts)
    if kind == "question" and luck.random() < 0.2:
        return done(time, "reply", kind=kind, rule=2, right=bool(luck.random() < 0.6), **facts)
    if luck.random() < 0.25:
        buys = kind in ("question", "order") and luck.random() < 0.3
        return done(time, "expired", after=2_880.0, kind=kind, missed=buys, **facts)
    return replied(time, _next_shift(luck, time) - time, kind, sold=bool(luck.random() < 0.1), **facts)


def _moderated(luck: np.random.Generator, time: float, kind: str, facts: dict[str, Any]) -> dict[str, Any]:
    facts["satisfaction"] = NAN
    if kind == "spam" and luck.random() < 0.7:
        return done(time, "delete", kind=kind, rule=0, **facts)
    after = _next_shift(luck, time) - time
    action = str(luck.choice(["hide", "block", "leave"]))
    return done(time, action, after, kind=kind, by_hand=True, handle_minutes=1.0, **facts)


def _next_shift(luck: np.random.Generator, time: float) -> float:
    """A minute of the next morning shift at work."""
    day = int(time // MINUTES_PER_DAY) + (time % MINUTES_PER_DAY > 13 * 60)
    while day % 7 > 4:
        day += 1
    return max(time + 2, day * 1_440.0 + 540 + float(luck.exponential(60)))


def large_month(seed: int = 4) -> MadeMonth:
    """Four weeks with mail, a crisis, a pile-on, rules and work every weekday morning."""
    luck = np.random.default_rng(seed + 1)
    days = [day for day in range(28) if day % 7 < 5]
    rows = []
    for day in days:
        time = day * 1_440.0 + 540
        for task in ("reading", "reply", "moderation", "reply", "escalation", "production", "switching"):
            minutes = float(luck.uniform(3, 60 if task in ("reply", "production") else 12))
            rows.append((time, minutes, task))
            time += minutes
    work = worked(*rows, shift=[240.0 * (day % 7 < 5) for day in range(28)])
    found = large_mail(seed=seed)
    hard = (
        Incident("wrong price", 9 * 1_440.0 + 900, 10 * 1_440.0 + 560),
        Incident("pile-on", 17 * 1_440.0 + 1_200, NAN),
    )
    for number, incident in enumerate(hard):
        of_it = (found.time >= incident.begin_time) & (found.time < incident.begin_time + 900)
        found.incident[of_it] = number
    month = with_mail(posted_month(), found, hard, work)
    rules = (("links", "delete"), ("never seen", "hide"), ("price list", "reply"))
    return with_rules(month, *rules)
