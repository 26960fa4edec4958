"""How the paid hours of a week are shared among its posts, as the month will do it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from simulator.playbook.ads import AdPlan
from simulator.playbook.posts import Post
from simulator.units import MINUTES_PER_WEEK, minutes_since
from simulator.world.clients import Client


def hours_for_posts(
    posts: Sequence[Post], post_times: Sequence[int], paid: float, least: float
) -> list[float | None]:
    """The hours each post gets, None for one that the week has no time left for.

    ``post_times``: minutes from a Monday 00:00. ``paid``: hours a week. A post that names its hours gets
    them; the others share what the week has left. When a week asks for more than is paid, what is asked for
    beyond ``least`` shrinks in proportion. Nothing is put up in less than the least, so that of
    very many posts in a week the last do not go out.
    """
    hours: list[float | None] = [None] * len(posts)
    for week in _by_week(post_times).values():
        going_out = week[: most_in_a_week(paid, least)]
        shares = _shares([posts[at].production_hours for at in going_out], paid, least)
        for at, share in zip(going_out, shares, strict=True):
            hours[at] = share
    return hours


def hours_of_posts(posts: Sequence[Post], client: Client) -> list[float | None]:
    """The same for the posts of a plan, by what the client pays."""
    paid, least = client.file.hours_per_week, client.hidden.parameters["production.least_hours"]
    return hours_for_posts(posts, _minutes(posts, client), paid, least)


def wanted_hours(posts: Sequence[Post], usual: float, least: float) -> list[float]:
    """The hours each post is to get: what it names, or the usual."""
    return [max(least, usual if post.production_hours is None else post.production_hours) for post in posts]


def hours_wanted(posts: Sequence[Post], client: Client) -> float:
    """Hours of work that posts are to get in shifts: what each names, or the usual."""
    p = client.hidden.parameters
    return sum(wanted_hours(posts, p["desk.usual_hours"], p["production.least_hours"]), 0.0)


def ads_hours(plan: AdPlan | None, client: Client) -> float:
    """Hours it takes to make the ads that run; a boosted post was made before."""
    made = [ad for ad_set in plan.running for ad in ad_set.ads if ad.boosted_post is None] if plan else []
    return float(client.hidden.parameters["ads.creative_hours"] * len(made))


def posts_by_week(posts: Sequence[Post], client: Client) -> Mapping[int, list[int]]:
    """Where the posts of each week stand in ``posts``, the earliest first; weeks are counted from 0."""
    return _by_week(_minutes(posts, client))


def _minutes(posts: Sequence[Post], client: Client) -> list[int]:
    return [minutes_since(client.file.month_start, post.posting_time) for post in posts]


def _by_week(post_times: Sequence[int]) -> Mapping[int, list[int]]:
    weeks: defaultdict[int, list[int]] = defaultdict(list)
    for at in sorted(range(len(post_times)), key=post_times.__getitem__):
        weeks[post_times[at] // MINUTES_PER_WEEK].append(at)
    return dict(sorted(weeks.items()))


def most_in_a_week(paid: float, least: float) -> int:
    """How many posts a week's hours put up, at the least hours each.

    >>> most_in_a_week(10.0, 0.05)
    200
    """
    return max(1, int(paid / least + 1e-9))


def _shares(asked: Sequence[float | None], paid: float, least: float) -> list[float]:
    named = sum(max(hours, least) for hours in asked if hours is not None)
    unnamed = sum(hours is None for hours in asked)
    rest = max(least, (paid - named) / unnamed) if unnamed else 0.0
    wanted = [rest if hours is None else max(hours, least) for hours in asked]
    above = sum(wanted) - least * len(wanted)
    left = max(0.0, paid - least * len(wanted))
    scale = min(1.0, left / above) if above > 0 else 1.0
    return [least + (hours - least) * scale for hours in wanted]
