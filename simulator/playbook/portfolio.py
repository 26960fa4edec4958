"""The portfolio: several pages under one pair of hands, one folder of trade files.

``portfolio.csv`` names the pages, ``shifts.csv`` says when somebody is there for all of them, and each
page has its playbook in a folder of its own name, without shifts of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from simulator.errors import PlaybookError, Problem, problem
from simulator.playbook.assignment import Assignment
from simulator.playbook.playbook import FILES, PAID_HOURS, PORTFOLIO_FILE, SHIFTS_FILE, Playbook, read_folder
from simulator.playbook.portfolio_checks import problems_of, warnings_of
from simulator.playbook.portfolio_sheet import PageRow, is_folder_name, read_rows, write_rows
from simulator.playbook.shifts import ShiftPlan
from simulator.playbook.shifts_sheet import read_shifts, write_shifts
from simulator.playbook.told_once import told_once
from simulator.units import DAYS_PER_MONTH
from simulator.world.clients import Client

OF_ONE_PAGE = (
    "plan.week_hours",
    "plan.week_posts",
    "plan.hasty_posts",
    "replies.no_hands",
    "replies.no_rows",
    "replies.only_days_off",
    "playbook.other_client",
)
"""What is asked of a page made in its client's hours, and not of one whose hands are the portfolio's."""

PageReader = Callable[[Path, Client | None], tuple[Playbook, list[Problem]]]
"""Reads a page's folder for its client, if that is known."""


@dataclass(frozen=True, slots=True)
class PortfolioPlan:
    """Several pages and the shifts of who works for all of them, with the warnings reading gave."""

    assignments: tuple[Assignment, ...] = ()
    shifts: ShiftPlan = field(default_factory=ShiftPlan)
    warnings: tuple[Problem, ...] = field(default=(), compare=False, repr=False)

    @classmethod
    def read(cls, folder: Path | str, days: int = DAYS_PER_MONTH) -> PortfolioPlan:
        """The portfolio in a folder; raises PlaybookError with every error of every file."""
        plan, problems = read_portfolio(folder, days)
        errors = [found for found in problems if found.severity == "error"]
        if errors:
            raise PlaybookError(errors)
        return plan

    def write(self, folder: Path | str) -> None:
        """Write the files into a folder, made if need be; reading it gives the same portfolio."""
        folder = Path(folder)
        strange = [one.page for one in self.assignments if not is_folder_name(one.page)]
        if strange:
            raise PlaybookError(
                problem("portfolio.bad_page", file=PORTFOLIO_FILE, column="Page", value=page)
                for page in strange
            )
        folder.mkdir(parents=True, exist_ok=True)
        write_rows(self.assignments, folder / PORTFOLIO_FILE)
        write_shifts(self.shifts, folder / SHIFTS_FILE)
        for one in self.assignments:
            replace(one.playbook, shifts=None).write(folder / one.page)


def is_portfolio(folder: Path | str) -> bool:
    """Whether a folder is that of a portfolio and not that of one page."""
    return (Path(folder) / PORTFOLIO_FILE).is_file()


def read_portfolio(
    folder: Path | str, days: int = DAYS_PER_MONTH, read_page: PageReader | None = None
) -> tuple[PortfolioPlan, list[Problem]]:
    """What can be read of a portfolio and every problem of every file, sorted by file and line.

    Files of a page are named with its folder: ``salon/plan.csv``; what is the same for several pages is
    told once. ``read_page``: how a page is read, as
    usual for one of ``days`` days if None.

    >>> [found.rule for found in read_portfolio("no/such/folder")[1]]
    ['portfolio.no_folder']
    """
    folder = Path(folder)
    if not is_portfolio(folder):
        return PortfolioPlan(), [_no_sheet(folder)]
    rows, problems = read_rows(folder / PORTFOLIO_FILE)
    playbooks, found = _playbooks(folder, rows, read_page or partial(read_folder, days=days, alone=False))
    assignments = tuple(
        Assignment(row.page, row.client, playbook, row.months, row.line)
        for row, playbook in zip(rows, playbooks, strict=True)
        if row.client is not None
    )
    problems += found
    problems += problems_of(assignments, PORTFOLIO_FILE)
    problems += _unlisted(folder, rows)
    shifts, found = _shifts(folder, rows, assignments, days)
    problems += found
    problems.sort(key=lambda one: (one.file, one.line or 0))
    if assignments:
        problems = told_once(problems, assignments[0].client.file.month_start, days)
    warnings = tuple(one for one in problems if one.severity == "warning")
    return PortfolioPlan(assignments, shifts, warnings), problems


