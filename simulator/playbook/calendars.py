"""Calendars of the trade's tools, Buffer's and Metricool's: read and written as those tools do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from simulator.errors import Problem, problem
from simulator.playbook.captions import likely_purpose_and_topic, links_in
from simulator.playbook.columns import cell_problem
from simulator.playbook.moments import read_moment, written_moment
from simulator.playbook.posts import Post
from simulator.playbook.trade_files import CellError, Sheet, folded, overlong_row, read_tags, write_sheet
from simulator.world.clients import Client

BUFFER_COLUMNS = ("Text", "Image URL", "Tags", "Posting Time")
METRICOOL_COLUMNS = ("Text", "Date", "Time", "Draft", "Facebook", "Instagram", "Picture Url 1")
_YES = ("true", "yes", "1", "x")


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
        column, moment = "Date", f"{cells.get('date', '')} {cells.get('time', '')}".strip()
    else:
        column, moment = "Posting Time", cells.get("posting time", "")
    try:
        posting_time = read_moment(moment)
    except CellError as wrong:
        problems.append(cell_problem(wrong, file, line, column, moment))
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
