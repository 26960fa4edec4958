"""The front door: what ``simulator`` promises is there, documented, typed and cheap to import."""

from __future__ import annotations

import ast
import inspect
import json
import subprocess
import sys
from pathlib import Path

import pytest

import simulator

ROOT = Path(__file__).parents[1]
NAMES = [name for name in simulator.__all__ if name != "__version__"]

HEAVY = (
    "IPython",
    "distributed",
    "ipywidgets",
    "jinja2",
    "joblib",
    "jupyterlab",
    "matplotlib",
    "nbgrader",
    "numba",
    "numpy",
    "pandas",
    "pydantic",
    "scipy",
    "simpy",
    "typer",
)
NEVER_FOR_A_MONTH = {"IPython", "distributed", "ipywidgets", "jupyterlab", "matplotlib", "nbgrader", "typer"}


def _fresh(code: str) -> str:
    """What ``code`` prints in a Python of its own."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_is_there_with_its_docstring(name: str) -> None:
    """Invariant: what the list promises can be had from ``simulator``, and says what it is."""
    found = getattr(simulator, name)
    assert inspect.getdoc(found), f"{name} has no docstring"
    assert found.__name__ == name
    assert found.__module__ == simulator._HOMES[name], f"{name} is taken from another module than its own"


def test_the_lists_agree() -> None:
    """Invariant: the list, the homes, dir() and what a type checker sees hold the same names."""
    tree = ast.parse(Path(simulator.__file__).read_text(encoding="utf-8"))
    typed = {
        alias.name: node.module
        for block in tree.body
        if isinstance(block, ast.If)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert typed == simulator._HOMES
    assert sorted(simulator._HOMES) == sorted(NAMES)
    assert dir(simulator) == sorted(simulator.__all__)
    assert len(set(simulator.__all__)) == len(simulator.__all__)


def test_every_public_name_is_documented() -> None:
    """Invariant: a public name stands in the list of docs/index.md, and nothing else does."""
    rows = (ROOT / "docs" / "index.md").read_text(encoding="utf-8").splitlines()
    start = rows.index("## Python names")
    listed = {row.split("`")[1] for row in rows[start:] if row.startswith("| `")}
    assert listed == set(simulator.__all__)


def test_an_unknown_name_is_refused_as_by_any_module() -> None:
    """Extreme: a name that is not there gives the error Python gives, naming it."""
    with pytest.raises(AttributeError, match="no attribute 'run_year'"):
        _ = simulator.run_year


def test_star_import_gives_the_list() -> None:
    """Invariant: ``from simulator import *`` gives every public name."""
    space: dict[str, object] = {}
    exec("from simulator import *", space)
    assert set(simulator.__all__) <= set(space)


def test_importing_loads_nothing_heavy() -> None:
    """Invariant: ``import simulator`` loads no heavy library (how long it takes: ``benchmarks/speed.py``)."""
    modules = json.loads(_fresh("import sys, json, simulator; print(json.dumps(sorted(sys.modules)))"))
    assert not set(HEAVY) & set(modules)
    assert [name for name in modules if name.startswith("simulator")] == ["simulator"]


def test_reading_a_playbook_loads_no_notebook_and_no_pictures() -> None:
    """Invariant: the front door's own names never load what only panels, grades or pictures need."""
    use = "simulator.load_client('salon'); simulator.Playbook.empty(); simulator.run_month"
    modules = set(_fresh(f"import sys, simulator; {use}; print(*sys.modules)").split())
    assert not modules & NEVER_FOR_A_MONTH


def test_the_version_is_the_distributions() -> None:
    """Invariant: ``simulator.__version__`` is what the changelog and pip call this version."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        assert version("msimamizi") == simulator.__version__
    except PackageNotFoundError:
        pytest.skip("msimamizi is not installed, only importable")
    assert f"## {simulator.__version__} " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
