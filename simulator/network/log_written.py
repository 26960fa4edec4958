"""The log is written: a live page's record becomes frozen facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from simulator.network.desk import OnShift
from simulator.network.log import (
    CAUSES,
    NO_POST,
    AdViews,
    Exposures,
    Follows,
    Log,
    PublishedPost,
    Purchases,
    ShownAd,
    Unfollows,
    Visits,
)
from simulator.network.page import LivePage
from simulator.network.record import Record
from simulator.network.work import Work
from simulator.units import MINUTES_PER_DAY


@dataclass(frozen=True, slots=True)
class Span:
    """What a log is of: ``days`` days from ``start`` (minutes, a midnight; ``begin`` by date), the posts from
    ``first_post`` on and ``ads``; ``followers``: when it began.
    """

    begin: date
    start: int
    days: int
    first_post: int
    followers: NDArray[np.int32]
    ads: tuple[ShownAd, ...] = ()

    @property
    def end(self) -> int:
        """Minutes, a midnight."""
        return self.start + self.days * MINUTES_PER_DAY


def written_log(
    page: LivePage, span: Span, shifts: Sequence[OnShift] | None = None, *, alone: bool = True
) -> Log:
    """The page's record of ``span``; ``shifts``: when hands were there, None if nobody was to be.

    ``alone``: they were for no other page.
    """
    record, first_ad = page.record, len(page.table) - len(span.ads)
    tables = {}
    for name in ("exposures", "ad_views", "follows", "unfollows", "visits", "purchases"):
        columns = getattr(record, name).joined()
        columns["time"] = columns["time"] - span.start
        columns = {key: column[columns["time"] < span.end - span.start] for key, column in columns.items()}
        of_ad = columns["post"] >= first_ad
        if name != "exposures":
            columns["ad"] = np.where(of_ad, columns["post"] - first_ad, NO_POST).astype(np.int32)
        columns["post"] = np.maximum(np.where(of_ad, NO_POST, columns["post"] - span.first_post), NO_POST)
        tables[name] = columns
    del tables["ad_views"]["post"]
    own = tables["exposures"]["post"] != NO_POST
    day = span.start // MINUTES_PER_DAY
    return Log(
        begin=span.begin,
        days=span.days,
        posts=tuple(_moved(post, -span.start) for post in page.published[span.first_post : first_ad]),
        ads=tuple(
            replace(ad, published=page.published[row]) for row, ad in enumerate(span.ads, start=first_ad)
        ),
        ad_views=AdViews(**tables["ad_views"]),
        exposures=Exposures(**{name: column[own] for name, column in tables["exposures"].items()}),
        follows=Follows(**tables["follows"]),
        unfollows=Unfollows(**tables["unfollows"]),
        visits=Visits(**tables["visits"]),
        purchases=Purchases(**tables["purchases"]),
        followers_start=span.followers,
        followers_end=page.known.person[page.known.followers()].copy(),
        followers_by_day=np.array(record.followers_by_day, np.int64),
        expected_margin=_expected(record, day, span.days),
        expected_anyway_by_day=_by_day(record.anyway, day, span.days),
        messages=page.inbox.mail.messages(first_ad, span.first_post, span.start, span.end),
        incidents=tuple(day.facts() for day in page.inbox.hard_days),
        work=None if shifts is None else _work(page, span, shifts, alone),
    )


def _by_day(amounts: Mapping[int, float], first: int, days: int) -> NDArray[np.float64]:
    return np.array([amounts.get(first + day, 0.0) for day in range(days)])


def _expected(record: Record, first: int, days: int) -> NDArray[np.float64]:
    margin = np.zeros((days, len(CAUSES)))
    for (day, cause), cents in record.expected.items():
        if 0 <= day - first < days:
            margin[day - first, CAUSES.index(cause)] = cents
    return margin


def _moved(post: PublishedPost, minutes: int) -> PublishedPost:
    return replace(post, post_time=post.post_time + minutes) if minutes else post


def _work(page: LivePage, span: Span, shifts: Sequence[OnShift], alone: bool) -> Work:
    columns = page.inbox.work.joined()
    columns["time"] = columns["time"] - span.start
    post, first_ad = columns["post"], len(page.table) - len(span.ads)
    no_post = (post == NO_POST) | (post >= first_ad)
    columns["post"] = np.where(no_post, NO_POST, post - span.first_post).astype(np.int32)
    message = columns["message"]
    if (message >= 0).any():
        places = page.inbox.mail.places()
        columns["message"] = np.where(message >= 0, places[np.maximum(message, 0)], NO_POST).astype(np.int32)
    minutes = np.zeros(span.days)
    for shift in shifts:
        minutes[int(shift.begin - span.start) // MINUTES_PER_DAY] += shift.end - shift.begin
    return Work(**columns, shift_minutes_by_day=minutes, alone=alone)
