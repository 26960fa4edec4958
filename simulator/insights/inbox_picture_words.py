"""The words of the inbox's pictures: what each shows, and what to look for in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from simulator.insights.deeds import Deeds
from simulator.insights.inbox_metrics import Inbox
from simulator.insights.message_marks import TAKING_AWAY
from simulator.insights.metrics import ratio
from simulator.insights.presence import minutes_there
from simulator.insights.tables import WEEKDAYS, Insights
from simulator.insights.words import listed, percent, when
from simulator.network.work import TASKS
from simulator.texts import say
from simulator.units import MINUTES_PER_DAY, MINUTES_PER_HOUR, moment_at
from simulator.world.talk import KINDS

if TYPE_CHECKING:
    from simulator.network.messages import Incident, Messages

FRAMED: Final = 0.5
"""An hour of the week counts as attended when somebody is there for this share of it."""

Words = tuple[str, str]
"""What stands for a picture to who cannot see it, and under it."""


def lasting(minutes: float) -> str:
    """How long something lasted, in the two largest units.

    >>> lasting(45), lasting(130), lasting(60), lasting(1_440), lasting(3 * 1_440 + 250), lasting(0.4)
    ('45 min', '2 h 10 min', '1 h', '24 h', '3 days 4 h', '0 min')
    """
    whole = round(minutes)
    if whole < MINUTES_PER_HOUR:
        return say("inbox.lasting.minutes", minutes=whole)
    if whole <= MINUTES_PER_DAY:
        hours, rest = divmod(whole, MINUTES_PER_HOUR)
        return _two("hours", hours, "minutes", rest)
    days, hours = divmod(round(whole / MINUTES_PER_HOUR), 24)
    return _two("day" if days == 1 else "days", days, "hours", hours)


def kind_counts(messages: Messages) -> str:
    """How many messages of each kind came, only of kinds that did.

    >>> from simulator.network.messages import messages
    >>> kind_counts(messages(kind=[0, 0, 5]))
    'questions (2), spam (1)'
    """
    counts = np.bincount(messages.kind, minlength=len(KINDS)).tolist()
    return listed(
        say("inbox.charts.kind_count", kind=say(f"inbox.kinds.{kind}"), count=f"{count:,}")
        for kind, count in zip(KINDS, counts, strict=True)
        if count
    )


def arrivals_words(insights: Insights, cells: NDArray[np.int64], there: NDArray[np.float64]) -> Words:
    """When messages come, and whether somebody is there then."""
    if not cells.sum():
        return say("inbox.charts.arrivals_none"), ""
    minutes = minutes_there(insights.month)
    if not minutes.any():
        main = say("inbox.charts.arrivals_nobody")
    else:
        at = np.clip(insights.inbox.messages.time.astype(np.int64), 0, len(minutes) - 1)
        share = percent(float(minutes[at].mean()), 0)
        main = say("inbox.charts.arrivals_main", share=share, messages=f"{cells.sum():,}")
    busiest = np.argsort(-cells, axis=None, kind="stable")[:3]
    peaks = [_peak(int(cell), int(cells.flat[cell]), there) for cell in busiest if cells.flat[cell]]
    alt = say("inbox.charts.arrivals_alt", messages=f"{cells.sum():,}", peaks="; ".join(peaks), main=main)
    caption = "framed" if (there >= FRAMED).any() else "unframed"
    return alt, f"{main} {say(f'inbox.charts.arrivals_{caption}')}"


def _peak(cell: int, count: int, there: NDArray[np.float64]) -> str:
    day, hour = divmod(cell, 24)
    words = {"day": say(f"insights.days.{WEEKDAYS[day]}"), "hour": f"{hour:02d}:00", "count": f"{count:,}"}
    attended = "there" if there[day, hour] >= FRAMED else "away"
    return say(f"inbox.charts.peak_{attended}", **words)


def backlog_words(insights: Insights) -> Words:
    """How many waited at worst, and at the end."""
    waiting, log = insights.inbox.backlog, insights.month.log
    if not len(log.messages):
        return say("inbox.charts.backlog_none"), ""
    if not waiting.max():
        main = say("inbox.charts.backlog_never")
    else:
        worst = moment_at(log.begin, float(waiting.argmax()) * MINUTES_PER_HOUR)
        counts = {"most": f"{waiting.max():,}", "end": f"{waiting[-1]:,}", "mean": f"{waiting.mean():.1f}"}
        main = say("inbox.charts.backlog_main", when=when(worst), **counts)
    alt = " ".join([main, *(_incident_words(insights, incident) for incident in log.incidents)])
    return alt, " ".join([main, *_backlog_marks(insights)])


def _backlog_marks(insights: Insights) -> Iterator[str]:
    """What the marks of the backlog's picture are, as far as there are any, and what to look for."""
    there, incidents = minutes_there(insights.month).any(), insights.month.log.incidents
    yield say("inbox.charts.backlog_caption")
    if there:
        yield say("inbox.charts.backlog_shaded")
    if incidents:
        yield say("inbox.charts.backlog_dashed")
    if any(np.isfinite(incident.answered_time) for incident in incidents):
        yield say("inbox.charts.backlog_triangle")
    yield say(f"inbox.charts.backlog_{'look' if there else 'nobody'}")


