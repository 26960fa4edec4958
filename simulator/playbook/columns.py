"""The columns of a sheet of ours: where each stands, and what is wrong with a header or a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from simulator.errors import Problem, did_you_mean, problem
from simulator.playbook.trade_files import CellError, Row, Sheet, folded, overlong_row


class SheetKind(NamedTuple):
    """The columns of one kind of sheet, and the rules that its header may break."""

    columns: tuple[str, ...]
    required: tuple[str, ...]
    unknown_column: str
    no_header: str
    missing_column: str


def find_columns(sheet: Sheet, kind: SheetKind) -> tuple[dict[str, int], list[Problem]]:
    """Where each known column stands, and what is wrong with the header; {} if it is none."""
    place: dict[str, Any] = {"file": sheet.file, "line": sheet.header.line}
    plain_names = {folded(name): name for name in kind.columns}
    columns: dict[str, int] = {}
    problems: list[Problem] = []
    for at, cell in enumerate(sheet.header.cells):
        name = plain_names.get(folded(cell))
        if name in columns:
            problems.append(problem("plan.twice_column", column=name, **place))
        elif name:
            columns[name] = at
        elif cell.strip():
            hint = did_you_mean(
                cell, [known for known in kind.columns if known not in columns] or kind.columns
            )
            problems.append(problem(kind.unknown_column, value=cell, hint=hint, **place))
    if not columns:
        names = ",".join(kind.required)
        return {}, [problem(kind.no_header, value=sheet.header.cells[0], names=names, **place)]
    missing = [name for name in kind.required if name not in columns]
    return columns, problems + [problem(kind.missing_column, column=name, **place) for name in missing]


def has_too_many(row: Row, width: int) -> bool:
    """Whether anything stands beyond the header's last cell."""
    return any(cell.strip() for cell in row.cells[width:])


def too_many_cells(row: Row, width: int, file: str) -> list[Problem]:
    """The one problem that stands for a row with more cells than the header."""
    return [overlong_row(row, width, file)]


def cell_of(row: Row, columns: Mapping[str, int], name: str) -> str:
    """The row's cell in a column; "" where the row or the sheet has none."""
    at = columns.get(name, -1)
    return row.cells[at] if 0 <= at < len(row.cells) else ""


def cell_problem(wrong: CellError, file: str, line: int | None, column: str, value: str) -> Problem:
    """What is wrong with a cell; a rule that names one of several words in it shows that word."""
    words = {"value": value, **wrong.words}
    return problem(wrong.rule, file=file, line=line, column=column, **words)


def one_of(value: str, known: Sequence[str]) -> str | None:
    """The known name that is meant, whatever its case."""
    wanted = value.strip()
    if wanted in known:
        return wanted
    return next((name for name in known if name.casefold() == wanted.casefold()), None)
