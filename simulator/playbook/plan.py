"""The content plan: the month's posts, read from and written to ``plan.csv``.

Every problem of a file is collected in one pass. An error is what cannot be placed; a
warning is what a careful colleague would ask about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from simulator.errors import Problem, did_you_mean, problem
from simulator.playbook.calendars import calendar_tool, read_calendar
from simulator.playbook.columns import (
    SheetKind,
    cell_of,
    cell_problem,
    find_columns,
    has_too_many,
    one_of,
    too_many_cells,
)
from simulator.playbook.durations import hours_meant
from simulator.playbook.moments import read_moment, written_moment
from simulator.playbook.plan_warnings import Unfinished, warnings_of
from simulator.playbook.posts import DEEPEST_OFFER, FORMATS, PURPOSES, Post
from simulator.playbook.run_days import outside
from simulator.playbook.shares import share_meant
from simulator.playbook.topic_hints import topic_hint
from simulator.playbook.trade_files import (
    CellError,
    Row,
    Sheet,
    read_number,
    read_sheet,
    read_tags,
    torn_text,
    write_sheet,
)
from simulator.playbook.trade_words import meant
from simulator.units import DAYS_PER_MONTH
from simulator.world.clients import Client

COLUMNS: tuple[str, ...] = (
    "Posting Time",
    "Text",
    "Format",
    "Purpose",
    "Topic",
    "Offer",
    "Production Hours",
    "Link",
    "Image URL",
    "Tags",
)
REQUIRED = COLUMNS[:5]
KIND = SheetKind(COLUMNS, REQUIRED, "plan.unknown_column", "plan.no_header", "plan.missing_column")
MOST_HOURS = 24.0

_FIELDS = {name: name.lower().replace(" ", "_") for name in COLUMNS}
_hint = lru_cache(maxsize=4096)(did_you_mean)


@dataclass(frozen=True, slots=True)
class ContentPlan:
    """The month's posts, in the order of their file."""

    posts: tuple[Post, ...] = ()


def read_plan(
    path: Path | str, *, client: Client | None = None, days: int = DAYS_PER_MONTH
) -> tuple[ContentPlan, list[Problem]]:
    """The plan in a CSV file (ours, Buffer's or Metricool's) and every problem found in it.

    Rows with an error are left out of the plan. Without a client, topics, the run's dates
    and the paid hours are not checked.
    """
    sheet, problems = read_sheet(Path(path))
    if sheet is None:
        return ContentPlan(), problems
    unfinished: list[Unfinished] = []
    if calendar_tool(sheet.header.cells):
        posts, found = read_calendar(sheet, client)
    else:
        posts, found = _our_posts(sheet, client, unfinished)
    problems += found
    times = [(post.line, post.posting_time) for post in posts]
    times += [(row.line, row.values["posting_time"]) for row in unfinished if "posting_time" in row.values]
    problems += _outside_the_run(times, sheet.file, client, days)
    problems += warnings_of(posts, sheet.file, client, unfinished)
    return ContentPlan(tuple(posts)), problems


def write_plan(plan: ContentPlan, path: Path | str) -> None:
    """Write the plan to a CSV file in one step; reading it gives the same posts."""
    write_sheet(Path(path), COLUMNS, map(_cells, plan.posts))


def _cells(post: Post) -> tuple[str, ...]:
    offer = repr(float(post.offer)) if post.offer else ""
    hours = "" if post.production_hours is None else repr(float(post.production_hours))
    start = (written_moment(post.posting_time), post.text, post.format, post.purpose, post.topic)
    return (*start, offer, hours, post.link, post.image_url, " ".join(post.tags))


# ------------------------------------------------------------------ rows into posts


def _our_posts(
    sheet: Sheet, client: Client | None, unfinished: list[Unfinished]
) -> tuple[list[Post], list[Problem]]:
    """The posts of the rows without an error; what can be read of the others goes to ``unfinished``."""
    columns, problems = find_columns(sheet, KIND)
    readers = _readers(client, decimal_comma=sheet.delimiter != ",")
    posts: list[Post] = []
    width = len(sheet.header.cells)
    for row in sheet.rows if columns else ():
        shape = _row_shape(row, width, columns, sheet.file)
        problems += shape
        if not shape:
            values, wrong = _values(row, columns, readers, sheet.file)
            if wrong and (len(row.cells) > width or torn_text(row)):
                problems += too_many_cells(row, width, sheet.file)
            elif wrong or len(values) < len(COLUMNS):
                problems += wrong
                unfinished.append(Unfinished(row.line, values))
            else:
                posts.append(Post(**values, line=row.line))
    return posts, problems


def _row_shape(row: Row, width: int, columns: Mapping[str, int], file: str) -> list[Problem]:
    if has_too_many(row, width):
        return too_many_cells(row, width, file)
    cut_off = [name for name in REQUIRED if columns.get(name, 0) >= len(row.cells)]
    if cut_off:
        return [
            problem("plan.too_few_cells", file=file, line=row.line, column=cut_off[0], count=len(row.cells))
        ]
    return []


