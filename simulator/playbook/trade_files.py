"""Trade files: sheets as rows with their true lines, and the calendars of Buffer and Metricool.

Sheets come out of many programs, so a byte-order mark, semicolons or tabs, Windows line ends
and line breaks inside quotes are simply read. Files are written to one side and then put in
place in one step, so that nobody ever finds half a file.
"""

from __future__ import annotations

import csv
import io
import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from simulator.errors import Problem, problem
from simulator.files import write_whole
from simulator.playbook.captions import likely_purpose_and_topic, links_in
from simulator.playbook.posts import Post
from simulator.playbook.wrappings import unwrapped, without_separator_line
from simulator.world.clients import Client

BUFFER_COLUMNS = ("Text", "Image URL", "Tags", "Posting Time")
METRICOOL_COLUMNS = ("Text", "Date", "Time", "Draft", "Facebook", "Instagram", "Picture Url 1")

_MOMENT = re.compile(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:(?:T| +)([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?)?"
)
_WORKBOOK_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How files of spreadsheet programs begin: zip archives (xlsx, ods) and old binary ones (xls)."""

_DECIMAL_COMMA = re.compile(r"([+-]?[0-9]+),([0-9]{1,3})")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?", re.IGNORECASE)
_CURLY_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb"
_QUOTED = re.compile(r'"[^"]*"')
_YES = ("true", "yes", "1", "x")


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


def read_moment(value: str) -> datetime:
    """A date and time, ``2027-03-09 15:00``; CellError names the part that is wrong.

    >>> read_moment("2027-03-09 15:00")
    datetime.datetime(2027, 3, 9, 15, 0)
    """
    found = _MOMENT.fullmatch(value.strip())
    if not found or int(found[1]) == 0:
        raise CellError("plan.bad_date")
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    if not 1 <= month <= 12:
        raise CellError("plan.bad_month", month=found[2])
    last_day = monthrange(year, month)[1]
    if not 1 <= day <= last_day:
        raise CellError("plan.bad_day", month=f"{year:04}-{month:02}", last_day=last_day)
    if found[4] is None:
        raise CellError("plan.no_hour", date=f"{year:04}-{month:02}-{day:02}")
    hour, minute, second = int(found[4]), int(found[5]), int(found[6] or 0)
    if hour > 23:
        raise CellError("plan.bad_hour")
    if max(minute, second) > 59:
        raise CellError("plan.bad_minute")
    return datetime(year, month, day, hour, minute, second)


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


def calendar_tool(header: Sequence[str]) -> str | None:
    """Which tool's calendar has this header: "Buffer", "Metricool" or None.

    >>> calendar_tool(["Text", "Image URL", "Tags", "Posting Time"])
    'Buffer'
    """
    names = {folded(name) for name in header if name.strip()}
    if names == {folded(name) for name in BUFFER_COLUMNS}:
        return "Buffer"
    if {"text", "date", "time"} <= names and names & {"draft", "picture url 1"}:
        return "Metricool"
    return None


def read_calendar(sheet: Sheet, client: Client | None) -> tuple[list[Post], list[Problem]]:
    """The posts of a Buffer or Metricool calendar; purpose and topic are read from the captions.

    The format is photo with a picture, link with a link in the text, else text.
    """
    tool = calendar_tool(sheet.header.cells) or ""
    posts: list[Post] = []
    place: dict[str, Any] = {"file": sheet.file, "line": sheet.header.line}
    problems = [problem("plan.read_from_captions", severity="warning", tool=tool, **place)]
    names = [folded(name) for name in sheet.header.cells]
    for row in sheet.rows:
        if any(cell.strip() for cell in row.cells[len(names) :]):
            problems.append(overlong_row(row, len(names), sheet.file))
            continue
        cells = dict(zip(names, row.cells, strict=False))
        if cells.get("draft", "").strip().casefold() in _YES:
            problems.append(problem("plan.draft", severity="warning", file=sheet.file, line=row.line))
            continue
        posts += _calendar_post(cells, row.line, tool, sheet.file, client, problems)
    return posts, problems


def _calendar_post(
    cells: dict[str, str], line: int, tool: str, file: str, client: Client | None, problems: list[Problem]
) -> list[Post]:
    """The row's post, or nothing and a problem when its time is wrong."""
    if tool == "Metricool":
        column, moment = "Date", f"{cells['date']} {cells.get('time', '')}"
    else:
        column, moment = "Posting Time", cells.get("posting time", "")
    try:
        posting_time = read_moment(moment)
    except CellError as wrong:
        problems.append(problem(wrong.rule, file=file, line=line, column=column, value=moment, **wrong.words))
        return []
    text, tags = cells.get("text", ""), read_tags(cells.get("tags", ""))
    image = (cells.get("image url") or cells.get("picture url 1") or "").strip()
    link = next(iter(links_in(text)), "")
    purpose, topic = likely_purpose_and_topic(text, client=client, tags=tags)
    shape = "photo" if image else "link" if link else "text"
    return [Post(posting_time, text, shape, purpose, topic, link=link, image_url=image, tags=tags, line=line)]


def write_buffer(posts: Iterable[Post], path: Path) -> None:
    """Write a calendar that Buffer takes in: text, picture, tags and time of every post."""
    rows = [(p.text, p.image_url, " ".join(p.tags), written_moment(p.posting_time)) for p in posts]
    write_sheet(path, BUFFER_COLUMNS, rows)


def write_metricool(posts: Iterable[Post], path: Path) -> None:
    """Write a calendar that Metricool takes in, every post for Facebook and none a draft."""
    rows = []
    for post in posts:
        date, time = post.posting_time.isoformat(timespec="seconds").split("T")
        rows.append((post.text, date, time, "FALSE", "TRUE", "FALSE", post.image_url))
    write_sheet(path, METRICOOL_COLUMNS, rows)


def written_moment(moment: datetime) -> str:
    """``2027-03-09 15:00``, with seconds only if there are any.

    >>> written_moment(datetime(2027, 3, 9, 15))
    '2027-03-09 15:00'
    """
    return moment.isoformat(sep=" ", timespec="seconds" if moment.second else "minutes")


def folded(name: str) -> str:
    return " ".join(name.split()).casefold()
