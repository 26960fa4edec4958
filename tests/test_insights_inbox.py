"""Figures of the inbox: counted on paper, adding up, and defined where there is something to define."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.insights import message_marks as marks
from simulator.insights.inbox_metrics import DERIVED, SUMMARY, Inbox, backlog, work_hours
from simulator.insights.metrics import METRICS
from simulator.insights.tables import plain
from simulator.network.messages import ACTIONS_TAKEN, Incident
from simulator.network.work import TASKS
from simulator.world.talk import KINDS
from tests.example_mail import (
    NAN,
    done,
    large_mail,
    large_month,
    mail,
    mail_month,
    paper_mail,
    paper_month,
    replied,
    with_mail,
    worked,
    wrote,
)
from tests.example_months import empty_month

DAY = 1_440.0


def inbox(*rows, **other) -> Inbox:
    """The inbox of a month with these messages."""
    return mail_month(*rows, **other).insights.inbox


def test_worked_example_counts_of_the_paper_month() -> None:
    """Worked example: what is counted of twelve messages."""
    figures = paper_month().insights.inbox.figures
    counts = {
        "messages": 12,
        "conversations": 11,
        "conversations_answered": 3,
        "worth_an_answer": 7,
        "answered": 5,
        "unwanted": 4,
        "taken_away": 3,
        "unwanted_taken_away": 2,
        "wrongly_taken_away": 1,
        "missed_customers": 3,
        "sales_from_messages": 1,
        "handled": 5,
        "backlog_end": 2,
        "rated_conversations": 7,
        "content_conversations": 3,
        "cross_conversations": 3,
    }
    assert {name: figures[name] for name in counts} == counts


def test_worked_example_times_of_the_paper_month() -> None:
    """Worked example: thirty, ninety and 1,500 minutes; twenty-one minutes of work on five messages."""
    figures = paper_month().insights.inbox.figures
    assert figures["first_response_minutes_median"] == 90
    assert figures["first_response_minutes_p90"] == pytest.approx(90 + 0.8 * 1_410)
    assert figures["handle_minutes"] == pytest.approx(4.2)
    assert figures["first_word_minutes"] == 140
    assert (figures["first_messages"], figures["first_messages_answered"]) == (6, 3)
    assert figures["response_minutes"] == pytest.approx(540)
    assert figures["work_hours"] == pytest.approx(43 / 60)
    assert figures["shift_hours"] == 4


def test_worked_example_shares_of_the_paper_month() -> None:
    """Worked example: each share with its denominator."""
    figures = paper_month().insights.inbox.figures
    shares = {
        "answered_share": 5 / 7,
        "sla_1h": 2 / 6,
        "sla_24h": 3 / 6,
        "response_rate": 0.5,
        "moderation_precision": 2 / 3,
        "moderation_recall": 0.5,
        "content_share": 3 / 7,
        "cross_share": 3 / 7,
        "satisfaction": 0.05 / 7,
        "shift_use": 43 / 240,
    }
    assert {name: figures[name] for name in shares} == pytest.approx(shares, abs=1e-6)


def test_invariant_every_figure_is_a_metric_and_every_share_is_printed_as_computed() -> None:
    """Invariant: names, units and formulas are those of the metrics' table."""
    figures = paper_month().insights.inbox.figures
    assert set(figures) <= set(METRICS)
    for name in DERIVED:
        part, whole = METRICS[name].formula.split(" / ")
        assert figures[name] == pytest.approx(figures[part] / figures[whole])
        assert METRICS[name].denominator == whole


def test_worked_example_the_summary_has_them_at_its_end() -> None:
    """Worked example: nine keys in their order; what is undefined is null in JSON."""
    summary = paper_month().insights.summary
    assert tuple(summary)[-9:] == SUMMARY
    assert summary["answered"] == 5
    nothing = json.loads(json.dumps(plain(empty_month().insights.summary), allow_nan=False))
    assert [nothing[name] for name in SUMMARY] == [0, 0, None, None, None, None, None, 0, 0]


