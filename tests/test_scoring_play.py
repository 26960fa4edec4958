"""A play: four rounds, what can be seen after each, what cannot be changed, and what taking back leaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from simulator.errors import PlaybookError, SimulatorError
from simulator.insights.month import run_month
from simulator.playbook.plan import ContentPlan
from simulator.playbook.playbook import Playbook
from simulator.playbook.posts import Post
from simulator.scoring.past import past_changes
from simulator.scoring.play import WEEKS, Play, days_seen, play, resumed
from simulator.scoring.records import read_record, write_record
from simulator.world.clients import load_client
from tests.golden_months import example
from tests.test_network_rounds import differing

PEOPLE = 1_500
SHOP = load_client("online-shop")


@pytest.fixture(scope="module")
def book() -> Playbook:
    """The example month of the online shop: posts, ads, rules and shifts."""
    return example("online-shop")


@pytest.fixture(scope="module")
def finished(book: Playbook) -> Play:
    """Four weeks of the same playbook."""
    game = play(SHOP, people=PEOPLE)
    for _ in range(WEEKS):
        game.go_on(book)
    return game


def moved(book: Playbook, border: timedelta, by: timedelta) -> Playbook:
    """The same posts, those from ``border`` on at another time."""
    first = min(post.posting_time for post in book.plan.posts).replace(hour=0, minute=0)
    posts = [
        replace(post, posting_time=post.posting_time + by) if post.posting_time >= first + border else post
        for post in book.plan.posts
    ]
    return replace(book, plan=ContentPlan(tuple(posts)), ads=None)


def test_golden_the_same_playbook_every_week_is_a_run(finished: Play, book: Playbook) -> None:
    """Golden: four rounds of one playbook, written to files and read again, are its month bit for bit."""
    month = run_month(SHOP, book, people=PEOPLE)
    assert differing(month.log, finished.month.log) == []
    assert month.insights.summary == finished.month.insights.summary
    assert finished.is_over
    assert not finished.practice
    assert finished.month.playbook == book


def test_invariant_only_yesterday_and_before_can_be_seen(book: Playbook) -> None:
    """Invariant: after a week its first six days; no table knows of anything later."""
    game = play(SHOP, people=PEOPLE)
    for week in range(1, WEEKS):
        month = game.go_on(book)
        begin = np.datetime64(month.log.begin, "D")
        last = begin + np.timedelta64(7 * week - 2, "D")
        insights = month.insights
        assert month.days == days_seen(week) == len(insights.daily)
        for table, column in (
            (insights.daily, "date"),
            (insights.posts, "posting_time"),
            (insights.messages, "time"),
            (insights.messages, "action_time"),
            (insights.ads, "date_stop"),
        ):
            times = table[column].dropna().to_numpy().astype("datetime64[D]")
            assert (times <= last).all(), (week, column)


def test_law_changing_what_is_to_come_leaves_what_was_seen(book: Playbook) -> None:
    """Law: two plays that part in week 3 have seen the same in week 2, and not the same at the end."""
    games = [play(SHOP, people=PEOPLE) for _ in range(2)]
    months = [[game.go_on(book) for _ in range(2)][-1] for game in games]
    assert differing(months[0].log, months[1].log) == []
    other = moved(book, timedelta(days=14), timedelta(hours=1))
    ends = [[game.go_on(next_book) for _ in range(2)][-1] for game, next_book in zip(games, (book, other))]  # noqa: B905
    early = [month.log.exposures.time < 14 * 1_440 for month in ends]
    seen = [month.log.exposures.person[rows] for month, rows in zip(ends, early, strict=True)]
    assert np.array_equal(seen[0], seen[1])
    assert differing(ends[0].log, ends[1].log)


def test_invariant_what_was_taken_back_stays_practice(book: Playbook, tmp_path: Path) -> None:
    """Invariant: a week played again as before gives the same, but its record says it was practice."""
    game = play(SHOP, people=PEOPLE)
    first = game.go_on(book)
    game.go_on(book)
    game.undo()
    assert game.played == 1
    assert differing(first.log, game.month.log) == []
    again = resumed(read_record(write_record(game.record(), tmp_path / "play.json")))
    again.go_on(book)
    again.undo(2)
    assert (again.played, again.undone, again.practice) == (0, 3, True)
    assert again.record().practice


def test_golden_a_record_is_replayed_byte_for_byte(finished: Play, tmp_path: Path) -> None:
    """Golden: from the record alone the same month comes out, every column of its log."""
    path = write_record(finished.record(), tmp_path / "play.json")
    again = resumed(read_record(path))
    assert differing(again.month.log, finished.month.log) == []
    assert again.record() == finished.record()
    assert write_record(again.record(), tmp_path / "again.json").read_bytes() == path.read_bytes()


def test_invariant_a_refused_playbook_changes_nothing(book: Playbook) -> None:
    """Invariant: after an error the play stands where it stood, and the good playbook goes on."""
    game, book = play(SHOP, people=PEOPLE), replace(book, ads=None)
    game.go_on(book)
    before = game.record()
    with pytest.raises(PlaybookError) as wrong:
        game.go_on(replace(book, plan=ContentPlan(book.plan.posts[1:])))
    assert [one.rule for one in wrong.value.problems if one.rule.startswith("play.")]
    with pytest.raises(PlaybookError):
        game.go_on(replace(book, plan=ContentPlan((replace(book.plan.posts[0], topic="nothing"),))))
    assert game.record() == before
    assert game.go_on(book).days == 13


def _posts(*days: float, text: str = "Where do you hang your pans?") -> Iterator[Post]:
    for day in days:
        moment = play(SHOP).begins(1) + timedelta(days=day)
        yield Post(moment, f"{text} {day}", "photo", "talk", SHOP.topic_names[0], line=round(day) + 2)


def test_deterministic_every_change_of_the_past_is_named() -> None:
    """By hand: of five posts one is as it was, one new, one changed, one moved and one missing."""
    kept, changed, gone, late, later = _posts(0, 1, 2, 3, 9)
    (new,) = _posts(4)
    was = Playbook(plan=ContentPlan((kept, changed, gone, late, later)))
    other = replace(later, text="Something else")
    later_now = replace(late, posting_time=new.posting_time)
    now = ContentPlan((kept, replace(changed, offer=0.1), later_now, other))
    border = play(SHOP).begins(2)
    found = list(past_changes(was, Playbook(plan=now), border, 2))
    assert [(one.rule, one.line) for one in found] == [
        ("play.changed", 3),
        ("play.changed", 5),
        ("play.missing", None),
    ]
    assert all("2027-03-08" in one.way_out for one in found)
    (extra,) = past_changes(Playbook(), Playbook(plan=ContentPlan((new,))), border, 2)
    assert (extra.rule, extra.line) == ("play.too_late", 6)
    assert not list(past_changes(was, was, border, 2))


def test_extreme_the_same_post_twice_is_two_posts() -> None:
    """Extreme: of two equal rows one that is taken out is missed."""
    (post,) = _posts(0)
    twice, once = (Playbook(plan=ContentPlan((post,) * count)) for count in (2, 1))
    found = list(past_changes(twice, once, play(SHOP).begins(2), 2))
    assert [one.rule for one in found] == ["play.missing"]


def test_extreme_no_more_than_there_is_can_be_played_or_taken_back(finished: Play) -> None:
    """Extreme: no fifth week, nothing to see or take back before the first."""
    with pytest.raises(SimulatorError, match="4 weeks"):
        finished.go_on(Playbook.empty())
    empty = play(SHOP, people=PEOPLE)
    for weeks in (0, 1):
        with pytest.raises(SimulatorError):
            empty.undo(weeks)
    with pytest.raises(SimulatorError):
        _ = empty.month
    assert empty.record().figures == {}


def test_invariant_a_play_is_not_resumed_for_somebody_else(finished: Play) -> None:
    """Invariant: another client, or a record of something else, is refused."""
    with pytest.raises(SimulatorError, match="salon"):
        resumed(finished.record(), load_client("salon"))
    with pytest.raises(SimulatorError, match="run"):
        resumed(finished.record().model_copy(update={"kind": "run"}))
