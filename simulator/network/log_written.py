"""The log is written: a live page's record becomes frozen facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
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
    """What a log is of: ``days`` days from ``start`` (minutes, a midnight; ``begin`` by date), and which
    ``posts`` and ``ads``, by their rows of the page's table; ``followers``: when it began.
    """

    begin: date
    start: int
    days: int
    posts: Sequence[int]
    followers: NDArray[np.int32]
    ads: Mapping[int, ShownAd] = field(default_factory=dict)

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
    record, places = page.record, _Places(len(page.table), span)
    tables = {}
    for name in ("exposures", "ad_views", "follows", "unfollows", "visits", "purchases"):
        columns = getattr(record, name).joined()
        columns["time"] = columns["time"] - span.start
        columns = {key: column[columns["time"] < span.end - span.start] for key, column in columns.items()}
        if name != "exposures":
            columns["ad"] = places.of_ad(columns["post"])
        columns["post"] = places.of_post(columns["post"])
        tables[name] = columns
    del tables["ad_views"]["post"]
    own = tables["exposures"]["post"] != NO_POST
    day = span.start // MINUTES_PER_DAY
    hard = [number for number, one in enumerate(page.inbox.hard_days) if one.begin < span.end]
    return Log(
        begin=span.begin,
        days=span.days,
        posts=tuple(_moved(page.published[row], -span.start) for row in span.posts),
        ads=tuple(replace(ad, published=page.published[row]) for row, ad in span.ads.items()),
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
        messages=page.inbox.mail.messages(places.of_post, places.of_ad, hard, span.start, span.end),
        incidents=tuple(page.inbox.hard_days[number].facts() for number in hard),
        work=None if shifts is None else _work(page, span, shifts, places, alone),
    )


class _Places:
    """Where the rows of a page's table stand among the posts and the ads of a log."""

    def __init__(self, rows: int, span: Span) -> None:
        self._posts, self._ads = (_inverse(rows, chosen) for chosen in (span.posts, list(span.ads)))

    def of_post(self, rows: NDArray[np.integer]) -> NDArray[np.int32]:
        """The post's place; NO_POST for an ad, and for what the log does not hold."""
        places: NDArray[np.int32] = self._posts[rows]
        return places

    def of_ad(self, rows: NDArray[np.integer]) -> NDArray[np.int32]:
        """The ad's place; NO_POST for a post."""
        places: NDArray[np.int32] = self._ads[rows]
        return places


def _inverse(rows: int, chosen: Sequence[int]) -> NDArray[np.int32]:
    """The place of each row in ``chosen``; the last element, which NO_POST picks, is NO_POST."""
    places = np.full(rows + 1, NO_POST, np.int32)
    places[list(chosen)] = np.arange(len(chosen))
    return places


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


def _work(page: LivePage, span: Span, shifts: Sequence[OnShift], places: _Places, alone: bool) -> Work:
    columns = page.inbox.work.joined()
    columns["time"] = columns["time"] - span.start
    columns["post"] = places.of_post(columns["post"])
    message = columns["message"]
    if (message >= 0).any():
        order = page.inbox.mail.places()
        columns["message"] = np.where(message >= 0, order[np.maximum(message, 0)], NO_POST).astype(np.int32)
    minutes = np.zeros(span.days)
    for shift in shifts:
        minutes[int(shift.begin - span.start) // MINUTES_PER_DAY] += shift.end - shift.begin
    return Work(**columns, shift_minutes_by_day=minutes, alone=alone)
