"""Several pages under one pair of hands, and what their clients pay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import exp, log1p
from typing import Any

import numpy as np
import pytest

from simulator.errors import SimulatorError
from simulator.network.log import Log, PublishedPost
from simulator.network.messages import ACTIONS_TAKEN, MESSAGE_COLUMNS, Messages, messages
from simulator.network.month import Played, day_one, play
from simulator.network.pay import (
    answered_in_a_day,
    complaints_ignored,
    complexity_of,
    delivered,
    pay_of,
    practice,
)
from simulator.network.portfolio import PlayedPortfolio, play_portfolio
from simulator.network.work import TASKS
from simulator.playbook.assignment import Assignment
from simulator.playbook.plan import ContentPlan
from simulator.playbook.playbook import Playbook
from simulator.playbook.posts import Post
from simulator.playbook.shifts import Shift, ShiftPlan
from simulator.units import MINUTES_PER_DAY
from simulator.world.clients import Client, load_client
from simulator.world.talk import KINDS
from tests.experiments import Plan, playbook
from tests.inbox_experiments import EVERY_DAY, WORKING_DAYS, shifts
from tests.inbox_laws import HIDE_SPAM
from tests.small_months import month, same, shop
from tests.test_network_month import check_followers, check_log

PEOPLE = 1_500
EIGHT = (
    "online-shop",
    "salon",
    "academy",
    "newsroom",
    "supermarket",
    "online-shop:2",
    "salon:2",
    "academy:2",
)
PLAN = Plan(posts=20)
DAY = float(MINUTES_PER_DAY)
NAN = float("nan")


def pages(*labels: str, plan: Plan = PLAN, months: int = 0) -> list[Assignment]:
    """A regular month for each of these clients, a page each."""
    return [Assignment(label, shop(label), playbook(shop(label), plan), months) for label in labels]


def played(labels: tuple[str, ...], rota: ShiftPlan, **options: Any) -> PlayedPortfolio:
    return play_portfolio(pages(*labels), rota, people=PEOPLE, **options)


@pytest.fixture(scope="module")
def eight() -> PlayedPortfolio:
    """Eight pages, three hours a working day: too much to do."""
    return played(EIGHT, shifts((9, 11), (19, 20), days=WORKING_DAYS))


def work_of(one: Played) -> Any:
    assert one.log.work is not None
    return one.log.work


# ------------------------------------------------------------------ pay, by hand


def paid_client() -> Client:
    """The salon (6 hours a week at 120.00), used to a post a week, with round numbers for pay."""
    salon = load_client("salon")
    habits = salon.file.former_habits.model_copy(update={"posts_per_week": 1})
    salon = replace(salon, file=salon.file.model_copy(update={"former_habits": habits}))
    return salon.with_parameters(
        {
            "pay.posts": 0.7,
            "pay.ads": 0.2,
            "pay.messages": 0.1,
            "pay.complexity": 0.5,
            "pay.raise": 0.1,
            "pay.most_raise": 0.25,
            "pay.undone": 1.0,
            "pay.complaint": 0.05,
            "pay.good_quality": 0.8,
            "pay.content_service": 0.5,
            "pay.content_posts": 0.5,
            "pay.leave": -2.0,
            "pay.leave_slope": 2.0,
            "pay.content_usual": 0.5,
            "pay.content_scale": 0.25,
        }
    )


def published(quality: float, made: bool = True) -> PublishedPost:
    """A post that turned out so."""
    return replace(month(Plan(posts=1)).log.posts[0], quality=quality, made=made)


def log_of(*posts: PublishedPost, inbox: Messages | None = None) -> Log:
    """A month with these posts and messages, and nothing else that pay asks about."""
    empty = month(Plan(posts=0)).log
    return replace(empty, posts=posts, messages=messages() if inbox is None else inbox)


def mail(*rows: tuple[str, float, float, str]) -> Messages:
    """Messages: kind, time, time of a person's reply (or NAN), what was done."""
    columns: dict[str, Any] = {name: np.zeros(len(rows)) for name in MESSAGE_COLUMNS}
    columns |= {
        "kind": [KINDS.index(kind) for kind, *_ in rows],
        "time": [time for _, time, *_ in rows],
        "reply_time": [reply for *_, reply, _ in rows],
        "action": [ACTIONS_TAKEN.index(action) for *_, action in rows],
    }
    return messages(tuple("text" for _ in rows), **columns)


