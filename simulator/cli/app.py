"""The application that commands join, and the switches they share."""

from __future__ import annotations

import sys
from functools import partial
from math import inf
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

from simulator.cli.answers import BAD_INPUT, INTERRUPTED, give_up
from simulator.errors import PlaybookError, problem
from simulator.texts import say

USUAL_PEOPLE: Final = 20_000
USUAL_DAYS: Final = 28
USUAL_WORLDS: Final = 20
USUAL_FIRST: Final = 1_001
EXAMPLES: Final = {
    "seed": 2,
    "people": USUAL_PEOPLE,
    "days": USUAL_DAYS,
    "followers": 3_000,
    "posts": 40,
    "worlds": USUAL_WORLDS,
    "first": USUAL_FIRST,
    "workers": 2,
}
"""What is shown to somebody who writes no number."""


def option(name: str, *flags: str, **more: Any) -> Any:
    """A switch, its help from the catalogue."""
    said = say(f"command_line.options.{name}")
    return typer.Option(*flags, help=said, show_default=not name.startswith("client"), **more)


def number(name: str, *flags: str) -> Any:
    """A switch that takes a whole number."""
    return option(name, *flags, parser=partial(_whole_number, flags[0][2:]), metavar="<int>")


def _whole_number(flag: str, value: str) -> int:
    try:
        return int(value)
    except ValueError:
        words: dict[str, Any] = {"value": value, "name": flag, "example": EXAMPLES[flag]}
        wrong = problem("command_line.whole_number", file=f"--{flag}", **words)
        raise PlaybookError([wrong]) from None


def points_above_zero(name: str, *flags: str) -> Any:
    """A switch that takes points above 0, not only whole ones."""
    return option(name, *flags, parser=partial(_points, flags[0]), metavar="<points>")


def _points(flag: str, value: str) -> float:
    try:
        points = float(value)
    except ValueError:
        points = 0.0
    if not 0 < points < inf:
        raise PlaybookError([problem("command_line.points", file=flag, value=value)])
    return points


def argument(name: str, metavar: str = "") -> Any:
    """What stands without a switch, its help from the catalogue."""
    return typer.Argument(help=say(f"command_line.options.{name}"), metavar=metavar or name.upper())


class _PlainHelp:
    """Shows the switch for help without a type, as all switches are shown."""

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.metavar = ""
        return option


class Command(_PlainHelp, TyperCommand):
    """One command; what is no number where one belongs is told as every problem is."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        as_json = "--json" in args
        try:
            return super().parse_args(ctx, args)
        except PlaybookError as wrong:
            give_up(wrong.problems, as_json, BAD_INPUT)


class Group(_PlainHelp, TyperGroup):
    """All commands together."""


AsJson = Annotated[bool, option("json", "--json", metavar="")]
ClientName = Annotated[str, option("client_needed", "--client")]
Seed = Annotated[int, number("seed", "--seed")]
People = Annotated[int, number("people", "--people")]
Days = Annotated[int, number("days", "--days")]
Out = Annotated[Path | None, option("run_out", "--out")]
Folder = Annotated[Path, argument("dir")]

Worlds = Annotated[int, number("worlds", "--worlds")]
FirstWorld = Annotated[int, number("first", "--first")]
Workers = Annotated[int | None, number("workers", "--workers")]
Dask = Annotated[str | None, option("dask", "--dask", metavar="ADDRESS")]
ModelVersion = Annotated[str | None, option("model", "--model", metavar="VERSION")]

app = typer.Typer(
    name="msimamizi",
    cls=Group,
    help=say("command_line.help"),
    rich_markup_mode="rich",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """The entry point of the command ``msimamizi``."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            typer.echo(f"msimamizi {version('msimamizi')}")
        except PackageNotFoundError:
            typer.echo(f"msimamizi {say('command_line.not_installed')}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_show_version,
            is_eager=True,
            metavar="",
            help=say("command_line.options.version"),
        ),
    ] = False,
) -> None:
    del version
