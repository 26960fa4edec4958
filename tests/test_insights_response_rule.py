"""The response rule: every clause of it, worked by hand, and what holds for any exchange."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.insights.response_rule import (
    FEWEST,
    Talk,
    fastest_mean,
    first_messages,
    page_response,
    very_responsive,
)

HOUR, DAY = 60.0, 1_440.0
NOW = 100 * DAY


def strangers(times: list[float], answered: dict[int, float] | None = None) -> Talk:
    """One message each from different people; ``answered``: minutes until the answer, by row."""
    replies = [(times[row] + minutes, row) for row, minutes in (answered or {}).items()]
    return Talk.of([(time, row, True) for row, time in enumerate(times)], replies)


def test_worked_example_a_message_counts_after_a_day_of_silence() -> None:
    """Worked example: the first counts, one a minute too early does not, one a day after that does."""
    talk = Talk.of([(0, 7, True), (DAY - 1, 7, True), (2 * DAY - 1, 7, True)])
    assert first_messages(talk).time.tolist() == [0, 2 * DAY - 1]


def test_worked_example_what_the_page_writes_breaks_the_silence_too() -> None:
    """Worked example: a day after the person's last word, but only half a day after the page's."""
    messages = [(0, 7, True), (1.5 * DAY, 7, True)]
    assert len(first_messages(Talk.of(messages)).time) == 2
    assert first_messages(Talk.of(messages, [(DAY, 7)])).time.tolist() == [0]


def test_worked_example_silence_is_between_two() -> None:
    """Worked example: what others write, and what the page writes to others, breaks nobody's silence."""
    talk = Talk.of([(0, 1, True), (DAY, 2, True), (1.2 * DAY, 1, True)], [(1.1 * DAY, 2)])
    assert first_messages(talk).time.tolist() == [0, DAY, 1.2 * DAY]


def test_worked_example_an_answer_belongs_to_the_talk_it_falls_into() -> None:
    """Worked example: thirty hours late still answers, unless the person began anew in between."""
    late = Talk.of([(0, 1, True)], [(30 * HOUR, 1)])
    assert first_messages(late).minutes.tolist() == [30 * HOUR]
    anew = Talk.of([(0, 1, True), (25 * HOUR, 1, True)], [(30 * HOUR, 1)])
    assert first_messages(anew).minutes.tolist() == pytest.approx([math.nan, 5 * HOUR], nan_ok=True)


def test_worked_example_a_reply_before_or_to_somebody_else_is_no_answer() -> None:
    """Worked example: at the same minute it is one, to another person not; after the page's own word
    nothing new begins."""
    talk = Talk.of([(100, 2, True), (100, 3, True)], [(100, 2), (101, 4)])
    assert sorted(first_messages(talk).minutes.tolist()) == pytest.approx([0, math.nan], nan_ok=True)
    assert len(first_messages(Talk.of([(100, 1, True)], [(99, 1)])).time) == 0


def test_worked_example_the_first_reply_decides() -> None:
    """Worked example: the second reply, and a reply to what the person wrote on, change nothing."""
    talk = Talk.of([(0, 1, True), (20, 1, True)], [(12, 1), (25, 1), (40, 1)])
    assert first_messages(talk).minutes.tolist() == [12]


def test_worked_example_spam_is_no_message_and_breaks_no_silence() -> None:
    """Worked example: spam is not counted, and a message soon after it is still a first one."""
    talk = Talk.of([(0, 1, False), (10, 1, True)])
    assert first_messages(talk).time.tolist() == [10]
    assert page_response(Talk.of([(0, 1, False)]), 100).counted == 0


def test_worked_example_the_last_thirty_days_count() -> None:
    """Worked example: ten old answered ones and ten recent ones: only the recent ones, the limit included."""
    old = [NOW - 40 * DAY + k for k in range(10)]
    recent = [NOW - 30 * DAY, *(NOW - 20 * DAY + k for k in range(9))]
    talk = strangers(old + recent, dict.fromkeys(range(10), 5.0))
    assert page_response(talk, NOW).counted == 10
    assert page_response(talk, NOW).rate == 0
    more = strangers([*old, *recent, NOW - 1], dict.fromkeys(range(10), 5.0))
    assert page_response(more, NOW).counted == 11


def test_worked_example_with_fewer_than_ten_the_last_ten_of_any_age() -> None:
    """Worked example: nine recent ones and the youngest of many old ones; two in all are two."""
    old = [NOW - 60 * DAY + k for k in range(20)]
    recent = [NOW - 5 * DAY + k for k in range(9)]
    answered = dict.fromkeys((18, 19, 20, 21, 22), 30.0)
    found = page_response(strangers(old + recent, answered), NOW)
    assert (found.counted, found.answered) == (10, 4)
    assert page_response(strangers([NOW - 90 * DAY, NOW - 80 * DAY], {0: 3.0}), NOW).rate == 0.5


def test_worked_example_the_fastest_nine_tenths_make_the_time() -> None:
    """Worked example: of ten the slowest is left out, of eleven one, of nine none; unanswered ones never."""
    assert fastest_mean(np.arange(1.0, 11.0)) == 5.0
    assert fastest_mean(np.arange(1.0, 12.0)) == 5.5
    assert fastest_mean(np.arange(1.0, 10.0)) == 5.0
    times = [NOW - 5 * DAY + k for k in range(12)]
    talk = strangers(times, {row: float(row + 1) for row in range(10)})
    found = page_response(talk, NOW)
    assert (found.rate, found.minutes) == (10 / 12, 5.0)


