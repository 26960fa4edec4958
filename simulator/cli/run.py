"""``msimamizi run``: play a playbook for a month and write what came of it."""

from __future__ import annotations

from simulator.cli.answers import answering
from simulator.cli.app import (
    USUAL_DAYS,
    USUAL_PEOPLE,
    AsJson,
    ClientName,
    Command,
    Days,
    Folder,
    Out,
    People,
    Seed,
    app,
)
from simulator.cli.limits import refuse_no_client, refuse_numbers, result_folder
from simulator.cli.month import played, show_result, write_result
from simulator.texts import say


@app.command(cls=Command, help=say("command_line.run_help"))
def run(
    folder: Folder,
    client: ClientName = "",
    seed: Seed = 1,
    people: People = USUAL_PEOPLE,
    days: Days = USUAL_DAYS,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Play a playbook for a month and write what came of it."""
    with answering(as_json):
        from simulator.scoring.playbook_texts import texts_in
        from simulator.scoring.records import RECORD_FILE, month_figures, new_record, write_record
        from simulator.world.clients import load_client

        refuse_no_client(client, folder)
        refuse_numbers(people=people, days=days, seed=seed)
        result = result_folder(folder, out)
        chosen, texts = load_client(client), texts_in(folder)
        asked: dict[str, int] = {"seed": seed, "people": people, "days": days}
        month, beside = played(chosen, folder, **asked)
        files = write_result(month, beside, result)
        figures = month_figures(month, month.insights.summary)
        write_record(new_record("run", chosen, [texts], figures, **asked), result / RECORD_FILE)
        show_result(month, beside, result, files, as_json)
