"""The story of a month: at most ten sentences, each computed and said only when it is true."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from simulator.insights.comparison import count, figures, span, usual_figures, usual_title
from simulator.insights.metrics import ratio
from simulator.insights.tables import Insights
from simulator.insights.words import (
    direction,
    group_title,
    listed,
    most,
    percent,
    ranked,
    selling_posts,
    signed_percent,
    when,
)
from simulator.texts import say
from simulator.units import money

if TYPE_CHECKING:
    import pandas as pd

MOST_SENTENCES: Final = 10
FEW_POSTS: Final = 4
"""Fewer posts of a kind than this are too few to speak of the kind."""
FEW_LOSSES: Final = 10
"""With fewer lost over posts than this, who left over what is partly luck."""
STREAK_POSTS: Final = 3
"""So many selling posts without another between them are told of."""
QUIET: Final = 0.5
"""An hour with fewer followers online than this share of an average hour's is a quiet one."""
NAMED: Final = 4
"""So many posts are named before the rest is counted."""


@dataclass(frozen=True)
class Told:
    """What the story is told from: the month and what it is measured against, if known."""

    insights: Insights
    nothing: float | None = None
    before: Insights | None = None

    @property
    def posts(self) -> pd.DataFrame:
        return self.insights.posts

    @property
    def made(self) -> pd.DataFrame:
        return self.posts[self.posts["made"]]


def story(
    insights: Insights, nothing: float | None = None, before: Insights | None = None
) -> dict[str, list[str]]:
    """What happened, why and how good it was: sentences under ``audience``, ``posts``, ...

    ``nothing``: the worth in cents had nothing been posted; ``before``: the months before.
    A heading without a sentence is left out.
    """
    told = Told(insights, nothing, before)
    said = {tell: sentence for part in PARTS.values() for tell in part if (sentence := tell(told))}
    for tell in LEFT_OUT_FIRST:
        if len(said) > MOST_SENTENCES:
            said.pop(tell, None)
    parts = {name: [said[tell] for tell in part if tell in said] for name, part in PARTS.items()}
    return {name: sentences for name, sentences in parts.items() if sentences}


# ---------------------------------------------------------------- audience


def _growth(told: Told) -> str:
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


def _losses(told: Told) -> str:
    """Who left over which posts, for a thousand people reached."""
    posts = told.posts
    if not posts["unfollows"].sum():
        return ""
    sentence = say("insights.story.losses", lost=f"{posts['unfollows'].sum():,}", rates=_loss_rates(posts))
    if told.before is not None and told.before.posts["reach"].sum():
        title = usual_title(told.insights.month.days)
        sentence += " " + say("insights.story.usual", usual=title, rates=_loss_rates(told.before.posts))
    if posts["unfollows"].sum() < FEW_LOSSES:
        return sentence + " " + say("insights.story.losses_few")
    dearest = most(posts, "unfollows")
    words = {"when": when(dearest["posting_time"]), "lost": f"{dearest['unfollows']:,}"}
    return sentence + " " + say("insights.story.dearest", purpose=_purpose(dearest), **words)


def _loss_rates(posts: pd.DataFrame) -> str:
    selling, others = _kinds(posts[posts["reach"] > 0])
    if selling.empty or others.empty:
        return say("insights.story.loss_rate", rate=_loss_rate(posts))
    return say("insights.story.loss_rates", selling=_loss_rate(selling), others=_loss_rate(others))


def _loss_rate(posts: pd.DataFrame) -> str:
    return f"{1000 * ratio(posts['unfollows'].sum(), posts['reach'].sum()):.1f}"


def _streak(told: Told) -> str:
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


def _seen_by(told: Told) -> str:
    posts, audience = told.posts, told.insights.audience
    reach = posts["reach"].sum()
    if not reach:
        return ""
    shares = {
        source: percent(posts[f"{source}_reach"].sum() / reach, 0)
        for source in ("follower", "friend", "recommended")
    }
    groups = {}
    for by, rows in audience.groupby("by"):
        top = most(rows, "reach")
        share = percent(top["reach"] / max(1, rows["reach"].sum()), 0)
        groups[str(by)] = f"{group_title(str(top['group']))} ({share})"
    people = f"{told.insights.summary['reach']:,}"
    return say("insights.story.seen_by", people=people, **shares, **groups)


# ---------------------------------------------------------------- posts


def _best_and_worst(told: Told) -> str:
    order = ranked(told.posts).to_dict("records")
    if not order:
        return say("insights.story.nothing_seen" if len(told.made) else "insights.story.nothing_posted")
    if len(order) == 1:
        return say("insights.story.only", post=_post(order[0]))
    best = say("insights.story.best", best=_post(order[0]), worst=_post(order[-1]))
    return f"{best} {say('insights.story.luck')}"


def _post(row: Mapping[Any, Any]) -> str:
    return say(
        "insights.story.post",
        when=when(row["posting_time"]),
        purpose=_purpose(row),
        topic=row["topic"],
        engagements=f"{row['engagements']:,}",
        reach=f"{row['reach']:,}",
        rate=percent(row["engagement_rate"]),
    )


def _selling(told: Told) -> str:
    """How many posts sold, and how they did beside the others: the middle post of each kind."""
    if told.made.empty:
        return ""
    selling, others = _kinds(told.made)
    share = percent(len(selling) / len(told.made), 0)
    sentence = say("insights.story.selling", posts=len(told.made), selling=len(selling), share=share)
    if told.before is not None:
        usual = percent(figures(told.before)["selling_share"], 0)
        title = usual_title(told.insights.month.days)
        sentence = say("insights.story.selling_usual", sentence=sentence, usual=title, share=usual)
    rates = [kind["engagement_rate"].dropna() for kind in (selling, others)]
    if min(map(len, rates)):
        middle = {"rate": percent(rates[0].median()), "others": percent(rates[1].median())}
        sentence += " " + say("insights.story.medians", **middle)
        if min(map(len, rates)) < FEW_POSTS:
            sentence += " " + say("insights.story.few", posts=min(map(len, rates)))
    return sentence


