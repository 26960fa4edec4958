"""The pictures: sound SVG, the same bytes, and words that hold the numbers."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from simulator.insights.charts import CHARTS
from simulator.insights.drawing import INK, WIDTH_INCHES
from simulator.insights.heat import step_tops
from simulator.insights.palette import PALETTE
from simulator.insights.post_chart import leader
from simulator.insights.words import ends
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


def test_colours_are_left_to_the_page(charts):
    """Invariant: in a picture every colour of the palette is a variable that a dark page can set."""
    for chart in filter(_drawn, charts.values()):
        rest = re.sub(r"var\(--[a-z0-9-]+, #[0-9a-fA-F]{6}\)", "", chart.svg)
        used = {found.lower() for found in re.findall(r"#[0-9a-fA-F]{6}\b", rest)}
        assert not used & {light.lower() for light, _ in PALETTE.values()}


def test_pictures_fit_a_small_screen(charts):
    """Invariant: all are equally narrow, so that their letters can be read where the page is narrow."""
    for chart in filter(lambda chart: chart.svg, charts.values()):
        box = ElementTree.fromstring(chart.svg).get("viewBox").split()
        assert float(box[2]) == pytest.approx(72 * WIDTH_INCHES)


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


@pytest.mark.parametrize("posts", [0, 1, 2, 3, 5, 6, 20])
def test_no_post_is_among_the_best_and_the_worst(posts):
    """Invariant: of few posts fewer are named, and never one at both ends."""
    best, worst = (set(rows.index) for rows in ends(large_month().insights.posts.head(posts)))
    assert not best & worst
    assert len(best) == min(3, max(posts // 2, min(posts, 1)))
    assert len(worst) == min(3, posts // 2)


def test_cities_without_followers_are_left_out():
    """Extreme: a city in which nobody follows, followed or left is not drawn; an age band is."""
    chart = CHARTS["audience"](small_month().insights)
    assert "Mwanga" in chart.svg
    month = small_month()
    month.world.people.district[:] = 2
    alone = CHARTS["audience"](month.insights)
    assert "Mwanga" not in alone.svg
    assert "65+" in alone.svg


@pytest.mark.parametrize("most", [0, 1, 2, 4, 5, 7, 415, 10_001])
def test_steps_of_a_heat_map_hold_every_count(most):
    """Invariant: at most five steps, rising, up to the largest count, none of them empty."""
    tops = step_tops(most)
    assert tops == sorted(set(tops))
    assert 1 <= tops[0] <= tops[-1] == max(1, most)
    assert len(tops) <= 5


def test_pale_posts_are_explained():
    """Law: where some posts are pale for few people saw them, the caption says so."""
    assert "Pale: fewer than 100" in CHARTS["posts"](small_month().insights).caption
    assert "Pale" not in CHARTS["posts"](large_month().insights).caption
    assert "Triangles" in CHARTS["sales"](large_month().insights).caption
    assert "Triangles" not in CHARTS["sales"](empty_month().insights).caption


def test_a_letter_that_stands_apart_is_tied_to_its_post():
    """Law: the line begins at the post and ends before the letter; beside its post a letter needs none."""
    (x, y), (*_, end_y) = leader((0.2, 0.1), (0.2, 0.2))[0], leader((0.2, 0.1), (0.2, 0.2))[1]
    assert x == y == 0.2
    assert 0.1 < end_y < 0.2
    near = leader((0.2, 0.1), (0.22, 0.1))
    assert near == ([0.2, 0.2], [0.1, 0.1])
