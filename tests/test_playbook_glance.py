"""A playbook at a glance: what the month is filled with, and what the page lacks."""

from __future__ import annotations

from datetime import datetime

from simulator.playbook.ads import Ad, AdPlan, AdSet
from simulator.playbook.glance import at_a_glance
from simulator.playbook.page import Page
from simulator.playbook.plan import ContentPlan
from simulator.playbook.playbook import Playbook
from simulator.playbook.posts import Post
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
