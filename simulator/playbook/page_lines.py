"""The lines of a page's file: where each item stands, and a line that is no TOML as it is meant."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from typing import NamedTuple

_TABLE = re.compile(r"[ \t]*\[[ \t]*[\"']?(?P<name>[\w-]+)[\"']?[ \t]*\]")
_ITEM = re.compile(r"[ \t]*(?:(?P<table>[\w-]+)[ \t]*\.[ \t]*)?[\"']?(?P<name>[\w-]+)[\"']?[ \t]*=")
_TORN_TABLE = re.compile(r"[ \t]*\[+(?P<name>[^\]=:\"']+?)\]*[ \t]*")
_TORN_ITEM = re.compile(r"[ \t]*[\"']?(?P<name>[A-Za-z_][\w -]*?)[\"']?[ \t]*[=:](?P<value>.*)")
_QUOTES = "\"'`\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb"
_LONG_TEXT = re.compile("\"\"\"|'''")


class Item(NamedTuple):
    """Where an item is set: its line, the table it stands in ("" above every table), and its name."""

    line: int
    table: str
    name: str


def items_of(text: str) -> Iterator[Item]:
    """Every item and every table of a file, in order; a table is an item of no table.

    >>> [*items_of('name = "Kikapu"\\n[opening_hours]\\nmon = "closed"')][1:]
    [Item(line=2, table='', name='opening_hours'), Item(line=3, table='opening_hours', name='mon')]
    """
    table = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if head := _TABLE.match(line):
            table = head["name"]
            yield Item(number, "", table)
        elif item := _ITEM.match(line):
            if item["table"]:
                yield Item(number, "", item["table"])
            yield Item(number, item["table"] or table, item["name"])


class Mended(NamedTuple):
    """A line that is no TOML as it is written and as it is meant; "" if nobody can tell."""

    line: int
    written: str
    meant: str


def mended_lines(text: str) -> list[Mended]:
    """Every line that is no TOML by itself, with the line it is meant to be.

    A file with texts of several lines is left alone: a line of it need not stand by itself.

    >>> [mended.meant for mended in mended_lines("contact = 0700000214\\nname: Saluni Maua")]
    ['contact = "0700000214"', 'name = "Saluni Maua"']
    """
    if _LONG_TEXT.search(text):
        return []
    lines = enumerate((line.rstrip() for line in text.split("\n")), start=1)
    return [Mended(number, line, _mended(line)) for number, line in lines if not _is_toml(line)]


def _is_toml(line: str) -> bool:
    try:
        tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _mended(line: str) -> str:
    item = _TORN_ITEM.fullmatch(line)
    table = _TORN_TABLE.fullmatch(line)
    if item:
        meant = f"{_name(item['name'])} = {quoted(_bare(item['value']))}"
    elif table:
        meant = f"[{_name(table['name'])}]"
    else:
        return ""
    return meant if _is_toml(meant) else ""


def _name(written: str) -> str:
    return "_".join(written.split())


def _bare(value: str) -> str:
    """A text without the quotes around it, whichever they are, and without a comment behind it."""
    value = value.strip()
    if value[:1] not in tuple(_QUOTES):
        value = value.partition(" #")[0].strip()
    start = value[1:] if value[:1] in tuple(_QUOTES) else value
    end = start[:-1] if start[-1:] in tuple(_QUOTES) else start
    return end.replace('\\"', '"')


def quoted(value: str) -> str:
    """A text as TOML writes it.

    >>> print(quoted('the "best" salon'))
    "the \\"best\\" salon"
    """
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
