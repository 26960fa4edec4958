"""Regular months and paired runs: what the laws of the trade are tested with.

Texts are neutral (made-up words, no cue of any purpose or topic), so that what is declared
stands and a plan differs from another only in what the law is about. Every plan is played in
the same worlds, with the same texts for its selling posts and the same for its others, so that
differences are paired: what a text's luck does, it does in every plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from datetime import datetime, time, timedelta
from math import ceil

import numpy as np
from joblib import Parallel, delayed

from simulator.network.month import Played, day_one, play
from simulator.playbook.page import Page
from simulator.playbook.plan import ContentPlan
from simulator.playbook.playbook import Playbook
from simulator.playbook.posts import Post
from simulator.world.clients import Client, load_client

SYLLABLES = ("ba", "do", "fi", "gu", "ka", "lo", "mi", "nu", "pe", "ri", "so", "tu", "va", "we", "yo", "ze")
OTHERS = ("inform", "entertain", "talk")
FULL_PAGE = Page(
    name="Kikapu",
    category="shop",
    about="Everything for the kitchen and the home, sent to your door in three days.",
    avatar="a.png",
    cover="c.png",
    contact="0700 000 000",
    opening_hours={"monday": "09:00-18:00"},
    link="kikapu.example",
    pinned_post="Welcome",
)


@dataclass(frozen=True)
class Plan:
    """A regular month: everything a law may change, with sensible defaults."""

    posts: int = 20
    share: float = 0.3
    hours: tuple[int, ...] = (12, 18, 20)
    order: str = "alternate"
    purposes: tuple[str, ...] = OTHERS
    topics: tuple[str, ...] = ()
    offer: float = 0.1
    format: str = "photo"
    one_text: bool = False
    words: str = ""
    production_hours: float | None = None
    page: Page | None = None
    days: int = 28
    last_day: int = 28
    turn: int = 0


NOTHING = Plan(posts=0)
NO_HARD_DAYS = {"incident.crisis_chance": 0.0, "incident.pile_on_chance": 0.0}
"""Laws of posts are played without hard days, which nobody answers there: with them three in ten beat no
selling by 2.4 standard errors in twelve worlds, without them by more than 3."""


def neutral_text(number: int) -> str:
    """A text of five made-up words; no two numbers share any."""
    return " ".join(_word(number * 5 + k + 1) for k in range(5))


def _word(code: int) -> str:
    word = ""
    while code:
        word += SYLLABLES[code % 16]
        code //= 16
    return word + "x"


def playbook(client: Client, plan: Plan) -> Playbook:
    """The playbook of a regular month."""
    selling = _selling(plan)
    topics = plan.topics or client.topic_names
    turns = {True: 0, False: 0}
    posts = []
    for k in range(plan.posts):
        sells = k in selling
        turn, turns[sells] = turns[sells], turns[sells] + 1
        text = neutral_text(0 if plan.one_text else 2 * turn + sells)
        posts.append(
            Post(
                posting_time=_moment(client, plan, k),
                text=f"{text} {plan.words}".strip(),
                format=plan.format,
                purpose="sell" if sells else plan.purposes[turn % len(plan.purposes)],
                topic=topics[(turn + plan.turn) % len(topics)],
                offer=plan.offer if sells else 0.0,
                production_hours=plan.production_hours,
            )
        )
    return Playbook(plan.page, ContentPlan(tuple(posts)))


def _selling(plan: Plan) -> set[int]:
    """Which posts sell: spread evenly, or in a row at the start or in the middle."""
    count = round(plan.posts * plan.share)
    if plan.order != "alternate":
        first = {"block": 0, "middle": (plan.posts - count) // 2}[plan.order]
        return set(range(first, first + count))
    return {int((k + 0.5) * plan.posts / count) for k in range(count)}


def _moment(client: Client, plan: Plan, k: int) -> datetime:
    day = int(k * plan.last_day / plan.posts)
    a_day = ceil(plan.posts / plan.last_day)
    turn = k - ceil(day * plan.posts / plan.last_day)
    if a_day == 1:
        hour, minute = plan.hours[k % len(plan.hours)], (7 * k) % 50
    else:
        hour = plan.hours[turn % len(plan.hours)]
        minute = int(60 * (turn // len(plan.hours)) / ceil(a_day / len(plan.hours)))
    return datetime.combine(client.file.month_start, time(hour, minute)) + timedelta(days=day)


@dataclass(frozen=True)
class Figures:
    """What the laws speak of, of one month: money in currency units, rates 0-1."""

    worth: float
    month_worth: float
    followers: float
    new_followers: float
    unfollows: float
    unfollow_rate: float
    reach: float
    reach_rate: float
    reactions_per_post: float
    interaction_rate: float
    click_rate: float
    sales: float
    visits: float
    visit_to_follow: float
    fitting_rate: float
    unfitting_rate: float
    selling_reach: float
    other_reach: float
    selling_clicks: float
    other_clicks: float
    selling_reactions: float
    other_reactions: float
    prize_kept: float


def figures(month: Played) -> Figures:
    """The figures of one month, counted from its log."""
    log, e = month.log, month.log.exposures
    posts, start = max(1, len(log.posts)), len(log.followers_start)
    acted, clicked, reacted = (e.actions & 7) > 0, (e.actions & 8) > 0, (e.actions & 1) > 0
    sells = np.array([post.reading.purpose == "sell" for post in log.posts], bool)
    of_selling = sells[e.post] if len(e.post) else np.zeros(0, bool)
    fit = _match(month)
    low, high = np.quantile(fit, [1 / 3, 2 / 3]) if len(fit) else (0.0, 0.0)
    won = log.follows.person[log.follows.time < 10 * 1440]
    return Figures(
        worth=month.worth_cents / 100,
        month_worth=(month.worth_cents - month.carry_over.cents) / 100,
        followers=float(len(log.followers_end)),
        new_followers=float(len(log.follows.time)),
        unfollows=float(len(log.unfollows.time)),
        unfollow_rate=len(log.unfollows.time) / start,
        reach=len(e.time) / posts,
        reach_rate=len(e.time) / posts / start,
        reactions_per_post=reacted.sum() / posts,
        interaction_rate=_mean(acted),
        click_rate=_mean(clicked),
        sales=float(len(log.purchases.time)),
        visits=float(len(log.visits.time)),
        visit_to_follow=_mean(log.visits.followed),
        fitting_rate=_mean(acted[fit >= high]),
        unfitting_rate=_mean(acted[fit <= low]),
        selling_reach=of_selling.sum() / max(1, sells.sum()),
        other_reach=(~of_selling).sum() / max(1, (~sells).sum()),
        selling_clicks=_mean(clicked[of_selling]),
        other_clicks=_mean(clicked[~of_selling]),
        selling_reactions=_mean(reacted[of_selling]),
        other_reactions=_mean(reacted[~of_selling]),
        prize_kept=_mean(np.isin(won, log.followers_end)),
    )


def _mean(flags: np.ndarray) -> float:
    return float(flags.mean()) if len(flags) else 0.0


def _match(month: Played) -> np.ndarray:
    """The match of every exposure's person with its post's topic."""
    from simulator.world.world import topic_vectors

    e, names = month.log.exposures, month.client.topic_names
    topics = np.array([names.index(post.reading.topic) for post in month.log.posts], int)
    match = month.world.people.match(e.person.astype(np.int64), topic_vectors(month.client))
    return match[np.arange(len(e.person)), topics[e.post]] if len(e.person) else np.zeros(0)


def _one_world(client: Client, plans: Sequence[Plan], seed: int, options: Mapping[str, int]) -> list[tuple]:
    """Topics begin with another one in every world, so that no plan meets only some; no day is hard."""
    client = client.with_parameters(NO_HARD_DAYS)
    start = day_one(client, seed=seed, **options)
    books = [playbook(client, replace(plan, turn=seed)) for plan in plans]
    return [
        astuple(figures(play(start, book, days=plan.days))) for plan, book in zip(plans, books, strict=True)
    ]


def run(
    client: Client, plans: Sequence[Plan], seeds: Sequence[int], **options: int
) -> dict[Plan, dict[str, np.ndarray]]:
    """Every plan played in every world: ``result[plan]["worth"]`` has one number a seed."""
    rows = Parallel(n_jobs=2)(delayed(_one_world)(client, plans, seed, options) for seed in seeds)
    table = np.array(rows)
    names = [field.name for field in fields(Figures)]
    return {plan: dict(zip(names, table[:, k].T, strict=True)) for k, plan in enumerate(plans)}


def changed(label: str, **changes: float) -> Client:
    """The client with some constants changed; ``__`` stands for the dot of a name."""
    return load_client(label).with_parameters({name.replace("__", "."): x for name, x in changes.items()})


def one_chronotype(client: Client, index: int) -> Client:
    """The client in a town where everybody keeps the same hours."""
    mix = np.zeros(len(client.hidden.chronotype_mix))
    mix[index] = 1.0
    return replace(client, hidden=replace(client.hidden, chronotype_mix=mix))
