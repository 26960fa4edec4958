"""The inbox of a month: what always holds of its messages, and what rules and hands do to them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from simulator.network.climate import climate_of
from simulator.network.drafts import drafts
from simulator.network.log import NO_POST
from simulator.network.mail import Mail
from simulator.network.messages import ACTIONS_TAKEN, NO_INCIDENT
from simulator.network.month import Played, day_one, play
from simulator.network.service import PROMPT_MINUTES, WAITED
from simulator.network.templates import crises, words_of
from simulator.network.work import TASKS
from simulator.parameters import model_parameters
from simulator.playbook.patterns import Pattern
from simulator.playbook.replies import NO_RULE, ReplyRule, ReplyRules
from simulator.playbook.shifts import Shift, ShiftPlan
from simulator.units import MINUTES_PER_DAY
from simulator.world.clients import client_names, load_client
from simulator.world.talk import KINDS, LANGUAGES, SUBJECTS, UNWANTED
from tests.experiments import Plan, playbook
from tests.inbox_experiments import contains, rules, shifts

P = model_parameters()
BUSY = {
    "inbox.followers_question": 4.0,
    "inbox.followers_complaint": 2.0,
    "inbox.spam": 4.0,
    "incident.crisis_chance": 1.0,
    "incident.pile_on_chance": 1.0,
}
RULES = rules(
    ReplyRule("links", link=True, action="hide"),
    contains("block", "stupid|useless|rubbish"),
    ReplyRule("prices", Pattern.parse("how much|price*|bei"), action="reply", reply="The price is 780."),
    contains("escalate", "sick|smell*|mould|batch", 1),
    contains("like", "nice|asante*"),
)
HANDS = shifts((9, 12), (18, 20))
BAD = [KINDS.index(kind) for kind in UNWANTED]


def taken(name: str) -> int:
    return ACTIONS_TAKEN.index(name)


@cache
def month(name: str = "online-shop", with_rules: bool = True, with_hands: bool = True) -> Played:
    """A busy month of a small page."""
    client = load_client(f"{name}:77").with_parameters(BUSY)
    book = playbook(client, Plan(posts=12, production_hours=1.0))
    book = replace(book, replies=RULES if with_rules else None, shifts=HANDS if with_hands else None)
    return play(day_one(client, seed=3, people=3_000), book)


@pytest.mark.parametrize("name", client_names())
@pytest.mark.parametrize(("with_rules", "with_hands"), [(True, True), (True, False), (False, False)])
def test_invariant_of_every_message(name: str, with_rules: bool, with_hands: bool) -> None:
    """Invariant: in order of time, nothing is done before it came, sales and misses exclude each other."""
    played = month(name, with_rules, with_hands)
    m, end = played.log.messages, played.days * MINUTES_PER_DAY
    assert len(m) > 50
    assert len(m.texts) == len(m)
    assert (np.diff(m.time) >= 0).all()
    assert ((m.time >= 0) & (m.time < end)).all()
    waiting = m.action == taken("waiting")
    assert np.isnan(m.action_time[waiting]).all()
    assert (m.action_time[~waiting] >= m.time[~waiting]).all()
    replied = np.isfinite(m.reply_time)
    assert (m.reply_time[replied] >= m.time[replied]).all()
    assert not (m.sold & m.missed).any()
    assert (m.handle_minutes > 0).tolist() == m.by_hand.tolist()
    assert np.isin(m.kind[m.sender < 0], BAD).all()
    assert np.isnan(m.satisfaction[np.isin(m.kind, BAD)]).all()
    assert (m.thread <= np.arange(len(m))).all()
    assert all(text.strip() for text in m.texts)


def test_law_a_prompt_answer_misses_nobody() -> None:
    """Law: where nobody is ever tired, no sale is missed that a person answered within five minutes."""
    client = load_client("online-shop:77").with_parameters({**BUSY, "desk.tired_care": 0.0})
    book = replace(playbook(client, Plan(posts=3)), shifts=HANDS)
    m = play(day_one(client, seed=3, people=3_000), book).log.messages
    prompt = m.reply_time - m.time <= PROMPT_MINUTES
    assert prompt.sum() > 20
    assert m.missed.any()
    assert not (prompt & m.missed).any()


@pytest.mark.parametrize("name", client_names())
def test_invariant_rules_do_what_they_say(name: str) -> None:
    """Invariant: what a rule does without hands is done at once, to every message it catches first."""
    m = month(name).log.messages
    for at, rule in enumerate(RULES.rules):
        caught = m.rule == at
        if rule.action in ("personal reply", "escalate"):
            continue
        assert (m.action[caught] == taken(rule.action)).all()
        assert (m.action_time[caught] == m.time[caught]).all()
        assert not m.by_hand[caught].any()
    first = [
        RULES.first_match(text, duplicate=bool(again), follower=bool(follows))
        for text, again, follows in zip(m.texts, m.duplicate, m.follower, strict=True)
    ]
    assert m.rule.tolist() == first


def test_invariant_who_is_blocked_writes_no_more() -> None:
    """Invariant: after a block nothing comes from that sender."""
    m = month().log.messages
    blocked = np.flatnonzero(m.action == taken("block"))
    assert len(blocked)
    for row in blocked:
        assert m.time[m.sender == m.sender[row]].max() <= m.action_time[row]


def test_invariant_hands_work_in_shifts_and_remove_only_what_is_unwanted() -> None:
    """Invariant: work begins in a shift; what hands take away is spam, scam or abuse."""
    played = month()
    work, m = played.log.work, played.log.messages
    assert work is not None
    hour = work.time % MINUTES_PER_DAY / 60
    assert (((hour >= 9) & (hour < 12.2)) | ((hour >= 18) & (hour < 20.2))).all()
    assert (work.time[:-1] + work.minutes[:-1] <= work.time[1:] + 1e-3).all()
    by_hand = m.by_hand & (m.action == taken("delete"))
    assert np.isin(m.kind[by_hand], BAD).all()
    assert not np.isin(m.kind[m.by_hand & (m.action == taken("personal reply"))], BAD).any()
    assert work.shift_minutes_by_day.tolist() == [300.0] * 28
    done = m.by_hand.sum()
    assert (work.message >= 0).sum() == done
    assert work.minutes[work.message >= 0].sum() == pytest.approx(m.handle_minutes.sum(), rel=1e-4)


def test_invariant_without_hands_what_no_rule_settles_expires() -> None:
    """Invariant: nobody answers by hand where nobody has shifts; after two days it is too late."""
    m = month(with_hands=False).log.messages
    assert not m.by_hand.any()
    open_ones = (m.rule == NO_RULE) & (m.time < 25 * MINUTES_PER_DAY)
    assert (m.action[open_ones] == taken("expired")).all()
    waited = m.action_time[open_ones] - m.time[open_ones]
    assert np.allclose(waited, P["inbox.patience_hours"] * 60)


def test_law_rules_leave_the_luck_of_others_alone() -> None:
    """Law: with and without rules the same people write the same things, but for what rules change."""
    ruled, free = (month(with_rules=flag, with_hands=False).log.messages for flag in (True, False))
    week = 7 * MINUTES_PER_DAY
    written = [
        set(zip(m.texts, m.sender.tolist(), (m.time < week).tolist(), strict=True)) for m in (ruled, free)
    ]
    early = [{one for one in found if one[2]} for found in written]
    assert len(early[0] & early[1]) > 0.9 * len(early[1])
    assert len(written[0] & written[1]) > 0.6 * len(written[1])


@pytest.mark.parametrize("name", client_names())
def test_invariant_a_conversation_stays_with_its_subject(name: str) -> None:
    """Invariant: of one person in one place and language; a question goes on about what was asked before; no
    product is named beside that of the first message.
    """
    m = month(name, with_rules=False).log.messages
    first = m.thread
    on = first != np.arange(len(m))
    assert on.sum() > 5
    for column in (m.sender, m.language, m.public, m.post):
        assert (column[on] == column[first[on]]).all()
    asks = on & np.isin(m.kind, list(WAITED)) & np.isin(m.kind[first], list(WAITED))
    assert (m.subject[asks] == m.subject[first[asks]]).all()
    words = [words_of(LANGUAGES[code])["said"] for code in range(len(LANGUAGES))]
    products = [item.name for item in load_client(name).file.products]
    for thread in np.unique(first[on]):
        rows = np.flatnonzero(first == thread)
        text = " ".join(m.texts[row] for row in rows).casefold()
        said = words[m.language[thread]]
        named = [item for item in products if any(f" {word.casefold()}" in f" {text}" for word in said[item])]
        assert len(named) <= 1 or _one_in_another(named, said), text


def _one_in_another(products: list[str], said: Mapping[str, list[str]]) -> bool:
    """Whether what the products are called by is part of each other, as "scale" of "kitchen scale"."""
    words = [word.casefold() for product in products for word in said[product]]
    return any(a != b and a in b for a in words for b in words)


def test_law_incidents_bring_their_messages() -> None:
    """Law: a crisis and a pile-on in the month, each with messages of its own kind, answered by hands."""
    log = month().log
    assert {"pile-on"} < {incident.kind for incident in log.incidents}
    for number, incident in enumerate(log.incidents):
        of_it = log.messages.incident == number
        assert of_it.any()
        assert (log.messages.time[of_it] >= incident.begin_time).all()
        if incident.kind != "pile-on":
            assert {SUBJECTS[s] for s in log.messages.subject[of_it]} == {incident.kind}
            assert incident.answered_time >= incident.begin_time


def test_law_posts_are_made_by_the_same_hands() -> None:
    """Law: with too few hours posts are late or poor; without shifts the client's hours make them."""
    client = load_client("online-shop:77")
    start = day_one(client, seed=3, people=2_000)
    book = playbook(client, Plan(posts=28, production_hours=1.0))
    full, scarce = (
        play(start, replace(book, shifts=rota)).log.posts
        for rota in (shifts((8, 12)), shifts((8, 8.5), days=(0, 1)))
    )
    assert all(post.made for post in full)
    assert np.mean([post.hours for post in full]) > 0.9
    assert sum(post.made for post in scarce) < 28
    assert sum(post.hours for post in scarce) <= 4.5
    assert play(start, book).log.posts[0].made