def _incident_words(insights: Insights, incident: Incident) -> str:
    began = when(moment_at(insights.month.log.begin, incident.begin_time))
    return say("inbox.charts.backlog_incident", kind=incident_title(incident.kind), began=began)


def response_words(found: Inbox) -> Words:
    """How many are answered within an hour, within a day, and ever."""
    figures = found.figures
    if not figures["conversations_due"]:
        return say("inbox.charts.response_none"), ""
    due = f"{figures['conversations_due']:,}"
    ever = float(np.mean(~np.isnan(found.conversations.answer_minutes[found.due])))
    if not ever:
        return say("inbox.charts.response_never", due=due), ""
    words: dict[str, Any] = {
        "due": due,
        "hour": percent(figures["sla_1h"], 0),
        "day": percent(figures["sla_24h"], 0),
        "never": percent(1 - ever, 0),
    }
    main = say("inbox.charts.response_main", **words)
    by_person = say("inbox.charts.response_nobody")
    if figures["conversations_answered"]:
        middle, most = (lasting(figures[f"first_response_minutes_{part}"]) for part in ("median", "p90"))
        by_person = say("inbox.charts.response_person", middle=middle, most=most)
    return f"{main} {by_person}", f"{main} {say('inbox.charts.response_caption')}"


def deeds_words(table: Deeds) -> Words:
    """Row by row what was done, and how much of it was wrong."""
    if not table.kinds:
        return say("inbox.charts.deeds_none"), ""
    total = int(table.counts.sum())
    share = percent(float(ratio(table.wrong_count, total)), 0)
    main = say("inbox.charts.deeds_main", wrong=f"{table.wrong_count:,}", messages=f"{total:,}", share=share)
    rows = "; ".join(_deeds_of(table, row) for row in range(len(table.kinds)))
    alt = f"{main} {say('inbox.charts.deeds_rows', rows=rows)}"
    marks = [say("inbox.charts.deeds_framed")] if table.wrong_count else []
    if set(table.names) & set(TAKING_AWAY):
        marks.append(say("inbox.charts.deeds_right"))
    return alt, " ".join([main, say("inbox.charts.deeds_caption"), *marks, say("inbox.charts.deeds_want")])


def _deeds_of(table: Deeds, row: int) -> str:
    done = [
        say("inbox.charts.deed", deed=deed_title(table.names[column]), count=f"{table.counts[row, column]:,}")
        for column in np.flatnonzero(table.counts[row]).tolist()
    ]
    return say("inbox.charts.deeds_row", kind=say(f"inbox.kinds.{table.kinds[row]}"), deeds=listed(done))


def work_words(hours: NDArray[np.float64]) -> Words:
    """Where the hours went."""
    total = float(hours.sum())
    if not total:
        return say("inbox.charts.work_none"), ""
    by_task = hours.sum(axis=0)
    tasks = [
        say("inbox.charts.task_hours", task=say(f"inbox.tasks.{TASKS[task]}"), hours=f"{by_task[task]:.1f}")
        for task in np.argsort(-by_task, kind="stable").tolist()
        if by_task[task]
    ]
    inbox_share = percent(1 - float(by_task[TASKS.index("production")]) / total, 0)
    main = say("inbox.charts.work_main", hours=f"{total:.1f}", share=inbox_share)
    alt = f"{main} {say('inbox.charts.work_tasks', tasks=listed(tasks))}"
    return alt, f"{main} {say('inbox.charts.work_caption')}"


def incident_title(kind: str) -> str:
    """A hard day's name."""
    return say(f"inbox.incidents.{kind.replace(' ', '_').replace('-', '_')}")


def deed_title(deed: str) -> str:
    """What was done, on one line."""
    return say(f"inbox.deeds.{deed.replace(' ', '_')}").replace("\n", " ")


def _two(large: str, many: int, small: str, few: int) -> str:
    first = say(f"inbox.lasting.{large}", **{large.rstrip("s") + "s": many})
    return f"{first} {say(f'inbox.lasting.{small}', **{small: few})}" if few else first
