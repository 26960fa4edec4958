"""A month: what always holds of its log, whose luck a change touches, and months at the edge."""

from __future__ import annotations

import pickle
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.insights.month import run_month
from simulator.network.carry_over import carry_over
from simulator.network.day import buy_in_need
from simulator.network.known import FADING, KnownPeople
from simulator.network.log import Log
from simulator.network.month import Played, day_one, play
from simulator.network.page import LivePage
from simulator.network.purchases import price_list
from simulator.network.views import Views
from simulator.playbook.plan import ContentPlan
from simulator.playbook.playbook import Playbook
from simulator.playbook.posts import FORMATS, PURPOSES, Post
from simulator.units import MINUTES_PER_DAY
from simulator.world.clients import Client, client_names, load_client
from simulator.world.names import person_card
from tests.experiments import FULL_PAGE, Plan, neutral_text, playbook
from tests.small_months import PEOPLE, TABLES, columns, found, month, played, same, shop

CLIENT = shop()
START = datetime.combine(CLIENT.file.month_start, datetime.min.time())
BUSY = Plan(posts=56, share=0.4, words="giveaway", page=FULL_PAGE)
MONTHS = [(BUSY, name) for name in client_names()] + [
    (Plan(posts=0), "salon"),
    (Plan(one_text=True), "newsroom"),
]

EDGE_POST = st.builds(
    Post,
    posting_time=st.integers(0, 7 * 1440 - 1).map(lambda minutes: START + timedelta(minutes=minutes)),
    text=st.one_of(st.just(""), st.text(max_size=60), st.integers(0, 6).map(neutral_text)),
    format=st.sampled_from(FORMATS),
    purpose=st.sampled_from(PURPOSES),
    topic=st.sampled_from(CLIENT.topic_names),
    offer=st.sampled_from([0.0, 0.2, 0.5]),
    production_hours=st.one_of(st.none(), st.floats(0, 24)),
)


@pytest.fixture(params=MONTHS, ids=lambda case: f"{case[1]}-{case[0].posts}")
def any_month(request: pytest.FixtureRequest) -> Played:
    """A small month of each client, an empty one and one of a single text."""
    plan, name = request.param
    return month(plan, name)


def post(hours: float, text: str, **changes: Any) -> Post:
    usual = Post(START + timedelta(hours=hours), text, "photo", "inform", CLIENT.topic_names[0])
    return replace(usual, **changes)


def book(*posts: Post) -> Playbook:
    return Playbook(None, ContentPlan(posts))


# ------------------------------------------------------------------ invariants


def check_log(log: Log, people: int) -> None:
    """Everything that holds of every log."""
    e, end = log.exposures, log.days * MINUTES_PER_DAY
    for name in TABLES:
        times = getattr(log, name).time
        assert (np.diff(times) >= 0).all(), name
        assert ((times >= 0) & (times < end)).all(), name
    out = np.array([published.post_time for published in log.posts] or [0])
    made = np.array([published.made for published in log.posts] or [False])
    assert (e.time >= out[e.post]).all()
    assert made[e.post].all()
    assert (e.impressions >= 1).all()
    assert len(set(zip(e.post.tolist(), e.person.tolist(), strict=True))) == len(e.time)
    assert (np.bincount(e.post) <= people).all()
    assert ((e.person >= 0) & (e.person < people)).all()


def check_followers(log: Log) -> None:
    """Follows and unfollows, one after the other, lead from the first followers to the last."""
    events = [
        (moment, 1, person) for moment, person in zip(log.follows.time, log.follows.person, strict=True)
    ]
    events += [
        (moment, 0, person) for moment, person in zip(log.unfollows.time, log.unfollows.person, strict=True)
    ]
    events.sort(key=lambda event: event[0])
    following, by_day, day = set(log.followers_start.tolist()), [len(log.followers_start)], 1
    for moment, comes, person in events:
        while moment >= day * MINUTES_PER_DAY:
            by_day.append(len(following))
            day += 1
        assert (person not in following) if comes else (person in following)
        following ^= {int(person)}
    by_day += [len(following)] * (log.days + 1 - len(by_day))
    assert following == set(log.followers_end.tolist())
    assert log.followers_by_day.tolist() == by_day


def test_invariant_of_every_log(any_month: Played) -> None:
    """Invariant: nobody sees a post twice, before it is out or after the month; tables stand in order of
    time.
    """
    check_log(any_month.log, PEOPLE)


