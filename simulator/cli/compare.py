"""``msimamizi compare``: two playbooks in the same worlds, with the same luck."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from simulator.cli.answers import answering, print_json, print_lines, print_table
from simulator.cli.app import (
    USUAL_FIRST,
    USUAL_PEOPLE,
    USUAL_WORLDS,
    AsJson,
    ClientName,
    Command,
    Dask,
    FirstWorld,
    Folder,
    ModelVersion,
    People,
    Workers,
    Worlds,
    app,
    argument,
)
from simulator.cli.limits import refuse_no_client, refuse_numbers
from simulator.cli.month import playable
from simulator.cli.progress import counting
from simulator.texts import say

if TYPE_CHECKING:
    from simulator.scoring.compare import Comparison
    from simulator.scoring.uncertainty import Estimate


@app.command(cls=Command, help=say("command_line.compare_help"))
def compare(
    folder: Folder,
    other: Annotated[Path, argument("other")],
    client: ClientName = "",
    worlds: Worlds = USUAL_WORLDS,
    first: FirstWorld = USUAL_FIRST,
    people: People = USUAL_PEOPLE,
    workers: Workers = None,
    dask: Dask = None,
    model: ModelVersion = None,
    as_json: AsJson = False,
) -> None:
    """Two playbooks in the same worlds, with the same luck."""
    with answering(as_json):
        from simulator.scoring.compare import compare as compared
        from simulator.scoring.hands import Hands
        from simulator.world.clients import load_client

        refuse_no_client(client, folder)
        refuse_numbers(people=people, worlds=worlds, workers=workers, first=first)
        chosen = load_client(client)
        books = [playable(one, chosen, people=people) for one in (folder, other)]
        with counting(say("command_line.comparing_two", client=chosen.label), worlds) as done:
            found = compared(
                chosen,
                *books,
                worlds=worlds,
                first=first,
                people=people,
                hands=Hands(workers, dask),
                model=model,
                watch=done,
            )
        if as_json:
            print_json(as_data(found))
        else:
            show(found, folder, other)


def as_data(found: Comparison) -> dict[str, Any]:
    """A comparison as plain data."""
    return {
        "client": found.client,
        "verdict": found.verdict,
        "cents": _estimate(found.cents),
        "points": _estimate(found.points),
        "parts_cents": {name: _estimate(part) for name, part in found.parts.items()},
        "worlds": len(found.seeds),
        "first_world": found.seeds[0],
        "model": found.model,
    }


def _estimate(found: Estimate) -> dict[str, Any]:
    low, high = found.interval
    return {
        "difference": round(found.value, 4),
        "standard_error": round(found.error, 4),
        "interval": [round(low, 4), round(high, 4)],
    }


def show(found: Comparison, folder: Path, other: Path) -> None:
    """A comparison in words and a table."""
    from simulator.insights.words import signed
    from simulator.scoring.criteria import goal_title

    low, high = found.points.interval
    words = {"folder": folder, "other": other, "worlds": len(found.seeds)}
    print_lines(
        say(
            f"command_line.compared.{found.verdict}",
            points=signed(found.points.value, 1),
            low=signed(low, 1),
            high=signed(high, 1),
            **words,
        )
    )
    rows = [
        (title, signed(one.value / 100), *(signed(edge / 100) for edge in one.interval))
        for title, one in (
            *((goal_title(name), part) for name, part in found.parts.items()),
            (say("command_line.score.total"), found.cents),
        )
    ]
    heads = [say(f"command_line.columns.{name}") for name in ("goal", "difference", "from", "to")]
    print_table("compare_title", heads, rows)
