"""Problems: what is wrong, where it stands, which rule it breaks and the way out.

A check collects every :class:`Problem` before anything is raised, so that a person
mends a file once and not ten times. The sentences come from the text catalogue
(``[problems.*]``), each with a ``says`` and a ``way_out``.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from simulator.texts import say

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong (or unwise) in one place of one file.

    >>> p = problem("plan.bad_hour", file="plan.csv", line=14, column="Posting Time",
    ...             value="2027-03-09 25:00")
    >>> print(p)
    plan.csv line 14, "Posting Time": "2027-03-09 25:00" - an hour goes from 00 to 23;
    write for example 2027-03-09 15:00
    """

    rule: str
    file: str
    line: int | None
    column: str | None
    value: str
    says: str
    way_out: str
    severity: Severity = "error"

    def __str__(self) -> str:
        place = self.file
        if self.line is not None:
            place += f" line {self.line}"
        if self.column:
            place += f', "{self.column}"'
        shown = f'"{shorten(self.value)}" - ' if self.value else ""
        return f"{place}: {shown}{self.says}; {self.way_out}"

    def as_dict(self) -> dict[str, Any]:
        """The same as plain data, for ``--json``."""
        return {name: getattr(self, name) for name in self.__slots__}


def problem(
    rule: str,
    *,
    file: str,
    line: int | None = None,
    column: str | None = None,
    value: object = "",
    severity: Severity = "error",
    **words: object,
) -> Problem:
    """A :class:`Problem` whose sentences are ``problems.<rule>.says`` and ``.way_out``."""
    words = {"value": value, "column": column, **words}
    return Problem(
        rule=rule,
        file=file,
        line=line,
        column=column,
        value=str(value),
        says=say(f"problems.{rule}.says", **words),
        way_out=say(f"problems.{rule}.way_out", **words),
        severity=severity,
    )


class SimulatorError(Exception):
    """Base of every error this package raises on purpose."""


class ClientError(SimulatorError):
    """A client that is not there or whose file cannot be used."""


class PlaybookError(SimulatorError):
    """A playbook that cannot be read or placed; carries every problem found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(found) for found in self.problems))


def did_you_mean(value: str, known: Iterable[str]) -> str:
    """The known word nearest to ``value``, or the whole list when none is near.

    >>> did_you_mean("ofers", ["offers", "recipes"])
    'did you mean "offers"?'
    >>> did_you_mean("zzz", ["offers", "recipes"])
    'choose one of: offers, recipes'
    """
    names = list(known)
    near = nearest(value, names)
    if near is not None:
        return say("problems.did_you_mean", name=near)
    return say("problems.choose_one_of", names=", ".join(names))


def nearest(value: str, known: Iterable[str]) -> str | None:
    """The known word nearest to ``value``, None when none is near.

    >>> nearest("ofers", ["offers", "recipes"])
    'offers'
    """
    folded = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(value.strip().casefold(), list(folded), n=1, cutoff=0.6)
    return folded[near[0]] if near else None


def shorten(value: str, longest: int = 60) -> str:
    """``value`` on one line and at most ``longest`` characters long.

    >>> shorten("a" * 70, 10)
    'aaaaaaa...'
    """
    flat = " ".join(value.split())
    return flat if len(flat) <= longest else flat[: longest - 3] + "..."
