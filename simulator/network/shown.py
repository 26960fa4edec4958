"""Shown ads: what ran in a month in rounds, each set as it was last and with the time it was on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import inf

from simulator.network.agenda import KnownAd, SetName, set_name
from simulator.network.log import ShownAd
from simulator.playbook.ads import AdSet
from simulator.units import MINUTES_PER_DAY, moment_at

Version = tuple[AdSet, int, int]
"""A set, and from when to when it was handed in as it is (minutes)."""


def shown_ads(
    ads: Sequence[KnownAd], month_start: date, days: int, until_day: int | None = None
) -> Mapping[int, ShownAd]:
    """The ads that run in ``days`` days, by their place in ``ads``; all that were handed in to the end.

    One that was dropped, or is looked at after ``until_day`` days, is among them if it had begun.
    """
    cut = days if until_day is None else until_day
    sets = _versions(ads)
    settled = {name: _settled(versions, month_start, days, cut) for name, versions in sets.items()}
    found = {}
    for place, known in enumerate(ads):
        name = set_name(known.versions[-1][0])
        ad_set, most = settled[name]
        if (known.until == inf and cut == days) or _began(known, month_start, days, cut):
            found[place] = ShownAd(ad_set, known.ad, known.published, most)
    return found


def _versions(ads: Sequence[KnownAd]) -> dict[SetName, list[Version]]:
    """What each set was, one time after the other; times in which it was the same are one."""
    every: dict[SetName, dict[int, Version]] = {}
    for known in ads:
        for version in known.versions:
            every.setdefault(set_name(version[0]), {})[version[1]] = version
    return {name: _merged([times[begin] for begin in sorted(times)]) for name, times in every.items()}


def _merged(versions: Sequence[Version]) -> list[Version]:
    merged = [versions[0]]
    for ad_set, begin, end in versions[1:]:
        last = merged[-1]
        if last[0] == ad_set and last[2] == begin:
            merged[-1] = (ad_set, last[1], end)
        else:
            merged.append((ad_set, begin, end))
    return merged


def _settled(versions: Sequence[Version], month_start: date, days: int, cut: int) -> tuple[AdSet, int | None]:
    """The set as it was last, with the time it was on, and the most it could spend in that time."""
    ad_set, _, until = versions[-1]
    start, stop = ad_set.window_minutes(month_start, days)
    if versions[0][1] > start:
        ad_set = replace(ad_set, start=moment_at(month_start, versions[0][1]))
    if until < stop:
        ad_set = replace(ad_set, stop=moment_at(month_start, until))
    if len(versions) == 1 and until == days * MINUTES_PER_DAY and cut == days:
        return ad_set, None
    if ad_set.lifetime_budget_cents is not None:
        is_over = stop <= min(until, cut * MINUTES_PER_DAY)
        return ad_set, ad_set.lifetime_budget_cents if is_over else 0
    return ad_set, sum(_daily_cents(version, month_start, days, cut) for version in versions)


def _daily_cents(version: Version, month_start: date, days: int, cut: int) -> int:
    """The daily budget of all days a version touches."""
    first, last = _on(version, month_start, days, cut)
    touched = (last - 1) // MINUTES_PER_DAY - first // MINUTES_PER_DAY + 1 if first < last else 0
    return touched * (version[0].daily_budget_cents or 0)


def _began(known: KnownAd, month_start: date, days: int, cut: int) -> bool:
    on = (_on(version, month_start, days, cut) for version in known.versions)
    return any(first < last for first, last in on)


def _on(version: Version, month_start: date, days: int, cut: int) -> tuple[int, int]:
    """From when to when a version could run, not after so many days."""
    ad_set, begin, end = version
    start, stop = ad_set.window_minutes(month_start, days)
    return max(start, begin), min(stop, end, cut * MINUTES_PER_DAY)
