"""Changes: other decisions a manager could have taken, each one thing changed in a playbook.

Every module here has a function ``changes(study, playbook)``; what is here is found by listing the
folder. A change of what is said takes captions from the client's own drawer.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module

from simulator.playbook.playbook import Playbook
from simulator.scoring.changes.change import Change
from simulator.scoring.study import Study


def all_changes(study: Study, playbook: Playbook) -> tuple[Change, ...]:
    """Every change worth trying, none of which leaves the playbook as it is, no two the same."""
    found: dict[str, Change] = {}
    for change in _each(study, playbook):
        if change.playbook != playbook:
            found.setdefault(change.says, change)
    return tuple(found.values())


def _each(study: Study, playbook: Playbook) -> Iterator[Change]:
    for module in sorted(found.name for found in pkgutil.iter_modules(__path__)):
        if module != "change":
            yield from import_module(f"{__name__}.{module}").changes(study, playbook)