def test_invariant_followers_are_accounted_for(any_month: Played) -> None:
    """Invariant: followers at the end are those at the start + won - lost, day by day and by name."""
    check_followers(any_month.log)


def test_invariant_visits_and_follows_agree(any_month: Played) -> None:
    """Invariant: every follow is a visit that ended in following, by a person who did not follow."""
    log = any_month.log
    stayed = log.visits.followed
    assert np.array_equal(np.sort(log.visits.person[stayed]), np.sort(log.follows.person))
    assert stayed.sum() == len(log.follows.time)


def test_invariant_money(any_month: Played) -> None:
    """Invariant: margins do not exceed prices paid, prices not the list; expected margins are those of all
    days.
    """
    sales, products = any_month.log.purchases, any_month.client.file.products
    listed = np.array([product.price_cents for product in products])
    assert (sales.margin_cents <= sales.price_cents).all()
    assert (sales.price_cents <= listed[sales.product]).all()
    assert (sales.price_cents >= listed[sales.product] * 0.5 - 1).all()
    assert len(any_month.log.expected_margin_by_day) == any_month.days
    assert (any_month.log.expected_anyway_by_day > 0).all()


def test_invariant_who_is_reached_how(any_month: Played) -> None:
    """Invariant: whom the feed recommends a post to does not follow; shares are what friends come by."""
    e, log = any_month.log.exposures, any_month.log
    friends = e.source == 1
    shared = set(e.post[(e.actions & 4) > 0].tolist())
    assert set(e.post[friends].tolist()) <= shared
    always = set(log.followers_start.tolist()) & set(log.followers_end.tolist()) - set(
        log.unfollows.person.tolist()
    )
    assert not always & set(e.person[e.source == 2].tolist())


@given(st.lists(EDGE_POST, max_size=12), st.integers(1, 7))
@settings(max_examples=15, deadline=None)
def test_invariant_any_plan_gives_a_sound_month(posts: list[Post], days: int) -> None:
    """Invariant: whatever texts, hours and offers a plan has, and however short the month, its log holds."""
    happened = play(found(people=1_000), book(*posts), days=days)
    check_log(happened.log, 1_000)
    check_followers(happened.log)
    assert np.isfinite(happened.worth_cents)


def test_invariant_a_run_changes_no_input() -> None:
    """Invariant: client, playbook and the page as found are byte for byte the same after a month
    was played.
    """
    start, plan = found(), playbook(CLIENT, BUSY)
    before = [pickle.dumps(thing) for thing in (CLIENT, plan, start.former, start.page.__dict__)]
    play(start, plan)
    after = [pickle.dumps(thing) for thing in (CLIENT, plan, start.former, start.page.__dict__)]
    assert before == after


def test_invariant_the_same_arguments_give_the_same_month() -> None:
    """Invariant: played again, from the page remembered or from one built anew, a month has the same log."""
    plan = playbook(CLIENT, BUSY)
    first = play(found(), plan)
    day_one.__globals__["_day_one"].cache_clear()
    again = play(day_one(load_client("online-shop"), people=PEOPLE), plan)
    assert same(first.log, again.log)
    assert same(first.log, play(found(), plan).log)
    assert first.worth_cents == again.worth_cents


def test_invariant_a_shorter_month_is_the_beginning_of_a_longer_one() -> None:
    """Invariant: what happens in the first week does not depend on how long the month goes on."""
    short, long = (month(replace(Plan(posts=14, last_day=14), days=days)).log for days in (7, 28))
    for name, column in columns(short).items():
        table, _, field = name.partition(".")
        if field:
            times = getattr(long, table).time
            assert np.array_equal(column, getattr(getattr(long, table), field)[times < 7 * 1440]), name
    assert np.array_equal(short.followers_by_day, long.followers_by_day[:8])
    assert np.array_equal(short.expected_margin_by_day, long.expected_margin_by_day[:7])


