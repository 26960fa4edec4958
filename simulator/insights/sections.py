"""The sections of a report: each with an anchor, a title and a template of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from simulator.insights.columns import DAILY, POST_FIGURES
from simulator.insights.metrics import METRICS, Metric


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report.

    ``name``: its anchor; ``section_<name>.html`` is its template, which finds ``shown`` under the
    name of ``part``. ``metrics``: the figures it shows, to be explained below.
    """

    name: str
    title: str
    shown: Any
    metrics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Definitions:
    """The figures on the page, and those that stand only in the tables beside it."""

    here: Sequence[Metric]
    in_tables: Sequence[Metric]


def definitions(sections: Iterable[Section], columns: Iterable[str]) -> Definitions:
    """What is explained: what the sections show, with what that is computed from; then other ``columns``."""
    here = _with_parts(name for section in sections for name in section.metrics)
    beside = _with_parts(name for name in (*POST_FIGURES, *DAILY, *columns) if name in METRICS) - here
    return Definitions(*([METRICS[name] for name in METRICS if name in names] for names in (here, beside)))


def _with_parts(names: Iterable[str]) -> set[str]:
    """The metrics and all that their formulas name."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += METRICS[name].formula.split()[::2]
    return found
