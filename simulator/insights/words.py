"""The words for a month's figures: dates, counts, shares, money."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from math import floor, log10
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.errors import Problem
from simulator.insights.tables import WEEKDAYS
from simulator.texts import say

if TYPE_CHECKING:
    import pandas as pd

COUNTED: Final = (
    "engagements",
    "people",
    "posts",
    "sales",
    "impressions",
    "interactions",
    "link_clicks",
    "follows",
    "purchases",
)
"""What can be counted in words: each noun has a form for one and one for others."""

NAMED_ENDS = 3
"""So many posts are named at each end of the ranking, where there are twice as many."""

NAMED_LINES = 8
"""So many lines with the same warning are named before the rest is counted."""


def ranked(posts: pd.DataFrame) -> pd.DataFrame:
    """The posts somebody saw, most engagements first, then the higher rate, then the earlier."""
    seen = posts[posts["reach"] > 0]
    order = ["engagements", "engagement_rate", "posting_time"]
    return seen.sort_values(order, ascending=[False, False, True], kind="stable")


def ends(posts: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both ends of the ranking, no post in both; of a single post there is only the upper one."""
    order = ranked(posts)
    named = min(NAMED_ENDS, len(order) // 2)
    return order.head(max(named, min(1, len(order)))), order.tail(named)


def when(moment: datetime) -> str:
    """A post's time as people say it.

    >>> when(datetime(2027, 3, 9, 15, 0))
    'Tue 9 Mar 15:00'
    """
    return f"{short_date(moment)} {moment:%H:%M}"


def short_date(day: date) -> str:
    """A day without its year.

    >>> short_date(date(2027, 3, 9))
    'Tue 9 Mar'
    """
    weekday = say(f"insights.days.{WEEKDAYS[day.weekday()]}")
    return f"{weekday} {day_of_month(day)}"


def day_of_month(day: date) -> str:
    """A day as it stands under an axis.

    >>> day_of_month(date(2027, 3, 9))
    '9 Mar'
    """
    return f"{day.day} {say(f'insights.months.{day.month}')}"


def counted(number: int, noun: str) -> str:
    """A number of things, in the singular where it is one.

    >>> counted(1, "engagements"), counted(1200, "people")
    ('1 engagement', '1,200 people')
    """
    return say(f"insights.counts.{noun}_{'one' if number == 1 else 'other'}", number=f"{number:,}")


def roughly(number: float) -> str:
    """A number that is an estimate, in two figures.

    >>> roughly(29_579), roughly(7), roughly(0)
    ('30,000', '7', '0')
    """
    digits = 1 - floor(log10(number)) if number >= 1 else 0
    return f"{round(number, min(0, digits)):,.0f}"


def signed(number: float, digits: int = 0) -> str:
    """A difference with its sign, a real minus.

    >>> signed(-0.564, 2), signed(12)
    ('−0.56', '+12')
    """
    return f"{round(number, digits) + 0.0:+,.{digits}f}".replace("-", "−")


def whole_money(cents: float) -> str:
    """An expected sum, in whole currency units: cents of a forecast would be false precision.

    >>> whole_money(7_235_377.4), whole_money(-40)
    ('72,354', '0')
    """
    return f"{round(cents / 100):,}".replace("-", "−")


def whole_difference(cents: float, less: float) -> float:
    """How far two expected sums are apart as they are shown, in cents of whole units.

    >>> whole_difference(1_060, 540)
    600
    """
    return 100 * (round(cents / 100) - round(less / 100))


def percent(share: float, digits: int = 1) -> str:
    """A share as a percentage, an en dash when there was nothing to divide by.

    >>> print(percent(0.0525), percent(float("nan")))
    5.2\N{NO-BREAK SPACE}% –
    """
    return "–" if np.isnan(share) else f"{share * 100:.{digits}f}\N{NO-BREAK SPACE}%"


def signed_percent(share: float) -> str:
    """A change with its sign.

    >>> print(signed_percent(-0.0125), signed_percent(0.5))
    −1.2\N{NO-BREAK SPACE}% +50.0\N{NO-BREAK SPACE}%
    """
    return "–" if np.isnan(share) else f"{'−' if share < 0 else '+'}{percent(abs(share))}"


def direction(cents: float) -> str:
    """Which way a difference of money goes: ``more``, ``less`` or ``same``, to the whole unit.

    >>> direction(120.0), direction(-80.0), direction(40.0)
    ('more', 'less', 'same')
    """
    return "same" if not round(cents / 100) else "more" if cents > 0 else "less"


def group_title(group: str) -> str:
    """A group of the audience as people read it (men and women are codes, cities are names)."""
    return say(f"insights.genders.{group}") if group in ("men", "women") else group


def most(table: pd.DataFrame, column: str) -> dict[Any, Any]:
    """The row with the most in ``column``, the first of several."""
    return table.iloc[int(table[column].to_numpy().argmax())].to_dict()


def listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def selling_posts(posts: pd.DataFrame) -> pd.DataFrame:
    return posts[posts["made"] & (posts["purpose"] == "sell")]


def opening(text: str, longest: int = 70) -> str:
    """The first words of a text, on one line; never a part of a word.

    >>> opening("Six clamp jars, 702 instead of 780", 20)
    'Six clamp jars, 702…'
    """
    flat = " ".join(text.split())
    if len(flat) <= longest:
        return flat
    whole = flat[:longest].rpartition(" ")[0]
    return (whole or flat[: longest - 1]).rstrip(",;:") + "…"


def both_ends(name: str, longest: int) -> str:
    """A name that is too long without its middle: what tells names apart stands at either end.

    >>> both_ends("Spring campaign for women aged 20 who like braids", 30)
    'Spring campaign…who like braids'
    """
    half = longest // 2
    return name if len(name) <= longest else f"{name[:half].rstrip()}…{name[-half:].lstrip()}"


def grouped(warnings: Iterable[Problem]) -> list[str]:
    """Warnings as people read them, those of one rule in one line: the first, and where the others are."""
    rules: dict[str, list[Problem]] = {}
    for warning in warnings:
        rules.setdefault(warning.rule, []).append(warning)
    return [_of_one_rule(found) for found in rules.values()]


def _of_one_rule(found: Sequence[Problem]) -> str:
    if len(found) == 1:
        return str(found[0])
    places = [_place(other, found[0].file) for other in found[1:]]
    named = listed(dict.fromkeys(places[:NAMED_LINES]))
    rest = say("report.more_lines", more=len(places) - NAMED_LINES) if len(places) > NAMED_LINES else ""
    return say("report.warning_group", count=len(found), first=found[0], lines=named + rest)


def _place(one: Problem, file: str) -> str:
    """Where a warning stands, to who reads of ``file``."""
    line = "" if one.line is None else str(one.line)
    return line if line and one.file == file else f"{one.file} {line}".strip()
