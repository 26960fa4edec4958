"""The blank playbook: the page as found and sheets with headers, for somebody to fill."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from simulator.playbook.ads import AdPlan
from simulator.playbook.ads_written import write_ads
from simulator.playbook.page import Page, write_page
from simulator.playbook.plan import ContentPlan, write_plan
from simulator.playbook.playbook import ADS_FILE, FILES, PAGE_FILE, PLAN_FILE, REPLIES_FILE, SHIFTS_FILE
from simulator.playbook.replies import ReplyRules
from simulator.playbook.replies_sheet import write_replies
from simulator.playbook.shifts import ShiftPlan
from simulator.playbook.shifts_sheet import write_shifts
from simulator.world.clients import Client


def write_blank(client: Client, folder: Path, names: Iterable[str] = FILES) -> Iterator[Path]:
    """Write those files of a playbook that are not there yet, and give each: work is never overwritten."""
    sheets: dict[str, Callable[[Path], None]] = {
        PAGE_FILE: partial(write_page, Page(**client.file.page)),
        PLAN_FILE: partial(write_plan, ContentPlan()),
        ADS_FILE: partial(write_ads, AdPlan()),
        REPLIES_FILE: partial(write_replies, ReplyRules()),
        SHIFTS_FILE: partial(write_shifts, ShiftPlan()),
    }
    for name in names:
        if not (folder / name).exists():
            sheets[name](folder / name)
            yield folder / name
