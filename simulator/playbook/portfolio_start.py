"""The start of a portfolio: its sheets with headers, and a blank playbook for every client."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from simulator.errors import PlaybookError, did_you_mean, problem
from simulator.playbook.assignment import Assignment
from simulator.playbook.blank import write_blank
from simulator.playbook.playbook import FILES, PORTFOLIO_FILE, SHIFTS_FILE, Playbook
from simulator.playbook.portfolio import is_portfolio
from simulator.playbook.portfolio_sheet import MOST_PAGES, write_rows
from simulator.playbook.shifts import ShiftPlan
from simulator.playbook.shifts_sheet import write_shifts
from simulator.world.clients import DEFAULT_CLIENT_SEED, Client, client_names


def start_portfolio(folder: Path | str, clients: Sequence[Client]) -> tuple[Path, ...]:
    """Write a portfolio of ``clients`` to be filled in; returns the files written, none of them over another.

    Raises PlaybookError where there is a portfolio already, and for no client, one twice or more than eight.
    """
    folder = Path(folder)
    pages = [page_name(client) for client in clients]
    _refuse(folder, clients, pages)
    return tuple(_written(folder, [Assignment(*one, Playbook()) for one in zip(pages, clients, strict=True)]))


def page_name(client: Client) -> str:
    """What a client's page is called in a portfolio that begins.

    >>> from simulator.world.clients import load_client
    >>> page_name(load_client("salon")), page_name(load_client("salon:2"))
    ('salon', 'salon-2')
    """
    usual = client.client_seed == DEFAULT_CLIENT_SEED
    return client.name if usual else f"{client.name}-{client.client_seed}"


def _written(folder: Path, assignments: Sequence[Assignment]) -> Iterator[Path]:
    write_rows(assignments, folder / PORTFOLIO_FILE)
    yield folder / PORTFOLIO_FILE
    if not (folder / SHIFTS_FILE).exists():
        write_shifts(ShiftPlan(), folder / SHIFTS_FILE)
        yield folder / SHIFTS_FILE
    for one in assignments:
        yield from write_blank(one.client, folder / one.page, [name for name in FILES if name != SHIFTS_FILE])


def _refuse(folder: Path, clients: Sequence[Client], pages: Sequence[str]) -> None:
    """Raise PlaybookError with everything that speaks against it."""
    known = client_names()
    own = [client.name for client in clients if client.name not in known]
    twice = sorted({page for page in pages if pages.count(page) > 1})
    wrong = [problem("portfolio.started_twice", file=str(folder), value=page) for page in twice]
    for name in own:  # a file of one's own, which portfolio.csv could not name
        hint = did_you_mean(name, known)
        wrong.append(problem("portfolio.unknown_client", file=str(folder), value=name, hint=hint))
    if is_portfolio(folder):
        wrong.append(problem("portfolio.already_there", file=str(folder)))
    if not pages:
        wrong.append(problem("portfolio.start_without_clients", file=str(folder)))
    if len(pages) > MOST_PAGES:
        wrong.append(problem("portfolio.too_many", file=str(folder), count=len(pages), most=MOST_PAGES))
    if wrong:
        raise PlaybookError(wrong)
