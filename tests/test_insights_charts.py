"""The pictures: sound SVG, the same bytes, and words that hold the numbers."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from simulator.insights.charts import CHARTS, INK
from tests.example_months import empty_month, large_month, small_month

MONTHS = {"small": small_month, "large": large_month, "empty": empty_month}


@pytest.fixture(scope="module", params=list(MONTHS))
def insights(request):
    return MONTHS[request.param]().insights


@pytest.fixture(scope="module")
def charts(insights):
    return {name: draw(insights) for name, draw in CHARTS.items()}


def _drawn(chart):
    """Whether there is a picture; where not, its words say that there is nothing."""
    return bool(chart.svg) or not chart.alt


def test_every_picture_is_sound_inline_svg(charts):
    """Invariant: well-formed, labelled, without size, scripts, dates or the stand-in for ink."""
    for chart in filter(_drawn, charts.values()):
        root = ElementTree.fromstring(chart.svg)
        assert root.get("role") == "img"
        assert root.get("aria-label") == chart.alt
        assert root.get("viewBox")
        assert root.get("width") is None
        assert chart.caption
        for unwanted in ("<script", "<metadata", "dc:date", "<?xml", INK, "http://localhost"):
            assert unwanted not in chart.svg


def test_ids_differ_between_pictures_and_references_are_kept(charts):
    """Invariant: all pictures on one page share no id; what is referred to is there."""
    seen = []
    for chart in charts.values():
        ids = re.findall(r'\bid="([^"]+)"', chart.svg)
        assert len(ids) == len(set(ids))
        used = re.findall(r"url\(#([^)]+)\)", chart.svg) + re.findall(r'href="#([^"]+)"', chart.svg)
        assert set(used) <= set(ids)
        seen += ids
    assert len(seen) == len(set(seen))


def test_nothing_is_fetched(charts):
    """Invariant: no picture points outside the page (namespaces aside)."""
    for chart in charts.values():
        links = re.findall(r'(?:href|src)="([^"#][^"]*)"', chart.svg)
        assert [link for link in links if not link.startswith("data:")] == []


@pytest.mark.parametrize("name", list(CHARTS))
def test_the_same_month_gives_the_same_bytes(name):
    """Golden: drawn twice, byte for byte the same."""
    assert CHARTS[name](small_month().insights) == CHARTS[name](small_month().insights)


def test_the_words_hold_the_numbers():
    """Theory: what the small month's pictures show is said."""
    insights = small_month().insights
    words = {name: draw(insights).alt for name, draw in CHARTS.items()}
    assert "from 3 to 3 followers" in words["followers"]
    assert "Mon 1 Mar 09:00" in words["posts"]
    assert "Tue 18:00 (2)" in words["hours"]
    assert "Kijani" in words["audience"]
    assert "2 sales in all" in words["sales"]


def test_nothing_to_show_is_said():
    """Extreme: an empty month has no empty pictures, but words that say there is nothing."""
    drawn = {name: draw(empty_month().insights) for name, draw in CHARTS.items()}
    assert not any(chart.svg or chart._repr_svg_() for chart in drawn.values())
    assert all(chart.alt in chart._repr_html_() for chart in drawn.values())
    words = {name: chart.alt for name, chart in drawn.items()}
    assert words["posts"] == "No post reached anybody."
    assert words["hours"] == "Nobody was reached at any hour."


def test_a_year_of_days_can_be_drawn():
    """Extreme: the longest run."""
    insights = large_month(exposures=4_000, days=364).insights
    assert all(draw(insights).svg for draw in CHARTS.values())