def test_extreme_hands_that_are_never_there_make_no_post() -> None:
    """Extreme: a rota of one day off makes nothing and answers nothing; a sheet without rows is none."""
    client = load_client("salon:77")
    start = day_one(client, seed=1, people=1_000)
    book = playbook(client, Plan(posts=8))
    day_off = ShiftPlan((Shift((), 0, 0, date=client.file.month_start),))
    played = play(start, replace(book, shifts=day_off))
    assert all(post.made for post in play(start, replace(book, shifts=ShiftPlan())).log.posts)
    assert not any(post.made for post in played.log.posts)
    assert len(played.log.exposures.time) == 0
    assert played.log.work is not None
    assert len(played.log.work.time) == 0


def test_extreme_a_rule_for_everything() -> None:
    """Extreme: with everything hidden no message waits, and the manager only makes posts."""
    client = load_client("salon:77")
    start = day_one(client, seed=1, people=1_000)
    book = replace(playbook(client, Plan(posts=4)), replies=ReplyRules((ReplyRule("all", action="hide"),)))
    played = play(start, replace(book, shifts=shifts((8, 12))))
    assert set(played.log.messages.action.tolist()) == {taken("hide")}
    assert played.log.work is not None
    assert set(played.log.work.task.tolist()) == {TASKS.index("production")}


