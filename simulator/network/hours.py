"""Hours: how many were worked on a page in a month, and how many its client pays for."""

from __future__ import annotations

from simulator.network.log import Log
from simulator.units import MINUTES_PER_HOUR


def hours_worked(log: Log) -> float:
    """Hours of work: on posts, ads and messages, or where the client's hours made them those in the posts
    that went out and in the ads that were made.
    """
    if log.work is not None:
        return float(log.work.minutes.sum()) / MINUTES_PER_HOUR
    return sum(post.hours for post in log.posts if post.made) + _ad_hours(log)


def hours_paid(log: Log) -> float:
    """Hours the client pays for: those worked; where shifts are for no other page, idle ones too."""
    if log.work is not None and log.work.alone:
        return float(log.work.shift_minutes_by_day.sum()) / MINUTES_PER_HOUR
    return hours_worked(log)


def _ad_hours(log: Log) -> float:
    """Hours in ads; a boosted post was made before."""
    return float(sum(ad.published.hours for ad in log.ads if ad.ad.boosted_post is None))
