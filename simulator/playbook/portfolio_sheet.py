"""The sheet of a portfolio: ``portfolio.csv``, one row a page.

Every problem of the file is collected in one pass; a row whose page cannot be told is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from simulator.errors import Problem, did_you_mean, problem
from simulator.playbook.assignment import Assignment
from simulator.playbook.columns import SheetKind, cell_of, cell_problem, find_columns, too_many_cells
from simulator.playbook.trade_files import CellError, Row, Sheet, read_sheet, write_sheet
from simulator.world.clients import Client, client_names, load_client

COLUMNS: tuple[str, ...] = ("Page", "Client", "Months Of Service")
REQUIRED = COLUMNS[:2]
KIND = SheetKind(
    COLUMNS, REQUIRED, "portfolio.unknown_column", "portfolio.no_header", "portfolio.missing_column"
)
MOST_PAGES = 8
MOST_MONTHS = 600

_FOLDER_NAME = re.compile(r"[^\W_](?:[\w -]{0,58}[\w-])?")
_WHOLE = re.compile(r"[0-9]{1,15}")
_hint = lru_cache(maxsize=64)(did_you_mean)


@dataclass(frozen=True, slots=True)
class PageRow:
    """One row: a page, whose it is (None where that cannot be read), months one has had it, its line."""

    page: str
    client: Client | None
    months: int
    line: int


def read_rows(path: Path) -> tuple[list[PageRow], list[Problem]]:
    """The rows that name a page, at most eight, and every problem found in the file."""
    sheet, problems = read_sheet(path, empty_rule="portfolio.empty_file")
    if sheet is None:
        return [], problems
    columns, found = find_columns(sheet, KIND)
    problems += found
    rows: list[PageRow] = []
    if columns and not set(REQUIRED) - set(columns):
        problems += _how_many(sheet)
        for row in sheet.rows[:MOST_PAGES]:
            read, wrong = _row(row, columns, sheet)
            problems += wrong
            rows += read
    return _different(rows, sheet.file, problems), problems


def write_rows(assignments: Iterable[Assignment], path: Path) -> None:
    """Write a row for each page in one step; reading it gives the same pages."""
    rows = [(one.page, one.client.label, str(one.months_of_service)) for one in assignments]
    write_sheet(path, COLUMNS, rows)


def is_folder_name(page: str) -> bool:
    """Whether a page of this name can be a folder inside the portfolio's: letters, digits, spaces, - and _.

    >>> is_folder_name("salon-2"), is_folder_name("../salon")
    (True, False)
    """
    return bool(_FOLDER_NAME.fullmatch(page))


# ------------------------------------------------------------------ rows into pages


def _how_many(sheet: Sheet) -> Iterator[Problem]:
    if not sheet.rows:
        yield problem("portfolio.no_pages", file=sheet.file)
    if len(sheet.rows) > MOST_PAGES:
        words: dict[str, Any] = {"count": f"{len(sheet.rows):,}", "most": MOST_PAGES}
        yield problem("portfolio.too_many", file=sheet.file, line=sheet.rows[MOST_PAGES].line, **words)


def _row(row: Row, columns: Mapping[str, int], sheet: Sheet) -> tuple[list[PageRow], list[Problem]]:
    """The row's page, if it can be told, and a problem for every cell that cannot be read."""
    width = len(sheet.header.cells)
    if any(cell.strip() for cell in row.cells[width:]):
        return [], too_many_cells(row, width, sheet.file)
    values: dict[str, Any] = {"Page": None, "Client": None, "Months Of Service": 0}
    problems: list[Problem] = []
    for name, read in _READERS.items():
        cell = cell_of(row, columns, name)
        try:
            values[name] = read(cell)
        except CellError as wrong:
            problems.append(cell_problem(wrong, sheet.file, row.line, name, cell))
    page, client, months = values.values()
    return [PageRow(page, client, months, row.line)] if page is not None else [], problems


def _page(value: str) -> str:
    page = value.strip()
    if not page:
        raise CellError("portfolio.no_page")
    if not is_folder_name(page):
        raise CellError("portfolio.bad_page")
    return page


def _client(value: str) -> Client:
    name, colon, seed = value.strip().partition(":")
    if name not in client_names():
        raise CellError("portfolio.unknown_client", hint=_hint(name, client_names()))
    if colon and not _WHOLE.fullmatch(seed):
        raise CellError("portfolio.bad_client_seed", name=name)
    return load_client(value.strip())


def _months(value: str) -> int:
    written = value.strip() or "0"
    if not _WHOLE.fullmatch(written) or int(written) > MOST_MONTHS:
        raise CellError("portfolio.bad_months", most=MOST_MONTHS)
    return int(written)


_READERS: Mapping[str, Callable[[str], Any]] = {
    "Page": _page,
    "Client": _client,
    "Months Of Service": _months,
}


def _different(rows: Sequence[PageRow], file: str, problems: list[Problem]) -> list[PageRow]:
    """The rows without those whose page stands above already (in whatever case); those become problems."""
    first: dict[str, PageRow] = {}
    for row in rows:
        above = first.setdefault(row.page.casefold(), row)
        if above is not row:
            place: dict[str, Any] = {"file": file, "line": row.line, "column": "Page", "value": row.page}
            problems.append(problem("portfolio.same_page", first=above.line, **place))
    return list(first.values())
