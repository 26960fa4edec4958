"""The playbook: everything a manager hands in, one folder of trade files.

``page.toml`` is the page's profile, ``plan.csv`` the content plan. A file that is missing
means that nothing of the kind is done: no posts, and the page stays as found. A playbook is
data, never code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from simulator.errors import PlaybookError, Problem, did_you_mean, problem
from simulator.playbook.page import Page, read_page, write_page
from simulator.playbook.plan import ContentPlan, read_plan, write_plan
from simulator.units import DAYS_PER_MONTH
from simulator.world.clients import Client

PAGE_FILE = "page.toml"
PLAN_FILE = "plan.csv"
FILES: tuple[str, ...] = (PAGE_FILE, PLAN_FILE)
LATER_FILES: tuple[str, ...] = ("ads.csv", "replies.csv", "shifts.csv")


@dataclass(frozen=True, slots=True)
class Playbook:
    """A page (None: as found) and a content plan, with the warnings reading them gave.

    >>> Playbook.empty().plan.posts
    ()
    """

    page: Page | None = None
    plan: ContentPlan = field(default_factory=ContentPlan)
    warnings: tuple[Problem, ...] = field(default=(), compare=False, repr=False)

    @classmethod
    def empty(cls) -> Playbook:
        """The playbook of somebody who does nothing."""
        return cls()

    @classmethod
    def read(cls, folder: Path | str, client: Client | None = None, days: int = DAYS_PER_MONTH) -> Playbook:
        """The playbook in a folder; raises PlaybookError with every error found."""
        playbook, problems = read_folder(folder, client, days)
        errors = [found for found in problems if found.severity == "error"]
        if errors:
            raise PlaybookError(errors)
        return playbook

    def write(self, folder: Path | str) -> None:
        """Write the files into a folder, made if need be; reading it gives the same playbook.

        Other files in the folder are left alone; a page of None takes ``page.toml`` away.
        """
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        write_plan(self.plan, folder / PLAN_FILE)
        if self.page is None:
            (folder / PAGE_FILE).unlink(missing_ok=True)
        else:
            write_page(self.page, folder / PAGE_FILE)


def read_folder(
    folder: Path | str, client: Client | None = None, days: int = DAYS_PER_MONTH
) -> tuple[Playbook, list[Problem]]:
    """What can be read of a folder and every problem in it, sorted by file and line."""
    folder = Path(folder)
    if not folder.is_dir():
        return Playbook(), [problem("playbook.no_folder", file=str(folder))]
    names = {entry.name for entry in folder.iterdir() if entry.is_file()}
    problems = list(_about_names(names, str(folder)))
    page, plan = None, ContentPlan()
    if PAGE_FILE in names:
        page, found = read_page(folder / PAGE_FILE)
        problems += found
    if PLAN_FILE in names:
        plan, found = read_plan(folder / PLAN_FILE, client=client, days=days)
        problems += found
    problems.sort(key=lambda found: (found.file, found.line or 0))
    warnings = tuple(found for found in problems if found.severity == "warning")
    return Playbook(page, plan, warnings), problems


def _about_names(names: Iterable[str], folder: str) -> Iterable[Problem]:
    """Warnings about files that are not read; hidden and lock files are passed over."""
    seen = sorted(name for name in names if not name.startswith((".", "~$")))
    if not set(seen) & set(FILES):
        yield problem("playbook.nothing_here", file=folder, severity="warning", names=", ".join(FILES))
    for name in seen:
        if name in LATER_FILES:
            yield problem("playbook.later_file", file=name, severity="warning")
        elif name not in FILES:
            hint = did_you_mean(name, FILES)
            yield problem("playbook.unknown_file", file=name, severity="warning", hint=hint)
