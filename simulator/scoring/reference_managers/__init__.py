"""Reference managers: a ladder of ways to do the job, one file each, against which a playbook is scored.

Every module here has a function ``playbook(study)`` and tells its idea in its docstring. What is here is
found by listing the folder: a new manager is a new file.

>>> names()[:3]
('big-spender', 'careful-beginner', 'copies-last-month')
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from types import ModuleType

from simulator.playbook.playbook import Playbook
from simulator.scoring.study import Study


def names() -> tuple[str, ...]:
    """All reference managers, sorted."""
    return tuple(sorted(found.name.replace("_", "-") for found in pkgutil.iter_modules(__path__)))


def idea(name: str) -> str:
    """What a manager goes by, in a sentence."""
    return str(_module(name).__doc__).split(":", 1)[1].strip().replace("\n", " ")


def playbook_of(name: str, study: Study) -> Playbook:
    """What the manager ``name`` hands in after ``study``."""
    found: Playbook = _module(name).playbook(study)
    return found


def _module(name: str) -> ModuleType:
    return import_module(f"{__name__}.{name.replace('-', '_')}")
