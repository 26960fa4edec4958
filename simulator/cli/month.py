"""A month played from a folder: the run, its files and what is printed of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.cli.answers import (
    NotPlayedError,
    errors_in,
    print_json,
    print_lines,
    print_table,
    problem_lines,
    tell,
)
from simulator.cli.app import USUAL_DAYS
from simulator.cli.checked import checked
from simulator.cli.progress import busy, counting
from simulator.texts import say

if TYPE_CHECKING:
    from simulator.insights.month import Month, Yardsticks
    from simulator.insights.tables import Insights
    from simulator.playbook.playbook import Playbook
    from simulator.world.clients import Client


def played(client: Client, folder: Path, *, seed: int, people: int, days: int) -> tuple[Month, Yardsticks]:
    """The month of the playbook in ``folder``, and what it is measured against."""
    from simulator.insights.month import run_month, yardsticks

    playbook = playable(folder, client, people=people, days=days, seed=seed)
    with counting(say("command_line.playing", client=client.label), days) as day_done:
        month = run_month(client, playbook, seed=seed, people=people, days=days, day_done=day_done)
    with busy(say("command_line.comparing")):
        return month, yardsticks(month)


def playable(
    folder: Path, client: Client, *, people: int, days: int = USUAL_DAYS, seed: int | None = None
) -> Playbook:
    """The playbook in ``folder``, its warnings told; raises PlaybookError if anything in it is an error."""
    playbook, found = checked(folder, client, people=people, days=days, seed=seed)
    if errors_in(found):
        raise NotPlayedError(found)
    tell(*problem_lines(found))
    return replace(playbook, warnings=tuple(found))


def write_result(month: Month, beside: Yardsticks, folder: Path) -> Sequence[Path]:
    """The report and the tables; the files written, the report first."""
    from simulator.insights.report import write_report
    from simulator.insights.table_files import write_tables

    with busy(say("command_line.writing", folder=folder)):
        warnings = month.playbook.warnings
        report = write_report(month.insights, folder, warnings, beside.nothing, beside.before, beside.idle)
        return (report, *write_tables(month.insights, folder))


def show_result(month: Month, beside: Yardsticks, folder: Path, files: Sequence[Path], as_json: bool) -> None:
    if as_json:
        from simulator.insights.tables import plain

        more = {
            "client_label": month.client.label,
            "worth_nothing_cents": round(beside.nothing),
            "report": str(files[0]),
        }
        print_json(plain({**month.insights.summary, **more}))
    else:
        print_figures(month, beside)
        print_lines(say("command_line.look", report=files[0], folder=folder))


def print_figures(month: Month, beside: Yardsticks) -> None:
    """The large numbers of a month as a table."""
    heads = [say(f"command_line.columns.{name}") for name in ("figure", "value", "of_what")]
    print_table("result_title", heads, _result_rows(month.insights, beside.nothing))


def _result_rows(insights: Insights, nothing: float) -> Iterator[tuple[str, str, str]]:
    from simulator.insights.headline import key_figures

    for figure in key_figures(insights, nothing):
        yield figure.title, figure.value, "; ".join(filter(None, (figure.against, figure.of_what)))
