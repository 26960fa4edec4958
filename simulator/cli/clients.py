"""``msimamizi clients``: who can be worked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from simulator.cli.answers import answering, print_json, print_lines, print_table
from simulator.cli.app import USUAL_PEOPLE, AsJson, Command, app
from simulator.texts import say

if TYPE_CHECKING:
    from simulator.world.clients import Client


@app.command(cls=Command, help=say("command_line.clients_help"))
def clients(as_json: AsJson = False) -> None:
    """Who can be worked for."""
    with answering(as_json):
        from simulator.world.clients import client_names, load_client

        found = [_client_row(load_client(name)) for name in client_names()]
        if as_json:
            print_json(found)
        else:
            _print_clients(found)


def _client_row(client: Client) -> dict[str, Any]:
    file = client.file
    return {
        "name": file.name,
        "kind": file.kind,
        "topics": list(client.topic_names),
        "followers": round(file.audience.follower_share * USUAL_PEOPLE),
        "month_start": file.month_start.isoformat(),
        "budget_cents": file.budget_cents,
        "cities": list(file.cities),
    }


def _print_clients(found: Sequence[dict[str, Any]]) -> None:
    from simulator.units import money

    rows = [
        (
            row["name"],
            row["kind"],
            ", ".join(row["topics"]),
            f"{row['followers']:,}",
            money(row["budget_cents"]),
        )
        for row in found
    ]
    columns = ("name", "kind", "topics", "followers", "budget")
    print_table("clients_title", [say(f"command_line.columns.{name}") for name in columns], rows)
    print_lines(say("command_line.clients_note"))
    print_lines(*(say("command_line.next_research", client=row["name"]) for row in found[:1]))
