"""``msimamizi audience``: whom each ad set would reach, before anything is bought."""

from __future__ import annotations

import typer

from simulator.cli.answers import (
    BAD_INPUT,
    answering,
    give_up,
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
    ClientName,
    Command,
    Days,
    Folder,
    People,
    Seed,
    app,
)
from simulator.cli.limits import refuse_no_client, refuse_numbers
from simulator.cli.progress import busy
from simulator.texts import say


@app.command(cls=Command, help=say("command_line.audience_help"))
def audience(
    folder: Folder,
    client: ClientName = "",
    seed: Seed = 1,
    people: People = USUAL_PEOPLE,
    days: Days = USUAL_DAYS,
    as_json: AsJson = False,
) -> None:
    """Whom each ad set of a playbook would reach, before anything is bought."""
    with answering(as_json):
        from simulator.network.audience_sizes import audience_sizes, is_about_size
        from simulator.network.month import day_one
        from simulator.playbook.playbook import read_folder
        from simulator.world.clients import load_client

        refuse_no_client(client, folder)
        refuse_numbers(people=people, days=days, seed=seed)
        chosen = load_client(client)
        with busy(say("command_line.sizing", client=chosen.label)):
            start = day_one(chosen, seed=seed, people=people)
            playbook, problems = read_folder(folder, chosen, days, start.world)
            found = audience_sizes(start, playbook.ads)
        problems = [one for one in problems if not is_about_size(one)]
        if not found and any(one.severity == "error" for one in problems):
            give_up(problems, as_json, BAD_INPUT)
        tell(*problem_lines(problems))
        if as_json:
            print_json([one.as_dict() for one in found])
        elif found:
            heads = [say(f"command_line.columns.{name}") for name in ("ad_set", "size", "audience")]
            rows = [(one.ad_set, one.words, one.audience) for one in found]
            print_table("audience_title", heads, rows)
        else:
            print_lines(say("command_line.no_ads"))
        if any(one.unread for one in found):
            raise typer.Exit(BAD_INPUT)
