"""The report: one page, whole, safe and complete."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from simulator.errors import problem
from simulator.insights.metrics import METRICS
from simulator.insights.report import key_figures, report_html, write_report
from tests.example_months import empty_month, large_month, small_month, with_posts

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    """Checks that tags close in order; collects ids, texts and tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.ids += [value for name, value in attrs if name == "id"]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize(
    "month", [small_month(), large_month(), empty_month()], ids=["small", "large", "empty"]
)
def test_the_page_is_sound_and_needs_nothing(month):
    """Invariant: tags close, ids are unique, no script, nothing from outside."""
    html = report_html(month.insights)
    page = Page(html)
    assert len(page.ids) == len(set(page.ids))
    assert not {"script", "link", "iframe", "img"} & set(page.tags)
    assert 'lang="en"' in html
    assert not re.findall(r'(?:href|src)="(?!#|data:)', html)
    assert "@import" not in html


def test_captions_are_escaped():
    """Extreme: a caption that is HTML is shown, not run."""
    month = small_month()
    evil = '<script>alert("1")</script><b>&amp;'
    first, *others = month.log.posts
    post = replace(first, post=replace(first.post, text=evil, topic="<i>x"))
    html = report_html(with_posts(month, (post, *others)).insights)
    assert "<script" not in html
    assert "<i>x" not in html
    assert "&lt;script&gt;" in html
    assert "&amp;amp;" in html


def test_every_metric_is_defined_in_the_page():
    """Invariant: whatever figure is shown, its definition stands below."""
    html = report_html(small_month().insights)
    for name in METRICS:
        assert f'id="metric-{name}"' in html


def test_key_figures_have_their_denominators():
    """Theory: the small month's five large numbers and what they are numbers of."""
    figures = key_figures(small_month().insights)
    values = [figure.value.replace("\N{NO-BREAK SPACE}", " ") for figure in figures]
    assert values == ["3", "3", "60.0 %", "2", "523.46"]
    assert "3 engagements ÷ 5 people reached, summed over 2 posts" in figures[2].of_what
    assert "410.00" in figures[4].of_what


def test_undefined_shares_are_an_en_dash():
    """Extreme: nobody reached."""
    assert key_figures(empty_month().insights)[2].value == "–"


def test_warnings_are_shown_and_posts_not_made_are_marked():
    """Invariant: what the check warned of stands in the report, escaped."""
    warning = problem("plan.bad_hour", file="plan.csv", line=2, value="<25>", severity="warning")
    html = report_html(small_month().insights, [warning])
    assert "plan.csv line 2" in html
    assert "&lt;25&gt;" in html
    assert "not made" in html


def test_the_page_is_written_whole_and_the_same_each_time(tmp_path):
    """Golden: same month, same bytes; nothing else is left in the folder."""
    first = write_report(small_month().insights, tmp_path / "out").read_bytes()
    assert write_report(small_month().insights, tmp_path / "out").read_bytes() == first
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["report.html"]
