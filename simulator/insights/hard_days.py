"""Hard days: what went wrong, what the page said to it, and how often such days come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.insights import message_marks as marks
from simulator.insights.inbox_picture_words import incident_title, lasting
from simulator.insights.metrics import ratio
from simulator.insights.sections import Term
from simulator.insights.tables import Insights
from simulator.insights.words import percent, when
from simulator.network.incidents import hard_day_chance
from simulator.network.messages import ACTIONS_TAKEN
from simulator.texts import say
from simulator.units import moment_at

if TYPE_CHECKING:
    from simulator.network.messages import Incident

PILE_ON: Final = "pile-on"
"""The hard day on which silence is right."""


def incident_stories(insights: Insights) -> list[str]:
    """Each hard day: when it began, who wrote, and what the page said."""
    incidents = enumerate(insights.month.log.incidents)
    return [" ".join(_story(insights, row, incident)) for row, incident in incidents]


def hard_days_note(insights: Insights) -> str:
    """How often hard days come whatever is done; empty when none came."""
    month = insights.month
    if not month.log.incidents:
        return ""
    months = round(1 / max(hard_day_chance(month.client.hidden.parameters), 0.01))
    often = "every_month" if months < 2 else "one_month_of"
    return say("inbox.words.not_your_doing", often=say(f"inbox.words.{often}", months=months))


def hard_day_terms(insights: Insights) -> tuple[Term, ...]:
    """What hard days are, where one came."""
    month = insights.month
    if not month.log.incidents:
        return ()
    p = month.client.hidden.parameters
    chances = {"hard_days": hard_day_chance(p), "pile_on": p["incident.pile_on_chance"]}
    return tuple(
        Term(
            name,
            say(f"report.terms.{name}"),
            say(f"report.terms.{name}_says"),
            say("report.terms.by_lot", share=percent(chance, 0)),
        )
        for name, chance in chances.items()
    )


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
    if incident.kind != PILE_ON and not (of_it & marks.with_action(rows, "escalate")).any():
        yield say("inbox.words.not_passed_on")
    bad = of_it & marks.unwanted(rows)
    if bad.any():
        gone = int((bad & marks.taken_away(rows)).sum())
        share = percent(float(ratio(gone, int(bad.sum()))), 0)
        yield say("inbox.words.cleared", gone=f"{gone:,}", bad=f"{bad.sum():,}", share=share)
