"""The application that commands join, and the switches they share."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

from simulator.texts import say

INTERRUPTED: Final = 130
USUAL_PEOPLE: Final = 20_000
USUAL_DAYS: Final = 28
USUAL_WORLDS: Final = 20
USUAL_FIRST: Final = 1_001


def option(name: str, *flags: str, **more: Any) -> Any:
    """A switch, its help from the catalogue."""
    said = say(f"command_line.options.{name}")
    return typer.Option(*flags, help=said, show_default=name != "client", **more)


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
    """One command."""


class Group(_PlainHelp, TyperGroup):
    """All commands together."""


AsJson = Annotated[bool, option("json", "--json", metavar="")]
ClientName = Annotated[str, option("client", "--client")]
Seed = Annotated[int, option("seed", "--seed")]
People = Annotated[int, option("people", "--people")]
Days = Annotated[int, option("days", "--days")]
Out = Annotated[Path | None, option("run_out", "--out")]
Folder = Annotated[Path, argument("dir")]

Worlds = Annotated[int, option("worlds", "--worlds")]
FirstWorld = Annotated[int, option("first", "--first")]
Workers = Annotated[int | None, option("workers", "--workers")]
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
