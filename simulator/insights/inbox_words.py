"""The words of a month's inbox: who got an answer and how soon, who went elsewhere, who was silenced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.insights import message_marks as marks
from simulator.insights.inbox_metrics import Inbox, work_hours
from simulator.insights.inbox_picture_words import incident_title, lasting
from simulator.insights.inbox_rules import RuleFound
from simulator.insights.metrics import ratio
from simulator.insights.tables import Insights
from simulator.insights.words import listed, percent, when
from simulator.network.messages import ACTIONS_TAKEN
from simulator.network.work import TASKS
from simulator.texts import say
from simulator.units import moment_at
from simulator.world.talk import WORTH_AN_ANSWER

if TYPE_CHECKING:
    from simulator.network.messages import Incident

PILE_ON: Final = "pile-on"
"""The hard day on which silence is right."""


def inbox_sentences(insights: Insights) -> list[str]:
    """What large numbers and pictures do not say of the month's messages, as far as it is true."""
    found = insights.inbox
    tellers = (_of_kinds, _nobody, _platform, _moods, _hours)
    return [sentence for tell in tellers if (sentence := tell(found))]


def inbox_headline(insights: Insights) -> str:
    """The sentences of messages that matter most; empty when nobody wrote."""
    found = insights.inbox
    tellers = (_of_kinds, _nobody, _soon, _sales) if len(found.messages) else ()
    return " ".join(filter(None, (tell(found) for tell in tellers)))


def incident_stories(insights: Insights) -> list[str]:
    """Each hard day: when it began, who wrote, and what the page said."""
    incidents = enumerate(insights.month.log.incidents)
    return [" ".join(_story(insights, row, incident)) for row, incident in incidents]


def never_fired(rules: Sequence[RuleFound]) -> str:
    """Which rules caught nothing; empty when every rule did."""
    idle = [rule.name for rule in rules if not rule.fired]
    return say("inbox.rules.never", rules=listed(idle)) if idle else ""


# ---------------------------------------------------------------- sentences


def _of_kinds(found: Inbox) -> str:
    """How many of each kind worth an answer got one."""
    rows, answered = found.messages, marks.answered(found.messages)
    parts = []
    for kind in WORTH_AN_ANSWER:
        of_kind = marks.of_kind(rows, kind)
        if of_kind.any():
            words = {"answered": f"{(of_kind & answered).sum():,}", "came": f"{of_kind.sum():,}"}
            parts.append(say("inbox.words.of_kind", kind=say(f"inbox.kinds.{kind}"), **words))
    return say("inbox.words.answers", parts=listed(parts)) if parts else say("inbox.words.nothing_to_answer")


def _nobody(found: Inbox) -> str:
    """That no person answered, where somebody wanted it."""
    wanted = found.figures["worth_an_answer"] and not found.figures["conversations_answered"]
    return say("inbox.words.nobody") if wanted else ""


def _soon(found: Inbox) -> str:
    """How soon a person answered."""
    figures = found.figures
    if not (figures["worth_an_answer"] and figures["conversations_answered"]):
        return ""
    middle, most = (lasting(figures[f"first_response_minutes_{part}"]) for part in ("median", "p90"))
    answered = f"{figures['conversations_answered']:,}"
    return say("inbox.words.soon", answered=answered, middle=middle, most=most)


def _platform(found: Inbox) -> str:
    """Whether the platform shows a rate on the page, and the badge."""
    if not found.response.counted:
        return say("inbox.words.no_rate")
    return say(f"inbox.words.{'badge' if found.very_responsive else 'no_badge'}")


def _sales(found: Inbox) -> str:
    missed, sold = found.figures["missed_customers"], found.figures["sales_from_messages"]
    parts = []
    if missed:
        parts.append(say(f"inbox.words.missed_{_number(missed)}", missed=f"{missed:,}"))
    if sold:
        parts.append(say(f"inbox.words.sold_{_number(sold)}", sold=f"{sold:,}"))
    return " ".join(parts)


def _moods(found: Inbox) -> str:
    figures = found.figures
    if not figures["rated_conversations"]:
        return ""
    shares = {name: percent(figures[f"{name}_share"], 0) for name in ("content", "cross")}
    return say("inbox.words.moods", rated=f"{figures['rated_conversations']:,}", **shares)


def _hours(found: Inbox) -> str:
    work = found.month.log.work
    if work is None:
        return say("inbox.words.no_shifts")
    by_task = work_hours(work, found.month.log.days).sum(axis=0)
    inbox = float(by_task.sum() - by_task[TASKS.index("production")])
    words = {
        "hours": f"{by_task.sum():.1f}",
        "shift": f"{found.figures['shift_hours']:.1f}",
        "inbox": f"{inbox:.1f}",
    }
    sentence = say("inbox.words.hours", **words)
    if found.figures["handled"]:
        words = {
            "handled": f"{found.figures['handled']:,}",
            "minutes": f"{found.figures['handle_minutes']:.1f}",
        }
        sentence += " " + say("inbox.words.handle", **words)
    return sentence


# ---------------------------------------------------------------- hard days


def _story(insights: Insights, row: int, incident: Incident) -> Iterator[str]:
    rows = insights.inbox.messages
    of_it = rows.incident == row
    yield say(
        "inbox.words.incident",
        kind=incident_title(incident.kind),
        began=when(moment_at(insights.month.log.begin, incident.begin_time)),
        messages=f"{of_it.sum():,}",
        people=f"{len(np.unique(rows.sender[of_it])):,}",
    )
    spoke, silent = ("fed", "not_fed") if incident.kind == PILE_ON else ("spoke", "silent")
    if np.isfinite(incident.answered_time):
        yield say(f"inbox.words.{spoke}", after=lasting(incident.answered_time - incident.begin_time))
    canned = int((of_it & (rows.action == ACTIONS_TAKEN.index("reply"))).sum())
    if canned:
        yield say(f"inbox.words.{'canned_fed' if incident.kind == PILE_ON else 'canned'}", count=canned)
    elif not np.isfinite(incident.answered_time):
        yield say(f"inbox.words.{silent}")
    bad = of_it & marks.unwanted(rows)
    if bad.any():
        gone = int((bad & marks.taken_away(rows)).sum())
        share = percent(float(ratio(gone, int(bad.sum()))), 0)
        yield say("inbox.words.cleared", gone=f"{gone:,}", bad=f"{bad.sum():,}", share=share)


def _number(count: int) -> str:
    """Singular or plural."""
    return "one" if count == 1 else "many"
