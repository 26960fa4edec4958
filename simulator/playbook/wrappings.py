"""What spreadsheet programs wrap around a sheet: a first line ``sep=;``, rows quoted as a whole."""

from __future__ import annotations

import csv
import re

_SEPARATOR = re.compile(r'\s*"?sep=[^\r\n]?"?[,;\t ]*(?=\r|\n|$)', re.IGNORECASE)


def without_separator_line(text: str) -> str:
    """A sheet's text with a first line that only names what parts its cells left empty.

    >>> without_separator_line("sep=;\\nDay;Start;End")
    '\\nDay;Start;End'
    """
    return _SEPARATOR.sub("", text, count=1) if _SEPARATOR.match(text) else text


def unwrapped(cells: list[str], delimiter: str) -> list[str]:
    """The cells of a row; of one that is quoted as a whole, those within.

    A sheet of one column never is a playbook's, so a lone cell with delimiters in it is a row.

    >>> unwrapped(['2027-03-02 18:00,"Pans, pots",photo'], ",")
    ['2027-03-02 18:00', 'Pans, pots', 'photo']
    """
    if len(cells) != 1 or delimiter not in cells[0]:
        return cells
    return next(csv.reader(cells, delimiter=delimiter, strict=True))
