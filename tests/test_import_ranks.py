"""Imports go down: a room of ``simulator/`` imports only from rooms below it, and nothing goes round."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

RANKS = (
    "root",
    "world",
    "playbook",
    "network",
    "insights",
    "research",
    "scoring",
    "simulator",
    "grading",
    "hiring",
    "panels",
    "cli",
)
"""Lowest first. ``root``: modules in ``simulator/`` itself, but cli; ``simulator``: the front door."""


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {_module(path): path for path in sorted((ROOT / "simulator").rglob("*.py"))}


def room(module: str) -> str:
    """The room of a module.

    >>> room("simulator"), room("simulator.errors"), room("simulator.world.people"), room("simulator.cli")
    ('simulator', 'root', 'world', 'cli')
    """
    parts = module.split(".")
    if len(parts) == 1:
        return parts[0]
    lies_in_root = len(parts) == 2 and (ROOT / "simulator" / f"{parts[1]}.py").is_file()
    return "root" if lies_in_root and parts[1] != "cli" else parts[1]


def _for_types_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING")


def _run_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Every node below ``node`` that is run, inside functions too; not what only type checkers read."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and _for_types_only(child):
            for other in child.orelse:
                yield other
                yield from _run_nodes(other)
            continue
        yield child
        yield from _run_nodes(child)


def _named(node: ast.AST) -> list[str]:
    """The modules a statement imports, as far as their names stand there."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        base = node.module or ""
        return [f"{base}.{alias.name}" if f"{base}.{alias.name}" in MODULES else base for alias in node.names]
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
        return [arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)]
    return []


def imports(source: str) -> list[tuple[int, str]]:
    """(line, module) of everything of this package that ``source`` imports when it runs.

    >>> imports("from simulator.errors import problem")
    [(1, 'simulator.errors')]
    """
    found = [
        (getattr(node, "lineno", 0), name) for node in _run_nodes(ast.parse(source)) for name in _named(node)
    ]
    return [(line, name) for line, name in found if name.split(".")[0] == "simulator"]


def _upward(module: str, source: str) -> list[str]:
    own = RANKS.index(room(module))
    return [
        f"{module} line {line}: imports {name}, which lies above it"
        for line, name in imports(source)
        if RANKS.index(room(name)) > own
    ]


def test_every_module_has_a_rank() -> None:
    """Invariant: a module of ``simulator/`` belongs to a room that the ranks name."""
    assert {room(module) for module in MODULES} <= set(RANKS)


def test_imports_are_absolute() -> None:
    """Invariant: every import names its module in full, so that these tests read all of them."""
    relative = [
        f"{module} line {node.lineno}"
        for module, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert not relative


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_down(module: str) -> None:
    """Invariant: no module imports from a room above its own, not even inside a function."""
    assert not _upward(module, MODULES[module].read_text(encoding="utf-8"))


def test_the_front_door_imports_nothing_at_once() -> None:
    """Invariant: ``import simulator`` runs no other module of the package."""
    assert imports(MODULES["simulator"].read_text(encoding="utf-8")) == []


def test_imports_do_not_go_round() -> None:
    """Invariant: no module imports, by whatever way round, itself."""
    graph = {
        module: {name for _, name in imports(path.read_text(encoding="utf-8"))} - {module}
        for module, path in MODULES.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as wrong:
        pytest.fail(" imports ".join(wrong.args[1][::-1]))


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("simulator.world.people", "from simulator.network.log import Log"),
        ("simulator.network.month", "def play():\n    from simulator.insights import tables"),
        ("simulator.errors", "import simulator.world.clients"),
        ("simulator.playbook.plan", "from simulator import run_month"),
        ("simulator.network.feed", "import_module('simulator.cli')"),
        ("simulator.insights.tables", "if TYPE_CHECKING:\n    pass\nelse:\n    import simulator.cli"),
    ],
)
def test_an_upward_import_is_seen(module: str, source: str) -> None:
    """Extreme: every way of importing upward is found, also inside a function or an else."""
    assert _upward(module, source)


def test_imports_for_types_do_not_count() -> None:
    """Extreme: what stands under TYPE_CHECKING is not run and may look up."""
    assert not _upward(
        "simulator.world.people", "if TYPE_CHECKING:\n    from simulator.network.log import Log"
    )
