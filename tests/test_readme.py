"""What a reader sees is true: the README from top to bottom, links, and the generated parts of docs/."""

from __future__ import annotations

import csv
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.parameter_table import DOCUMENT, with_table

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])

_BLOCK = re.compile(
    r"(?:^<!-- (?P<note>[^\n]*?) -->\n)?^```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE
)
_COMMAND = "import sys; from simulator.cli import main; sys.exit(main())"


@dataclass(frozen=True)
class Block:
    """A fenced block of a page; ``note``: the comment right before it, which readers do not see."""

    kind: str
    body: str
    note: str
    line: int


def blocks(page: Path) -> list[Block]:
    """The fenced blocks of ``page``, in order."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(found["kind"], found["body"], found["note"] or "", text.count("\n", 0, found.start()) + 1)
        for found in _BLOCK.finditer(text)
    ]


def _python(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Python run in ``folder``, in English and without colours."""
    settings = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "COLUMNS": "200", "NO_COLOR": "1"}
    settings |= {"MSIMAMIZI_LANGUAGE": "en"}
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        env=os.environ | settings,
        timeout=120,
    )


def _run_console(block: Block, folder: Path) -> None:
    """Every ``$ msimamizi ...`` exits as promised and prints the lines that stand below it."""
    promised = int(block.note.removeprefix("exits with ")) if block.note else 0
    for part in block.body.split("$ ")[1:]:
        command, *shown = part.splitlines()
        program, *arguments = shlex.split(command)
        assert program == "msimamizi"
        done = _python(folder, "-c", _COMMAND, *arguments)
        said = f"README line {block.line}, {command}:\n{done.stdout}{done.stderr}"
        assert done.returncode == promised, said
        flat = " ".join((done.stdout + done.stderr).split())
        assert not [line for line in shown if " ".join(line.split()) not in flat], said


def test_the_readme_works_from_top_to_bottom(tmp_path: Path) -> None:
    """Invariant: who types what the README shows, in its order, gets what it says, and the posts go out."""
    ran = []
    for block in blocks(ROOT / "README.md"):
        if block.kind == "console":
            _run_console(block, tmp_path)
        elif block.kind == "python":
            done = _python(tmp_path, "-W", "error", "-c", block.body)
            assert done.returncode == 0, f"README line {block.line}:\n{done.stderr}"
            assert done.stdout.strip()
        elif block.note.startswith("file: "):
            (tmp_path / block.note.removeprefix("file: ")).write_text(block.body, encoding="utf-8")
        ran.append(block.kind)
    assert {"console", "python", "csv"} <= set(ran)
    assert (tmp_path / "my-month" / "report.html").is_file()
    with (tmp_path / "my-month" / "posts.csv").open(encoding="utf-8", newline="") as file:
        posts = list(csv.DictReader(file))
    assert [(post["made"], int(post["reach"]) > 0) for post in posts] == [("True", True)] * 3


def test_the_commands_of_make_are_there() -> None:
    """Invariant: every ``make`` job that a page names is one of the Makefile."""
    jobs = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for page in PAGES:
        shown = "\n".join(block.body for block in blocks(page) if block.kind == "sh")
        named = re.findall(r"(?:`|^)make ([a-z]+)", page.read_text(encoding="utf-8") + shown, re.MULTILINE)
        assert set(named) <= jobs, page.name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Invariant: every link within the repository leads to a file."""
    targets = re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert not [target for target in targets if not (page.parent / target).exists()]


def test_the_table_of_parameters_is_todays() -> None:
    """Invariant: docs/model.md shows the values the program uses; ``make docs`` writes them anew."""
    document = DOCUMENT.read_text(encoding="utf-8")
    assert with_table(document) == document, "run: make docs"


def test_constraints_are_names_and_exact_versions() -> None:
    """Invariant: constraints.txt pins every dependency of pyproject.toml, and holds no place of origin."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if not line.startswith("#")]
    assert not [row for row in rows if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", row)]
    pinned = {row.partition("==")[0].lower().replace("_", "-") for row in rows}
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wanted = re.findall(r'^\s+"([a-z0-9-]+)(?:[><=~!][^"]*)?",? ', project, re.MULTILINE)
    wanted += re.findall(r'^(?:cluster|fast) = \["([a-z0-9-]+)', project, re.MULTILINE)
    assert len(wanted) > 15
    assert not set(wanted) - pinned
