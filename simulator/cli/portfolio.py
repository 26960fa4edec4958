"""``msimamizi portfolio``: several pages under one pair of hands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from simulator.cli.answers import (
    NotPlayedError,
    answering,
    errors_in,
    print_json,
    print_lines,
    print_table,
    problem_lines,
    tell,
)
from simulator.cli.app import (
    USUAL_DAYS,
    USUAL_PEOPLE,
    AsJson,
    Command,
    Days,
    Out,
    People,
    Seed,
    app,
    argument,
    option,
)
from simulator.cli.checked import checked_pages
from simulator.cli.limits import refuse_folder, refuse_numbers, result_folder
from simulator.cli.month import write_result
from simulator.cli.progress import busy, counting
from simulator.errors import PlaybookError, problem
from simulator.texts import say

if TYPE_CHECKING:
    from simulator.insights.portfolio import PortfolioMonth
    from simulator.playbook.portfolio import PortfolioPlan


@app.command(cls=Command, help=say("command_line.portfolio_help"))
def portfolio(
    folder: Annotated[Path, argument("portfolio", "DIR")],
    clients: Annotated[list[str] | None, argument("start_clients", "CLIENT")] = None,
    start: Annotated[bool, option("start", "--start", metavar="")] = False,
    seed: Seed = 1,
    people: People = USUAL_PEOPLE,
    days: Days = USUAL_DAYS,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Play a month of several pages under one pair of hands, or begin a folder for them."""
    with answering(as_json):
        if start:
            refuse_numbers(people=people, seed=seed)
            _start_portfolio(folder, clients or [], as_json, seed=seed, people=people)
            return
        if clients:
            named = " ".join(clients)
            raise PlaybookError([problem("portfolio.clients_without_start", file=str(folder), value=named)])
        refuse_numbers(people=people, days=days, seed=seed)
        result = result_folder(folder, out)
        plan, month = _played_portfolio(folder, seed=seed, people=people, days=days)
        files = _write_portfolio(plan, month, result)
        _show_portfolio(month, result, files, as_json)


def _start_portfolio(folder: Path, names: Sequence[str], as_json: bool, *, seed: int, people: int) -> None:
    """Begin a portfolio with the research of every client, and say what to do next."""
    from simulator.playbook.beside import BRIEF_FILE
    from simulator.playbook.portfolio_start import page_name, start_portfolio
    from simulator.research.pack import write_page_research
    from simulator.world.clients import load_client

    refuse_folder(folder)
    clients = [load_client(name) for name in names]
    files = list(start_portfolio(folder, clients))
    for client in clients:
        with busy(say("command_line.researching", client=client.label)):
            files += write_page_research(client, folder / page_name(client), seed=seed, people=people)
    if as_json:
        print_json({"folder": str(folder), "files": [str(path) for path in files]})
        return
    print_lines(say("command_line.started", folder=folder), *_by_folder(folder, files))
    print_lines(
        say("command_line.started_research", brief=folder / page_name(clients[0]) / "research" / BRIEF_FILE),
        say("command_line.next_portfolio", folder=folder),
    )


def _by_folder(folder: Path, files: Iterable[Path]) -> Iterator[str]:
    """The files written, a line for each folder: eight pages have a hundred of them."""
    for place, found in groupby(files, key=lambda path: path.relative_to(folder).parts[:-1]):
        yield f"  {folder.joinpath(*place)}: {', '.join(path.name for path in found)}"


def _played_portfolio(
    folder: Path, *, seed: int, people: int, days: int
) -> tuple[PortfolioPlan, PortfolioMonth]:
    """The portfolio in ``folder`` and its month."""
    from simulator.insights.portfolio import run_portfolio

    plan, found = checked_pages(folder, people=people, days=days, seed=seed)
    if errors_in(found):
        raise NotPlayedError(found)
    tell(*problem_lines(found))
    words = say("command_line.playing_pages", pages=len(plan.assignments))
    setting: dict[str, int] = {"seed": seed, "people": people, "days": days}
    with counting(words, days) as day_done:
        return plan, run_portfolio(plan.assignments, plan.shifts, day_done=day_done, **setting)


def _write_portfolio(plan: PortfolioPlan, month: PortfolioMonth, folder: Path) -> Sequence[Path]:
    """The report and tables of all pages, and each page's in its own folder; the files, the report first."""
    from simulator.insights.month import yardsticks
    from simulator.insights.portfolio_report import write_portfolio

    files: list[Path] = []
    for one, page in zip(plan.assignments, month.months, strict=True):
        with busy(say("command_line.comparing")):
            beside = yardsticks(page)
        files += write_result(page, beside, folder / one.page)
    with busy(say("command_line.writing", folder=folder)):
        return (*write_portfolio(month, folder, plan.warnings, linked=True), *files)


def _show_portfolio(month: PortfolioMonth, folder: Path, files: Sequence[Path], as_json: bool) -> None:
    from simulator.insights.portfolio_report import (
        SHORT_PAY_COLUMNS,
        key_figures,
        pay_table,
        plain_summary,
    )

    if as_json:
        print_json(plain_summary(month))
        return
    heads = [say(f"command_line.columns.{name}") for name in ("figure", "value", "of_what")]
    rows = [(figure.title, figure.value, figure.of_what) for figure in key_figures(month)]
    print_table("portfolio_title", heads, rows)
    pay = pay_table(month, SHORT_PAY_COLUMNS)
    print_table("pay_title", (pay.first, *pay.headings), [(row.page, *row.cells) for row in pay.rows])
    print_lines(say("command_line.look", report=files[0], folder=folder))
