"""The words of a month's ads: what they brought, and what differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from simulator.insights.ab_test import ab_verdict
from simulator.insights.ad_left import money_left
from simulator.insights.ad_names import set_titles
from simulator.insights.tables import Insights
from simulator.insights.words import counted
from simulator.texts import say
from simulator.units import money

FEW: Final = 5
"""A platform shows fewer sales than this only as "<5", and nothing computed from them."""

MOST_VERDICTS: Final = 12


@dataclass(frozen=True, slots=True)
class SetVerdicts:
    """What is said of the ads of one set, pair by pair; ``more`` pairs of it are not told."""

    ad_set: str
    says: tuple[str, ...]
    more: str


def ad_sentences(insights: Insights) -> list[str]:
    """What a reader should know of the month's ads, each sentence computed from its figures."""
    summary = insights.summary
    if not summary["ad_impressions"]:
        return [say("insights.ad_words.none"), *money_left(insights)]
    words = {
        "spend": money(float(summary["ad_spend_cents"])),
        "impressions": counted(int(summary["ad_impressions"]), "impressions"),
        "people": counted(int(summary["ad_reach"]), "people"),
        "clicks": counted(int(summary["ad_clicks"]), "link_clicks"),
        "follows": counted(int(summary["ad_follows"]), "follows"),
        "sales": counted_sales(int(summary["ad_conversions"]), "sales"),
    }
    return [
        say("insights.ad_words.all", **words),
        *money_left(insights),
        say("insights.ad_words.attribution"),
    ]


def verdicts(insights: Insights) -> list[SetVerdicts]:
    """For every two ads of one set: whether one is clicked on more; those shown most first."""
    starts = [ad.published.post_time for ad in insights.month.log.ads]
    ads = insights.ads.assign(title=set_titles(insights.ads), starts=starts)
    pairs = [
        (str(title), pair)
        for title, rows in ads.groupby("title", sort=False)
        for pair in combinations(rows.to_dict("records"), 2)
    ]
    told = sorted(pairs, key=lambda pair: -min(row["impressions"] for row in pair[1]))[:MOST_VERDICTS]
    titles = dict.fromkeys(title for title, _ in pairs)
    return [_of_one_set(title, pairs, [pair for name, pair in told if name == title]) for title in titles]


def _of_one_set(title: str, pairs: list[Any], told: list[Any]) -> SetVerdicts:
    count = sum(name == title for name, _ in pairs)
    says = tuple(_verdict(a, b, len(pairs)) for a, b in told)
    more = count - len(told)
    return SetVerdicts(title, says, say("insights.ad_words.more_pairs", more=f"{more:,}") if more else "")


def _verdict(a: Mapping[Any, Any], b: Mapping[Any, Any], pairs: int) -> str:
    """Who is clicked on more; ads that did not start together are no test of each other."""
    if a["starts"] != b["starts"]:
        return say("insights.ab.other_times", a=a["ad_name"], b=b["ad_name"])
    return ab_verdict(_clicks(a), _clicks(b), pairs).says


def _clicks(row: Mapping[Any, Any]) -> tuple[str, int, int]:
    return row["ad_name"], row["inline_link_clicks"], row["impressions"]


def few(count: int) -> str:
    """A count of sales as a platform shows it.

    >>> few(3), few(1200), few(0)
    ('<5', '1,200', '0')
    """
    return f"<{FEW}" if 0 < count < FEW else f"{count:,}"


def counted_sales(count: int, noun: str) -> str:
    """The same with its noun.

    >>> counted_sales(1, "sales"), counted_sales(5, "purchases")
    ('<5 sales', '5 purchases')
    """
    hidden = 0 < count < FEW
    return say(f"insights.counts.{noun}_other", number=few(count)) if hidden else counted(count, noun)
