"""The table of parameters in docs/model.md; ``python -m benchmarks.parameter_table`` writes it anew."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from simulator.parameters import Row, model_rows

DOCUMENT = Path(__file__).parents[1] / "docs" / "model.md"
BEGIN = "<!-- parameters: begin (written by `make docs`) -->"
END = "<!-- parameters: end -->"


def prior_words(row: Row) -> str:
    """How client seeds vary a row, in words.

    >>> prior_words(Row("a.b", 2.0, "logit", "C", "", "normal", 0.15))
    '± 0.15'
    >>> prior_words(Row("a.b", 2.0, "days", "C", "", "lognormal", 0.25))
    '×÷ 1.28'
    """
    if row.prior == "normal":
        return f"± {row.spread:g}"
    if row.prior == "lognormal":
        return f"×÷ {math.exp(row.spread):.2f}"
    return ""


def table() -> str:
    """One small table for every group of rows, as markdown."""
    return "\n".join(line for name, rows in _groups() for line in _group(name, rows))


def with_table(document: str) -> str:
    """``document`` with everything between the two marks replaced by the table of today."""
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def _groups() -> Iterator[tuple[str, list[Row]]]:
    for name, rows in groupby(model_rows().values(), lambda row: row.name.split(".")[0]):
        yield name, list(rows)


def _group(name: str, rows: list[Row]) -> Iterator[str]:
    yield from (f"\n### `{name}`\n", "| parameter | default | unit | by client seed | mark | source |")
    yield "|---|---|---|---|---|---|"
    for row in rows:
        yield (
            f"| `{row.name}` | {row.value:g} | {row.unit} | {prior_words(row)} | {row.mark} | {row.source} |"
        )


def main() -> None:
    DOCUMENT.write_text(with_table(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"{len(model_rows())} parameters written into {DOCUMENT.name}")


if __name__ == "__main__":
    main()
