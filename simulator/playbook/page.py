"""The page: the business's public profile, read from and written to ``page.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from simulator.errors import Problem, did_you_mean, problem
from simulator.files import write_whole
from simulator.playbook.page_lines import Item, Mended, items_of, mended_lines, quoted
from simulator.playbook.trade_files import read_text
from simulator.units import MINUTES_PER_DAY, MINUTES_PER_HOUR

DAYS: tuple[str, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORTEST_ABOUT = 40
LONGEST_NIGHT_MINUTES = 12 * 60
"""Open over midnight for longer than this is asked about."""

_KNOWN_DAYS = (*DAYS, *(day[:3] for day in DAYS))
_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_OPEN = re.compile(rf"{_CLOCK}-(?:{_CLOCK}|24:00)")
_TOML_LINE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True)
class Page:
    """A page's profile; whatever is empty has not been filled in.

    ``opening_hours``: day ("monday" or "mon") to "09:00-18:00" or "closed".
    """

    name: str = ""
    category: str = ""
    about: str = ""
    avatar: str = ""
    cover: str = ""
    contact: str = ""
    opening_hours: Mapping[str, str] = field(default_factory=dict, hash=False)
    link: str = ""
    pinned_post: str = ""


ITEMS: tuple[str, ...] = tuple(item.name for item in fields(Page))


def completeness(page: Page, weights: Mapping[str, float]) -> float:
    """How complete a page is, 0-1: the weights of the items filled in / all weights.

    ``weights`` holds ``page.<item>`` for items of the page (other names are passed over). An
    ``about`` counts from 40 characters on, opening hours from the first day that is open.

    >>> completeness(Page(name="Kikapu"), {"page.name": 1.0, "page.about": 3.0})
    0.25
    """
    counted = {item: weights[f"page.{item}"] for item in ITEMS if f"page.{item}" in weights}
    filled = sum(weight for item, weight in counted.items() if _is_filled(page, item))
    whole = sum(counted.values())
    return filled / whole if whole else 0.0


def missing_items(page: Page, weights: Mapping[str, float]) -> tuple[str, ...]:
    """The items that are weighed and not filled in, the weightiest first.

    >>> missing_items(Page(name="Kikapu"), {"page.name": 1.0, "page.about": 3.0})
    ('about',)
    """
    counted = [item for item in ITEMS if weights.get(f"page.{item}") if not _is_filled(page, item)]
    return tuple(sorted(counted, key=lambda item: -weights[f"page.{item}"]))


def _is_filled(page: Page, item: str) -> bool:
    if item == "opening_hours":
        return any(_OPEN.fullmatch(hours) for hours in page.opening_hours.values())
    says = " ".join(getattr(page, item).split())
    return len(says) >= (SHORTEST_ABOUT if item == "about" else 1)


def read_page(path: Path | str) -> tuple[Page, list[Problem]]:
    """The page in a TOML file and every problem found; what cannot be read stays empty."""
    path = Path(path)
    text, problems = read_text(path)
    if text is None:
        return Page(), problems
    try:
        return page_from(tomllib.loads(text), file=path.name, text=text)
    except tomllib.TOMLDecodeError as wrong:
        return Page(), _torn_problems(text, path.name, wrong)


def _torn_problems(text: str, file: str, wrong: tomllib.TOMLDecodeError) -> list[Problem]:
    """What is wrong with a text that is no TOML: each such line, and what is found with them mended."""
    torn = mended_lines(text)
    if not torn:
        return [_broken(wrong, text, file)]
    text = _with(text, torn)
    try:
        found = page_from(tomllib.loads(text), file=file, text=text)[1]
    except tomllib.TOMLDecodeError as still_wrong:
        found = [_broken(still_wrong, text, file)]
    return sorted([*(_torn_line(one, file) for one in torn), *found], key=lambda one: one.line or 0)


def page_from(
    table: Mapping[str, Any], *, file: str = "page.toml", text: str = ""
) -> tuple[Page, list[Problem]]:
    """The page of a table of items, such as a client's page as found, and its problems.

    ``text`` is the file the table comes from, if it does: problems then name the line.
    """
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, value in table.items():
        place: dict[str, Any] = {"file": file, "line": _line_of(key, text), "column": key}
        if key.casefold() in _KNOWN_DAYS:
            problems.append(problem("page.day_outside", value=value, **place))
        elif key not in ITEMS:
            problems.append(problem("page.unknown_key", hint=did_you_mean(key, ITEMS), **place))
        elif key == "opening_hours" and isinstance(value, Mapping):
            values[key] = _opening_hours(value, file, text, problems)
        elif key == "opening_hours":
            problems.append(problem("page.hours_not_table", value=value, **place))
        elif not isinstance(value, str):
            meant = quoted(_written(place["line"], text) or str(value))
            problems.append(problem("page.not_text", value=value, meant=meant, **place))
        else:
            values[key] = value
            letters = len(" ".join(value.split()))
            if key == "about" and 0 < letters < SHORTEST_ABOUT:
                place |= {"count": letters, "least": SHORTEST_ABOUT}
                problems.append(problem("page.short_about", value=value, severity="warning", **place))
    return Page(**values), problems


def _opening_hours(table: Mapping[str, Any], file: str, text: str, problems: list[Problem]) -> dict[str, str]:
    """The days whose hours can be read; the others become problems."""
    hours: dict[str, str] = {}
    for key, value in table.items():
        place: dict[str, Any] = {"file": file, "line": _line_of(key, text, "opening_hours"), "column": key}
        day, written = key.casefold(), " ".join(str(value).split())
        if day in ITEMS:
            problems.append(problem("page.below_hours", **place))
        elif day not in _KNOWN_DAYS:
            problems.append(problem("page.unknown_day", hint=did_you_mean(key, DAYS), **place))
        elif not _OPEN.fullmatch(written) and written.casefold() not in ("closed", ""):
            problems.append(problem("page.bad_hours", value=value, **place))
        else:
            hours[day] = written
            problems += _long_hours(written, place)
    return hours


def _written(line: int | None, text: str) -> str:
    """What stands behind the = of a line; "" if it goes on over several lines."""
    value = text.split("\n")[line - 1].partition("=")[2].partition(" #")[0].strip() if line else ""
    return "" if value[:1] in ("[", "{") else value


def _long_hours(written: str, place: Mapping[str, Any]) -> list[Problem]:
    """A warning for hours that run far over midnight: most likely the two times are swapped."""
    if not _OPEN.fullmatch(written):
        return []
    opens, closes = (60 * int(clock[:2]) + int(clock[3:]) for clock in written.split("-"))
    minutes = closes - opens + (MINUTES_PER_DAY if closes <= opens else 0)
    if closes > opens or minutes <= LONGEST_NIGHT_MINUTES:
        return []
    words: dict[str, Any] = {"value": written, "hours": f"{minutes / MINUTES_PER_HOUR:g}"}
    words["swapped"] = "-".join(reversed(written.split("-")))
    return [problem("page.long_hours", severity="warning", **words, **place)]


def write_page(page: Page, path: Path | str) -> None:
    """Write the page to a TOML file in one step; reading it gives the same page."""
    lines = [f"{item} = {quoted(getattr(page, item))}" for item in ITEMS if item != "opening_hours"]
    if page.opening_hours:
        lines += ["", "[opening_hours]"]
        lines += [f"{day} = {quoted(hours)}" for day, hours in page.opening_hours.items()]
    write_whole(Path(path), "\n".join(lines) + "\n")


def _torn_line(torn: Mended, file: str) -> Problem:
    rule = "page.torn_line" if torn.meant else "page.no_item"
    rule = "page.torn_table" if torn.meant.startswith("[") else rule
    return problem(rule, file=file, line=torn.line, value=torn.written, meant=torn.meant)


def _with(text: str, torn: Iterable[Mended]) -> str:
    """The text with its lines mended, and without those that cannot be: the same lines in number."""
    lines = text.split("\n")
    for one in torn:
        lines[one.line - 1] = one.meant
    return "\n".join(lines)


def _broken(wrong: tomllib.TOMLDecodeError, text: str, file: str) -> Problem:
    found = _TOML_LINE.search(str(wrong))
    line = int(found[1]) if found else len(text.rstrip().split("\n"))
    twice = _set_twice(text)
    if twice:
        return problem("page.twice", file=file, line=twice.line, column=twice.name)
    return problem("page.broken_toml", file=file, line=line, reason=str(wrong).partition(" (at ")[0])


def _set_twice(text: str) -> Item | None:
    """The first item that was set before."""
    met: set[tuple[str, str]] = set()
    for item in items_of(text):
        if (item.table, item.name) in met:
            return item
        met.add((item.table, item.name))
    return None


def _line_of(key: str, text: str, table: str = "") -> int | None:
    """The line on which a key of a table is set, or its own table starts."""
    found = (item.line for item in items_of(text) if (item.table, item.name) == (table, key))
    return next(found, None)
