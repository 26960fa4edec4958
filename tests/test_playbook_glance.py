"""A playbook at a glance: what the month is filled with, and what the page lacks."""

from __future__ import annotations

from datetime import datetime

from simulator.playbook.ads import Ad, AdPlan, AdSet
from simulator.playbook.glance import at_a_glance
from simulator.playbook.page import Page
from simulator.playbook.plan import ContentPlan
from simulator.playbook.playbook import Playbook
from simulator.playbook.posts import Post
from simulator.playbook.shifts import Shift, ShiftPlan
from simulator.units import money
from simulator.world.clients import load_client

SALON = load_client("salon")


def post(day: int, hours: float | None = None) -> Post:
    return Post(datetime(2027, 3, day, 9), "Hair", "photo", "talk", "hair", production_hours=hours)


def test_golden_three_posts_and_a_paused_ad_in_words() -> None:
    """Golden: posts, hours, weeks left empty, what ads may cost, and what the page lacks."""
    ad = Ad("a", "photo", "sell", "", "Hair", "hair")
    sets = (
        AdSet("c", "on", "REACH", daily_budget_cents=1_000, ads=(ad,)),
        AdSet("c", "off", "REACH", daily_budget_cents=1_000, ads=(ad,), active=False),
    )
    plan = ContentPlan((post(1, 1.5), post(2, 0.5), post(16)))
    book = Playbook(Page(name="Maua", cover="c.png"), plan, AdPlan(sets))
    assert list(at_a_glance(book, SALON, 28).lines()) == [
        "Posts: 3. Paid hours in them: 8 of 24.",
        "No shifts: nobody answers messages.",
        "Weeks of 4 in which nothing is posted: 2, 4.",
        "Ad sets: 1. They may spend 280.00 of 1,000.00.",
        "The ads are made in the same hours and take 0.8 of them.",
        "The page is complete to 15%; missing: a text about the page (of 40 characters or more), "
        "profile picture (avatar), contact, opening hours, link, pinned post, category.",
    ]


def test_law_shifts_are_told_with_what_they_change_and_cost() -> None:
    """Law: a post without hours gets the usual on shift; what the shifts cost stands beside what is paid."""
    shifts = ShiftPlan((Shift((0, 1, 2, 3, 4), 18 * 60, 20 * 60),))
    book = Playbook(None, ContentPlan((post(1, 1.5), post(2), post(16))), shifts=shifts)
    seen = at_a_glance(book, SALON, 28)
    rate = SALON.file.hour_rate_cents
    assert (seen.hours, seen.shift_hours, seen.usual_hours, seen.shared_hours) == (3.5, 40, 1, 5.25)
    lines = list(seen.lines())
    assert lines[:3] == [
        "Posts: 3. They want 3.5 of the 40 hours on shift, in which messages are answered too.",
        "A post that names no hours gets 1 on shift; without shifts it would share the paid hours "
        "(5.2 each here).",
        f"The 40 hours on shift cost the client {money(40 * rate)} ({money(rate)} an hour), worked or "
        "waited; "
        f"the brief pays for 24 hours, {money(24 * rate)} (see docs/inbox.md).",
    ]
    named = at_a_glance(Playbook(None, ContentPlan((post(1, 1.5),)), shifts=shifts), SALON, 28)
    assert not [line for line in named.lines() if "names no hours" in line]


def test_extreme_nothing_at_all() -> None:
    """Extreme: an empty playbook fills no week and leaves the page as found; a short run has one week."""
    seen = at_a_glance(Playbook.empty(), SALON, 5)
    assert (seen.posts, seen.weeks, seen.empty_weeks, seen.hours, seen.as_found) == (0, 1, (1,), 0, True)
    assert list(seen.lines())[-1].startswith(
        "The page stays as it was found, complete to 45%; missing: a text about the page"
    )
    assert seen.as_dict()["missing"][0] == "about"


def test_golden_a_page_with_everything() -> None:
    """Golden: a complete page lacks nothing."""
    text = "x" * 40
    page = Page(text, text, text, text, text, text, {"mon": "09:00-18:00"}, text, text)
    assert list(at_a_glance(Playbook(page), SALON, 28).page_lines()) == [
        "The page is complete to 100%; nothing is missing."
    ]