def test_invariant_people_meet_posts_in_order_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Invariant: each person meets posts one after the other, whatever posts they are: never an earlier one
    later.
    """
    last = np.full(PEOPLE, -np.inf)
    several = 0
    meet = LivePage._meet

    def watched(page: LivePage, views: Views) -> None:
        nonlocal several
        persons = page.known.person[views.row]
        assert len(np.unique(persons)) == len(persons)
        assert (views.time >= last[persons]).all()
        several += int((views.time - last[persons] < 360).sum())
        last[persons] = views.time
        meet(page, views)

    monkeypatch.setattr(LivePage, "_meet", watched)
    posts = [post(10 + k / 2, neutral_text(k)) for k in range(40)]
    played(book(*posts), days=4)
    assert several > 20


def test_invariant_the_order_of_a_plan_does_not_matter() -> None:
    """Invariant: a plan's rows may stand in any order."""
    plan = playbook(CLIENT, Plan(posts=10))
    turned = Playbook(None, ContentPlan(plan.plan.posts[::-1]))
    assert same(played(plan).log, played(turned).log)


def test_invariant_every_day_is_reported() -> None:
    """Invariant: who follows the month is told of each day once, in order."""
    days: list[int] = []
    play(found(), Playbook.empty(), days=9, day_done=days.append)
    assert days == list(range(1, 10))


# ------------------------------------------------------------------ named luck


def pairs(log: Log, which: np.ndarray) -> set[tuple[int, int, float]]:
    e = log.exposures
    return set(zip(e.post[which].tolist(), e.person[which].tolist(), e.time[which].tolist(), strict=True))


@pytest.fixture(scope="module")
def changed_at_day_14() -> tuple[Log, Log, int]:
    """A month, the same with another text for one post in its middle, and when that one goes out."""
    plan = playbook(CLIENT, Plan(posts=20))
    posts = list(plan.plan.posts)
    posts[10] = replace(posts[10], text=neutral_text(777))
    before, after = played(plan).log, played(book(*posts)).log
    return before, after, before.posts[10].post_time


def test_invariant_a_changed_post_leaves_what_was_before(changed_at_day_14: tuple[Log, Log, int]) -> None:
    """Invariant: everything up to the moment a changed post goes out is as it was, to the minute."""
    before, after, moment = changed_at_day_14
    noon = moment - moment % 1440 - 720
    for name in TABLES:
        times = [getattr(log, name).time for log in (before, after)]
        for field in getattr(before, name).__slots__:
            old, new = (
                getattr(getattr(log, name), field)[time < noon]
                for log, time in zip((before, after), times, strict=True)
            )
            assert np.array_equal(old, new), (name, field)
    assert np.array_equal(before.followers_start, after.followers_start)


def test_invariant_a_changed_post_hardly_moves_who_sees_the_others(
    changed_at_day_14: tuple[Log, Log, int],
) -> None:
    """Invariant: of the other posts nine in ten views are by the same people at the same time."""
    before, after, _ = changed_at_day_14
    old, new = (pairs(log, log.exposures.post != 10) for log in (before, after))
    assert len(old & new) > 0.9 * len(old | new)
    old, new = (pairs(log, log.exposures.post == 10) for log in (before, after))
    assert len(old & new) < 0.2 * len(old | new)


