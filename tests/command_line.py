"""The command line as tests call it."""

from __future__ import annotations

from typer.testing import CliRunner, Result

from simulator.cli import app

FILES = ["daily.csv", "posts.csv", "report.html", "summary.json"]
"""What a month without ads, shifts and messages writes, beside its record."""

HEADER = "Posting Time,Text,Format,Purpose,Topic,Offer,Production Hours,Link,Image URL,Tags\n"
ROW = "2027-03-02 18:00,Where do you hang your pans?,photo,talk,cookware,,1,,,\n"


def call(*arguments: object) -> Result:
    """What a command answers: ``stdout``, ``stderr`` and ``exit_code``."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments])
