"""Hours: how many were worked on a page in a month, and how many its client pays for."""

from __future__ import annotations

from simulator.network.log import Log
from simulator.units import MINUTES_PER_HOUR


def hours_worked(log: Log) -> float:
    """Hours of work: on posts, ads and messages in shifts; and where the client's hours made them, in posts
    that went out and in ads.
    """
    in_shifts = 0.0 if log.work is None else float(log.work.minutes.sum()) / MINUTES_PER_HOUR
    return in_shifts + _other_hours(log)


def hours_paid(log: Log) -> float:
    """Hours the client pays for: those worked; where shifts are for no other page, idle ones too."""
    if log.work is not None and log.work.alone:
        return float(log.work.shift_minutes_by_day.sum()) / MINUTES_PER_HOUR + _other_hours(log)
    return hours_worked(log)


def _other_hours(log: Log) -> float:
    """Hours in posts and ads that were not made in shifts; a boosted post was made before."""
    posts = sum(post.hours for post in log.posts if post.made and not post.in_shifts)
    own = (ad.published for ad in log.ads if ad.ad.boosted_post is None)
    return posts + float(sum(ad.hours for ad in own if not ad.in_shifts))