def test_theory_pay_by_hand() -> None:
    """Theory: fee by hours, complexity and months of service, less what was not there and a complaint."""
    inbox = mail(
        *[("praise", DAY * day, NAN, "like") for day in range(26)],
        ("complaint", 0.0, NAN, "expired"),
        ("question", 0.0, 60.0, "personal reply"),
    )
    log = log_of(published(0.8), published(0.4), published(0.8, made=False), published(0.9), inbox=inbox)
    client = paid_client()
    pay = pay_of(client, log, 2)
    complexity = 0.7 * 4 / 4 / 7 + 0.1 * log1p(1 / 5)
    fee = 12_000 * 6 * 4 * (1 + 0.5 * complexity) * 1.2
    assert pay.complexity == pytest.approx(complexity)
    assert pay.fee_cents == round(fee)
    assert (pay.for_posts_cents, pay.for_complaints_cents) == (round(fee * 0.375), round(fee * 0.05))
    assert pay.paid_cents == pay.fee_cents - pay.kept_back_cents
    assert pay.content == pytest.approx(0.5 * 0.5 + 0.5 * 0.625)
    assert pay.leave_chance == pytest.approx(1 / (1 + exp(2 + 2 * (0.5625 - 0.5) / 0.25)))
    assert pay.expected_cents(2) == pytest.approx(pay.paid_cents * (2 - pay.leave_chance))


def test_theory_raises_and_what_is_kept_back_have_an_end() -> None:
    """Theory: years of service do not raise a fee for ever, and no client keeps back more than all of it."""
    ignored = mail(*[("complaint", float(k), NAN, "expired") for k in range(40)])
    log = log_of(published(0.0, made=False), inbox=ignored)
    client = paid_client()
    assert pay_of(client, log, 3).fee_cents == pay_of(client, log, 100).fee_cents
    assert pay_of(client, log, 2).fee_cents < pay_of(client, log, 3).fee_cents
    pay = pay_of(client, log, 0)
    assert pay.kept_back_cents == pay.fee_cents == pay.for_posts_cents
    assert pay.for_complaints_cents == pay.paid_cents == 0


@pytest.mark.parametrize("poor", [0, 1, 8, 9, 10])
def test_invariant_reasons_add_up_to_what_is_kept_back(poor: int) -> None:
    """Invariant: for posts and for complaints together it is what is not paid, at most the fee."""
    ignored = mail(*[("complaint", float(k), NAN, "expired") for k in range(40)])
    posts = [published(0.8, made=k >= poor) for k in range(10)]
    pay = pay_of(paid_client(), log_of(*posts, inbox=ignored), 0)
    assert pay.for_posts_cents + pay.for_complaints_cents == pay.kept_back_cents
    assert pay.kept_back_cents + pay.paid_cents == pay.fee_cents
    assert min(pay.for_posts_cents, pay.for_complaints_cents, pay.paid_cents) >= 0
    assert (pay.paid_cents == 0) == (poor >= 8)


def test_law_idleness_is_not_paid() -> None:
    """Law: who plans nothing, or less than the client is used to, is not paid for it."""
    client = paid_client()
    lazy, half, whole = (
        pay_of(client, log_of(*(published(0.8) for _ in range(posts))), 0) for posts in (0, 2, 4)
    )
    assert lazy.paid_cents == 0
    assert half.paid_cents == pytest.approx(half.fee_cents / 2, abs=1)
    assert whole.kept_back_cents == 0
    assert lazy.leave_chance > half.leave_chance > whole.leave_chance


def test_theory_complexity_counts_ads_and_the_rules_of_a_trade() -> None:
    """Theory: nothing to do is no complexity; ads and a special category add theirs."""
    client = paid_client()
    p = client.hidden.parameters
    assert complexity_of(client, log_of(), p) == 0
    advertised = replace(log_of(), ads=(None,))  # type: ignore[arg-type]
    assert complexity_of(client, advertised, p) == pytest.approx(0.2)
    credit = replace(client, file=client.file.model_copy(update={"special_ad_category": "credit"}))
    assert complexity_of(credit, log_of(), p) == pytest.approx(p["pay.special"])


