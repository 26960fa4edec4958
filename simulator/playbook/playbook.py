"""The playbook: everything a manager hands in, one folder of trade files.

``page.toml`` is the page's profile, ``plan.csv`` the content plan, ``ads.csv`` what is advertised.
A file that is missing means that nothing of the kind is done: no posts, no ads, and the page
stays as found. A playbook is data, never code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from simulator.errors import PlaybookError, Problem, Severity, did_you_mean, problem
from simulator.playbook.ads import AdPlan
from simulator.playbook.ads_sheet import read_ads
from simulator.playbook.ads_written import write_ads
from simulator.playbook.beside import about_another_client
from simulator.playbook.page import Page, read_page, write_page
from simulator.playbook.plan import ContentPlan, read_plan, write_plan
from simulator.playbook.posts import Post
from simulator.units import DAYS_PER_MONTH
from simulator.world.clients import Client
from simulator.world.world import World

PAGE_FILE = "page.toml"
PLAN_FILE = "plan.csv"
ADS_FILE = "ads.csv"
FILES: tuple[str, ...] = (PAGE_FILE, PLAN_FILE, ADS_FILE)
MOST_UNREAD = 3
"""So many files that are not read are named; the others are counted."""

LATER_FILES: tuple[str, ...] = ("replies.csv", "shifts.csv")


@dataclass(frozen=True, slots=True)
class Playbook:
    """A page (None: as found), a content plan and ads (None: none), with the warnings reading gave.

    >>> Playbook.empty().plan.posts
    ()
    """

    page: Page | None = None
    plan: ContentPlan = field(default_factory=ContentPlan)
    ads: AdPlan | None = None
    warnings: tuple[Problem, ...] = field(default=(), compare=False, repr=False)

    @classmethod
    def empty(cls) -> Playbook:
        """The playbook of somebody who does nothing."""
        return cls()

    @classmethod
    def read(
        cls,
        folder: Path | str,
        client: Client | None = None,
        days: int = DAYS_PER_MONTH,
        world: World | None = None,
    ) -> Playbook:
        """The playbook in a folder; raises PlaybookError with every error found.

        ``world``: where audiences are sized; a town of the client's and of the usual size without one.
        """
        playbook, problems = read_folder(folder, client, days, world)
        errors = [found for found in problems if found.severity == "error"]
        if errors:
            raise PlaybookError(errors)
        return playbook

    def write(self, folder: Path | str) -> None:
        """Write the files into a folder, made if need be; reading it gives the same playbook.

        Other files in the folder are left alone; a page of None takes ``page.toml`` away, ads of
        None ``ads.csv``.
        """
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        write_plan(self.plan, folder / PLAN_FILE)
        if self.page is None:
            (folder / PAGE_FILE).unlink(missing_ok=True)
        else:
            write_page(self.page, folder / PAGE_FILE)
        if self.ads is None:
            (folder / ADS_FILE).unlink(missing_ok=True)
        else:
            write_ads(self.ads, folder / ADS_FILE, self.plan.posts)


def read_folder(
    folder: Path | str,
    client: Client | None = None,
    days: int = DAYS_PER_MONTH,
    world: World | None = None,
) -> tuple[Playbook, list[Problem]]:
    """What can be read of a folder and every problem in it, sorted by file and line."""
    folder = Path(folder)
    if not folder.is_dir():
        return Playbook(), [problem("playbook.no_folder", file=str(folder))]
    entries = sorted(entry for entry in folder.iterdir() if not entry.name.startswith((".", "~$")))
    names = {entry.name for entry in entries if entry.is_file()}
    problems = [*_about_names(names, folder, bool(entries)), *about_another_client(folder, client)]
    page, plan, ads = None, ContentPlan(), None
    posts: tuple[Post, ...] | None = ()
    if PAGE_FILE in names:
        page, found = read_page(folder / PAGE_FILE)
        problems += found
    if PLAN_FILE in names:
        plan, found = read_plan(folder / PLAN_FILE, client=client, days=days)
        problems += found
        # Rows of a broken plan cannot be counted, so boosted posts wait until it is mended.
        posts = None if any(one.severity == "error" for one in found) else plan.posts
    if ADS_FILE in names:
        ads, found = read_ads(folder / ADS_FILE, client=client, days=days, posts=posts, world=world)
        problems += found
    problems.sort(key=lambda found: (found.file, found.line or 0))
    warnings = tuple(found for found in problems if found.severity == "warning")
    return Playbook(page, plan, ads, warnings), problems


def _about_names(names: set[str], folder: Path, holds_something: bool) -> Iterable[Problem]:
    """What the names of the files tell: a wrong folder, a misspelt name, files that are not read."""
    unread = sorted(names - {*FILES, *LATER_FILES})
    if not names & set(FILES):
        inner = folder / "playbook"
        rule = "playbook.look_inside" if inner.is_dir() else "playbook.nothing_here"
        severity: Severity = "error" if holds_something else "warning"
        yield problem(rule, file=str(folder), severity=severity, names=", ".join(FILES), inner=inner)
        if inner.is_dir():
            return  # the other files are those that research writes: they belong here
    elif PLAN_FILE not in names:
        yield problem("playbook.no_plan", file=str(folder), severity="warning")
    for name in sorted(names & set(LATER_FILES)):
        yield problem("playbook.later_file", file=name, severity="warning")
    for name in unread[:MOST_UNREAD]:
        meant = did_you_mean(name, FILES)
        alike = did_you_mean(Path(name).stem, [Path(known).stem for known in FILES])
        misspelt = any(known in meant and known not in names for known in FILES) and "?" in meant
        misspelt = misspelt and "?" in alike
        severity = "error" if misspelt else "warning"
        yield problem("playbook.unknown_file", file=name, severity=severity, hint=meant)
    if len(unread) > MOST_UNREAD:
        more = len(unread) - MOST_UNREAD
        yield problem("playbook.more_unknown", file=str(folder), severity="warning", more=more)
