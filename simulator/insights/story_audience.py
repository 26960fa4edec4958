"""The story of the audience: who came and left, and over what."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from simulator.insights.ad_tables import people_reached
from simulator.insights.comparison import count, usual_figures, usual_title
from simulator.insights.metrics import ratio
from simulator.insights.newcomers import all_newcomers, newcomers
from simulator.insights.told import Told, kinds, purpose
from simulator.insights.words import counted, group_title, most, percent, signed_percent, when
from simulator.texts import say

if TYPE_CHECKING:
    import pandas as pd

FEW_LOSSES: Final = 10
"""A rate of fewer people lost than this is decided by chance more than by the posts."""
STREAK_POSTS: Final = 3
"""So many selling posts without another between them are told of."""


def growth(told: Told) -> str:
    summary = told.insights.summary
    start, end = int(summary["followers_start"]), int(summary["followers_end"])
    words = {name: f"{summary[name]:,}" for name in ("new_followers", "unfollows")}
    change = signed_percent(ratio(end - start, start))
    sentence = say("insights.story.growth", start=f"{start:,}", end=f"{end:,}", change=change, **words)
    if told.before is not None:
        usual = usual_figures(told.insights, told.before)
        counts = {"won": count(usual["new_followers"]), "lost": count(usual["unfollows"])}
        title = usual_title(told.insights.month.days)
        sentence += " " + say("insights.story.growth_usual", usual=title, **counts)
    return sentence


def won_by(told: Told) -> str:
    """Through what new followers came, and how many of the visitors stayed."""
    log = told.insights.month.log
    ways, everybody = newcomers(log), all_newcomers(log)
    if not everybody.visits:
        return ""
    words = {way: f"{came.won:,}" for way, came in ways.items()}
    rate = {"visits": f"{everybody.visits:,}", "rate": percent(everybody.rate)}
    sentence = say("insights.story.won_by" if log.ads else "insights.story.won_by_no_ads", **words, **rate)
    if told.before is not None:
        usual = all_newcomers(told.before.month.log)
        title = usual_title(told.insights.month.days)
        sentence += " " + say("insights.story.won_by_usual", usual=title, rate=percent(usual.rate))
    return sentence


def losses(told: Told) -> str:
    """Who left over which posts, for a thousand people reached."""
    posts = told.posts
    if not posts["unfollows"].sum():
        return ""
    sentence = say("insights.story.losses", lost=f"{posts['unfollows'].sum():,}", rates=_loss_rates(posts))
    if posts["unfollows"].sum() >= FEW_LOSSES:
        sentence += " " + _dearest(posts)
    groups = [*kinds(posts)]
    if told.before is not None and told.before.posts["reach"].sum():
        title = usual_title(told.insights.month.days)
        sentence += " " + say("insights.story.usual", usual=title, rates=_loss_rates(told.before.posts))
        groups += kinds(told.before.posts)
    if any(rows["reach"].sum() and rows["unfollows"].sum() < FEW_LOSSES for rows in groups):
        sentence += " " + say("insights.story.losses_few", few=FEW_LOSSES)
    return sentence


def _dearest(posts: pd.DataFrame) -> str:
    """The post that cost most."""
    row = most(posts, "unfollows")
    words = {"when": when(row["posting_time"]), "lost": f"{row['unfollows']:,}"}
    return say("insights.story.dearest", purpose=purpose(row), **words)


def _loss_rates(posts: pd.DataFrame) -> str:
    """The rates of selling posts and of others, each with of how many people it is."""
    selling, others = kinds(posts[posts["reach"] > 0])
    if selling.empty or others.empty:
        return say("insights.story.loss_rate", rate=_loss_rate(posts), of=_of(posts))
    rates = {"selling": _loss_rate(selling), "others": _loss_rate(others)}
    return say("insights.story.loss_rates", selling_of=_of(selling), others_of=_of(others), **rates)


def _loss_rate(posts: pd.DataFrame) -> str:
    return f"{1000 * ratio(posts['unfollows'].sum(), posts['reach'].sum()):.1f}"


def _of(posts: pd.DataFrame) -> str:
    words = {"lost": f"{posts['unfollows'].sum():,}", "people": f"{posts['reach'].sum():,}"}
    return say("insights.story.lost_of", **words)


def streak(told: Told) -> str:
    """The longest run of selling posts, and what it cost beside the other posts."""
    made = told.made.sort_values("posting_time", kind="stable")
    runs = [
        list(run) for sells, run in groupby(made.index, lambda row: made["purpose"][row] == "sell") if sells
    ]
    longest: list[Any] = max(runs, key=len, default=[])
    if len(longest) < STREAK_POSTS:
        return ""
    run, rest = made.loc[longest], made.drop(longest)
    ends = {"first": when(run["posting_time"].iloc[0]), "last": when(run["posting_time"].iloc[-1])}
    sentence = say("insights.story.streak", posts=len(run), **ends)
    if rest["reach"].sum() and run["unfollows"].sum():
        rates = {"rate": _loss_rate(run), "others": _loss_rate(rest)}
        sentence += " " + say("insights.story.streak_cost", **rates)
    return sentence


def seen_by(told: Told) -> str:
    """Whom the posts reached, and how they came to them."""
    reach = told.posts["reach"].sum()
    if not reach:
        return ""
    shares = {
        source: percent(told.posts[f"{source}_reach"].sum() / reach, 0)
        for source in ("follower", "friend", "recommended")
    }
    month = told.insights.month
    people = counted(int(told.insights.summary["reach"]), "people")
    sentence = say("insights.story.seen_by", people=people, **shares, **_largest(told.insights.audience))
    if month.log.ads:
        sentence += " " + say("insights.story.seen_with_ads", people=f"{people_reached(month):,}")
    return sentence


def _largest(audience: pd.DataFrame) -> dict[str, str]:
    """Of each way to split the town the group reached most, with its share."""
    groups = {}
    for by, rows in audience.groupby("by"):
        top = most(rows, "reach")
        share = percent(top["reach"] / max(1, rows["reach"].sum()), 0)
        groups[str(by)] = f"{group_title(str(top['group']))} ({share})"
    return groups
