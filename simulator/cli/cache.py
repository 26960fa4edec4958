"""``msimamizi cache``: what is kept of reference managers, and how to forget it."""

from __future__ import annotations

from typing import Annotated

from simulator.cli.answers import answering, print_json, print_lines
from simulator.cli.app import AsJson, Command, app, option
from simulator.texts import say


@app.command(cls=Command, help=say("command_line.cache_help"))
def cache(
    clear: Annotated[bool, option("clear", "--clear", metavar="")] = False, as_json: AsJson = False
) -> None:
    """What is kept of reference managers, and how to forget it."""
    with answering(as_json):
        from simulator.scoring.remembered import forget, memory_folder, remembered_files

        files = list(remembered_files())
        size = sum(path.stat().st_size for path in files)
        removed = forget() if clear else 0
        if as_json:
            figures = {"folder": str(memory_folder()), "files": len(files), "bytes": size, "removed": removed}
            print_json(figures)
        else:
            words = {"folder": memory_folder(), "files": f"{len(files):,}", "size": f"{size / 1e6:.1f}"}
            print_lines(say("command_line.cache_cleared" if clear else "command_line.cache_holds", **words))
