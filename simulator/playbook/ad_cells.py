"""The cells of an ad sheet that hold one thing: money, ages, hours, a choice."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from simulator.errors import did_you_mean
from simulator.playbook.ads import ALL_DAY, GOALS, SPECIAL_CATEGORIES
from simulator.playbook.audiences import FARTHEST_KM, GENDERS, LAST_BAND, OLDEST, YOUNGEST
from simulator.playbook.columns import one_of
from simulator.playbook.trade_files import CellError, folded, no_number, read_number
from simulator.world.places import load_country

MOST_MONEY = 10_000_000
"""The largest sum a cell may hold, in currency units: whoever writes more has slipped."""

STATUSES: tuple[str, ...] = ("ACTIVE", "PAUSED")
_GENDER_WORDS = {"": "all", "female": "women", "male": "men", "woman": "women", "man": "men", "both": "all"}
_PLAIN_MONEY = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:[ ,.'_\u00a0\u202f][0-9]{3})+(?:[.,][0-9]{1,2})?")
_WHOLE = re.compile(r"([+-]?[0-9]{1,9})(?:\.0*)?")
_HOURS = re.compile(r"([0-9]{1,2})(?::00)?\s*[-\u2013]\s*([0-9]{1,2})(?::00)?")
LIST = re.compile(r"[|;,]")
_hint = lru_cache(maxsize=4096)(did_you_mean)


# ------------------------------------------------------------------ numbers


def read_money(value: str, *, decimal_comma: bool) -> int:
    """A sum in currency units as whole cents.

    >>> read_money("10", decimal_comma=False), read_money("2,50", decimal_comma=True)
    (1000, 250)
    """
    written = value.strip()
    if re.fullmatch(r"\D*|[-+0-9.]+[eE][-+0-9]+", written):
        raise CellError("plan.bad_number")
    if re.search(r"[^\W\d_]|[$€£¥₦₹%]", written):
        raise CellError("ads.money_sign", plain=_without_signs(written))
    if decimal_comma and re.fullmatch(r"[+-]?[0-9]+,[0-9]{1,2}", written):
        written = written.replace(",", ".")
    if _GROUPED.fullmatch(written):
        raise CellError("ads.money_grouped", plain=_ungrouped(written))
    if not _PLAIN_MONEY.fullmatch(written):
        raise no_number(written)
    amount = Decimal(written)
    cents = amount * 100
    if amount <= 0:
        raise CellError("ads.money_positive")
    if amount > MOST_MONEY:
        raise CellError("ads.money_absurd", most=f"{MOST_MONEY:,}")
    if cents != int(cents):
        raise CellError("ads.money_decimals")
    return int(cents)


def written_money(cents: int) -> str:
    """The sum as :func:`read_money` takes it.

    >>> written_money(1000), written_money(250)
    ('10', '2.50')
    """
    return str(cents // 100) if cents % 100 == 0 else f"{cents // 100}.{cents % 100:02}"


def _without_signs(written: str) -> str:
    return _ungrouped(re.sub(r"[^0-9.,]", "", written).strip(".,"))


def _ungrouped(written: str) -> str:
    """A number without what parts its thousands; a last part of one or two digits are decimals."""
    *whole, last = re.split(r"[^0-9]+", written.strip("+-"))
    return "".join(whole) + (f".{last}" if whole and len(last) < 3 else last)


def read_whole(value: str, example: int) -> int:
    """A whole number; who writes something else is shown the ``example``.

    >>> read_whole("25", 30), read_whole("25.0", 30)
    (25, 25)
    """
    found = _WHOLE.fullmatch(value.strip())
    if not found:
        raise CellError("ads.whole_number", example=example)
    return int(found[1])


def read_age(value: str) -> int:
    """An age, 13-80; "65+" is 65."""
    age = read_whole(value.strip().removesuffix("+"), 25)
    if age < YOUNGEST:
        raise CellError("ads.age_child", youngest=YOUNGEST)
    if age > OLDEST:
        raise CellError("ads.age_oldest", oldest=OLDEST, last=LAST_BAND)
    return age


def read_cap(value: str) -> int:
    """A frequency cap: 1 or more times within 7 times 24 hours."""
    cap = read_whole(value, 3)
    if cap < 1:
        raise CellError("ads.cap_zero")
    return cap


def read_km(value: str, *, decimal_comma: bool) -> float:
    """A radius, more than 0 to 80 km."""
    km = read_number(
        re.sub(r"\s*km$", "", value.strip().removeprefix("+"), flags=re.IGNORECASE),
        decimal_comma=decimal_comma,
    )
    return checked_radius(km)


def checked_radius(km: float) -> float:
    if not 0 < km <= FARTHEST_KM:
        raise CellError("ads.radius_range", most=f"{FARTHEST_KM:g}")
    return km


# ------------------------------------------------------------------ words


def read_goal(value: str) -> str:
    """One of the goals, in capitals; spaces and hyphens stand for "_"."""
    return _chosen("_".join(re.split(r"[\s_-]+", value.strip())), GOALS, "ads.unknown_goal")


def read_status(value: str) -> bool:
    """Whether something is active."""
    return _chosen(value, STATUSES, "ads.unknown_status") == "ACTIVE"


def read_gender(value: str) -> str:
    """Everybody, women or men."""
    word = folded(value)
    return _chosen(_GENDER_WORDS.get(word, word), GENDERS, "ads.unknown_gender")


def read_category(value: str) -> str:
    """A special ad category, or "" for none."""
    if folded(value) in ("", "none"):
        return ""
    return _chosen(value, SPECIAL_CATEGORIES, "ads.unknown_category")


def read_billing(value: str) -> str:
    """IMPRESSIONS: nothing else is sold."""
    return _chosen(value, ("IMPRESSIONS",), "ads.unknown_billing")


def read_country(value: str) -> str:
    """The country's name: there is one."""
    return _chosen(value, (load_country().name,), "ads.other_country")


def _chosen(value: str, known: tuple[str, ...], rule: str) -> str:
    name = one_of(value, known)
    if name is None:
        raise CellError(rule, hint=_hint(value.strip(), known))
    return name


def read_hours(value: str) -> tuple[bool, ...]:
    """24 values from stretches of hours; one that ends before it starts runs over midnight.

    >>> [hour for hour, runs in enumerate(read_hours("8-10, 22-1")) if runs]
    [0, 8, 9, 22, 23]
    """
    hours = [False] * 24
    for stretch in filter(None, map(str.strip, LIST.split(value))):
        found = _HOURS.fullmatch(stretch)
        if not found or max(int(found[1]), int(found[2])) > 24 or int(found[1]) == int(found[2]):
            raise CellError("ads.bad_hours", value=stretch)
        start, stop = int(found[1]), int(found[2])
        for hour in range(start, stop if stop > start else stop + 24):
            hours[hour % 24] = True
    return tuple(hours) if any(hours) else ALL_DAY


def written_hours(hours: tuple[bool, ...]) -> str:
    """The hours as :func:`read_hours` takes them; "" for all day.

    >>> written_hours(read_hours("8-10, 22-24"))
    '8-10, 22-24'
    """
    if all(hours):
        return ""
    edges = [hour for hour in range(25) if (hour < 24 and hours[hour]) != (hour > 0 and hours[hour - 1])]
    return ", ".join(f"{start}-{stop}" for start, stop in zip(edges[::2], edges[1::2], strict=True))
