"""How the paid hours of a week are shared among its posts and ads, as the month will do it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from simulator.parameters import Parameters
from simulator.playbook.ads import AdPlan, own_ad_starts
from simulator.playbook.posts import Post
from simulator.units import MINUTES_PER_WEEK, minutes_since
from simulator.world.clients import Client


def hours_for_posts(
    posts: Sequence[Post], post_times: Sequence[int], paid: float, least: float
) -> list[float | None]:
    """The hours each post gets where nothing else is made: see :func:`shared_hours`."""
    return shared_hours([post.production_hours for post in posts], post_times, paid, least)


def shared_hours(
    asked: Sequence[float | None], times: Sequence[int], paid: float, least: float
) -> list[float | None]:
    """The hours each piece of work gets, None for one that its week has no time left for.

    ``asked``: the hours each names, if it does. ``times``: minutes from a Monday 00:00. ``paid``: hours a
    week. What names its hours gets them; the others share what the week has left. When a week asks for more
    than is paid, what is asked for beyond ``least`` shrinks in proportion. Nothing is made in less than the
    least, so that of very many pieces in a week the last are not made.

    >>> shared_hours([None, None, 0.8], [600, 11_000, 0], 8.0, 0.05)
    [7.2, 8.0, 0.8]
    """
    hours: list[float | None] = [None] * len(asked)
    for week in _by_week(times).values():
        made = week[: most_in_a_week(paid, least)]
        shares = _shares([asked[at] for at in made], paid, least)
        for at, share in zip(made, shares, strict=True):
            hours[at] = share
    return hours


def hours_beside_ads(
    posts: Sequence[Post], post_times: Sequence[int], ad_starts: Sequence[int], paid: float, p: Parameters
) -> tuple[list[float | None], list[float | None]]:
    """The hours of each post, and of each ad that is made in the week in which its set starts."""
    asked = [*(post.production_hours for post in posts), *(p["ads.creative_hours"] for _ in ad_starts)]
    hours = shared_hours(asked, [*post_times, *ad_starts], paid, p["production.least_hours"])
    return hours[: len(posts)], hours[len(posts) :]


def hours_of_posts(posts: Sequence[Post], client: Client, ads: AdPlan | None = None) -> list[float | None]:
    """The hours of the posts of a plan beside its ads, by what the client pays."""
    return hours_of_work(posts, client, ads)[0]


def hours_of_work(
    posts: Sequence[Post], client: Client, ads: AdPlan | None
) -> tuple[list[float | None], list[float | None]]:
    """The hours of the posts of a plan, and of the ads that are made beside them."""
    starts = own_ad_starts(ads.running if ads else (), client.file.month_start)
    paid, p = client.file.hours_per_week, client.hidden.parameters
    return hours_beside_ads(posts, _minutes(posts, client), starts, paid, p)


def wanted_hours(posts: Sequence[Post], usual: float, least: float) -> list[float]:
    """The hours each post is to get: what it names, or the usual."""
    return [max(least, usual if post.production_hours is None else post.production_hours) for post in posts]


def hours_wanted(posts: Sequence[Post], client: Client, ads: AdPlan | None = None) -> float:
    """Hours of work that posts are to get in shifts: what each names, or the usual; and ads with them."""
    p = client.hidden.parameters
    wanted = wanted_hours(posts, p["desk.usual_hours"], p["production.least_hours"])
    return sum(wanted, 0.0) + ads_hours(ads, client)


def ads_hours(plan: AdPlan | None, client: Client) -> float:
    """Hours it takes to make the ads that run; a boosted post was made before."""
    made = own_ad_starts(plan.running if plan else (), client.file.month_start)
    return float(sum(client.hidden.parameters["ads.creative_hours"] for _ in made))


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
