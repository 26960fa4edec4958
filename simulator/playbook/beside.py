"""What lies beside a playbook: the brief of the research it was written after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from simulator.errors import Problem, problem
from simulator.world.clients import Client

BRIEF_FILE: Final = "brief.md"
_LABEL = re.compile(r"`([a-z0-9][\w-]*:[0-9]+)`")


def researched_client(pack: Path) -> str:
    """The client, ``NAME:CLIENT_SEED``, of the research in a folder; "" if there is none to be read."""
    try:
        found = _LABEL.search((pack / BRIEF_FILE).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return ""
    return found[1] if found else ""


def about_another_client(folder: Path, client: Client | None) -> Iterator[Problem]:
    """A warning when the research beside a playbook is of another client than the one it is read for."""
    found = researched_client(folder.absolute().parent) if client is not None else ""
    if client is not None and found and found != client.label:
        place: dict[str, Any] = {"file": BRIEF_FILE, "value": found}
        yield problem("playbook.other_client", severity="warning", client=client.label, **place)
