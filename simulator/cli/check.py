"""``msimamizi check``: every problem of a playbook or a portfolio at once."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from simulator.cli.answers import (
    BAD_INPUT,
    answering,
    as_answer,
    count_line,
    errors_in,
    print_json,
    print_lines,
    problem_lines,
)
from simulator.cli.app import USUAL_DAYS, USUAL_PEOPLE, AsJson, Command, Days, Folder, People, app, option
from simulator.cli.checked import checked, checked_pages
from simulator.cli.limits import refuse_numbers
from simulator.texts import say


@app.command(cls=Command, help=say("command_line.check_help"))
def check(
    folder: Folder,
    client: Annotated[str, option("client", "--client")] = "",
    people: People = USUAL_PEOPLE,
    days: Days = USUAL_DAYS,
    as_json: AsJson = False,
) -> None:
    """Every problem of a playbook at once."""
    with answering(as_json):
        from simulator.playbook.glance import at_a_glance
        from simulator.playbook.playbook import PAGE_FILE
        from simulator.playbook.portfolio import is_portfolio
        from simulator.world.clients import load_client

        refuse_numbers(people=people, days=days)
        if is_portfolio(folder):
            check_portfolio(folder, as_json, people=people, days=days)
            return
        chosen = load_client(client) if client else None
        playbook, found = checked(folder, chosen, people=people, days=days)
        errors = errors_in(found)
        glance = at_a_glance(playbook, chosen, days) if chosen and folder.is_dir() else None
        if as_json:
            print_json({**as_answer(found), "glance": glance.as_dict() if glance else None})
        else:
            print_lines(*problem_lines(found))
            print_lines(count_line(found))
            if glance is None:
                print_lines(*([] if client else [say("command_line.checked_without_client")]))
            elif errors:
                unread = any(one.file == PAGE_FILE and one.severity == "error" for one in found)
                print_lines(*(glance.page_lines() if playbook.page and not unread else []))
            else:
                print_lines(*glance.lines())
                command = _next_command("run", folder, people, days)
                print_lines(say("command_line.next_run", command=f"{command} --client {client}"))
    if errors:
        raise typer.Exit(BAD_INPUT)


def _next_command(name: str, folder: Path, people: int, days: int) -> str:
    """The command that plays what is in a folder as it was checked."""
    options = [("people", people, USUAL_PEOPLE), ("days", days, USUAL_DAYS)]
    said = [f"--{name} {value}" for name, value, usual in options if value != usual]
    return " ".join([f"msimamizi {name}", shlex.quote(str(folder)), *said])


def check_portfolio(folder: Path, as_json: bool, *, people: int, days: int) -> None:
    """Every problem of a portfolio, with all its pages."""
    _, found = checked_pages(folder, people=people, days=days)
    errors = errors_in(found)
    if as_json:
        print_json(as_answer(found))
    else:
        print_lines(*problem_lines(found))
        print_lines(count_line(found))
        if not errors:
            command = _next_command("portfolio", folder, people, days)
            print_lines(say("command_line.next_run", command=command))
    if errors:
        raise typer.Exit(BAD_INPUT)