def test_deterministic_the_climate_of_five_comments() -> None:
    """By hand: two spam (one of them hidden), a complaint nobody answered and two kind words."""
    mail = Mail()
    names = ["spam", "spam", "complaint", "praise", "chat"]
    found = drafts(
        np.arange(5.0),
        np.arange(5, dtype=np.uint64),
        post=0,
        kind=[KINDS.index(name) for name in names],
    )
    mail.add(found, np.zeros(5, np.uint8), np.zeros(5, bool), [False] * 5, ["text"] * 5)
    mail.action[0], mail.action_time[0] = taken("hide"), 3.0
    now = 10 * 60.0
    climate = climate_of(mail, now, P)
    assert climate.bad == pytest.approx(1 / (4 + P["climate.prior"]))
    assert climate.grief == pytest.approx(1.0)
    mail.action[2], mail.action_time[2] = taken("reply"), now - 1
    assert climate_of(mail, now, P).grief == pytest.approx(1.0), (
        "a canned reply beside the point answers nothing"
    )
    mail.right[2] = True
    assert climate_of(mail, now, P).grief == 0.0
    mail.action[2], mail.right[2] = taken("personal reply"), False
    assert climate_of(mail, now, P).grief == 0.0
    mail.action[3], mail.action_time[3] = taken("delete"), now - 1
    assert climate_of(mail, now, P).grief == pytest.approx(1.0)
    assert climate_of(mail, 90 * 60.0, P).bad == 0.0