def _no_sheet(folder: Path) -> Problem:
    """Why a folder is no portfolio: it is not there, holds one page's playbook, or neither."""
    rule = "portfolio.no_sheet" if folder.is_dir() else "portfolio.no_folder"
    if any((folder / name).is_file() for name in FILES if name != SHIFTS_FILE):
        rule = "portfolio.one_page"
    return problem(rule, file=str(folder))


# ------------------------------------------------------------------ shifts


def _shifts(
    folder: Path, rows: Sequence[PageRow], assignments: Sequence[Assignment], days: int
) -> tuple[ShiftPlan, list[Problem]]:
    """When somebody is there, with what is asked of it if nothing in it is wrong."""
    shifts: ShiftPlan | None = None
    problems: list[Problem] = []
    if (folder / SHIFTS_FILE).is_file():
        start = assignments[0].client.file.month_start if assignments else None
        pages = [row.page for row in rows] or None
        shifts, problems = read_shifts(folder / SHIFTS_FILE, month_start=start, days=days, pages=pages)
    if not any(one.severity == "error" for one in problems):
        problems += warnings_of(assignments, shifts, SHIFTS_FILE, days)
    return shifts or ShiftPlan(), problems


# ------------------------------------------------------------------ pages


def _playbooks(
    folder: Path, rows: Sequence[PageRow], read_page: PageReader
) -> tuple[list[Playbook], list[Problem]]:
    """The playbook of each row, empty where its folder is missing, and every problem in them."""
    playbooks: list[Playbook] = []
    problems: list[Problem] = []
    for row in rows:
        if not (folder / row.page).is_dir():
            problems.append(_no_page_folder(folder, row))
            playbooks.append(Playbook())
            continue
        playbook, found = read_page(folder / row.page, row.client)
        alone = {*OF_ONE_PAGE, *PAID_HOURS}
        found = [one for one in found if one.rule not in alone and one.file != SHIFTS_FILE]
        warnings = tuple(one for one in found if one.severity == "warning")
        playbooks.append(replace(playbook, shifts=None, warnings=warnings))
        problems += _of_page(found, folder, row.page)
    return playbooks, problems


def _of_page(found: Sequence[Problem], folder: Path, page: str) -> Iterator[Problem]:
    """A page's problems under names within the portfolio, and one for shifts of its own."""
    for one in found:
        yield replace(one, file=page if one.file == str(folder / page) else f"{page}/{one.file}")
    if (folder / page / SHIFTS_FILE).exists():
        words: dict[str, Any] = {"page": page, "file": f"{page}/{SHIFTS_FILE}"}
        yield problem("portfolio.shifts_inside", **words)


def _no_page_folder(folder: Path, row: PageRow) -> Problem:
    words: dict[str, Any] = {"value": row.page, "names": ", ".join(_folders(folder)) or "-"}
    return problem("portfolio.no_page_folder", file=PORTFOLIO_FILE, line=row.line, column="Page", **words)


def _unlisted(folder: Path, rows: Sequence[PageRow]) -> Iterator[Problem]:
    """A warning for each folder that holds a playbook and is no page's."""
    for name in sorted(set(_folders(folder)) - {row.page for row in rows}):
        if any((folder / name / file).is_file() for file in FILES):
            yield problem("portfolio.unlisted", file=name, severity="warning", sheet=PORTFOLIO_FILE)


def _folders(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir() if entry.is_dir() and entry.name[0] != ".")
