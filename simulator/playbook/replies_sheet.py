"""The sheet of reply rules: ``replies.csv``, one row a rule, the first that fits counts.

Every problem of the file is collected in one pass; a row with an error is left out of the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from simulator.errors import Problem, did_you_mean, problem
from simulator.parameters import model_parameters
from simulator.playbook.columns import (
    SheetKind,
    cell_of,
    cell_problem,
    find_columns,
    has_too_many,
    one_of,
    too_many_cells,
)
from simulator.playbook.patterns import Pattern
from simulator.playbook.regex_habits import regex_habit, without_habits
from simulator.playbook.replies import ACTIONS, FIRST, LAST, USUAL, ReplyRule, ReplyRules
from simulator.playbook.replies_warnings import warnings_of
from simulator.playbook.trade_files import CellError, Row, Sheet, folded, read_sheet, write_sheet

COLUMNS: tuple[str, ...] = (
    "Rule",
    "If Contains",
    "If Not Contains",
    "If Link",
    "If Duplicate",
    "If Follower",
    "If Longer Than",
    "Action",
    "Priority",
    "Reply",
)
REQUIRED = ("Rule", "Action")
KIND = SheetKind(COLUMNS, REQUIRED, "replies.unknown_column", "replies.no_header", "replies.missing_column")

_FIELDS = {name: name.lower().removeprefix("if ").replace(" ", "_") for name in COLUMNS} | {"Rule": "name"}
_DECIDING = {_FIELDS[name] for name in COLUMNS if name.startswith("If ")} | {"action"}
"""What decides which messages a rule catches and what becomes of them."""
_YES, _NO = ("yes", "ndiyo", "ndio", "true"), ("no", "hapana", "false")
_hint = lru_cache(maxsize=4096)(did_you_mean)


def read_replies(path: Path | str) -> tuple[ReplyRules, list[Problem]]:
    """The rules in a CSV file and every problem found in it."""
    sheet, problems = read_sheet(Path(path), empty_rule="replies.empty_file")
    if sheet is None:
        return ReplyRules(), problems
    most = int(model_parameters()["inbox.most_rules"])
    if len(sheet.rows) > most:
        words: dict[str, Any] = {"count": f"{len(sheet.rows):,}", "most": f"{most:,}"}
        return ReplyRules(), [*problems, problem("replies.too_many_rows", file=sheet.file, **words)]
    drafts, found = _drafts(sheet)
    rules = tuple(draft.rule for draft in drafts if draft.whole)
    warnings = warnings_of([draft.rule for draft in drafts], sheet.file)
    return ReplyRules(rules), [*problems, *found, *warnings]


def write_replies(rules: ReplyRules, path: Path | str) -> None:
    """Write the rules to a CSV file in one step; reading it gives the same rules."""
    write_sheet(Path(path), COLUMNS, map(_cells, rules.rules))


def _cells(rule: ReplyRule) -> tuple[str, ...]:
    return (
        rule.name,
        rule.contains.text if rule.contains else "",
        rule.not_contains.text if rule.not_contains else "",
        *(_written(answer) for answer in (rule.link, rule.duplicate, rule.follower)),
        "" if rule.longer_than is None else str(rule.longer_than),
        rule.action,
        "" if rule.priority == USUAL else str(rule.priority),
        rule.reply,
    )


def _written(answer: bool | None) -> str:
    return "" if answer is None else "yes" if answer else "no"


# ------------------------------------------------------------------ rows into rules


class Draft(NamedTuple):
    """A rule of which it is known what it asks for and does; ``whole`` if all of its row can be read."""

    rule: ReplyRule
    whole: bool


def _drafts(sheet: Sheet) -> tuple[list[Draft], list[Problem]]:
    """What can be asked about, row by row, and what is wrong with rows and the header."""
    columns, problems = find_columns(sheet, KIND)
    drafts: list[Draft] = []
    for row in sheet.rows if columns else ():
        values, wrong = _values(row, columns, sheet)
        problems += wrong
        if set(values) >= _DECIDING:
            whole = not wrong and "name" in values
            drafts.append(Draft(ReplyRule(**{"name": "", **values}, line=row.line), whole))
    return drafts, problems


def _values(row: Row, columns: Mapping[str, int], sheet: Sheet) -> tuple[dict[str, Any], list[Problem]]:
    """The row's fields that can be read, with a problem for every one that cannot."""
    width = len(sheet.header.cells)
    if has_too_many(row, width):
        return {}, too_many_cells(row, width, sheet.file)
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, read in _READERS.items():
        if name in REQUIRED and name not in columns:
            continue
        cell = cell_of(row, columns, name)
        try:
            values[_FIELDS[name]] = read(cell)
        except CellError as wrong:
            problems.append(cell_problem(wrong, sheet.file, row.line, name, cell))
    if values.get("action") == "reply" and not values.get("reply", "-").strip():
        problems.append(problem("replies.no_reply", file=sheet.file, line=row.line, column="Reply"))
    return values, problems


def _name(value: str) -> str:
    if not value.strip():
        raise CellError("replies.no_name")
    return value.strip()


def _pattern(value: str) -> Pattern | None:
    try:
        return Pattern.parse(value) if value.strip() else None
    except CellError as wrong:
        habit = "" if wrong.rule == "replies.long_condition" else regex_habit(value)
        if not habit:
            raise
        raise CellError("replies.regex", habit=habit, plain=without_habits(value)) from wrong


def _answer(value: str) -> bool | None:
    word = folded(value)
    if word and word not in _YES + _NO:
        raise CellError("replies.yes_or_no")
    return None if not word else word in _YES


def _whole(value: str) -> int:
    if not (value.strip().isdecimal() and value.strip().isascii() and len(value.strip()) < 10):
        raise CellError("replies.bad_number")
    return int(value)


def _length(value: str) -> int | None:
    return _whole(value) if value.strip() else None


def _priority(value: str) -> int:
    written = value.strip() or str(USUAL)
    if written not in map(str, range(FIRST, LAST + 1)):
        raise CellError("replies.priority_range", first=FIRST, usual=USUAL, last=LAST)
    return int(written)


def _action(value: str) -> str:
    name = one_of(" ".join(value.replace("_", " ").replace("-", " ").split()), ACTIONS)
    if name is None:
        raise CellError("replies.unknown_action", hint=_hint(value.strip(), ACTIONS))
    return name


def _reply(value: str) -> str:
    longest = int(model_parameters()["inbox.longest_reply"])
    if len(value) > longest:
        raise CellError("replies.long_reply", count=f"{len(value):,}", most=f"{longest:,}")
    return value


_READERS: Mapping[str, Callable[[str], Any]] = {
    "Rule": _name,
    "If Contains": _pattern,
    "If Not Contains": _pattern,
    "If Link": _answer,
    "If Duplicate": _answer,
    "If Follower": _answer,
    "If Longer Than": _length,
    "Action": _action,
    "Priority": _priority,
    "Reply": _reply,
}
