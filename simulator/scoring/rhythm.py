"""A rhythm: posts at set hours of the week, purposes and topics in turn, without a look at the audience."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from simulator.playbook.page import Page
from simulator.playbook.playbook import Playbook
from simulator.scoring.drawer import Drawer, moments, planned
from simulator.scoring.study import Study
from simulator.units import DAYS_PER_MONTH
from simulator.world.clients import ClientFile

WORKDAYS_AT_NOON: Final = tuple((day, 12) for day in range(5))


def in_turn(
    study: Study,
    weekly: Sequence[tuple[int, int]],
    purposes: Sequence[str],
    *,
    complete: bool = False,
) -> Playbook:
    """A month of posts at the (weekday, hour) of ``weekly``; ``complete``: the page is filled in, too."""
    file, drawer = study.file, Drawer(study.file)
    posts = []
    for number, moment in enumerate(moments(file.month_start, DAYS_PER_MONTH, weekly)):
        turn, place = divmod(number, len(purposes))
        topic = file.topics[(number + turn) % len(file.topics)].name  # so that no topic keeps one purpose
        posts.append(drawer.post(moment, purposes[place], topic))
    return Playbook(complete_page(file) if complete else None, planned(posts))


def complete_page(file: ClientFile) -> Page:
    """The page as found, and whatever was missing filled in from the brief."""
    found = Page(**file.page)
    return Page(
        name=found.name or file.title,
        category=found.category or file.kind,
        about=" ".join(file.brief.split())[:200],
        avatar=found.avatar or "avatar.png",
        cover=found.cover or "cover.jpg",
        contact=found.contact or f"{file.name}@example.com",
        opening_hours=found.opening_hours or dict(file.opening_hours),
        link=found.link or f"https://{file.name}.example",
        pinned_post=found.pinned_post or file.title,
    )
