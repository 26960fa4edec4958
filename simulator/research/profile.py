"""A platform profile: the rows of the model that a fit moved, and how they drift."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from simulator.parameters import model_rows, rows_of
from simulator.texts import say


@dataclass(frozen=True, slots=True)
class Profile:
    """Values by row name as of ``month`` (1-12), and what some of them gain each month.

    >>> Profile({"feed.competition": 3.0}, {"feed.competition": 0.1}, month=6).at(8)
    {'feed.competition': 3.2}
    """

    values: Mapping[str, float]
    per_month: Mapping[str, float] = field(default_factory=dict)
    month: float = 6.0

    def at(self, month: float) -> dict[str, float]:
        """The rows as they stood in ``month``: changes to lay over the model's defaults."""
        gone = month - self.month
        return {name: value + gone * self.per_month.get(name, 0.0) for name, value in self.values.items()}

    def without(self, groups: Iterable[str]) -> Profile:
        """The same without the rows of some groups, of which nothing was seen.

        >>> Profile({"purpose.talk.like": 0.1, "response.like": -4.0}).without(["purpose.talk"]).values
        {'response.like': -4.0}
        """
        gone = set(groups)
        kept = {name: value for name, value in self.values.items() if name.rpartition(".")[0] not in gone}
        return Profile(kept, self.per_month, self.month)

    def write(self, path: Path | str, source: str, note: Iterable[str] = ()) -> None:
        """Write the rows as a profile file, format of ``model.toml``; ``note`` stands on top."""
        lines = [f"# {line}" for line in note]
        table = ""
        for name in sorted(self.values):
            above, _, key = name.rpartition(".")
            if above != table:
                lines += ["", f"[{above}]"]
                table = above
            lines.append(f"{key} = {{{', '.join(self._cells(name, source))}}}")
        Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _cells(self, name: str, source: str) -> Iterator[str]:
        yield f"value = {self.values[name]:.4g}"
        if name in self.per_month:
            yield f"per_month = {self.per_month[name]:.3g}"
        row = model_rows()[name]
        yield f'unit = "{row.unit}"'
        yield 'mark = "F"'
        yield f'source = "{source}"'


def read_profile(path: Path | str) -> Profile:
    """The profile in a file, with its drift; a plain profile has none."""
    rows = dict(rows_of(tomllib.loads(Path(path).read_text("utf-8"))))
    values = {name: float(row["value"]) for name, row in rows.items()}
    drift = {name: float(row["per_month"]) for name, row in rows.items() if "per_month" in row}
    return Profile(values, drift)


def profile_note(month: float) -> str:
    """The sentence that tells a reader of the file what its values stand for."""
    return say("fit.profile_note", month=f"{month:g}")
