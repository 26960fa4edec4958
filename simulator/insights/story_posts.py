"""The story of the posts: the best and the worst, what they were for, their hours, the work put in."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp
from typing import TYPE_CHECKING, Any, Final

from simulator.insights.comparison import figures, usual_title
from simulator.insights.picture_words import FEW_REACHED
from simulator.insights.repeats import repeats
from simulator.insights.told import FEW_POSTS, Told, kinds, purpose, times
from simulator.insights.words import counted, percent, ranked, when
from simulator.parameters import Parameters
from simulator.texts import say
from simulator.units import DAYS_PER_WEEK

if TYPE_CHECKING:
    import pandas as pd

QUIET: Final = 0.5
"""An hour with fewer followers online than this share of an average hour's is a quiet one."""
HALF_MADE: Final = 0.5
"""Work that makes a post less good than this share of what no end of work would make is too little."""


def best_and_worst(told: Told) -> str:
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
        purpose=purpose(row),
        topic=row["topic"],
        engagements=counted(row["engagements"], "engagements"),
        people=counted(row["reach"], "people"),
        rate=percent(row["engagement_rate"]),
    )


def selling(told: Told) -> str:
    """How many posts sold, and how they did beside the others: the middle post of each kind."""
    if told.made.empty:
        return ""
    selling, others = kinds(told.made)
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
            sentence += " " + say("insights.story.few", posts=counted(min(map(len, rates)), "posts"))
    return sentence


def again(told: Told) -> str:
    """Texts that went out more than once, and whether people who had seen them did less."""
    found = repeats(told.insights)
    if found is None or found.again < FEW_REACHED:
        return ""
    posts = len(found.first) + len(found.later)
    words = {**_mean_outing("first", found.first), **_mean_outing("later", found.later)}
    share = percent(found.again / found.reached, 0)
    sentence = say("insights.story.again", texts=found.texts, posts=posts, share=share, **words)
    if found.wear is None or not found.worn:
        return f"{sentence} {say('insights.story.again_unsure')}"
    less, most, least = (percent(1 - rate, 0) for rate in found.wear)
    return f"{sentence} {say('insights.story.again_worn', less=less, least=least, most=most)}"


def _mean_outing(name: str, posts: pd.DataFrame) -> dict[str, str]:
    """What the outings had on average."""
    figures = {"engagements": f"{posts['engagements'].mean():.1f}", "reach": f"{posts['reach'].mean():,.0f}"}
    return {f"{name}_{figure}": shown for figure, shown in figures.items()}


def little_work(told: Told) -> str:
    """Posts that got too little work to be half as good as they could be."""
    made, month = told.made, told.insights.month
    p = month.client.hidden.parameters
    poor = made.loc[
        [place for place, row in zip(made.index, made.to_dict("records"), strict=True) if _half_made(row, p)]
    ]
    if poor.empty:
        return ""
    ends = dict.fromkeys(f"{hours:.2f}" for hours in sorted(poor["production_hours"]))
    return say(
        "insights.story.little_work",
        posts=len(poor),
        made=len(made),
        times=times(poor),
        hours="–".join(list(ends)[:: max(1, len(ends) - 1)]),
        of_paid=_of_paid(told),
    )


def _of_paid(told: Told) -> str:
    """How much of the paid hours went into posts; empty where shifts give the hours, for messages too."""
    month = told.insights.month
    if month.log.work is not None:
        return ""
    used = told.made["production_hours"].sum()
    paid = month.client.file.hours_per_week * month.days / DAYS_PER_WEEK
    return say("insights.story.little_work_paid", used=f"{used:.1f}", paid=f"{paid:.1f}")


def _half_made(row: Mapping[Any, Any], p: Parameters) -> bool:
    """Whether the work put in makes less than half of what no end of work would."""
    half = p.get(f"production.half_{row['format']}", 0.0)
    return half > 0 and 1 - exp(-row["production_hours"] / half) < HALF_MADE


def quiet_hours(told: Told) -> str:
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
    words = {"posts": len(quiet), "times": times(quiet), "reached": _reached(quiet, followers)}
    if busy.empty:
        sentence = say("insights.story.quiet", **words)
    else:
        sentence = say("insights.story.quiet_compared", others=_reached(busy, followers), **words)
    return " ".join(filter(None, (sentence, _usually_reached(told))))


def _usually_reached(told: Told) -> str:
    """How far the middle post of the months before got."""
    if told.before is None:
        return ""
    posts, followers = told.before.posts, int(told.before.summary["followers_start"])
    posts = posts[posts["made"]]
    if posts.empty or not followers:
        return ""
    title = usual_title(told.insights.month.days)
    return say("insights.story.quiet_usual", usual=title, reached=_reached(posts, followers))


def _reached(posts: pd.DataFrame, followers: int) -> str:
    return percent(float(posts["follower_reach"].median()) / followers)


def not_made(told: Told) -> str:
    missed = told.posts[~told.posts["made"]]
    if missed.empty:
        return ""
    return say("insights.story.not_made", posts=len(missed), times=times(missed))


def misread(told: Told) -> str:
    made = told.made
    other = made[(made["purpose"] != made["purpose_as_read"]) | (made["topic"] != made["topic_as_read"])]
    return "" if other.empty else say("insights.story.misread", posts=len(other), times=times(other))