def test_extreme_nobody_writes() -> None:
    """Extreme: no warning, zeros where something is counted, NaN where a share has no whole."""
    figures = empty_month().insights.inbox.figures
    for name, value in figures.items():
        assert value == 0 or math.isnan(value), name
    assert math.isnan(figures["moderation_precision"])
    assert empty_month(days=3).insights.inbox.backlog.tolist() == [0] * 73


def test_extreme_only_spam_and_nobody_there() -> None:
    """Extreme: nothing was taken away, so precision is undefined and recall nought."""
    figures = inbox(*(wrote(k, "spam", sender=-1) for k in range(30))).figures
    assert math.isnan(figures["moderation_precision"])
    assert figures["moderation_recall"] == 0
    assert math.isnan(figures["response_rate"])
    assert figures["backlog_end"] == 30


def test_extreme_nothing_unwanted_came() -> None:
    """Extreme: recall is undefined; taking anything away is wrong every time."""
    figures = inbox(done(5, "hide"), wrote(9)).figures
    assert math.isnan(figures["moderation_recall"])
    assert figures["moderation_precision"] == 0


def test_worked_example_a_canned_reply_answers_when_it_speaks_of_it() -> None:
    """Worked example: right it is an answer, wrong it is none; the platform counts neither."""
    right = inbox(done(0, "reply", right=True))
    assert (right.figures["answered"], right.figures["sla_1h"], right.figures["response_rate"]) == (1, 1, 0)
    assert right.figures["conversations_answered"] == 0
    wrong = inbox(done(0, "reply"))
    assert (wrong.figures["answered"], wrong.figures["sla_24h"]) == (0, 0)
    mended = inbox(done(0, "reply", reply_time=30.0))
    assert (mended.figures["answered"], mended.figures["response_rate"]) == (1, 1)
    assert not marks.beside_the_point(mended.messages).any()


def test_worked_example_what_came_just_before_the_end_is_not_yet_late() -> None:
    """Worked example: on the last day nobody knows whether the day would have been kept."""
    figures = inbox(wrote(DAY + 1, sender=2), replied(100, 61), replied(DAY, 60, sender=3)).figures
    assert (figures["conversations_due"], figures["answered_within_1h"]) == (2, 1)
    assert figures["answered_within_24h"] == 2


def test_worked_example_comments_are_not_of_the_platforms_rate() -> None:
    """Worked example: a comment answered by a person is an answer, but no first message."""
    found = inbox(replied(0, 10, public=True, post=0), wrote(5, sender=2))
    assert (found.response.counted, found.response.answered) == (1, 0)
    assert found.figures["answered"] == 1


def test_worked_example_the_badge_is_borne() -> None:
    """Worked example: answered within five minutes."""
    assert inbox(replied(100, 5)).very_responsive
    assert not inbox(replied(100, 50)).very_responsive


def test_worked_example_backlog_hour_by_hour() -> None:
    """Worked example: the paper month's messages as they wait; what rules settle never does."""
    waiting = backlog(paper_mail(), 2)
    assert len(waiting) == 49
    assert waiting[:6].tolist() == [0, 1, 0, 0, 1, 0]
    assert waiting[[11, 14, 26, 35, 36, 37, 48]].tolist() == [0, 2, 3, 3, 2, 1, 2]
    assert backlog(mail(done(10, "delete")), 1).max() == 0


def test_worked_example_hours_by_day_and_task() -> None:
    """Worked example: a stretch belongs to the day it began on, the last day takes what comes after."""
    hours = work_hours(worked((DAY - 10, 60, "reply"), (5 * DAY, 30, "reading"), shift=[0, 0]), 2)
    assert hours.shape == (2, len(TASKS))
    assert hours[0, TASKS.index("reply")] == 1
    assert hours[1, TASKS.index("reading")] == 0.5
    assert work_hours(worked(shift=[]), 3).sum() == 0


def test_worked_example_the_first_word_is_a_mean_of_those_said() -> None:
    """Worked example: a day without a word is left out of the mean, and alone it has none."""
    spoke, silent = Incident("wrong price", 100, 160), Incident("pile-on", 500, NAN)
    month = mail_month(wrote(1), incidents=(spoke, silent))
    assert month.insights.inbox.figures["first_word_minutes"] == 60
    month = mail_month(wrote(1), incidents=(silent,))
    assert math.isnan(month.insights.inbox.figures["first_word_minutes"])