def test_invariant_who_needs_something_is_the_same_under_any_plan() -> None:
    """Invariant: purchases in need under two plans are mostly those of the same people on the same days."""
    plans = [Plan(posts=20, share=0.4), Plan(posts=14, share=0.4)]
    sales = [month(plan, "supermarket", people=20_000).log.purchases for plan in plans]
    needs = [
        set(zip((s.time[s.post < 0] // 1440).tolist(), s.person[s.post < 0].tolist(), strict=True))
        for s in sales
    ]
    assert len(needs[0]) > 10
    assert len(needs[0] & needs[1]) > 0.5 * min(map(len, needs))


def test_invariant_strangers_search_the_same_under_any_text() -> None:
    """Invariant: who looks the page up on a day does not depend on what one post says, as long as followers
    are the same.
    """
    posts = [post(12, neutral_text(k)) for k in range(2)]
    first, second = (played(book(one), days=2).log.visits for one in posts)
    seen = [
        set(visits.person[(visits.source == 3) & (visits.time < 720 + 720)].tolist())
        for visits in (first, second)
    ]
    assert seen[0] == seen[1]


def test_invariant_names_never_touch_a_result() -> None:
    """Invariant: making cards of people before or during a month moves nothing: names are decoration."""
    plan, start = playbook(CLIENT, Plan(posts=6)), found()
    plain = play(start, plan).log
    for person in range(30):
        person_card(start.world.luck, person, "female", 30, "Bandariva", ["cooking"])

    def show_somebody(day: int) -> None:
        person_card(start.world.luck, day, "male", 50, "Bandariva")

    assert same(plain, play(start, plan, day_done=show_somebody).log)


# ------------------------------------------------------------------ extremes


def test_extreme_no_posts() -> None:
    """Extreme: a page that posts nothing reaches nobody, and people in need still buy."""
    log = played(Playbook.empty()).log
    assert len(log.exposures.time) == 0
    assert log.posts == ()
    assert (log.expected_margin_by_day > 0).all()
    assert len(log.unfollows.time) < 0.02 * len(log.followers_start)


@pytest.mark.parametrize("followers", [0, 1])
def test_extreme_hardly_anybody_follows(followers: int) -> None:
    """Extreme: a page with one follower or none plays through; nobody is lost who was not there."""
    start = day_one(CLIENT, people=1_000, followers=followers)
    happened = play(start, playbook(CLIENT, Plan()))
    check_log(happened.log, 1_000)
    check_followers(happened.log)
    assert len(start.former.followers_start) == followers


def test_extreme_everybody_follows() -> None:
    """Extreme: when the whole town follows there is nobody to recommend to and nobody to win."""
    start = day_one(CLIENT, people=1_000, followers=1_000)
    log = play(start, playbook(CLIENT, Plan())).log
    check_followers(log)
    assert len(log.followers_start) > 900
    assert len(log.followers_end) <= 1_000


@pytest.mark.parametrize("name", client_names())
def test_extreme_a_hamlet(name: str) -> None:
    """Extreme: a town of thirty people is a town."""
    happened = play(day_one(shop(name), people=30), playbook(shop(name), Plan(posts=5)))
    check_log(happened.log, 30)
    check_followers(happened.log)


def test_extreme_a_post_every_minute_of_a_day() -> None:
    """Extreme: the week's hours run out: the first posts go out, each with the least work, the
    others never.
    """
    minutes = [post(k / 60, f"kafix{k}x lodox{k}x") for k in range(1_440)]
    log = played(book(*minutes), days=3).log
    least = CLIENT.hidden.parameters["production.least_hours"]
    room = int(CLIENT.file.hours_per_week / least + 1e-9)
    assert [published.made for published in log.posts] == [True] * room + [False] * (1_440 - room)
    assert sum(published.hours for published in log.posts) <= CLIENT.file.hours_per_week + 1e-9
    check_log(log, PEOPLE)


def test_extreme_nobody_is_ever_online() -> None:
    """Extreme: people who hardly open the network see hardly anything."""
    asleep = CLIENT.with_parameters({"people.activity_mean": 0.02, "people.activity_spread": 0.01})
    usual = len(month(Plan()).log.exposures.time)
    log = play(day_one(asleep, people=PEOPLE), playbook(asleep, Plan())).log
    assert len(log.exposures.time) < 0.02 * usual


def test_extreme_a_year() -> None:
    """Extreme: fifty-two weeks play through: the last day is as sound as the first."""
    plan = Plan(posts=182, days=364, last_day=364)
    happened = month(plan)
    check_log(happened.log, PEOPLE)
    check_followers(happened.log)
    assert len(happened.log.followers_by_day) == 365
    assert (happened.log.exposures.time > 360 * 1440).any()
    assert np.isfinite(happened.worth_cents)


def test_extreme_posts_after_the_end_do_not_go_out() -> None:
    """Extreme: of a plan longer than the month, what lies behind its end is seen by nobody."""
    log = played(
        book(post(10, "kafix lodox"), post(7 * 24, "mirex pesux"), post(20 * 24, "towax")), days=7
    ).log
    check_log(log, PEOPLE)
    assert set(log.exposures.post.tolist()) <= {0}


def test_extreme_insights_of_a_plan_longer_than_the_month() -> None:
    """Extreme: a table of days has as many rows as there were days, also when a plan goes on after them."""
    plan = book(post(10, "kafix lodox"), post(20 * 24, "towax"))
    days = run_month(CLIENT, plan, people=PEOPLE, days=7).insights.daily
    assert len(days) == 7


@pytest.mark.parametrize("text", ["", "🙂", "!!!!", "PESA " * 400, "x", "\n\t", "ﷺ" * 50])
def test_extreme_any_text_can_be_posted(text: str) -> None:
    """Extreme: empty, wordless, shouted or endless texts are posts like others."""
    log = played(book(post(12, text), post(36, text, purpose="sell", offer=0.5)), days=4).log
    check_log(log, PEOPLE)
    assert all(0 <= published.quality <= 1 for published in log.posts)


def test_extreme_ten_thousand_rows(tmp_path: Path) -> None:
    """Extreme: a plan of 10,000 rows is read and played; what the hours do not allow
    is not made.
    """
    step = 28 * 1440 / 10_000
    rows = [post(k * step / 60, f"kafix{k}x lodox{k}x mirex{k}x") for k in range(10_000)]
    Playbook(None, ContentPlan(tuple(rows))).write(tmp_path)
    found()
    plan = Playbook.read(tmp_path, CLIENT)
    log = run_month(CLIENT, plan, people=PEOPLE).log
    assert len(log.posts) == 10_000
    made = Counter(published.post_time // (7 * 1440) for published in log.posts if published.made)
    assert len(set(made.values())) == 1


def test_extreme_a_client_with_few_topics_and_one_product(tmp_path: Path) -> None:
    """Extreme: a client with as little as a file may hold plays through."""
    text = (Path("docs") / "clients.md").read_text("utf-8").split("```toml\n", 1)[1].split("\n```", 1)[0]
    path = tmp_path / "own.toml"
    path.write_text(text, "utf-8")
    own = load_client(path)
    happened = play(day_one(own, people=1_000), playbook(own, Plan()))
    check_log(happened.log, 1_000)
    assert len(happened.log.exposures.time) > 0


# ------------------------------------------------------------------ carry-over


def carry(known: KnownPeople, client: Client = CLIENT) -> float:
    return carry_over(known, price_list(client), 0.0, np.zeros(0, int)).cents


def test_extreme_nobody_known_carries_nothing_over() -> None:
    """Extreme: a page that nobody met leaves nothing behind."""
    assert carry(KnownPeople(found().world)) == 0


@pytest.mark.parametrize("feeling", ["follower", "goodwill", "offers", "utility"])
def test_law_good_feelings_carry_over(feeling: str) -> None:
    """Law: the more follow, trust the page, know its offers and like following, the more a month leaves."""
    known = KnownPeople(found().world)
    rows = known.rows(np.arange(100), 0.0)
    known.follower[rows] = feeling != "follower"
    worths = []
    for level in (0.0, 0.3, 0.6, 1.0):
        if feeling == "follower":
            known.follower[rows[: int(level * 100)]] = True
        else:
            getattr(known, feeling)[rows] = level
        worths.append(carry(known))
    assert worths == sorted(worths)
    assert worths[-1] > worths[0]


def test_theory_people_who_feel_nothing_buy_what_they_would_buy_anyway() -> None:
    """Theory: in need, somebody left cold by the page is a stranger: expected margin is the one anyway."""
    start = found()
    former = start.former.exposures
    page = start.page.played_on(start.page.table, 1, former.post, former.person)
    for feeling in (*FADING, "utility", "deal"):
        getattr(page.known, feeling)[:] = 0
    buy_in_need(page, 720.0)
    assert page.record.anyway[0] > 0
    assert page.record.expected[0, "need"] == pytest.approx(page.record.anyway[0], rel=1e-4)


def test_theory_worth_is_what_the_page_added() -> None:
    """Theory: worth = expected margin - what people were to buy anyway + carry-over - hours."""
    happened = month(Plan())
    added = happened.log.expected_margin_by_day.sum() - happened.log.expected_anyway_by_day.sum()
    assert happened.worth_cents == pytest.approx(added + happened.carry_over.cents - happened.worth.hours)


def test_theory_sales_are_what_was_expected() -> None:
    """Theory: over many worlds the margin that luck made is the margin expected, within four
    standard errors.
    """
    happened = [month(Plan(share=0.4), "supermarket", seed, 20_000) for seed in range(1, 5)]
    differences = [m.log.purchases.margin_cents.sum() - m.log.expected_margin_by_day.sum() for m in happened]
    sales = np.concatenate([m.log.purchases.margin_cents for m in happened]).astype(float)
    assert len(sales) > 50
    assert abs(sum(differences)) < 4 * np.sqrt((sales**2).sum())
