"""The playbook: everything a manager hands in, one folder of trade files.

``page.toml`` is the page's profile, ``plan.csv`` the content plan, ``ads.csv`` what is advertised,
``replies.csv`` what is done with messages by rule, ``shifts.csv`` when somebody is there. A file
that is missing means that nothing of the kind is done: no posts, no ads, nobody there, and the
page stays as found. A playbook is data, never code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from simulator.errors import PlaybookError, Problem, Severity, did_you_mean, problem
from simulator.playbook.ads import AdPlan
from simulator.playbook.ads_sheet import read_ads
from simulator.playbook.ads_written import write_ads
from simulator.playbook.beside import about_another_client
from simulator.playbook.hurried import hurried_posts
from simulator.playbook.page import Page, read_page, write_page
from simulator.playbook.plan import ContentPlan, read_plan, write_plan
from simulator.playbook.posts import Post
from simulator.playbook.production_hours import hours_wanted
from simulator.playbook.replies import ReplyRules
from simulator.playbook.replies_sheet import read_replies, write_replies
from simulator.playbook.shifts import ShiftPlan
from simulator.playbook.shifts_sheet import read_shifts, write_shifts
from simulator.playbook.told_once import dates_told_once
from simulator.units import DAYS_PER_MONTH
from simulator.world.clients import Client
from simulator.world.world import World

PAGE_FILE = "page.toml"
PLAN_FILE = "plan.csv"
ADS_FILE = "ads.csv"
REPLIES_FILE = "replies.csv"
SHIFTS_FILE = "shifts.csv"
PORTFOLIO_FILE = "portfolio.csv"
FILES: tuple[str, ...] = (PAGE_FILE, PLAN_FILE, ADS_FILE, REPLIES_FILE, SHIFTS_FILE)
MOST_UNREAD = 3
"""So many files that are not read are named; the others are counted."""

Part = TypeVar("Part")
"""What one file of a playbook says."""


@dataclass(frozen=True, slots=True)
class Playbook:
    """A page, a content plan, ads, reply rules and shifts, with the warnings reading gave.

    None is a file that is not there: the page as found, no ads, no rules, nobody there.

    >>> Playbook.empty().plan.posts
    ()
    """

    page: Page | None = None
    plan: ContentPlan = field(default_factory=ContentPlan)
    ads: AdPlan | None = None
    replies: ReplyRules | None = None
    shifts: ShiftPlan | None = None
    warnings: tuple[Problem, ...] = field(default=(), compare=False, repr=False)

    @property
    def rota(self) -> ShiftPlan | None:
        """The shifts in which posts are made and messages answered; None without a row."""
        return self.shifts if self.shifts is not None and self.shifts.shifts else None

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

        Other files in the folder are left alone; what is None takes its own file away.
        """
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        write_plan(self.plan, folder / PLAN_FILE)
        write_those_ads = partial(write_ads, posts=self.plan.posts)
        _write(self.page, write_page, folder / PAGE_FILE)
        _write(self.ads, write_those_ads, folder / ADS_FILE)
        _write(self.replies, write_replies, folder / REPLIES_FILE)
        _write(self.shifts, write_shifts, folder / SHIFTS_FILE)


def _write(part: Part | None, write: Callable[[Part, Path], None], path: Path) -> None:
    """Write a part of a playbook, or take its file away if there is none."""
    if part is None:
        path.unlink(missing_ok=True)
    else:
        write(part, path)


def read_folder(
    folder: Path | str,
    client: Client | None = None,
    days: int = DAYS_PER_MONTH,
    world: World | None = None,
    *,
    alone: bool = True,
) -> tuple[Playbook, list[Problem]]:
    """What can be read of a folder and every problem in it, sorted by file and line.

    ``alone``: whether it is the only page, so that its dates outside the run are told as one problem.
    """
    folder = Path(folder)
    if not folder.is_dir():
        return Playbook(), [problem("playbook.no_folder", file=str(folder))]
    entries = sorted(entry for entry in folder.iterdir() if not entry.name.startswith((".", "~$")))
    names = {entry.name for entry in entries if entry.is_file()}
    problems = [*_about_names(names, folder, bool(entries)), *about_another_client(folder, client)]
    found = _Found(folder, names, problems)
    page = found.part(PAGE_FILE, read_page)
    plan, posts = _plan_and_posts(found, client, days)
    ads = found.part(ADS_FILE, partial(read_ads, client=client, days=days, posts=posts, world=world))
    replies = found.part(REPLIES_FILE, read_replies)
    shifts = found.part(SHIFTS_FILE, partial(read_shifts, days=days, **_run_of(client)))
    if found.is_broken(SHIFTS_FILE):  # who is there is not known
        problems = [*made_in_shifts(problems)]
    else:
        problems += _without_hands(replies, shifts)
        if shifts is not None and shifts.shifts:
            problems = [*made_in_shifts(problems), *_short_of_time(plan, ads, shifts, client, days)]
    problems.sort(key=lambda one: (one.file, one.line or 0))
    if client is not None and alone:
        problems = dates_told_once(problems, client.file.month_start, days)
    warnings = tuple(one for one in problems if one.severity == "warning")
    return Playbook(page, plan, ads, replies, shifts, warnings), problems


