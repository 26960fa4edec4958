"""The report: one page, whole, safe and complete."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest

from simulator.errors import problem
from simulator.insights.headline import key_figures
from simulator.insights.metrics import METRICS
from simulator.insights.post_report import NARROW_COLUMNS
from simulator.insights.report import report_html, write_report
from simulator.insights.words import grouped
from simulator.insights.worth_report import worth_section
from simulator.network.carry_over import CarryOver
from simulator.network.worth import Worth
from simulator.texts import say
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


def test_every_figure_is_defined_in_the_page():
    """Invariant: whatever is shown or stands in a table beside, is explained; of ads nothing without ads."""
    month = small_month()
    html = report_html(month.insights)
    columns = [*month.insights.posts, *month.insights.daily, "visit_to_follow_rate", "worth_cents"]
    for name in METRICS:
        assert (f'id="metric-{name}"' in html) >= (name in columns)
    for name in ("ctr", "cpc", "spend", "purchase", "results"):
        assert f'id="metric-{name}"' not in html


def test_the_contents_lead_to_every_section():
    """Invariant: each anchor is there, in the order of the page; long tables are folded, short ones open."""
    html = report_html(large_month().insights, before=large_month(days=56).insights)
    anchors = re.findall(r'<a href="#([^"]+)"', html)
    assert anchors == re.findall(r'<h2 id="([^"]+)"', html)
    assert anchors[:2] == ["key", "story"]
    assert anchors[-1] == "definitions"
    assert '<details class="fold"><summary>The table of 20 posts' in html
    assert '<details class="fold" open><summary>The table of 3 posts' in report_html(small_month().insights)


def test_the_hours_put_into_a_post_stand_in_its_row():
    """Theory: an hour and a half, and what rests on few people is grey."""
    html = report_html(small_month().insights)
    assert '<td class="number">1.50</td>' in html
    assert '<td class="number faint narrow" data-title="engagement rate">66.7' in html
    assert "on the spot 1 of the month&#39;s 2 sales." in html


def test_a_narrow_screen_has_a_few_figures_under_each_text():
    """Law: each of them brings its title; without a small screen's rules they are cells like the others."""
    html = report_html(small_month().insights)
    posts = html[html.index('<table class="posts">') : html.index('id="definitions"')]
    narrow = re.findall(r'<td class="number[^"]* narrow" data-title="([^"]+)">', posts)
    titles = ["reach", "engagement rate", "new followers", "sales on the spot"]
    assert narrow == titles * small_month().insights.posts["made"].sum()
    assert len(titles) == len(NARROW_COLUMNS)
    assert ".posts td.number:not(.narrow) { display: none; }" in html
    assert ".meanings tr, .meanings th, .meanings td { display: block; }" in html


def test_an_opened_text_does_not_stand_there_twice():
    """Law: where a text is cut short, its opening gives way to the whole of it."""
    month = small_month()
    first, *others = month.log.posts
    long = replace(first, post=replace(first.post, text="A stew in one pan, and another. " * 9))
    html = report_html(with_posts(month, (long, *others)).insights)
    assert html.count('<span class="opening">A stew in one pan') == 1
    assert ".posts details[open] .opening { display: none; }" in html


def test_one_is_not_told_in_the_plural():
    """Extreme: with one of everything no noun is in the plural."""
    month = small_month()
    first, *others = month.log.posts
    once = replace(month.log, posts=(first, *(replace(post, made=False) for post in others)))
    html = report_html(replace(month, log=once).insights)
    assert not re.findall(r"\b1 (?:engagements|people|posts|sales|impressions|purchases)\b", html)


def test_worth_is_explained_part_by_part():
    """Theory: 114 - 1 = 113 and 410 make 523; beside doing nothing each line has its difference."""
    idle = Worth(5_000, 0, 0, 4_000, CarryOver(41_000, 0, 0, 0), ads=0, hours=0)
    html = report_html(small_month().insights, idle=idle)
    table = html[html.index('id="worth"') : html.index('id="newcomers"')]
    cells = re.findall(r'<td class="number">([^<]*)</td>', table)
    assert cells[0::3] == ["114", "−1", "113", "410", "523"]
    assert cells[1::3] == ["50", "−40", "10", "410", "420"]
    assert cells[2::3] == ["+64", "+39", "+103", "0", "+103"]
    assert "only one thing changed: the margin (+103: +103 while the page was run, 0 in" in table


