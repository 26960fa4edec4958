"""The sheet of shifts: ``shifts.csv``, one row a stretch of work.

Every problem of the file is collected in one pass; a row with an error is left out of the plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from simulator.errors import Problem, did_you_mean, problem
from simulator.playbook.columns import (
    SheetKind,
    cell_of,
    cell_problem,
    find_columns,
    has_too_many,
    one_of,
    too_many_cells,
)
from simulator.playbook.run_days import outside
from simulator.playbook.shift_cells import Days, read_days, written_days
from simulator.playbook.shifts import Shift, ShiftPlan, clock
from simulator.playbook.shifts_checks import problems_of, warnings_of
from simulator.playbook.time_cells import read_time
from simulator.playbook.trade_files import CellError, Row, Sheet, read_sheet, write_sheet
from simulator.units import DAYS_PER_MONTH

COLUMNS: tuple[str, ...] = ("Day", "Start", "End", "Page")
REQUIRED = COLUMNS[:3]
KIND = SheetKind(COLUMNS, REQUIRED, "shifts.unknown_column", "shifts.no_header", "shifts.missing_column")

_hint = lru_cache(maxsize=4096)(did_you_mean)


def read_shifts(
    path: Path | str,
    *,
    month_start: date | None = None,
    days: int = DAYS_PER_MONTH,
    pages: Sequence[str] | None = None,
) -> tuple[ShiftPlan, list[Problem]]:
    """The shifts in a CSV file and every problem found in it.

    Without a ``month_start``, dates are not compared with the run's days; without ``pages`` (those
    that are worked for) any page is taken.
    """
    sheet, problems = read_sheet(Path(path), empty_rule="shifts.empty_file")
    if sheet is None:
        return ShiftPlan(), problems
    columns, found = find_columns(sheet, KIND)
    problems += found
    shifts: list[Shift] = []
    timed: list[Shift] = []
    readers = _readers(pages)
    for row in sheet.rows if columns and not set(REQUIRED) - set(columns) else ():
        shift, wrong = _shift(row, columns, readers, sheet)
        problems += wrong
        timed += [shift] if shift else []
        shifts += [shift] if shift and not wrong else []
    problems += _about_all(ShiftPlan(tuple(timed)), sheet.file, month_start, days)
    return ShiftPlan(tuple(shifts)), problems


def _about_all(plan: ShiftPlan, file: str, month_start: date | None, days: int) -> Iterator[Problem]:
    """What is wrong with, and to be asked of, all shifts whose days and times can be read."""
    yield from _outside_the_run(plan, file, month_start, days)
    yield from problems_of(plan, file)
    yield from warnings_of(plan, file)


def write_shifts(plan: ShiftPlan, path: Path | str) -> None:
    """Write the shifts to a CSV file in one step; reading it gives the same shifts.

    Weekdays that do not follow each other take a row for each stretch of them.
    """
    write_sheet(Path(path), COLUMNS, (cells for shift in plan.shifts for cells in _cells(shift)))


def _cells(shift: Shift) -> Iterator[tuple[str, ...]]:
    off = shift.date is not None and not shift.minutes
    times = ("", "") if off else (clock(shift.start_minutes), clock(shift.end_minutes))
    for day in written_days(shift.days, shift.date):
        yield (day, *times, shift.page)


# ------------------------------------------------------------------ rows into shifts


def _readers(pages: Sequence[str] | None) -> Mapping[str, Callable[[str], Any]]:
    return {
        "Day": read_days,
        "Start": read_time,
        "End": read_time,
        "Page": str.strip if pages is None else partial(_page, pages=tuple(pages)),
    }


def _page(value: str, *, pages: tuple[str, ...]) -> str:
    name = one_of(value, ("", *pages))
    if name is None:
        raise CellError("shifts.unknown_page", hint=_hint(value.strip(), pages))
    return name


def _shift(
    row: Row, columns: Mapping[str, int], readers: Mapping[str, Callable[[str], Any]], sheet: Sheet
) -> tuple[Shift | None, list[Problem]]:
    """The row's shift, None if its days or times cannot be read, and every problem of the row."""
    width = len(sheet.header.cells)
    if has_too_many(row, width):
        return None, too_many_cells(row, width, sheet.file)
    read: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, reader in readers.items():
        cell = cell_of(row, columns, name)
        try:
            read[name] = reader(cell)
        except CellError as wrong:
            problems.append(cell_problem(wrong, sheet.file, row.line, name, cell))
    if set(REQUIRED) - set(read):
        return None, problems
    disorder = list(_times_in_order(read, sheet.file, row.line))
    return (None if disorder else _shift_of(read, row.line)), [*problems, *disorder]


def _shift_of(read: Mapping[str, Any], line: int) -> Shift:
    """A row's shift; of a page that cannot be read, for whichever needs it."""
    days: Days = read["Day"]
    page = read.get("Page", "")
    return Shift(days.weekdays, read["Start"] or 0, read["End"] or 0, page, days.date, line)


def _times_in_order(read: Mapping[str, Any], file: str, line: int) -> Iterator[Problem]:
    """A start and a later end, or neither on a date: a day off."""
    start, end = read["Start"], read["End"]
    place: dict[str, Any] = {"file": file, "line": line}
    if start is None and end is None and read["Day"].date is not None:
        return
    for name in ("Start", "End"):
        if read[name] is None:
            yield problem("shifts.no_time", column=name, **place)
    if start and end == 0:
        yield problem("shifts.until_midnight", column="End", value=clock(end), start=clock(start), **place)
    elif start is not None and end is not None and end <= start:
        words: dict[str, Any] = {"value": clock(end), "start": clock(start), "end": clock(end)}
        rule = "shifts.end_first" if end < start else "shifts.no_length"
        yield problem(rule, column="End", **words, **place)


def _outside_the_run(plan: ShiftPlan, file: str, first: date | None, days: int) -> Iterator[Problem]:
    if first is None:
        return
    for shift in plan.shifts:
        words = outside(shift.date, first, days) if shift.date is not None else {}
        if words:
            place: dict[str, Any] = {"line": shift.line, "column": "Day", "value": shift.date}
            yield problem("shifts.outside_days", file=file, **place, **words)
