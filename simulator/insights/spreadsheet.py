"""Cells that strangers wrote: a spreadsheet shows them and does not compute them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pandas as pd

FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""With one of these a spreadsheet takes a cell for a formula, or for the beginning of one."""


def as_text(cell: str) -> str:
    """The cell, with an apostrophe before it where a spreadsheet would compute it.

    >>> as_text("=1+1"), as_text("1+1"), as_text("-10 %")
    ("'=1+1", '1+1', "'-10 %")
    """
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell


def harmless(table: pd.DataFrame) -> pd.DataFrame:
    """The table with every cell of text made harmless; numbers and times stay."""
    words = table.select_dtypes(exclude=["number", "bool", "datetime"])
    return table.assign(**{str(name): [as_text(str(cell)) for cell in words[name]] for name in words})
