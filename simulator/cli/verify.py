"""``msimamizi verify``: go through a saved result again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.cli.answers import FAILED, answering, print_json, print_lines, print_table
from simulator.cli.app import USUAL_WORLDS, AsJson, Command, Dask, Workers, app, argument, option
from simulator.cli.limits import refuse_numbers
from simulator.cli.progress import counting
from simulator.texts import say

if TYPE_CHECKING:
    from simulator.scoring.verify import Verified


@app.command(cls=Command, help=say("command_line.verify_help"))
def verify(
    record: Annotated[Path, argument("record")],
    client: Annotated[str, option("record_client", "--client")] = "",
    workers: Workers = None,
    dask: Dask = None,
    as_json: AsJson = False,
) -> None:
    """Go through a saved result again, and say whether every figure matches."""
    with answering(as_json):
        from simulator.scoring.hands import Hands
        from simulator.scoring.records import read_record
        from simulator.scoring.verify import verify as verified
        from simulator.world.clients import load_client

        refuse_numbers(workers=workers)
        found = read_record(record)
        chosen = load_client(client) if client else None
        steps = (found.worlds or USUAL_WORLDS) if found.kind == "score" else found.days
        with counting(say("command_line.verifying"), steps) as done:
            answer = verified(found, client=chosen, hands=Hands(workers, dask), watch=done)
        if as_json:
            print_json(_as_data(answer))
        else:
            _show(answer)
    if not answer.holds:
        raise typer.Exit(FAILED)


def _as_data(answer: Verified) -> dict[str, Any]:
    record = answer.record
    return {
        "kind": record.kind,
        "client": record.client,
        "holds": answer.holds,
        "figures": answer.figures,
        "differences": [
            {"name": one.name, "recorded": one.recorded, "found": one.found} for one in answer.differences
        ],
        "practice": record.practice,
        "undone": record.undone,
        "model": record.model,
        "same_model": answer.same_model,
        "same_program": answer.same_program,
        "same_client": answer.same_client,
    }


def _show(answer: Verified) -> None:
    record = answer.record
    what = say(f"command_line.verified.{record.kind}", seed=record.seed, weeks=len(record.playbooks))
    words = {"figures": answer.figures, "differences": len(answer.differences), "what": what}
    verdict = "nothing" if not answer.figures else "holds" if answer.holds else "differs"
    print_lines(say(f"command_line.verified.{verdict}", client=record.client, **words), *_beside(answer))
    if answer.differences:
        heads = [say(f"command_line.columns.{name}") for name in ("figure", "recorded", "found")]
        rows = [(one.name, _cell(one.recorded), _cell(one.found)) for one in answer.differences]
        print_table("verify_title", heads, rows)


def _beside(answer: Verified) -> Iterator[str]:
    """What else there is to know of it."""
    from simulator.scoring.model_version import MODEL

    record = answer.record
    if record.practice:
        yield say("command_line.verified.practice", undone=record.undone)
    if not answer.same_model:
        yield say("command_line.verified.other_model", model=record.model, here=MODEL)
    elif not answer.same_program:
        yield say("command_line.verified.other_program", model=record.model)
    if not answer.same_client:
        yield say("command_line.verified.other_client", client=record.client)


def _cell(figure: float | str | None) -> str:
    return "-" if figure is None else str(figure)
