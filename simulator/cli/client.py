"""``msimamizi client check``: whether a client somebody wrote can be used for scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.cli.answers import FAILED, answering, print_json, print_lines, print_table
from simulator.cli.app import (
    USUAL_PEOPLE,
    AsJson,
    Command,
    Dask,
    Group,
    People,
    Workers,
    Worlds,
    app,
    argument,
)
from simulator.cli.limits import refuse_numbers
from simulator.cli.progress import counting
from simulator.texts import say

if TYPE_CHECKING:
    from simulator.scoring.client_check import ClientCheck

clients_own = typer.Typer(
    name="client",
    cls=Group,
    help=say("command_line.client_help"),
    no_args_is_help=True,
    rich_markup_mode="rich",
)
app.add_typer(clients_own)

CHECKED_WORLDS = 12


@clients_own.command(cls=Command, help=say("command_line.client_check_help"))
def check(
    client: Annotated[str, argument("client_file", "FILE")],
    worlds: Worlds = CHECKED_WORLDS,
    people: People = USUAL_PEOPLE,
    workers: Workers = None,
    dask: Dask = None,
    as_json: AsJson = False,
) -> None:
    """Whether a client somebody wrote can be used for scores."""
    with answering(as_json):
        from simulator.scoring.client_check import check_client
        from simulator.scoring.hands import Hands
        from simulator.world.clients import load_client

        refuse_numbers(people=people, worlds=worlds, workers=workers)
        chosen = load_client(client)
        with counting(say("command_line.trying_client", client=chosen.label), worlds) as done:
            found = check_client(chosen, worlds=worlds, people=people, hands=Hands(workers, dask), watch=done)
        if as_json:
            print_json(as_data(found))
        else:
            show(found)
        if not found.fine:
            raise typer.Exit(FAILED)


def as_data(found: ClientCheck) -> dict[str, Any]:
    """What was found, as plain data."""
    return {
        "client": found.client,
        "worlds": found.worlds,
        "fine": found.fine,
        "points": {name: round(points, 2) for name, points in found.points.items()},
        "worth_cents": {name: round(cents) for name, cents in found.cents.items()},
        "findings": [
            {"rule": one.rule, "fine": one.fine, "says": one.says, "way_out": one.way_out}
            for one in found.findings
        ],
    }


def show(found: ClientCheck) -> None:
    """What was found: the ladder of managers, then every finding."""
    from simulator.insights.words import whole_money

    order = sorted(found.cents, key=lambda name: found.cents[name])
    heads = [say(f"command_line.columns.{name}") for name in ("manager", "worth", "points")]
    rows = [
        (name, whole_money(found.cents[name]), f"{found.points[name]:.0f}" if found.points else "–")
        for name in order
    ]
    print_table("client_check_title", heads, rows)
    for one in found.findings:
        mark = say("client_check.fine" if one.fine else "client_check.not_fine")
        print_lines(f"{mark} {one.says}" + (f": {one.way_out}" if one.way_out else ""))
    verdict = "client_check.usable" if found.fine else "client_check.unusable"
    print_lines(say(verdict, client=found.client))
