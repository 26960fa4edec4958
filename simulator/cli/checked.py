"""A playbook, or several under one pair of hands, as read from a folder, with every problem in it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.cli.app import USUAL_PEOPLE
from simulator.errors import Problem

if TYPE_CHECKING:
    from simulator.playbook.playbook import Playbook
    from simulator.playbook.portfolio import PortfolioPlan
    from simulator.world.clients import Client


def checked(
    folder: Path,
    client: Client | None,
    *,
    people: int,
    days: int,
    seed: int | None = None,
    alone: bool = True,
) -> tuple[Playbook, list[Problem]]:
    """The playbook of a folder and its problems, audiences being counted in a town of so many people.

    The page's own groups are counted as they are on day one in the world ``seed``; without one
    (nothing is played) only if an ad set names them, in the first world. ``alone``: see ``read_folder``.
    """
    from simulator.network.audience_sizes import with_day_one
    from simulator.network.month import day_one
    from simulator.playbook.ads_sheet import CHECKED_SEED
    from simulator.playbook.playbook import ADS_FILE, read_folder
    from simulator.world.world import draw_world

    town = None
    if client is not None and people != USUAL_PEOPLE and (folder / ADS_FILE).is_file():
        town = draw_world(client, CHECKED_SEED, people)
    playbook, found = read_folder(folder, client, days, town, alone=alone)
    running = playbook.ads.running if playbook.ads else ()
    is_played = seed is not None and not any(one.severity == "error" for one in found)
    if client is not None and running and (is_played or any(one.audience.needs_page for one in running)):
        start = day_one(client, seed=seed if seed is not None else CHECKED_SEED, people=people)
        found = with_day_one(found, start, playbook.ads)
    return playbook, found


def checked_pages(
    folder: Path, *, people: int, days: int, seed: int | None = None
) -> tuple[PortfolioPlan, list[Problem]]:
    """The portfolio in a folder and its problems, each page read as a page alone is."""
    from simulator.playbook.portfolio import read_portfolio

    return read_portfolio(folder, days, partial(checked, people=people, days=days, seed=seed, alone=False))
