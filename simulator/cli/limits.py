"""What is refused before any work is done: numbers out of range, folders that cannot be written."""

from __future__ import annotations

import os
from pathlib import Path

from simulator.cli.app import USUAL_DAYS, USUAL_FIRST, USUAL_PEOPLE, USUAL_WORLDS
from simulator.errors import PlaybookError, problem
from simulator.playbook.run_days import MOST_DAYS
from simulator.texts import say

FEWEST_PEOPLE, MOST_PEOPLE = 500, 5_000_000
MOST_SEED = 2**53
FEWEST_WORLDS, MOST_WORLDS = 2, 10_000
MOST_WORKERS = 1_024


def refuse_numbers(
    people: int = USUAL_PEOPLE,
    days: int = USUAL_DAYS,
    seed: int = 1,
    worlds: int = USUAL_WORLDS,
    workers: int | None = None,
    first: int = USUAL_FIRST,
) -> None:
    """Raise PlaybookError with every number that is out of its range."""
    ranges = {
        "people": (people, FEWEST_PEOPLE, MOST_PEOPLE),
        "days": (days, 1, MOST_DAYS),
        "seed": (seed, 0, MOST_SEED),
        "worlds": (worlds, FEWEST_WORLDS, MOST_WORLDS),
        "workers": (1 if workers is None else workers, 1, MOST_WORKERS),
        "first": (first, 0, MOST_SEED),
    }
    wrong = [
        problem(f"command_line.{name}", file=f"--{name}", value=value, least=f"{low:,}", most=f"{high:,}")
        for name, (value, low, high) in ranges.items()
        if not low <= value <= high
    ]
    if wrong:
        raise PlaybookError(wrong)


def refuse_no_client(client: str, folder: Path) -> None:
    """Raise PlaybookError when no client is named, with the one whose research lies beside the playbook."""
    from simulator.playbook.beside import researched_client

    if not client:
        known = researched_client(folder.absolute().parent)
        hint = say("problems.write_client", client=known) if known else say("problems.see_clients")
        raise PlaybookError([problem("command_line.no_client", file="--client", hint=hint)])


def result_folder(folder: Path, out: Path | None) -> Path:
    """Where the result of ``folder`` goes: ``out``, or its own ``result``; refused if unwritable."""
    result = out or folder / "result"
    refuse_folder(result)
    return result


def refuse_file(path: Path) -> None:
    """Raise PlaybookError when no file can be written there, before any work is done."""
    if path.is_dir():
        raise PlaybookError([problem("command_line.is_a_folder", file=str(path))])
    refuse_folder(path.absolute().parent)


def refuse_folder(folder: Path, unwritable: str = "not_writable") -> None:
    """Raise PlaybookError when nothing can be written to ``folder``, before any work is done.

    ``unwritable``: the rule that says so.
    """
    there = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
    rule = "" if os.access(there, os.W_OK) else unwritable
    rule = rule if there.is_dir() else "not_a_folder"
    if rule:
        raise PlaybookError([problem(f"command_line.{rule}", file=str(folder), value=str(there))])