@pytest.mark.parametrize(
    ("posts", "share"),
    [
        ([], 0.0),
        ([(0.8, True)], 0.5),
        ([(0.8, True), (0.9, True)], 1.0),
        ([(1.0, True), (0.4, True)], 0.75),
        ([(0.8, False)], 0.0),
        ([(0.2, True), (0.2, True), (0.0, True), (0.8, False)], 0.125),
    ],
)
def test_theory_what_was_delivered(posts: list[tuple[float, bool]], share: float) -> None:
    """Theory: of two usual posts or of all planned, those there count by their quality up to a good one."""
    assert delivered(log_of(*(published(*post) for post in posts)), 2, 0.8) == pytest.approx(share)


def test_theory_answered_in_a_day() -> None:
    """Theory: questions, orders and complaints with a whole day left; a right canned text is at once."""
    inbox = mail(
        ("question", 0.0, DAY, "personal reply"),
        ("order", 0.0, DAY + 1, "personal reply"),
        ("complaint", 0.0, NAN, "expired"),
        ("question", 5.0, NAN, "reply"),
        ("question", 6.0, NAN, "reply"),
        ("praise", 7.0, NAN, "leave"),
        ("spam", 8.0, NAN, "delete"),
        ("question", 27 * DAY, NAN, "waiting"),
    )
    right = np.arange(len(inbox)) == 3
    assert answered_in_a_day(log_of(inbox=replace(inbox, right=right))) == pytest.approx(2 / 5)
    assert answered_in_a_day(log_of(inbox=mail(("praise", 0.0, NAN, "leave")))) == 1.0
    assert answered_in_a_day(log_of()) == 1.0


def test_theory_complaints_ignored_are_those_that_ran_out() -> None:
    """Theory: a complaint that still waits, was answered or taken away is not one nobody came to."""
    inbox = mail(*[("complaint", float(k), NAN, action) for k, action in enumerate(ACTIONS_TAKEN)])
    assert complaints_ignored(log_of(inbox=inbox)) == 1
    assert complaints_ignored(log_of(inbox=mail(("question", 0.0, NAN, "expired")))) == 0


def test_law_content_clients_stay() -> None:
    """Law: the better a client is served, the more content it is and the likelier it stays."""
    client = paid_client()
    logs = [log_of(*(published(0.8, made=k < made) for k in range(4))) for made in range(5)]
    contents = [pay_of(client, log, 0).content for log in logs]
    chances = [pay_of(client, log, 0).leave_chance for log in logs]
    assert contents == sorted(contents)
    assert contents[0] < contents[-1] == 1.0
    assert chances == sorted(chances, reverse=True)


def test_law_practice_makes_quicker() -> None:
    """Law: who has had a page for longer needs less time for a message, down to a least share."""
    p = load_client("salon").hidden.parameters
    minutes = [practice(months, p) for months in range(40)]
    assert minutes[0] == 1.0
    assert all(later <= earlier for earlier, later in pairwise(minutes))
    assert minutes[-1] == p["pay.least_minutes"]
    assert minutes[1] == pytest.approx(p["pay.learning"])
    new, old = (
        play_portfolio(pages("salon", months=months), shifts((9, 10)), people=PEOPLE, days=7).months[0]
        for months in (0, 1)
    )
    reply = TASKS.index("reply")
    first = [work_of(one).minutes[work_of(one).task == reply][0] for one in (new, old)]
    assert first[1] / first[0] == pytest.approx(p["pay.learning"], rel=1e-4)


# ------------------------------------------------------------------ one page and several


def same_month(one: Played, other: Played) -> bool:
    """Whether two months hold the same facts, messages and work included."""
    a, b = one.log, other.log
    columns = all(
        np.array_equal(getattr(a.messages, name), getattr(b.messages, name), equal_nan=kind is not np.bool_)
        for name, kind in MESSAGE_COLUMNS.items()
    )
    works = [work_of(month) for month in (one, other)]
    worked = all(np.array_equal(*(getattr(work, name) for work in works)) for name in works[0].__slots__)
    told = a.messages.texts == b.messages.texts and repr(a.incidents) == repr(b.incidents)
    return same(a, b) and columns and worked and told and one.worth_cents == other.worth_cents


