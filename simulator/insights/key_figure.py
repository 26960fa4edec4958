"""A key figure: one large number at the head of a report or of a part of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One large number: its title, and what it is a number of, in words."""

    title: str
    value: str
    of_what: str
    against: str = ""