def test_invariant_private_messages_are_under_no_post() -> None:
    """Invariant: only public messages have a post; incidents are counted from 0."""
    m = month().log.messages
    assert (m.post[~m.public] == NO_POST).all()
    assert m.public.any()
    assert (m.incident >= NO_INCIDENT).all()


def test_invariant_nothing_happens_after_the_month() -> None:
    """Invariant: what the client answers after the month has neither pleased nor sold within it."""
    client = load_client("online-shop:77").with_parameters({"inbox.followers_order": 9.0})
    start = day_one(client, seed=2, people=2_000)
    book = replace(playbook(client, Plan(posts=0)), replies=rules(ReplyRule("all", action="escalate")))
    played = play(start, replace(book, shifts=shifts((8, 24))), days=5)
    m, end = played.log.messages, 5 * MINUTES_PER_DAY
    late = (m.action == taken("escalate")) & np.isnan(m.reply_time)
    assert late.any()
    assert not m.sold[late].any()
    assert np.isnan(m.satisfaction[late]).all()
    assert (played.log.purchases.time < end).all()
    assert m.sold.sum() == (played.log.purchases.time < end).sum() - _needs(played)


def _needs(played: Played) -> int:
    """Sales that no message led to: those whose moment is that of no answer."""
    answers = set(np.round(played.log.messages.reply_time, 6).tolist())
    return sum(round(time, 6) not in answers for time in played.log.purchases.time.tolist())


def test_invariant_what_hands_are_at_does_not_run_out() -> None:
    """Invariant: a message taken up just before its time is over does not expire in somebody's hands."""
    start = day_one(load_client("salon:77"), seed=1, people=1_000)
    inbox = start.page.played_on(
        start.page.table, 7, start.former.exposures.post, start.former.exposures.person
    ).inbox
    found = drafts(np.array([10.0, 11.0]), np.array([1, 2], np.uint64), kind=KINDS.index("praise"))
    inbox.mail.add(found, np.zeros(2, np.uint8), np.zeros(2, bool), [False] * 2, ["text"] * 2)
    inbox.take_up(0)
    inbox.begin(12 + P["inbox.patience_hours"] * 60)
    assert [ACTIONS_TAKEN[action] for action in inbox.mail.action] == ["waiting", "expired"]


@pytest.mark.parametrize("name", ["academy", "newsroom", "salon"])
def test_invariant_a_crisis_is_one_and_the_same_for_all(name: str) -> None:
    """Invariant: it is of a kind that fits the client, and all who write of it name one product and one day,
    in their own words.
    """
    client = load_client(name).with_parameters({**BUSY, "incident.crisis_rate": 8.0})
    log = play(day_one(client, seed=2, people=2_000), playbook(client, Plan(posts=4))).log
    crisis = next(at for at, one in enumerate(log.incidents) if one.kind != "pile-on")
    assert log.incidents[crisis].kind in crises(client.file.kind)
    rows = np.flatnonzero(log.messages.incident == crisis)
    assert len(rows) > 40
    for code, language in enumerate(LANGUAGES):
        texts = [log.messages.texts[row].casefold() for row in rows if log.messages.language[row] == code]
        days = words_of(language)["fillings"]["day"]
        said = words_of(language)["said"]
        products = {
            item.name
            for item in client.file.products
            for word in said[item.name]
            for text in texts
            if re.search(rf"\b{re.escape(word.casefold())}\b", text)
        }
        assert len({day for day in days for text in texts if day.casefold() in text}) <= 1
        assert len(products) <= 1
        assert len(set(texts)) > 0.5 * len(texts)
