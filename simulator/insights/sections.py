"""The sections of a report: each with an anchor, a title and a template of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from simulator.insights.columns import DAILY, POST_FIGURES
from simulator.insights.metrics import METRICS, Metric


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the report that is no figure, explained among them. ``how``: what decides it."""

    name: str
    title: str
    says: str
    how: str
    unit: str = "times"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report.

    ``name``: its anchor; ``section_<name>.html`` is its template, which finds ``shown`` under the
    name of ``part``. ``metrics`` and ``terms``: the figures and words it shows, to be explained below.
    """

    name: str
    title: str
    shown: Any
    metrics: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Definitions:
    """The figures and words on the page, and the figures that stand only in the tables beside it."""

    here: Sequence[Metric | Term]
    in_tables: Sequence[Metric]


def definitions(sections: Sequence[Section], columns: Iterable[str]) -> Definitions:
    """What is explained: what the sections show, with what that is computed from; then other ``columns``."""
    here = _with_parts(name for section in sections for name in section.metrics)
    beside = _with_parts(name for name in (*POST_FIGURES, *DAILY, *columns) if name in METRICS) - here
    terms = [term for section in sections for term in section.terms]
    shown, in_tables = ([METRICS[name] for name in METRICS if name in names] for names in (here, beside))
    return Definitions([*shown, *terms], in_tables)


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