def _values(
    row: Row, columns: Mapping[str, int], readers: Mapping[str, Callable[[str], Any]], file: str
) -> tuple[dict[str, Any], list[Problem]]:
    """The row's fields that can be read, with a problem for every one that cannot."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, read in readers.items():
        if name not in columns and name in REQUIRED:
            continue
        cell = cell_of(row, columns, name)
        try:
            values[_FIELDS[name]] = read(cell)
        except CellError as wrong:
            problems.append(cell_problem(wrong, file, row.line, name, cell))
    if values.get("offer") and values.get("purpose", "sell") != "sell":
        broken = CellError("plan.offer_without_sale", purpose=values["purpose"])
        problems.append(cell_problem(broken, file, row.line, "Offer", row.cells[columns["Offer"]]))
    return values, problems


def _readers(client: Client | None, *, decimal_comma: bool) -> dict[str, Callable[[str], Any]]:
    """How the cells of each column are read."""
    topic = partial(read_topic, client=client) if client else str.strip
    return {
        "Posting Time": _posting_time,
        "Text": str,
        "Format": read_format,
        "Purpose": read_purpose,
        "Topic": topic,
        "Offer": partial(read_offer, decimal_comma=decimal_comma),
        "Production Hours": partial(_hours, decimal_comma=decimal_comma),
        "Link": str.strip,
        "Image URL": str.strip,
        "Tags": read_tags,
    }


def _one_of(
    value: str, *, rule: str, known: tuple[str, ...], hint: Callable[[str, tuple[str, ...]], str] = _hint
) -> str:
    name = one_of(value, known)
    if name is None and not value.strip():
        raise CellError("plan.empty_cell", hint=_hint("", known))
    if name is None:
        raise CellError(rule, hint=hint(value.strip(), known))
    return name


read_format = partial(_one_of, rule="plan.unknown_format", known=FORMATS, hint=meant)
read_purpose = partial(_one_of, rule="plan.unknown_purpose", known=PURPOSES, hint=meant)


def read_topic(value: str, *, client: Client) -> str:
    """A topic of the client's; a word that one of them has is asked about by that topic's name."""
    names = client.topic_names
    return _one_of(
        value, rule="plan.unknown_topic", known=names, hint=lambda word, _: topic_hint(word, client)
    )


def _posting_time(value: str) -> datetime:
    if not value.strip():
        raise CellError("plan.no_time")
    return read_moment(value)


def read_offer(value: str, *, decimal_comma: bool) -> float:
    """A discount as a share, 0-0.5; "20%" is 0.2, and a bare 20 is asked about."""
    if not value.strip():
        return 0.0
    percent = value.strip().endswith("%")
    try:
        number = read_number(value.strip().removesuffix("%"), decimal_comma=decimal_comma)
    except CellError as wrong:
        raise _offer_in_words(value, wrong) from None
    share = number / 100 if percent else number
    if 0 <= share <= DEEPEST_OFFER:
        return share
    if not percent and 1 <= number <= 100 * DEEPEST_OFFER:
        raise CellError("plan.offer_percent", share=f"{number / 100:g}")
    raise CellError("plan.offer_range", deepest=DEEPEST_OFFER)


def _offer_in_words(value: str, wrong: CellError) -> CellError:
    """How a discount in words is written, or why the cell is no number."""
    share = share_meant(value) if wrong.rule == "plan.bad_number" else None
    if share is None:
        return wrong
    if share > DEEPEST_OFFER:
        return CellError("plan.offer_range", deepest=DEEPEST_OFFER)
    return CellError("plan.offer_in_words", share=f"{share:g}", percent=f"{100 * share:g}")


def _hours(value: str, *, decimal_comma: bool) -> float | None:
    if not value.strip():
        return None
    try:
        hours = read_number(value, decimal_comma=decimal_comma)
    except CellError as wrong:
        raise _hours_in_words(value, wrong) from None
    if not 0 <= hours <= MOST_HOURS:
        raise CellError("plan.hours_range", most=f"{MOST_HOURS:g}")
    return hours


def _hours_in_words(value: str, wrong: CellError) -> CellError:
    """How hours with a unit are written, or why the cell is no number."""
    if wrong.rule != "plan.bad_number":
        return wrong
    hours = hours_meant(value)
    return (
        CellError("plan.bad_hours") if hours is None else CellError("plan.hours_in_words", hours=f"{hours:g}")
    )


def _outside_the_run(
    times: Iterable[tuple[int | None, datetime]], file: str, client: Client | None, days: int
) -> Iterator[Problem]:
    """An error for each line and time that lies outside the run."""
    if client is None:
        return
    for line, moment in times:
        words = outside(moment.date(), client.file.month_start, days)
        if words:
            place: dict[str, Any] = {"file": file, "line": line, "column": "Posting Time"}
            yield problem("plan.outside_days", value=written_moment(moment), **place, **words)