class _Found(NamedTuple):
    """A folder, the names of its files, and the problems found in them so far."""

    folder: Path
    names: set[str]
    problems: list[Problem]

    def part(self, name: str, read: Callable[[Path], tuple[Part, list[Problem]]]) -> Part | None:
        """What one of the files says, or None if it is not there; its problems are kept."""
        if name not in self.names:
            return None
        part, problems = read(self.folder / name)
        self.problems.extend(problems)
        return part

    def is_broken(self, name: str) -> bool:
        """Whether some of a file cannot be read."""
        return any(one.file == name and one.severity == "error" for one in self.problems)


def _plan_and_posts(
    found: _Found, client: Client | None, days: int
) -> tuple[ContentPlan, tuple[Post, ...] | None]:
    """The plan, and the posts that an ad may name: None when the plan cannot be read.

    Rows of a broken plan cannot be counted, so boosted posts wait until it is mended.
    """
    plan = found.part(PLAN_FILE, partial(read_plan, client=client, days=days)) or ContentPlan()
    return plan, None if found.is_broken(PLAN_FILE) else plan.posts


def _run_of(client: Client | None) -> dict[str, Any]:
    """When the run of a client begins, and the one page that is worked for."""
    return {} if client is None else {"month_start": client.file.month_start, "pages": (client.file.name,)}


PAID_HOURS: tuple[str, ...] = ("plan.week_hours", "plan.week_posts", "plan.hasty_posts", "ads.week_hours")
"""Warnings about the client's paid hours, in which posts and ads are made where nobody has shifts."""


def made_in_shifts(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems of a playbook whose posts and ads are made in shifts and not in the paid hours."""
    return (one for one in problems if one.rule not in PAID_HOURS)


def _short_of_time(
    plan: ContentPlan, ads: AdPlan | None, shifts: ShiftPlan, client: Client | None, days: int
) -> Iterator[Problem]:
    """A warning when posts and ads want more hours than the shifts hold, before a message is answered."""
    if client is None or not shifts.has_hands:
        return
    wanted, there = hours_wanted(plan.posts, client, ads), shifts.hours(client.file.month_start, days)
    if wanted > there:
        words: dict[str, Any] = {"wanted": f"{wanted:.1f}", "there": f"{there:.1f}", "days": days}
        yield problem("shifts.too_few_hours", file=SHIFTS_FILE, severity="warning", **words)
    else:
        yield from hurried_posts(plan, shifts, client, days, file=PLAN_FILE)


def _without_hands(replies: ReplyRules | None, shifts: ShiftPlan | None) -> Iterator[Problem]:
    """A warning when rules put messages before a person and nobody is ever there: why nobody is."""
    by_hand = replies.by_hand if replies else ()
    if by_hand and not (shifts and shifts.has_hands):
        first = by_hand[0]
        rule = "replies.no_hands"
        if shifts is not None:
            rule = "replies.only_days_off" if shifts.shifts else "replies.no_rows"
        place: dict[str, Any] = {"file": REPLIES_FILE, "line": first.line, "column": "Action"}
        yield problem(rule, value=first.action, severity="warning", **place)


def _about_names(names: set[str], folder: Path, holds_something: bool) -> Iterable[Problem]:
    """What the names of the files tell: a wrong folder, a misspelt name, files that are not read."""
    unread = sorted(names - set(FILES))
    if PORTFOLIO_FILE in names:
        yield problem("playbook.is_portfolio", file=PORTFOLIO_FILE, folder=folder)
        return
    if not names & set(FILES):
        inner = folder / "playbook"
        rule = "playbook.look_inside" if inner.is_dir() else "playbook.nothing_here"
        severity: Severity = "error" if holds_something else "warning"
        yield problem(rule, file=str(folder), severity=severity, names=", ".join(FILES), inner=inner)
        if inner.is_dir():
            return  # the other files are those that research writes: they belong here
    elif PLAN_FILE not in names:
        yield problem("playbook.no_plan", file=str(folder), severity="warning")
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
