"""What a command says: its answer to stdout, words beside it to stderr, and the exit code."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

import typer

from simulator.cli.app import INTERRUPTED
from simulator.errors import PlaybookError, Problem, SimulatorError
from simulator.texts import say

FAILED, BAD_INPUT = 1, 2
MOST_ALIKE = 5
"""So many problems of one rule are printed; of more only their number."""


@contextmanager
def answering(as_json: bool) -> Iterator[None]:
    """Turn what goes wrong on purpose into words, or JSON, and the exit code."""
    try:
        yield
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


def give_up(problems: Iterable[Problem], as_json: bool, code: int) -> NoReturn:
    if as_json:
        print_json({"problems": [one.as_dict() for one in problems]})
    else:
        tell(*map(problem_line, problems))
    raise typer.Exit(code)


def problem_line(found: Problem) -> str:
    words = str(found) if found.file else found.says
    return f"{say(f'command_line.{found.severity}')}: {words}"


def problem_lines(found: Sequence[Problem]) -> Iterator[str]:
    """A line for each problem; of many alike the first ones, and how many more there are."""
    alike = Counter(one.rule for one in found)
    shown: Counter[str] = Counter()
    for one in found:
        shown[one.rule] += 1
        if shown[one.rule] <= MOST_ALIKE:
            yield problem_line(one)
        elif shown[one.rule] == alike[one.rule]:
            more = alike[one.rule] - MOST_ALIKE
            yield say("command_line.more_alike", more=more, line=one.line or "-", file=one.file)


def print_json(answer: Any) -> None:
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=2, allow_nan=False))


def print_lines(*lines: str) -> None:
    for line in lines:
        typer.echo(line)


def tell(*lines: str) -> None:
    """Words beside the answer: to stderr."""
    for line in lines:
        typer.echo(line, err=True)


def print_table(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], *, wrap_first: bool = False
) -> None:
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=say(f"command_line.{title}"), box=SIMPLE, title_justify="left")
    for number, column in enumerate(columns):
        table.add_column(column, no_wrap=(number == 0) != wrap_first)
    for row in rows:
        table.add_row(*map(Text, row))
    Console().print(table)