def test_invariant_a_portfolio_of_one_page_is_that_page() -> None:
    """Invariant: one page among none is what it is alone under the same shifts, figure by figure."""
    rota = ShiftPlan((*shifts((9, 10)).shifts, Shift((0, 3), 1_140, 1_200, "salon")))
    book = replace(playbook(shop("salon"), PLAN), replies=HIDE_SPAM, shifts=rota)
    alone = play(day_one(shop("salon"), people=PEOPLE), book)
    among_none = play_portfolio([Assignment("salon", shop("salon"), book)], rota, people=PEOPLE).months[0]
    assert len(alone.log.messages) > 20
    assert same_month(alone, among_none)


def test_invariant_the_order_of_pages_touches_nobodys_luck() -> None:
    """Invariant: where every page has hours of its own, the order of pages changes nothing at all."""
    labels = ("online-shop", "salon", "newsroom")
    rota = ShiftPlan(
        tuple(Shift(EVERY_DAY, 540 + 60 * k, 600 + 60 * k, label) for k, label in enumerate(labels))
    )
    there, back = played(labels, rota), played(labels[::-1], rota)
    assert all(map(same_month, there.months, back.months[::-1]))


def test_invariant_who_writes_unasked_does_not_depend_on_other_pages() -> None:
    """Invariant: before anything is answered, a page has the same messages whatever pages stand beside it."""
    late = ShiftPlan((Shift((), 600, 660, date=date(2027, 3, 8)),))
    labels = ("salon", "academy", "supermarket")
    alone, among = played(labels[:1], late), played(labels, late)
    first, second = (one.months[0].log.messages for one in (alone, among))
    until = 7 * DAY
    assert (first.time < until).sum() > 5
    assert np.array_equal(first.time[first.time < until], second.time[second.time < until])


def test_invariant_the_same_arguments_give_the_same_portfolio() -> None:
    """Invariant: played again, every page has the same month and every client pays the same."""
    labels, rota = ("salon", "academy"), shifts((9, 10))
    first, again = played(labels, rota, days=7), played(labels, rota, days=7)
    assert all(map(same_month, first.months, again.months))
    assert first.pay == again.pay


# ------------------------------------------------------------------ eight pages


def test_invariant_of_every_log_of_eight_pages(eight: PlayedPortfolio) -> None:
    """Invariant: each page's log is as sound as that of a page alone."""
    assert len(eight.months) == 8
    for one in eight.months:
        check_log(one.log, PEOPLE)
        check_followers(one.log)
        assert np.isfinite(one.worth_cents)


def test_invariant_nobody_does_two_things_at_once(eight: PlayedPortfolio) -> None:
    """Invariant: over all pages one stretch of work ends before the next begins, and begins in a shift."""
    stretches = sorted(
        (float(begin), float(begin + minutes))
        for one in eight.months
        for begin, minutes in zip(work_of(one).time, work_of(one).minutes.astype(float), strict=True)
    )
    assert len(stretches) > 100
    assert all(end <= begin + 1e-3 for (_, end), (begin, _) in pairwise(stretches))
    begins = np.array([begin for begin, _ in stretches])
    assert all(any(on.begin <= begin < on.end + 60 for on in eight.rota) for begin in begins)
    in_shift = [any(on.begin <= begin < on.end for on in eight.rota) for begin in begins]
    assert np.mean(in_shift) > 0.95  # the others follow a turn to another page


def test_invariant_hours_are_those_of_the_rota(eight: PlayedPortfolio) -> None:
    """Invariant: hours on shift are counted once for all pages; work is about what fits into them."""
    assert eight.hours == 60
    worked = sum(float(work_of(one).minutes.sum()) for one in eight.months) / 60
    assert 55 < worked < 65
    assert all(work_of(one).shift_minutes_by_day.sum() == 60 * 60 for one in eight.months)


def test_invariant_income_is_what_clients_pay(eight: PlayedPortfolio) -> None:
    """Invariant: the sums of pay, an hour of it, and less over half a year in which clients leave."""
    assert eight.income_cents == sum(pay.paid_cents for pay in eight.pay)
    assert eight.income_per_hour_cents == pytest.approx(eight.income_cents / 60)
    assert 0 < eight.expected_income_per_hour_cents < eight.income_per_hour_cents
    assert all(0 <= pay.content <= 1 and 0 <= pay.leave_chance <= 1 for pay in eight.pay)