def _quiet_hours(told: Told) -> str:
    """Posts that went out when few followers are online, and how far they got."""
    made, followers = told.made, int(told.insights.summary["followers_start"])
    if made.empty or not followers:
        return ""
    calm = (
        told.insights.online[[moment.weekday() * 24 + moment.hour for moment in made["posting_time"]]] < QUIET
    )
    if not calm.any():
        return ""
    quiet, busy = made[calm], made[~calm]
    words = {"posts": len(quiet), "times": _times(quiet), "reached": _reached(quiet, followers)}
    if busy.empty:
        return say("insights.story.quiet", **words)
    return say("insights.story.quiet_compared", others=_reached(busy, followers), **words)


def _reached(posts: pd.DataFrame, followers: int) -> str:
    return percent(float(posts["follower_reach"].median()) / followers)


def _not_made(told: Told) -> str:
    missed = told.posts[~told.posts["made"]]
    if missed.empty:
        return ""
    return say("insights.story.not_made", posts=len(missed), times=_times(missed))


def _misread(told: Told) -> str:
    made = told.made
    other = made[(made["purpose"] != made["purpose_as_read"]) | (made["topic"] != made["topic_as_read"])]
    return "" if other.empty else say("insights.story.misread", posts=len(other), times=_times(other))


# ---------------------------------------------------------------- sales and worth


def _sales(told: Told) -> str:
    summary, sales = told.insights.summary, told.insights.month.log.purchases
    sentence = say("insights.story.no_sales")
    if summary["sales"]:
        words = {name: money(float(summary[f"{name}_cents"])) for name in ("revenue", "margin")}
        known, spot, ads = (int(rows.sum()) for rows in (sales.follower, sales.post >= 0, sales.ad >= 0))
        counts = {"sales": len(sales.post), "known": known, "others": len(sales.post) - known, "spot": spot}
        counts["later"] = len(sales.post) - spot - ads
        words |= {name: f"{number:,}" for name, number in counts.items()}
        sentence = say("insights.story.sales", **words)
        if ads:
            sentence += " " + say("insights.story.sales_ads", ads=f"{ads:,}")
    if told.before is not None:
        usual = usual_figures(told.insights, told.before)
        words = {name: money(usual[f"{name}_cents"]) for name in ("revenue", "margin")}
        title = usual_title(told.insights.month.days)
        sentence += " " + say("insights.story.sales_usual", usual=title, sales=count(usual["sales"]), **words)
    return sentence


def _losing_offers(told: Told) -> str:
    """Offers that are deeper than the margin of what they are about."""
    made = told.made
    losing = [row for row in made.to_dict("records") if any(_sold_at_a_loss(told, row))]
    if not losing:
        return ""
    offers = [
        say(
            "insights.story.offer",
            when=when(row["posting_time"]),
            offer=percent(row["offer"], 0),
            products=listed(_sold_at_a_loss(told, row)),
        )
        for row in losing[:NAMED]
    ]
    return say("insights.story.losing_offers", posts=len(losing), offers="; ".join(offers) + _rest(losing))


def _sold_at_a_loss(told: Told, row: Mapping[Any, Any]) -> Iterator[str]:
    """The products of the post's topic whose margin is less than its offer, each with its margin."""
    every = told.insights.month.client.file.products
    about = [product for product in every if product.topic == row["topic"]] or every
    for product in about:
        if row["purpose"] == "sell" and row["offer"] > product.margin_share:
            margin = percent(product.margin_share, 0)
            yield say("insights.story.product", name=product.name, margin=margin)


def _worth(told: Told) -> str:
    month, worth = told.insights.month, float(told.insights.summary["worth_cents"])
    later = month.carry_over_cents
    words = {"worth": money(worth), "now": money(worth - later), "later": money(later)}
    words["span"] = span(month.days)
    sentence = say("insights.story.worth", **words)
    if told.nothing is not None:
        more = worth - told.nothing
        against = {"nothing": money(told.nothing), "difference": money(abs(more))}
        sentence += " " + say(f"insights.story.worth_{direction(more)}", **against)
    return sentence


# ---------------------------------------------------------------- parts of sentences


def _kinds(posts: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Selling posts and the others."""
    selling = selling_posts(posts)
    return selling, posts[posts["made"]].drop(selling.index)


def _purpose(row: Mapping[Any, Any]) -> str:
    return say(f"insights.purposes.{row['purpose']}")


def _times(posts: pd.DataFrame) -> str:
    return listed(when(moment) for moment in posts["posting_time"].head(NAMED)) + _rest(posts.index)


def _rest(posts: Iterable[Any]) -> str:
    more = len(list(posts)) - NAMED
    return say("insights.story.rest", more=more) if more > 0 else ""


Teller = Callable[[Told], str]

PARTS: Final[Mapping[str, tuple[Teller, ...]]] = {
    "audience": (_growth, _losses, _streak, _seen_by),
    "posts": (_best_and_worst, _selling, _quiet_hours, _not_made, _misread),
    "sales": (_sales, _losing_offers),
    "worth": (_worth,),
}
"""The story's headings, and what is told under each; an empty sentence is not true of the month."""

LEFT_OUT_FIRST: Final = (_seen_by, _misread)
"""What is left out when there is more to tell than the story holds."""