def test_where_followers_came_from_has_its_table():
    """Theory: one visit from a post, who stayed; one that looked the page up, who did not."""
    html = report_html(small_month().insights)
    assert 'id="newcomers"' in html
    assert "looked the page up by themselves" in html
    assert '<td class="number faint">50.0' in html


def test_key_figures_have_their_denominators():
    """Theory: the small month's five large numbers and what they are numbers of."""
    figures = key_figures(small_month().insights)
    values = [figure.value.replace("\N{NO-BREAK SPACE}", " ") for figure in figures]
    assert values == ["3", "3", "60.0 %", "2", "523"]
    assert "3 engagements ÷ 5 people reached, summed over 2 posts" in figures[2].of_what
    assert "113 in these 2 days and 410 in the half year after" in figures[4].of_what
    assert figures[4].against == ""


@pytest.mark.parametrize(
    ("nothing", "words"),
    [(50_000.0, "23 more than"), (60_000.0, "77 less than"), (52_346.2, "the same as")],
)
def test_worth_is_set_against_posting_nothing(nothing, words):
    """Theory: the difference in money, its direction in words; in the page as in the figures."""
    month = small_month()
    against = key_figures(month.insights, nothing)[4].against
    assert against == f"{words} if nothing had been posted"
    assert against in report_html(month.insights, nothing=nothing)
    assert "if nothing had been posted" not in report_html(month.insights)


def test_the_months_before_stand_beside():
    """Invariant: the table is there when the past is given, and only then."""
    month, before = small_month(), large_month(days=56)
    assert 'id="comparison"' in report_html(month.insights, before=before.insights)
    assert 'id="comparison"' not in report_html(month.insights)


def test_warnings_of_one_rule_stand_in_one_line():
    """Invariant: twelve of one rule are one line that names the first and where others are."""
    many = [problem("plan.bad_hour", file="plan.csv", line=line, severity="warning") for line in range(2, 14)]
    other = problem("plan.empty_text", file="plan.csv", line=99, severity="warning")
    lines = grouped([*many, other])
    assert len(lines) == 2
    assert lines[0].startswith("12 × ")
    assert "plan.csv line 2" in lines[0]
    assert "lines 3, 4, 5, 6, 7, 8, 9, 10 and 3 more" in lines[0]
    assert lines[1] == str(other)


def test_warnings_of_several_pages_name_the_page():
    """Invariant: a line of another file than the first is told with its file."""
    files = ("salon/plan.csv", "salon/plan.csv", "school/plan.csv")
    rows = [problem("plan.bad_hour", file=file, line=2 + k) for k, file in enumerate(files)]
    assert "Also lines 3, school/plan.csv 4" in grouped(rows)[0]


def test_an_empty_month_has_sentences_for_pictures():
    """Extreme: no picture without anything in it."""
    html = report_html(empty_month().insights)
    assert "<svg" not in html
    assert "No post reached anybody." in html


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


def test_worth_names_the_largest_change_and_hides_none() -> None:
    """Worked example: margins of 60 and 50 together are more than 80 of hours, though each is less."""
    insights = small_month().insights
    idle = Worth(4_000, 0, 0, 1_000, CarryOver(4_000, 0, 0, 0), ads=0, hours=0)
    costly = Worth(10_000, 0, 0, 1_000, CarryOver(9_000, 0, 0, 0), ads=500, hours=8_000)

    def told(now: Worth) -> str:
        made = SimpleNamespace(worth=now, days=28, log=insights.month.log)
        facts = SimpleNamespace(month=made, summary=insights.summary)
        return str(worth_section(facts, idle).sentences[1])  # type: ignore[arg-type]

    assert told(costly) == (
        "Beside having posted nothing, what changed most is the margin (+110: +60 while the page was run, "
        "+50 in the half year after); then the cost of the hours (−80), the money for ads (−5)."
    )
    dear = replace(costly, hours=20_000, ads=0)
    assert "changed most is the cost of the hours (−200); then the margin (+110: +60 while" in told(dear)
    assert told(idle) == say("report.worth.nothing_moved")