def test_worked_example_what_is_not_yet_said_is_not_known() -> None:
    """Worked example: seen before the reply, the message is unanswered; before the message, there is none."""
    talk = strangers([1_000], {0: 60})
    assert [page_response(talk, now).answered for now in (1_000, 1_059, 1_060)] == [0, 0, 1]
    assert page_response(talk, 999).counted == 0


@pytest.mark.parametrize(
    ("answered", "minutes", "badge"), [(9, 15.0, True), (9, 15.5, False), (8, 1.0, False), (10, 15.0, True)]
)
def test_worked_example_the_badge(answered: int, minutes: float, badge: bool) -> None:
    """Worked example: nine of ten within a quarter of an hour, and not a bit less."""
    times = [NOW - 3 * DAY + k for k in range(10)]
    assert very_responsive(strangers(times, dict.fromkeys(range(answered), minutes)), NOW) == badge


def test_worked_example_the_badge_is_of_seven_days() -> None:
    """Worked example: what was slow eight days ago is forgotten, and so is what was quick."""
    slow = strangers([NOW - 8 * DAY, NOW - DAY], {0: 600.0, 1: 5.0})
    assert very_responsive(slow, NOW)
    quick = strangers([NOW - 8 * DAY], {0: 1.0})
    assert not very_responsive(quick, NOW)
    assert page_response(quick, NOW).rate == 1.0


def test_extreme_nobody_writes() -> None:
    """Extreme: no message, no rate, no time, no badge; replies to nobody change nothing."""
    for talk in (Talk.of([]), Talk.of([], [(5, 1)])):
        found = page_response(talk, NOW)
        assert (found.counted, found.answered) == (0, 0)
        assert math.isnan(found.rate)
        assert math.isnan(found.minutes)
        assert not very_responsive(talk, NOW)


MOMENTS = st.integers(0, 70 * 24).map(lambda hours: hours * HOUR)
TALKS = st.builds(
    Talk.of,
    st.lists(st.tuples(MOMENTS, st.integers(0, 6), st.booleans()), max_size=40),
    st.lists(st.tuples(MOMENTS, st.integers(0, 6)), max_size=40),
)


@given(TALKS, MOMENTS)
def test_invariant_rates_are_shares_and_times_are_times(talk: Talk, now: float) -> None:
    """Invariant: rate 0-1 or undefined, time from 0 on, defined when anything was answered."""
    found = page_response(talk, now)
    assert 0 <= found.answered <= found.counted <= talk.counts.sum()
    assert math.isnan(found.rate) == (found.counted == 0)
    assert math.isnan(found.minutes) == (found.answered == 0)
    assert found.answered == 0 or 0 <= found.minutes <= now


@given(TALKS, MOMENTS, MOMENTS)
def test_invariant_one_more_unanswered_never_raises_the_rate(talk: Talk, at: float, now: float) -> None:
    """Invariant: a message from somebody new that nobody answers leaves the rate or lowers it."""
    more = replace(
        talk,
        message_time=np.append(talk.message_time, at),
        sender=np.append(talk.sender, 99),
        counts=np.append(talk.counts, True),
    )
    before, after = page_response(talk, now), page_response(more, now)
    assert after.rate <= before.rate or math.isnan(before.rate)
    assert after.counted - before.counted in (0, 1)


@given(TALKS, MOMENTS)
def test_invariant_spam_changes_nothing(talk: Talk, now: float) -> None:
    """Invariant: without its spam the exchange has the same figures."""
    honest = replace(
        talk,
        message_time=talk.message_time[talk.counts],
        sender=talk.sender[talk.counts],
        counts=talk.counts[talk.counts],
    )
    assert repr(page_response(honest, now)) == repr(page_response(talk, now))


@given(TALKS, MOMENTS, st.randoms(use_true_random=False))
def test_invariant_the_order_of_rows_does_not_matter(talk: Talk, now: float, luck: object) -> None:
    """Invariant: rows in any order, the same figures."""
    order = np.random.default_rng(luck.randint(0, 9_999)).permutation(len(talk.sender))  # type: ignore[attr-defined]
    other = Talk(
        talk.message_time[order], talk.sender[order], talk.counts[order], talk.reply_time, talk.recipient
    )
    assert repr(page_response(other, now)) == repr(page_response(talk, now))


@given(TALKS)
def test_theory_messages_that_count_are_those_a_loop_finds(talk: Talk) -> None:
    """Theory: going through the exchange person by person gives the same messages and answers."""
    expected = []
    for person in set(talk.sender.tolist()):
        mine = talk.message_time[(talk.sender == person) & talk.counts]
        replies = talk.reply_time[talk.recipient == person]
        said = sorted([(time, 0) for time in mine.tolist()] + [(time, 1) for time in replies.tolist()])
        last, waiting = -math.inf, False
        for time, by_page in said:
            if by_page and waiting:
                expected[-1] = (expected[-1][0], time - expected[-1][0])
                waiting = False
            if not by_page and time - last >= DAY:
                expected.append((time, math.nan))
                waiting = True
            last = time
    found = first_messages(talk)
    pairs = zip(found.time.tolist(), found.minutes.tolist(), strict=True)
    assert sorted(map(repr, pairs)) == sorted(map(repr, expected))


@given(st.lists(st.floats(0, 1e5), min_size=1, max_size=60))
def test_invariant_the_fastest_are_no_slower_than_all(minutes: list[float]) -> None:
    """Invariant: leaving out the slowest never lengthens the mean; with ten and more some are left out."""
    found = fastest_mean(np.array(minutes))
    assert min(minutes) - 1e-6 <= found <= np.mean(minutes) + 1e-6
    kept = math.ceil(round(0.9 * len(minutes), 9))
    assert found == pytest.approx(np.mean(sorted(minutes)[:kept]))
    assert kept < len(minutes) or len(minutes) < FEWEST
