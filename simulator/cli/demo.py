"""``msimamizi demo``: the shipped example of the online shop, from playbook to report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

from simulator.cli.answers import answering, tell
from simulator.cli.app import USUAL_DAYS, USUAL_PEOPLE, AsJson, Command, People, Seed, app, option
from simulator.cli.limits import refuse_folder, refuse_numbers
from simulator.cli.month import played, show_result, write_result
from simulator.texts import say

DEMO_CLIENT: Final = "online-shop"


@app.command(cls=Command, help=say("command_line.demo_help"))
def demo(
    out: Annotated[Path, option("demo_out", "--out")] = Path("demo-report"),
    seed: Seed = 1,
    people: People = USUAL_PEOPLE,
    as_json: AsJson = False,
) -> None:
    """The shipped example of the online shop, from playbook to report."""
    with answering(as_json):
        from importlib import resources

        from simulator.world.clients import load_client

        refuse_numbers(people=people, seed=seed)
        refuse_folder(out)
        chosen = load_client(DEMO_CLIENT)
        tell(say("command_line.demo_client", title=chosen.file.title, client=chosen.label))
        with resources.as_file(resources.files("simulator") / "data" / "examples" / DEMO_CLIENT) as folder:
            tell(say("command_line.demo_playbook", folder=folder))
            tell(say("command_line.demo_month", people=f"{people:,}", days=USUAL_DAYS, seed=seed))
            month, beside = played(chosen, folder, seed=seed, people=people, days=USUAL_DAYS)
        tell(say("command_line.demo_report", folder=out))
        show_result(month, beside, out, write_result(month, beside, out), as_json)