def test_worked_example_a_customer_is_missed_once() -> None:
    """Worked example: three messages of one person are one missed customer."""
    assert inbox(*(wrote(k, sender=3, missed=True) for k in range(3))).figures["missed_customers"] == 1


@pytest.mark.parametrize("seed", [1, 2])
def test_invariant_parts_of_a_large_month(seed: int) -> None:
    """Invariant: parts are no larger than their wholes, shares are shares."""
    figures = large_month(seed).insights.inbox.figures
    for name in DERIVED:
        assert 0 <= figures[name] <= 1 or METRICS[name].unit != "share"
    assert figures["answered"] <= figures["worth_an_answer"] <= figures["messages"]
    assert figures["sla_1h"] <= figures["sla_24h"]
    assert figures["first_response_minutes_median"] <= figures["first_response_minutes_p90"]


def test_invariant_backlog_is_never_below_nought_and_ends_as_counted() -> None:
    """Invariant: hour by hour, and at the end what waits or expires later."""
    found = large_mail()
    waiting = backlog(found, 28)
    assert waiting.min() >= 0
    left = marks.waits_for_hands(found) & ~(found.action_time <= 28 * DAY)
    assert waiting[-1] == left.sum()


ROWS = st.lists(
    st.builds(
        lambda time, kind, action, after, reply, sender, thread, mood: wrote(
            float(time),
            kind,
            action=action,
            action_time=NAN if action == "waiting" else float(time + after),
            reply_time=float(time + after) if reply else NAN,
            sender=sender,
            thread=thread,
            satisfaction=mood,
        ),
        st.integers(0, 2_800),
        st.sampled_from(KINDS),
        st.sampled_from(ACTIONS_TAKEN),
        st.integers(0, 3_000),
        st.booleans(),
        st.integers(-3, 5),
        st.integers(0, 9),
        st.sampled_from([NAN, -1.0, -0.3, 0.0, 0.3, 1.0]),
    ),
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_invariant_any_mail_has_figures(rows) -> None:
    """Invariant: whatever came and was done, figures without a warning, shares within 0 and 1."""
    figures = inbox(*rows).figures
    for name in DERIVED:
        value = figures[name]
        assert math.isnan(value) or 0 <= value <= 1 or METRICS[name].unit != "share", name
    assert figures["conversations"] <= figures["messages"] == len(rows)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_invariant_one_more_unanswered_question_never_helps(rows) -> None:
    """Invariant: answered share, SLA shares and response rate do not rise."""
    before = inbox(*rows).figures
    after = inbox(*rows, wrote(100.0, sender=77, thread=77)).figures
    for name in ("answered_share", "sla_1h", "sla_24h", "response_rate"):
        assert after[name] <= before[name] or math.isnan(before[name])


def test_invariant_work_of_nobody_is_undefined() -> None:
    """Invariant: without shifts no hours are claimed; with an empty shift the use is undefined."""
    assert math.isnan(paper_free().insights.inbox.figures["work_hours"])
    idle = with_mail(empty_month(days=2), paper_mail(), work=worked(shift=[0, 0]))
    figures = idle.insights.inbox.figures
    assert figures["work_hours"] == 0
    assert math.isnan(figures["shift_use"])


def paper_free():
    """The paper month of somebody without shifts."""
    month = paper_month()
    return replace(month, log=replace(month.log, work=None))


def test_invariant_conversations_hold_every_message() -> None:
    """Invariant: openings stand in order of time, each message belongs to one conversation."""
    found = large_month().insights.inbox
    talks = found.conversations
    assert (np.diff(talks.opening) > 0).all()
    assert set(talks.of_message.tolist()) == set(range(len(talks)))
    assert (talks.time[talks.of_message] <= found.messages.time).all()
    answered = ~np.isnan(talks.response_minutes)
    assert (talks.answer_minutes[answered] <= talks.response_minutes[answered]).all()