def test_law_too_many_pages_are_served_badly(eight: PlayedPortfolio) -> None:
    """Law: with the hours of eight pages one page is made in time and answered; with eight many are not."""
    one = played(EIGHT[:1], eight.shifts)
    assert all(post.made for post in one.months[0].log.posts)
    assert sum(not post.made for page in eight.months for post in page.log.posts) > 10
    assert one.pay[0].content > max(pay.content for pay in eight.pay)


def test_invariant_a_shift_for_one_page_serves_no_other() -> None:
    """Invariant: work on a page begins in shifts of that page only."""
    rota = ShiftPlan((Shift(EVERY_DAY, 540, 600, "salon"), Shift(EVERY_DAY, 1_140, 1_200, "academy")))
    salon, academy = played(("salon", "academy"), rota, days=14).months
    for one, begin in ((salon, 540), (academy, 1_140)):
        minute = work_of(one).time % DAY
        assert len(minute) > 10
        assert ((minute >= begin) & (minute < begin + 90)).all()
        assert (work_of(one).shift_minutes_by_day == 60).all()


# ------------------------------------------------------------------ edges


def test_extreme_nobody_there() -> None:
    """Extreme: without shifts no post is made, those of the last day included, and nobody is answered."""
    found = played(("salon", "academy"), ShiftPlan())
    assert found.hours == 0
    assert found.income_per_hour_cents == found.expected_income_per_hour_cents == 0
    for one in found.months:
        assert not any(post.made for post in one.log.posts)
        assert one.log.posts[-1].post_time > 26 * DAY
        assert len(work_of(one).time) == 0
        assert np.isnan(one.log.messages.reply_time).all()


def test_extreme_a_post_of_the_last_hour_that_nobody_made() -> None:
    """Extreme: what still waits for hands when the month ends was not made, though its day is not over."""
    client = shop("salon")
    midnight = datetime.combine(client.file.month_start, datetime.min.time())
    moments = [midnight + timedelta(days=6, hours=hour) for hour in (8, 23)]
    posts = tuple(Post(moment, f"ba be {moment}", "photo", "talk", "hair") for moment in moments)
    book = Playbook(plan=ContentPlan(posts))
    rota = ShiftPlan((Shift((), 0, 61, date=client.file.month_start + timedelta(days=6)),))
    log = play_portfolio([Assignment("salon", client, book)], rota, people=PEOPLE, days=7).months[0].log
    assert [post.made for post in log.posts] == [True, False]
    assert log.posts[0].post_time == 6 * DAY + 480
    assert log.posts[1].quality == 0


@pytest.mark.parametrize(
    ("labels", "words"),
    [((), "not 0"), ((*EIGHT, "newsroom:2"), "1 to 8 pages, not 9"), (("salon", "salon"), "one name: salon")],
)
def test_extreme_portfolios_that_are_refused(labels: tuple[str, ...], words: str) -> None:
    """Extreme: no page, nine pages, two of one name: refused in words, before anything is played."""
    with pytest.raises(SimulatorError, match=words):
        played(labels, ShiftPlan())


def test_extreme_months_that_begin_apart_are_refused() -> None:
    """Extreme: one clock has one first Monday."""
    later = load_client("salon")
    later = replace(later, file=later.file.model_copy(update={"month_start": date(2027, 4, 5)}))
    with pytest.raises(SimulatorError, match="2027-03-01, 2027-04-05"):
        play_portfolio([*pages("academy"), Assignment("b", later, Playbook())], ShiftPlan())


def test_extreme_a_shift_for_a_page_that_is_not_there() -> None:
    """Extreme: a shift of an unknown page is refused with the nearest, in a portfolio and on a page alone."""
    rota = ShiftPlan((Shift(EVERY_DAY, 540, 600, "saloon"),))
    with pytest.raises(SimulatorError, match=r'"saloon".*did you mean "salon"'):
        played(("salon", "academy"), rota, days=1)
    with pytest.raises(SimulatorError, match='"saloon"'):
        play(day_one(shop("salon"), people=PEOPLE), replace(Playbook(), shifts=rota), days=1)


def test_invariant_every_day_is_reported_once() -> None:
    """Invariant: who follows the month is told of each day once, however many pages there are."""
    days: list[int] = []
    played(("salon", "academy"), shifts((9, 10)), days=5, day_done=days.append)
    assert days == list(range(1, 6))
