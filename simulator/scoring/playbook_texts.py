"""The texts of a playbook: its files word for word, as records keep them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from simulator.playbook.ads_sheet import CHECKED_SEED
from simulator.playbook.playbook import FILES, Playbook
from simulator.world.clients import DEFAULT_PEOPLE, Client
from simulator.world.world import World, draw_world

Texts = Mapping[str, str]
"""Each file's text by its name, byte for byte."""


def texts_in(folder: Path | str) -> dict[str, str]:
    """The files of a playbook in a folder; one that is no UTF-8 is left out, as the check refuses it."""
    found = {}
    for name in FILES:
        try:
            found[name] = (Path(folder) / name).read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            continue
    return found


def texts_of(playbook: Playbook) -> dict[str, str]:
    """The files a playbook is written to.

    >>> sorted(texts_of(Playbook.empty()))
    ['plan.csv']
    """
    with TemporaryDirectory() as folder:
        playbook.write(folder)
        return texts_in(folder)


def write_texts(texts: Texts, folder: Path) -> None:
    """Write the files into ``folder`` as they were; those of a playbook that are not among them go."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        if name in texts:
            (folder / name).write_bytes(texts[name].encode())
        else:
            (folder / name).unlink(missing_ok=True)


def town_of_checks(client: Client, people: int) -> World | None:
    """Where audiences are counted when a playbook is read; None for towns of the usual size."""
    return None if people == DEFAULT_PEOPLE else draw_world(client, CHECKED_SEED, people)


def playbook_of_texts(texts: Texts, client: Client, days: int, town: World | None = None) -> Playbook:
    """The playbook the texts say; raises PlaybookError with every error in them."""
    with TemporaryDirectory() as folder:
        write_texts(texts, Path(folder))
        return Playbook.read(folder, client, days, town)
