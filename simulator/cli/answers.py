"""What a command says: its answer to stdout, words beside it to stderr, and the exit code."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

import typer

from simulator.errors import PlaybookError, Problem, SimulatorError
from simulator.playbook.problem_places import line_spans, places
from simulator.texts import say

FAILED, BAD_INPUT, INTERRUPTED = 1, 2, 130
MOST_ALIKE = 5
"""So many problems of one sentence are printed; of more only their lines."""
LONGEST_NAME, WIDE = 24, 10_000
"""A longer name in a table's first column is broken, so that figures beside it are not."""


class NotPlayedError(PlaybookError):
    """A playbook with errors in it, and so not played: every problem found, warnings too."""


@contextmanager
def answering(as_json: bool) -> Iterator[None]:
    """Turn what goes wrong on purpose into words, or JSON, and the exit code."""
    try:
        yield
    except NotPlayedError as wrong:
        give_up(wrong.problems, as_json, BAD_INPUT, say("command_line.not_played"))
    except PlaybookError as wrong:
        give_up(wrong.problems, as_json, BAD_INPUT)
    except SimulatorError as wrong:
        give_up([_as_problem("input", wrong)], as_json, BAD_INPUT)
    except BrokenPipeError:
        raise  # whoever read the answer has read enough; Typer ends quietly
    except (OSError, MemoryError) as wrong:
        give_up([_as_problem("failed", wrong)], as_json, FAILED)
    except KeyboardInterrupt:
        tell(say("command_line.interrupted"))
        raise typer.Exit(INTERRUPTED) from None


def _as_problem(rule: str, wrong: BaseException) -> Problem:
    return Problem(rule, "", None, None, "", str(wrong) or type(wrong).__name__, "")


def give_up(problems: Iterable[Problem], as_json: bool, code: int, ending: str = "") -> NoReturn:
    """Show the problems, with an ``ending`` their number and that too, and leave with the exit code."""
    found = list(problems)
    if as_json:
        print_json(as_answer(found))
    else:
        tell(*problem_lines(found))
        tell(*([f"{count_line(found)} {ending}"] if ending else []))
    raise typer.Exit(code)


def as_answer(found: Sequence[Problem]) -> dict[str, Any]:
    """Problems as plain data, and how many of them are errors and warnings."""
    return {
        "problems": [one.as_dict() for one in found],
        "errors": errors_in(found),
        "warnings": _other(found),
    }


def count_line(found: Sequence[Problem]) -> str:
    """How many errors and warnings there are."""
    return say("command_line.checked", errors=errors_in(found), warnings=_other(found))


def errors_in(found: Iterable[Problem]) -> int:
    """How many of the problems are errors."""
    return sum(one.severity == "error" for one in found)


def _other(found: Sequence[Problem]) -> int:
    return len(found) - errors_in(found)


def problem_line(found: Problem) -> str:
    words = str(found) if found.file else found.says
    return f"{say(f'command_line.{found.severity}')}: {words}"


def problem_lines(found: Iterable[Problem]) -> Iterator[str]:
    """Every problem in words: what is the same in several lines once, with the lines.

    Of many that say the same of different values the first are shown, and of the others the lines.
    """
    same: dict[Any, list[Problem]] = {}
    for one in found:
        same.setdefault((one.value, *_sentence(one)), []).append(one)
    alike: dict[Any, list[list[Problem]]] = {}
    for group in same.values():
        alike.setdefault(_sentence(group[0]), []).append(group)
    shown: Counter[Any] = Counter()
    for group in same.values():
        sentence = _sentence(group[0])
        shown[sentence] += 1
        if shown[sentence] <= MOST_ALIKE:
            yield problem_line(group[0]) + _also_in(group[1:])
        elif shown[sentence] == MOST_ALIKE + 1:
            rest = [one for more in alike[sentence][MOST_ALIKE:] for one in more]
            yield say("command_line.more_alike", more=len(rest), places=places(rest))


def _sentence(one: Problem) -> tuple[str | None, ...]:
    """What a problem says, wherever in its file and of whichever value."""
    return one.severity, one.rule, one.file, one.column, one.says, one.way_out


def _also_in(others: Sequence[Problem]) -> str:
    lines = line_spans(one.line for one in others if one.line is not None)
    return say("command_line.also_in", lines=lines) if lines else ""


def print_json(answer: Any) -> None:
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=2, allow_nan=False))


def print_lines(*lines: str) -> None:
    for line in lines:
        typer.echo(line)


def tell(*lines: str) -> None:
    """Words beside the answer: to stderr."""
    for line in lines:
        typer.echo(line, err=True)


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table; where it is too wide for the terminal words are broken, and figures are not."""
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console, cells = Console(), [tuple(row) for row in rows]
    table = Table(title=say(f"command_line.{title}"), box=SIMPLE, title_justify="left")
    names_fit = all(len(row[0]) <= LONGEST_NAME for row in cells)
    for number, column in enumerate(columns):
        table.add_column(column, no_wrap=number == 0 and names_fit, overflow="fold")
    for row in cells:
        table.add_row(*map(Text, row))
    if console.measure(table, options=console.options.update(width=WIDE)).maximum > console.width:
        for number, column in enumerate(columns[1:], start=1):
            figures = [row[number] for row in cells]
            if not any(" " in figure for figure in figures):
                table.columns[number].width = max(map(len, (*figures, *column.split())), default=0)
    console.print(table)
