"""Where problems stand: their files and lines, told shortly."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from simulator.errors import Problem


def places(problems: Iterable[Problem]) -> str:
    """The files of problems, each with its lines.

    >>> from simulator.errors import problem
    >>> rows = [problem("plan.bad_date", file="salon/plan.csv", line=line) for line in (2, 3, 4, 9)]
    >>> places([*rows, problem("plan.bad_date", file="school/plan.csv", line=2)])
    'salon/plan.csv 2-4, 9; school/plan.csv 2'
    """
    by_file: dict[str, list[int]] = {}
    for one in problems:
        by_file.setdefault(one.file, []).extend([] if one.line is None else [one.line])
    return "; ".join(f"{file} {line_spans(lines)}".strip() for file, lines in by_file.items())


def line_spans(lines: Iterable[int]) -> str:
    """Lines in order, those that follow each other as a span.

    >>> line_spans([11, 12, 13, 15, 19])
    '11-13, 15, 19'
    """
    runs = groupby(enumerate(sorted(set(lines))), lambda pair: pair[1] - pair[0])
    ends = [[line for _, line in run] for _, run in runs]
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in ends)
