"""The model's constants: every one a row with value, unit, prior and source.

``simulator/data/model.toml`` holds the rows; a platform profile
(``simulator/data/profiles/*.toml``) or a client's ``[model]`` table lays other values over
them; a **client seed** draws those that have a prior. Nothing else in the code may hold
a constant of the model.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from simulator.errors import SimulatorError, did_you_mean
from simulator.randomness import Luck


@dataclass(frozen=True, slots=True)
class Row:
    """One constant: its value, unit, where it comes from, and how client seeds vary it.

    ``mark``: V read in the original, V2 quoted by others, M from memory, T rule of thumb,
    C our own calibration, F measured on real pages. ``prior``: ``normal`` adds a normal draw
    of ``spread``; ``lognormal`` multiplies by exp of one; ``none`` leaves it.
    """

    name: str
    value: float
    unit: str
    mark: str
    source: str
    prior: str = "none"
    spread: float = 0.0

    def draw(self, normal: float) -> float:
        """The value a client seed gives, ``normal`` being its standard normal luck (cut at 2)."""
        step = self.spread * max(-2.0, min(2.0, normal))
        if self.prior == "normal":
            return self.value + step
        if self.prior == "lognormal":
            return self.value * math.exp(step)
        return self.value


@dataclass(frozen=True, slots=True)
class Parameters(Mapping[str, float]):
    """The constants in force, by dotted name: ``parameters["feed.competition"]``."""

    values_by_name: Mapping[str, float] = field(repr=False)

    def __getitem__(self, name: str) -> float:
        return self.values_by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_by_name)

    def __len__(self) -> int:
        return len(self.values_by_name)

    def changed(self, changes: Mapping[str, float]) -> Parameters:
        """A copy with some values changed; an unknown name is refused.

        >>> model_parameters().changed({"feed.competition": 2.6})["feed.competition"]
        2.6
        """
        for name in changes:
            if name not in self.values_by_name:
                raise SimulatorError(f'"{name}": {did_you_mean(name, self.values_by_name)}')
        return Parameters({**self.values_by_name, **changes})


@cache
def model_rows() -> Mapping[str, Row]:
    """Every row of ``model.toml`` by dotted name."""
    return {name: Row(name=name, **row) for name, row in rows_of(_read("model.toml"))}


@cache
def model_parameters(profile: str = "") -> Parameters:
    """The defaults, with the platform profile of that name laid over them."""
    defaults = Parameters({name: row.value for name, row in model_rows().items()})
    if not profile:
        return defaults
    rows = rows_of(_read(f"profiles/{profile}.toml"))
    return defaults.changed({name: row["value"] for name, row in rows})


def drawn(parameters: Parameters, luck: Luck, whose: str) -> Parameters:
    """``parameters`` with every value that has a prior drawn anew for ``whose`` name."""
    changes = {}
    for row in model_rows().values():
        if row.prior != "none":
            shifted = Row(row.name, parameters[row.name], "", "", "", row.prior, row.spread)
            changes[row.name] = shifted.draw(luck.stream("hidden", whose, row.name).normal())
    return parameters.changed(changes)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files("simulator") / "data" / name).read_text("utf-8"))


def rows_of(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of a model or profile file, as read from TOML, by dotted name."""
    for name, value in table.items():
        if "value" in value:
            yield prefix + name, value
        else:
            yield from rows_of(value, f"{prefix}{name}.")
