"""Trade files: sheets as rows with their true lines, and the cells that all of them have.

Sheets come out of many programs, so a byte-order mark, semicolons or tabs, Windows line ends
and line breaks inside quotes are simply read. Files are written to one side and then put in
place in one step, so that nobody ever finds half a file.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.errors import Problem, problem
from simulator.files import write_whole
from simulator.playbook.wrappings import unwrapped, without_separator_line

_WORKBOOK_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How files of spreadsheet programs begin: zip archives (xlsx, ods) and old binary ones (xls)."""

_DECIMAL_COMMA = re.compile(r"([+-]?[0-9]+),([0-9]{1,3})")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?", re.IGNORECASE)
_CURLY_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb"
_QUOTED = re.compile(r'"[^"]*"')


class CellError(ValueError):
    """A cell that cannot be read: the rule it breaks and the words its sentence needs."""

    def __init__(self, rule: str, **words: Any) -> None:
        self.rule = rule
        self.words = words
        super().__init__(rule)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet and the line of the file on which it starts."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its header, its rows that are not blank, and what parts its cells."""

    file: str
    delimiter: str
    header: Row
    rows: tuple[Row, ...]


def read_text(path: Path) -> tuple[str | None, list[Problem]]:
    """The text of a UTF-8 file without byte-order mark, or None and why not (line and byte)."""
    try:
        raw = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
        if raw.startswith(_WORKBOOK_STARTS):
            return None, [problem("playbook.workbook", file=path.name)]
        return raw.decode("utf-8"), []
    except FileNotFoundError:
        return None, [problem("playbook.no_file", file=path.name)]
    except OSError as wrong:
        return None, [problem("playbook.unreadable", file=path.name, reason=wrong.strerror or wrong)]
    except UnicodeDecodeError as wrong:
        lines = re.split(rb"\r\n|\r|\n", raw[: wrong.start])
        byte, place = f"0x{raw[wrong.start]:02X}", len(lines[-1]) + 1
        words: dict[str, Any] = {"byte": byte, "place": place}
        return None, [problem("playbook.not_utf8", file=path.name, line=len(lines), **words)]


def read_sheet(path: Path, *, empty_rule: str = "plan.empty_file") -> tuple[Sheet | None, list[Problem]]:
    """The sheet in a CSV file, with a problem for every row whose quotes are wrong.

    ``empty_rule``: what a file without anything in it breaks.
    """
    text, problems = read_text(path)
    if text is None:
        return None, problems
    text = without_separator_line(text)
    if not text.strip():
        return None, [problem(empty_rule, file=path.name)]
    delimiter = _delimiter(text)
    rows = list(_rows(text, delimiter, path.name, problems))
    if not rows:
        return None, problems
    return Sheet(path.name, delimiter, rows[0], tuple(rows[1:])), problems


def write_sheet(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write rows as comma-separated UTF-8; reading gives the same cells, line breaks included."""
    lines = (",".join(map(_cell, cells)) for cells in (header, *rows))
    write_whole(path, "\n".join(lines) + "\n")


def _cell(value: str) -> str:
    plain = not any(sign in value for sign in ',;\t"\r\n')
    return value if plain else '"' + value.replace('"', '""') + '"'


def _delimiter(text: str) -> str:
    first = next(iter(text.lstrip().splitlines()), "")
    bare = _QUOTED.sub("", first)
    return max(",;\t", key=bare.count if any(sign in bare for sign in ",;\t") else first.count)


def _rows(text: str, delimiter: str, file: str, problems: list[Problem]) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = unwrapped(next(reader), delimiter)
        except StopIteration:
            return
        except csv.Error:
            problems.append(problem("plan.broken_quotes", file=file, line=line))
            continue
        if any(cell.strip() for cell in cells):
            yield Row(line, tuple(cells))


def overlong_row(row: Row, width: int, file: str) -> Problem:
    """A text with a comma outside straight quotes shifts all that follows, so this stands for the row."""
    torn = torn_text(row)
    if torn:
        return problem("plan.curly_quotes", file=file, line=row.line, value=torn)
    return problem("plan.too_many_cells", file=file, line=row.line, most=width)


def torn_text(row: Row) -> str:
    """The beginning of a text in curly quotes that its own comma tore in two; "" if there is none.

    >>> torn_text(Row(2, ("2027-03-09 15:00", "\u201cFresh bread", " every morning\u201d", "photo")))
    '\u201cFresh bread'
    """
    odd = [cell for cell in row.cells if sum(map(cell.count, _CURLY_QUOTES)) % 2]
    return odd[0].strip() if len(odd) > 1 else ""


def read_number(value: str, *, decimal_comma: bool) -> float:
    """A plain number; with ``decimal_comma`` 0,2 is 0.2.

    >>> read_number(".2", decimal_comma=False), read_number("0,2", decimal_comma=True)
    (0.2, 0.2)
    """
    written = value.strip()
    if decimal_comma and "." not in written:
        written = written.replace(",", ".", 1)
    if not _NUMBER.fullmatch(written):
        raise no_number(written)
    return float(written)


def no_number(written: str) -> CellError:
    """Why something is not a number: a decimal comma, or it is none at all.

    >>> no_number("0,1").words
    {'plain': '0.1'}
    """
    comma = _DECIMAL_COMMA.fullmatch(written)
    return (
        CellError("plan.decimal_comma", plain=f"{comma[1]}.{comma[2]}")
        if comma
        else CellError("plan.bad_number")
    )


def read_tags(value: str) -> tuple[str, ...]:
    """Tags parted by commas or spaces.

    >>> read_tags("bread, #fresh  morning")
    ('bread', '#fresh', 'morning')
    """
    return tuple(value.replace(",", " ").replace(";", " ").split())


def folded(name: str) -> str:
    return " ".join(name.split()).casefold()
