"""``msimamizi advise``: the changes that would have gained most, on the same luck."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.cli.answers import answering, print_json, print_lines, print_table
from simulator.cli.app import (
    USUAL_PEOPLE,
    AsJson,
    ClientName,
    Command,
    Dask,
    Folder,
    ModelVersion,
    People,
    Workers,
    app,
)
from simulator.cli.limits import refuse_numbers
from simulator.cli.month import playable
from simulator.cli.progress import stages
from simulator.texts import say

if TYPE_CHECKING:
    from simulator.scoring.advice import Advice


@app.command(cls=Command, help=say("command_line.advise_help"))
def advise(
    folder: Folder,
    client: ClientName,
    people: People = USUAL_PEOPLE,
    workers: Workers = None,
    dask: Dask = None,
    model: ModelVersion = None,
    as_json: AsJson = False,
) -> None:
    """The changes that would have gained most, on the same luck."""
    with answering(as_json):
        from simulator.scoring.advice import advise as advised
        from simulator.scoring.hands import Hands
        from simulator.world.clients import load_client

        refuse_numbers(people=people, workers=workers)
        chosen = load_client(client)
        playbook = playable(folder, chosen, people=people)
        words = {
            "screen": say("command_line.screening", client=chosen.label),
            "estimate": say("command_line.estimating"),
        }
        with stages(words) as step:
            found = advised(
                chosen, playbook, people=people, hands=Hands(workers, dask), model=model, step=step
            )
        if as_json:
            print_json(as_data(found))
        else:
            show(found)


def as_data(found: Advice) -> dict[str, Any]:
    """Advice as plain data."""
    return {
        "client": found.client,
        "screened": found.screened,
        "model": found.model,
        "changes": [
            {
                "kind": gain.change.kind,
                "change": gain.change.says,
                "gain_cents": round(gain.cents.value),
                "interval_cents": [round(edge) for edge in gain.cents.interval],
                "points": round(gain.points.value, 2),
                "standard_error": round(gain.points.error, 2),
                "chance": round(gain.chance, 6),
                "sure": gain.sure,
            }
            for gain in found.gains
        ],
    }


def show(found: Advice) -> None:
    """Advice as a table, and how sure it is."""
    from simulator.insights.words import signed

    heads = [say(f"command_line.columns.{name}") for name in ("change", "gain", "gain_points", "sure")]
    rows = [
        (
            gain.change.says,
            signed(gain.cents.value / 100),
            f"{signed(gain.points.value, 1)} ± {gain.points.error:.1f}",
            say("advice.yes") if gain.sure else say("advice.no"),
        )
        for gain in found.gains
        if gain.cents.value > 0
    ]
    print_table("advice_title", heads, rows)
    words = {"screened": found.screened, "sure": len(found.sure), "best": len(found.gains)}
    print_lines(say("command_line.advised" if found.sure else "command_line.advised_none", **words))
