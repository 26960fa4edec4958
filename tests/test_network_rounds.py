"""Rounds: playbooks that come into force week by week, and what they cannot change any more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pytest

from simulator.errors import SimulatorError
from simulator.network.log import NO_POST, Log
from simulator.network.month import Played, day_one, play, play_rounds
from simulator.playbook.ads import Ad, AdPlan, AdSet
from simulator.playbook.patterns import Pattern
from simulator.playbook.plan import ContentPlan
from simulator.playbook.playbook import Playbook
from simulator.playbook.posts import Post
from simulator.playbook.replies import ReplyRule, ReplyRules
from simulator.playbook.shifts import Shift, ShiftPlan
from simulator.units import MINUTES_PER_DAY, MINUTES_PER_WEEK
from tests.golden_months import example
from tests.small_months import found, shop

CLIENT = shop()
BEGIN = datetime.combine(CLIENT.file.month_start, datetime.min.time())
WEEK = timedelta(days=7)
TABLES = ("exposures", "ad_views", "follows", "unfollows", "visits", "purchases", "messages", "work")
LEARNT_LATER = (
    "action",
    "by_hand",
    "action_time",
    "reply_time",
    "handle_minutes",
    "right",
    "satisfaction",
    "sold",
    "missed",
)
"""Of a message: what may still happen to it after the border."""
DESK = ShiftPlan((Shift((0, 1, 2, 3, 4), 480, 720), Shift((5,), 1380, 1440)))


def busy(shifts: ShiftPlan | None = DESK) -> Playbook:
    """The example month of the online shop, with a boost of a post of each of the last weeks."""
    book = example("online-shop")
    posts = book.plan.posts
    boosts = tuple(Ad.boosting(f"boost {k}", posts[k]) for k in (2, len(posts) // 2, len(posts) - 3))
    own = Ad("own", "photo", "inform", "Pans", "Cast iron for twenty years.", CLIENT.topic_names[0])
    sets = (
        AdSet("made", "own", "LINK_CLICKS", daily_budget_cents=2_000, ads=(own,)),
        AdSet("boosts", "posts", "ENGAGEMENT", daily_budget_cents=3_000, ads=boosts),
        AdSet("boosts", "all month", "LINK_CLICKS", lifetime_budget_cents=60_000, ads=boosts[:1]),
    )
    ads = AdPlan((*(book.ads.ad_sets if book.ads else ()), *sets))
    rules = ReplyRules(
        (
            ReplyRule("spam", link=True, action="hide"),
            ReplyRule("price", Pattern.parse("price*|how much"), action="personal reply", priority=2),
        )
    )
    return replace(book, ads=ads, replies=rules, shifts=shifts)


def turned(book: Playbook, shifts: ShiftPlan | None = DESK) -> Playbook:
    """Everything else from the third week on: posts, one of them as before, ads, rules, shifts and page."""
    border = BEGIN + 2 * WEEK
    past = tuple(post for post in book.plan.posts if post.posting_time < border)
    topic, text = CLIENT.topic_names[0], past[2].text
    new = (
        Post(border + timedelta(hours=9), text, "photo", "inform", topic),
        Post(border + timedelta(days=2), "Ask us anything about pans?", "text", "talk", topic),
    )
    assert book.ads is not None
    assert book.replies is not None
    first, *others = book.ads.ad_sets
    changed = replace(first, daily_budget_cents=900, lifetime_budget_cents=None)
    fresh = AdSet("new", "new", "REACH", daily_budget_cents=500, ads=first.ads)
    rules = ReplyRules((ReplyRule("thanks", Pattern.parse("thank*"), action="like"), *book.replies.rules[:1]))
    page = replace(book.page, about="Pans.") if book.page else None
    return replace(
        book,
        page=page,
        plan=ContentPlan((*past, *new)),
        ads=AdPlan((changed, *others[:-1], fresh)),
        replies=rules,
        shifts=shifts,
    )


def facts(log: Log) -> Iterator[tuple[str, Any]]:
    """Every column of a log by name."""
    for name in (field.name for field in fields(Log)):
        part = getattr(log, name)
        if name in TABLES and part is not None:
            yield from ((f"{name}.{one.name}", getattr(part, one.name)) for one in fields(part))
        else:
            yield name, part


def differing(a: Log, b: Log) -> list[str]:
    """The columns of which a byte differs."""
    left, right = dict(facts(a)), dict(facts(b))
    return [
        name
        for name in left | right
        if name not in left or name not in right or _bytes(left[name]) != _bytes(right[name])
    ]


def _bytes(part: Any) -> Any:
    return (part.dtype, part.tobytes()) if isinstance(part, np.ndarray) else repr(part)


def before(log: Log, days: int) -> dict[str, Any]:
    """What a log holds of its first days; ads and posts by what they are, not by where they stand."""
    kept: dict[str, Any] = {}
    for name in TABLES:
        table = getattr(log, name)
        if table is None:
            continue
        early = table.time < days * MINUTES_PER_DAY
        for one in (field.name for field in fields(table)):
            column = getattr(table, one)
            if one == "texts":
                kept["texts"] = column[: int(early.sum())]
            elif one == "ad":
                kept[f"{name}.ad"] = [_ad(log, place) for place in column[early].tolist()]
            elif one == "post" and name == "work":
                continue
            elif isinstance(column, np.ndarray) and len(column) == len(early):
                if name != "messages" or one not in LEARNT_LATER:
                    kept[f"{name}.{one}"] = column[early].tobytes()
            elif one == "shift_minutes_by_day":
                kept[one] = column[:days].tobytes()
    kept["followers_by_day"] = log.followers_by_day[: days + 1].tobytes()
    kept["expected"] = log.expected_margin[:days].tobytes()
    kept["anyway"] = log.expected_anyway_by_day[:days].tobytes()
    return kept


def _ad(log: Log, place: int) -> tuple[str, str] | None:
    return None if place == NO_POST else (log.ads[place].ad_set.name, log.ads[place].ad.name)


def rounds(*books: Playbook, until_day: int | None = None) -> Played:
    return play_rounds(found(), books, until_day=until_day)


@pytest.mark.parametrize("shifts", [DESK, None], ids=["in shifts", "by the client's hours"])
def test_golden_four_rounds_of_one_playbook_are_its_month(shifts: ShiftPlan | None) -> None:
    """Golden: handing in the same playbook every week is the month of that playbook, bit for bit."""
    book = busy(shifts)
    whole, parts = play(found(), book), rounds(book, book, book, book)
    assert differing(whole.log, parts.log) == []
    assert whole.carry_over == parts.carry_over
    assert whole.worth == parts.worth
    assert whole.playbook == parts.playbook
    assert len(whole.log.messages)
    assert len(whole.log.ad_views.time)


@pytest.mark.parametrize("shifts", [DESK, None], ids=["in shifts", "by the client's hours"])
@pytest.mark.parametrize("then", [DESK, None], ids=["then in shifts", "then by the client's hours"])
def test_invariant_what_is_past_stays(shifts: ShiftPlan | None, then: ShiftPlan | None) -> None:
    """Invariant: whatever changes in week 3, the first two weeks of the log are the same, byte for byte."""
    book = busy(shifts)
    same, other = rounds(book, book, book, book), rounds(book, book, turned(book, then))
    now, was = before(other.log, 14), before(same.log, 14)
    shared = now.keys() & was.keys()
    assert [name for name in shared if now[name] != was[name]] == []
    assert len(shared) > 30
    early = [one for one in other.log.posts if one.post_time < 2 * MINUTES_PER_WEEK]
    assert early == list(same.log.posts[: len(early)])
    assert differing(same.log, other.log)


@pytest.mark.parametrize("shifts", [DESK, None], ids=["in shifts", "by the client's hours"])
def test_invariant_a_look_in_the_middle_is_of_the_same_month(shifts: ShiftPlan | None) -> None:
    """Invariant: a month that is stopped on day 13 is the first 13 days of the whole one, ads included."""
    book = busy(shifts)
    look, whole = rounds(book, book, until_day=13), rounds(book, book, book, turned(book))
    now, then = before(look.log, 13), before(whole.log, 13)
    assert [name for name in now.keys() & then.keys() if now[name] != then[name]] == []
    assert look.days == look.log.days == len(look.log.expected_margin) == 13
    assert all(one.post_time < 13 * MINUTES_PER_DAY for one in look.log.posts)
    for _, part in facts(look.log):
        assert getattr(part, "time", np.zeros(1)).max(initial=0) < 13 * MINUTES_PER_DAY
    assert all(one.begin_time < 13 * MINUTES_PER_DAY for one in look.log.incidents)


def test_law_hands_that_come_find_last_weeks_mail() -> None:
    """Law: where shifts begin in week 2, what was written in week 1 and still waits is answered then."""
    idle, desk = busy(None), busy()
    month = rounds(replace(idle, replies=None), replace(desk, replies=None))
    mail = month.log.messages
    first_week = mail.time < MINUTES_PER_WEEK
    done = mail.by_hand & first_week
    assert done.any()
    assert mail.action_time[done].min() >= MINUTES_PER_WEEK
    assert month.log.work is not None
    assert month.log.work.shift_minutes_by_day[:7].sum() == 0


def test_deterministic_hours_of_both_kinds_are_paid_once() -> None:
    """By hand: weeks without shifts cost the hours of their posts, weeks with shifts the shifts."""
    book = replace(busy(None), ads=None)
    month = rounds(book, replace(book, shifts=DESK))
    posts = [one for one in month.log.posts if one.post_time < MINUTES_PER_WEEK]
    hours = sum(one.hours for one in posts if one.made) + DESK.hours(CLIENT.file.month_start, 21)
    assert month.worth.hours == pytest.approx(CLIENT.file.hour_rate_cents * hours)


def test_invariant_a_changed_set_spends_its_lifetime_budget_once() -> None:
    """Invariant: a new text in week 2 does not bring the money of week 1 back."""
    book = busy(None)
    assert book.ads is not None
    ad = Ad("one", "photo", "inform", "Pans", "Cast iron for twenty years.", CLIENT.topic_names[0])
    budget = 30_000
    sets = AdSet("a", "b", "REACH", lifetime_budget_cents=budget, ads=(ad,))
    other = replace(sets, ads=(replace(ad, text="Cast iron for forty years."),))
    month = rounds(replace(book, ads=AdPlan((sets,))), replace(book, ads=AdPlan((other,))))
    assert 0.5 * budget < month.ad_spend_cents <= budget
    assert [one.ad.text[-9:] for one in month.log.ads] == ["ty years.", "ty years."]
    assert len(month.log.ads) == 2


def test_invariant_a_set_that_is_taken_out_spends_no_more() -> None:
    """Invariant: after the border nobody sees an ad that was taken out, and the log says when it stopped."""
    book = busy(None)
    month = rounds(book, replace(book, ads=None))
    assert len(month.log.ad_views.time)
    assert month.log.ad_views.time.max() < MINUTES_PER_WEEK
    assert all(one.ad_set.stop == BEGIN + WEEK for one in month.log.ads)


def test_deterministic_the_stitched_playbook_has_each_weeks_own() -> None:
    """By hand: of both playbooks the posts of their weeks, the shifts day by day, every rule once."""
    book = busy()
    month = rounds(book, book, turned(book, None))
    plan = month.playbook
    assert plan.rota is not None
    assert plan.replies is not None
    assert plan.rota.hours(CLIENT.file.month_start, 28) == DESK.hours(CLIENT.file.month_start, 14)
    assert [rule.name for rule in plan.replies.rules] == ["spam", "price", "thanks"]
    assert {post.text for post in plan.plan.posts} >= {"Ask us anything about pans?"}


def test_extreme_more_playbooks_than_weeks_are_refused() -> None:
    """Extreme: five weeks do not fit into four, and none is no month."""
    with pytest.raises(SimulatorError, match="4"):
        play_rounds(day_one(CLIENT, people=1_500), [Playbook.empty()] * 5)
    with pytest.raises(SimulatorError):
        play_rounds(found(), [])
