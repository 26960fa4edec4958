"""``msimamizi research``: what may be known of a client before acting."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from simulator.cli.answers import answering, print_json, print_lines, problem_line, tell
from simulator.cli.app import AsJson, Command, Seed, app, argument, option
from simulator.cli.limits import refuse_folder, refuse_numbers
from simulator.cli.progress import busy
from simulator.errors import problem
from simulator.texts import say


@app.command(cls=Command, help=say("command_line.research_help"))
def research(
    client: Annotated[str, argument("client")],
    out: Annotated[Path, option("research_out", "--out")],
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """Write what may be known of a client before acting."""
    with answering(as_json):
        from simulator.playbook.beside import BRIEF_FILE, researched_client
        from simulator.research.pack import write_pack
        from simulator.world.clients import load_client

        chosen = load_client(client)
        refuse_numbers(seed=seed)
        refuse_folder(out)
        before = researched_client(out)
        with busy(say("command_line.researching", client=chosen.label)):
            files = write_pack(chosen, out, seed=seed)
        kept = [path for path in sorted(out.glob("playbook/*")) if path.is_file() and path not in files]
        replaced = before if before != chosen.label else ""
        if replaced and kept:
            words: dict[str, Any] = {"value": replaced, "client": chosen.label, "file": str(out)}
            tell(problem_line(problem("command_line.another_client", severity="warning", **words)))
        if as_json:
            folder: dict[str, Any] = {"folder": str(out), "files": [str(path) for path in files]}
            folder |= {"kept": [str(path) for path in kept], "replaced": replaced}
            print_json({"client": chosen.label, "seed": seed, **folder})
        else:
            print_lines(say("command_line.researched", folder=out), *(f"  {path}" for path in files))
            print_lines(*([say("command_line.kept")] if kept else []), *(f"  {path}" for path in kept))
            print_lines(
                say("command_line.next_plan", client=client, brief=out / BRIEF_FILE, folder=out / "playbook")
            )
