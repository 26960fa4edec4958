"""Production: what a week's hours make of its posts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from simulator.parameters import Parameters
from simulator.playbook.captions import CaptionReading
from simulator.playbook.posts import Post
from simulator.units import MINUTES_PER_WEEK


def hours_for_posts(
    posts: Sequence[Post], post_times: Sequence[int], hours_per_week: float, least_hours: float
) -> list[float | None]:
    """The hours each post gets, None for a post the week has no time left for.

    Within a week a post that names its hours gets them; the others share the rest equally.
    When a week asks for more than there is, what posts ask for beyond ``least_hours`` shrinks
    proportionally; nothing can be put up in less, so that what comes last does not go out.
    """
    weeks: Mapping[int, list[int]] = defaultdict(list)
    for index, post_time in enumerate(post_times):
        weeks[post_time // MINUTES_PER_WEEK].append(index)
    hours: list[float | None] = [None] * len(posts)
    for week in weeks.values():
        room = max(1, int(hours_per_week / least_hours + 1e-9))
        going_out = sorted(week, key=lambda index: post_times[index])[:room]
        shares = _shares([posts[index].production_hours for index in going_out], hours_per_week, least_hours)
        for index, share in zip(going_out, shares, strict=True):
            hours[index] = share
    return hours


def wanted_hours(posts: Sequence[Post], usual: float, least: float) -> list[float | None]:
    """The hours each post is to get: what it names, or the usual."""
    return [max(least, usual if post.production_hours is None else post.production_hours) for post in posts]


def _shares(asked: Sequence[float | None], available: float, least: float) -> list[float]:
    named = sum(max(hours, least) for hours in asked if hours is not None)
    unnamed = sum(hours is None for hours in asked)
    rest = max(least, (available - named) / unnamed) if unnamed else 0.0
    wanted = [rest if hours is None else max(hours, least) for hours in asked]
    above = sum(wanted) - least * len(wanted)
    left = max(0.0, available - least * len(wanted))
    scale = min(1.0, left / above) if above > 0 else 1.0
    return [least + (hours - least) * scale for hours in wanted]


def quality(post: Post, reading: CaptionReading, hours: float, parameters: Parameters) -> float:
    """How good a post is, 0-1: work put in (1 - exp(-hours / half)) x how its text reads."""
    worked = 1 - float(np.exp(-hours / parameters[f"production.half_{post.format}"]))
    return worked * text_quality(reading, parameters)


def text_quality(reading: CaptionReading, parameters: Parameters) -> float:
    """What the caption leaves of the quality, 0-1: pressure, shouting and floods take away."""
    lost = parameters["caption.pressure"] * reading.pressure_words
    lost += parameters["caption.shouting"] * reading.shouting
    if reading.hashtags > parameters["caption.hashtag_flood"]:
        lost += parameters["caption.flood"]
    if not reading.words:
        lost += parameters["caption.empty"]
    return max(0.1, 1 - lost)
