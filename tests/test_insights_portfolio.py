"""A portfolio's month: figures of every page and of all, words that are true, and a page that is whole."""

from __future__ import annotations

import csv
import json
import math
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from simulator.errors import problem
from simulator.insights.drawing import INK
from simulator.insights.month import Month, run_month
from simulator.insights.portfolio import PortfolioMonth, run_portfolio
from simulator.insights.portfolio_charts import PORTFOLIO_CHARTS
from simulator.insights.portfolio_figures import is_late
from simulator.insights.portfolio_report import (
    PAGE_COLUMNS,
    PAY_COLUMNS,
    TERMS,
    key_figures,
    pay_table,
    plain_summary,
    portfolio_html,
    shown,
    write_portfolio,
)
from simulator.insights.portfolio_words import days_words, full_days, hours_words, portfolio_sentences
from simulator.insights.report import report_html, write_report
from simulator.network.work import TASKS
from simulator.playbook.assignment import Assignment
from simulator.playbook.playbook import Playbook
from simulator.playbook.shifts import ShiftPlan
from simulator.texts import say
from tests.experiments import Plan, playbook
from tests.inbox_experiments import EVERY_DAY, WORKING_DAYS, shifts
from tests.small_months import shop
from tests.test_insights_report import Page

PEOPLE = 1_500
LABELS = ("salon", "academy", "newsroom")
SCARCE = shifts((9, 10), (19, 19.5), days=WORKING_DAYS)
AMPLE = shifts((9, 13), (18, 20), days=EVERY_DAY)


def portfolio(
    rota: ShiftPlan, labels: tuple[str, ...] = LABELS, posts: int = 12, days: int = 28
) -> PortfolioMonth:
    """Regular months of these clients under one pair of hands, the second a month in service."""
    plan = Plan(posts=posts, last_day=days)
    pages = [Assignment(label, shop(label), playbook(shop(label), plan), k) for k, label in enumerate(labels)]
    return run_portfolio(pages, rota, people=PEOPLE, days=days)


@pytest.fixture(scope="module")
def scarce() -> PortfolioMonth:
    """Too little time for three pages."""
    return portfolio(SCARCE)


@pytest.fixture(scope="module")
def ample() -> PortfolioMonth:
    """Time enough for one."""
    return portfolio(AMPLE, LABELS[:1])


@pytest.fixture(scope="module")
def nobody() -> PortfolioMonth:
    """Nobody ever there, nothing planned, and hardly a day."""
    return portfolio(ShiftPlan(), LABELS[:2], posts=0, days=1)


@pytest.fixture(scope="module", params=["scarce", "ample", "nobody"])
def month(request: pytest.FixtureRequest) -> PortfolioMonth:
    found: PortfolioMonth = request.getfixturevalue(request.param)
    return found


# ------------------------------------------------------------------ figures


def test_invariant_figures_of_all_are_those_of_the_pages(month: PortfolioMonth) -> None:
    """Invariant: what is counted adds up; hours of work are those of tasks and of days."""
    summary, pages = month.summary, month.pages
    for name in ("posts_planned", "posts_made", "posts_late", "posts_never_out", "messages", "answered"):
        assert summary[name] == pages[name].sum(), name
    assert summary["pages"] == len(pages) == len(month.pay) == len(month.months)
    assert summary["income_cents"] == pages["paid_cents"].sum() == month.pay["paid_cents"].sum()
    assert summary["work_hours"] == pytest.approx(pages["work_hours"].sum(), rel=1e-5)
    tasks = pages[[f"{task}_hours" for task in TASKS]].to_numpy()
    assert np.allclose(tasks.sum(axis=1), pages["work_hours"])
    assert np.allclose(month.hours.sum(axis=1), tasks)
    assert summary["hours"] == pytest.approx(month.shift_hours.sum())
    assert (pages["posts_made"] + pages["posts_never_out"] == pages["posts_planned"]).all()
    assert (pages["posts_late"] <= pages["posts_made"]).all()
    assert (month.pay["fee_cents"] - month.pay["kept_back_cents"] == month.pay["paid_cents"]).all()


def test_golden_names_and_order_of_the_figures(ample: PortfolioMonth) -> None:
    """Golden: the tables and the summary keep their names, in their order."""
    assert list(ample.pay) == [
        "page",
        "client",
        *(
            "months_of_service",
            "complexity",
            "fee_cents",
            "for_posts_cents",
            "for_complaints_cents",
            "kept_back_cents",
            "paid_cents",
        ),
        *("content", "leave_chance"),
    ]
    assert list(ample.summary) == [
        *("pages", "seed", "people", "days", "hours", "work_hours", "shift_use"),
        *("income_cents", "income_per_hour_cents", "expected_income_per_hour_cents"),
        *("posts_planned", "posts_made", "posts_late", "posts_never_out"),
        *("messages", "worth_an_answer", "answered", "first_response_minutes_median", "by_page"),
    ]
    assert list(ample.summary["by_page"][0]) == list(ample.pages)


def test_invariant_a_page_has_the_month_it_has_alone(ample: PortfolioMonth) -> None:
    """Invariant: with one page the month's summary is that of the page under the same shifts."""
    book = replace(playbook(shop("salon"), Plan(posts=12)), shifts=AMPLE)
    alone = run_month(shop("salon"), book, people=PEOPLE)
    among = ample.months[0]
    assert isinstance(among, Month)
    assert among.insights.summary == pytest.approx(alone.insights.summary, nan_ok=True)
    assert among.playbook == alone.playbook
    assert among.insights.posts.equals(alone.insights.posts)


def test_law_each_page_knows_when_somebody_was_there_for_it() -> None:
    """Law: a page's month holds the shifts of it and of any page; what is another page's is no presence."""
    rota = ShiftPlan((*shifts((9, 10)).shifts, replace(shifts((19, 20)).shifts[0], page="academy")))
    salon, academy = portfolio(rota, LABELS[:2], days=3).months
    assert salon.playbook.shifts is not None
    assert academy.playbook.shifts is not None
    assert salon.playbook.shifts.hours_per_week == 7
    assert academy.playbook.shifts.hours_per_week == 14
    assert salon.insights.inbox.figures["shift_hours"] == 3
    assert academy.insights.inbox.figures["shift_hours"] == 6


def test_theory_late_is_later_than_planned(scarce: PortfolioMonth) -> None:
    """Theory: a post is late when its hour is not the planned one; those in time have exactly theirs."""
    log = scarce.months[2].log
    moments = [(post, post.post.posting_time) for post in log.posts if post.made]
    late = [is_late(post, log) for post, _ in moments]
    for (post, planned), found in zip(moments, late, strict=True):
        minutes = (planned.date() - log.begin).days * 1_440 + planned.hour * 60 + planned.minute
        assert (post.post_time > minutes) == found
        assert post.post_time >= minutes
    assert any(late)


def test_law_a_late_post_shows_both_times(scarce: PortfolioMonth) -> None:
    """Law: the table has the planned time and the real one, none for a post never out; the report tells."""
    month = scarce.months[2]
    posts = month.insights.posts
    late = posts["posted_time"] > posts["posting_time"]
    assert late.sum() == sum(is_late(post, month.log) for post in month.log.posts if post.made) > 0
    assert (posts["posted_time"].isna() == ~posts["made"]).all()
    assert report_html(month.insights).count('<span class="late">late: ') == late.sum()


def test_law_too_little_time_is_seen(scarce: PortfolioMonth, ample: PortfolioMonth) -> None:
    """Law: with too little time posts are late or lost, days are full, clients keep back and leave."""
    assert scarce.summary["posts_late"] + scarce.summary["posts_never_out"] > 0
    assert ample.summary["posts_late"] == ample.summary["posts_never_out"] == 0
    assert full_days(scarce) > 0.8 * (scarce.shift_hours > 0).sum()
    assert full_days(ample) < 0.5 * (ample.shift_hours > 0).sum()
    assert scarce.pages["content"].min() < ample.pages["content"].min()
    ratio = scarce.summary["expected_income_per_hour_cents"] / scarce.summary["income_per_hour_cents"]
    assert ratio < 0.8


def test_extreme_nothing_at_all(nobody: PortfolioMonth) -> None:
    """Extreme: no hours, no posts, one day: zeros, and no share of nothing."""
    assert nobody.summary["hours"] == nobody.summary["income_per_hour_cents"] == 0
    assert math.isnan(nobody.summary["shift_use"])
    plain = plain_summary(nobody)
    assert plain["shift_use"] is None
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain


# ------------------------------------------------------------------ words and pictures


def test_law_words_say_what_too_much_work_did(scarce: PortfolioMonth) -> None:
    """Law: in plain words, with the figures of the tables: posts, people, pay, who leaves, what it brings."""
    words = " ".join(portfolio_sentences(scarce))
    summary, pages = scarce.summary, scarce.pages
    troubled = int((pages["posts_late"] + pages["posts_never_out"] > 0).sum())
    assert f"{troubled} of 3 pages got posts late or not at all" in words
    assert f"of 36 posts {summary['posts_late']} went out late" in words
    assert f"{summary['posts_never_out']} never went out" in words
    assert f"{summary['answered']} of {summary['worth_an_answer']} messages" in words
    assert "was kept back" in words
    worst = scarce.pay.sort_values("content").iloc[0]
    assert f"Least content is the client of {worst['page']}" in words
    assert "In 6 months like this one" in words
    assert "Turning from one page to another" in words


def test_law_words_are_said_only_when_true(ample: PortfolioMonth, nobody: PortfolioMonth) -> None:
    """Law: nothing late, nobody tired, one page: no word of it; nobody there is said first."""
    words = " ".join(portfolio_sentences(ample))
    assert "Every post went out on time (12 of them)." in words
    for silent in ("late", "Tired", "Turning", "expected to be gone"):
        assert silent not in words
    first, *others = portfolio_sentences(nobody)
    assert first == say("portfolio.story.nobody")
    assert say("portfolio.story.no_posts") in others
    assert not [sentence for sentence in others if "An hour on shift" in sentence]


def test_law_long_days_are_told_of() -> None:
    """Law: more than a fresh day's work is said, with the number of days."""
    found = portfolio(shifts((6, 18), days=(0,)), posts=20, days=7)
    assert "Days on which more than 8 hours were worked: 1." in " ".join(portfolio_sentences(found))


def test_invariant_every_picture_is_sound(month: PortfolioMonth) -> None:
    """Invariant: well-formed, labelled, told in words; of nothing there is a sentence and no picture."""
    ids: list[str] = []
    for name, draw in PORTFOLIO_CHARTS.items():
        chart = draw(month)
        assert chart.alt
        if chart.svg:
            root = ElementTree.fromstring(chart.svg.replace("xlink:", ""))
            ids += [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
            assert chart.svg.startswith(f'<svg id="chart-{name}" role="img" aria-label="')
            assert INK not in chart.svg
            assert chart.caption
            assert draw(month).svg == chart.svg
    assert len(ids) == len(set(ids))
    assert all(bool(draw(month).svg) == bool(month.summary["hours"]) for draw in PORTFOLIO_CHARTS.values())


def test_invariant_pictures_are_told_in_numbers(scarce: PortfolioMonth) -> None:
    """Invariant: who cannot see a picture learns each page's hours by task, and the weeks'."""
    alt, _ = hours_words(scarce)
    for page, hours in zip(scarce.pages["page"], scarce.pages["work_hours"], strict=True):
        assert f"{page} {hours:.1f} h (" in alt
    weeks, _ = days_words(scarce)
    assert f"of {scarce.shift_hours[:7].sum():.1f} in week 1" in weeks
    assert "in week 4" in weeks


def test_extreme_a_page_nobody_worked_on() -> None:
    """Extreme: a page without any work is named as such beside one that had it."""
    rota = ShiftPlan((replace(shifts((9, 10)).shifts[0], page="salon"),))
    alt, _ = hours_words(portfolio(rota, LABELS[:2], days=3))
    assert "academy none" in alt


# ------------------------------------------------------------------ the report


def test_invariant_the_page_is_sound_and_needs_nothing(month: PortfolioMonth) -> None:
    """Invariant: tags close, ids are unique, no script, nothing from outside, in the look of a report."""
    html = portfolio_html(month)
    page = Page(html)
    assert len(page.ids) == len(set(page.ids))
    assert not {"script", "link", "iframe", "img", "a"} & set(page.tags)
    assert not re.findall(r'(?:href|src)="(?!#|data:)', html)
    assert "@import" not in html
    assert ".key .value" in html
    assert "var(--" in html or "<svg" not in html


def test_invariant_every_term_is_explained(scarce: PortfolioMonth) -> None:
    """Invariant: what stands above a column of money, share or chance is explained below."""
    html = portfolio_html(scarce)
    for name in TERMS:
        assert say(f"portfolio.terms.{name}").split(":")[0][:40] in html.replace("&#39;", "'")
    assert set(PAY_COLUMNS) - set(TERMS) == {"months_of_service", "paid_cents"}


def test_invariant_pages_link_to_their_reports(scarce: PortfolioMonth) -> None:
    """Invariant: where each page's report lies beside it there is a link in both tables, else none."""
    html = portfolio_html(scarce, linked=True)
    assert html.count('<a href="salon/report.html">salon</a>') == 2
    strange = replace(scarce.assignments[0], page='Two "words"&<b>')
    played = replace(scarce.played, assignments=(strange, *scarce.assignments[1:]), shifts=ShiftPlan())
    html = portfolio_html(PortfolioMonth(played, scarce.months), linked=True)
    assert '"Two%20%22words%22%26%3Cb%3E/report.html"' in html
    assert "<b>" not in html
    assert "Two &#34;words&#34;&amp;&lt;b&gt;" in html


def test_theory_the_table_of_pay_has_its_sums(scarce: PortfolioMonth) -> None:
    """Theory: a row a page and one of all, in currency units."""
    table = pay_table(scarce)
    assert [row.page for row in table.rows] == [*LABELS, "all pages"]
    assert len(table.headings) == len(PAY_COLUMNS)
    place = {name: at for at, name in enumerate(PAY_COLUMNS)}
    assert table.rows[-1].cells[place["paid_cents"]] == f"{scarce.summary['income_cents'] / 100:,.2f}"
    assert table.rows[1].cells[place["months_of_service"]] == "1"


def test_theory_figures_as_people_read_them() -> None:
    """Theory: money in units, shares in percent, times in words, an en dash for nothing."""
    plain = [
        shown(*one).replace("\N{NO-BREAK SPACE}", " ")
        for one in (
            ("fee_cents", 123_456),
            ("content", 0.456),
            ("complexity", 0.456),
            ("posts_late", 1_234),
            ("first_response_minutes_median", 130.0),
            ("first_response_minutes_median", float("nan")),
        )
    ]
    assert plain == ["1,234.56", "46 %", "0.46", "1,234", "2 h 10 min", "–"]
    assert all(say(f"portfolio.titles.{name}") for name in PAGE_COLUMNS)


def test_invariant_key_figures_say_what_they_are_of(scarce: PortfolioMonth) -> None:
    """Invariant: six large numbers, each with what it is a number of."""
    figures = key_figures(scarce)
    assert len(figures) == 6
    assert all(figure.title and figure.value and figure.of_what for figure in figures)
    assert figures[3].value == "30.0"


def test_invariant_warnings_are_shown(ample: PortfolioMonth) -> None:
    """Invariant: what the check warned of stands in the report, escaped."""
    warning = problem("portfolio.nobody_there", file="<shifts>.csv", severity="warning")
    html = portfolio_html(ample, [warning])
    assert "&lt;shifts&gt;.csv: nobody is ever there" in html
    assert "One page, one pair of hands" in html


def test_law_a_pages_report_leads_back(scarce: PortfolioMonth, tmp_path: Path) -> None:
    """Law: in the folder of its page a report links to the portfolio's, and nowhere else."""
    insights = scarce.months[0].insights
    link = '<a href="../portfolio.html">'
    assert link in write_report(insights, tmp_path / LABELS[0]).read_text(encoding="utf-8")
    assert link not in write_report(insights, tmp_path / "elsewhere").read_text(encoding="utf-8")


def test_law_names_of_pages_do_not_break(scarce: PortfolioMonth) -> None:
    """Law: in the tables a page's name and its client's stay on one line, hyphens or not."""
    html = portfolio_html(scarce)
    assert ".portfolio .page, .portfolio .client { white-space: nowrap; }" in html
    assert html.count('<th scope="row" class="page">') == 2 * len(LABELS) + 1
    assert html.count('<td class="client">') == 2 * len(LABELS) + 1


def test_golden_files_are_whole_and_the_same_each_time(scarce: PortfolioMonth, tmp_path: Path) -> None:
    """Golden: three files, the report first; the same month gives the same bytes; pay.csv adds up."""
    files = write_portfolio(scarce, tmp_path / "out")
    assert [path.name for path in files] == ["portfolio.html", "pay.csv", "summary.json"]
    before = [path.read_bytes() for path in files]
    assert [path.read_bytes() for path in write_portfolio(scarce, tmp_path / "out")] == before
    assert len(list((tmp_path / "out").iterdir())) == 3
    rows = list(csv.DictReader((tmp_path / "out" / "pay.csv").read_text(encoding="utf-8").splitlines()))
    assert sum(int(row["paid_cents"]) for row in rows) == scarce.summary["income_cents"]
    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert [row["page"] for row in summary["by_page"]] == list(LABELS)


def test_law_what_playbooks_and_shifts_are_read_as_can_be_run(tmp_path: Path) -> None:
    """Law: a playbook as read, shifts of its own included, and shifts as read make a portfolio's month."""
    replace(playbook(shop("salon"), Plan(posts=2)), shifts=AMPLE).write(tmp_path)
    book = Playbook.read(tmp_path, shop("salon"))
    assert book.shifts is not None
    found = run_portfolio([Assignment("one", shop("salon"), book)], book.shifts, people=1_000, days=2)
    assert found.summary["hours"] == 12


def test_law_a_fee_kept_back_whole_is_told(nobody: PortfolioMonth, scarce: PortfolioMonth) -> None:
    """Law: where nothing is left of the fee it is said, with the pages, and that pay stops at zero."""
    assert (nobody.pay["paid_cents"] == 0).all()
    told = say("portfolio.story.no_pay", pages=", ".join(LABELS[:2]))
    assert told in " ".join(portfolio_sentences(nobody))
    assert "Nothing is left of the fee" not in " ".join(portfolio_sentences(scarce))


def test_invariant_what_is_kept_back_has_its_reasons(month: PortfolioMonth) -> None:
    """Invariant: the amounts for posts and for complaints add up to what is kept back, at most the fee."""
    pay = month.pay
    assert (pay["for_posts_cents"] + pay["for_complaints_cents"] == pay["kept_back_cents"]).all()
    assert (pay["kept_back_cents"] <= pay["fee_cents"]).all()


def test_extreme_no_hours_have_no_income_an_hour(nobody: PortfolioMonth, ample: PortfolioMonth) -> None:
    """Extreme: without shifts an hour brings an en dash, and what nobody answered took no time."""
    figures = {one.title: one for one in key_figures(nobody)}
    assert figures["income an hour"].value == figures["expected income an hour"].value == "–"
    assert "median" not in figures["messages answered"].of_what
    figures = {one.title: one for one in key_figures(ample)}
    assert float(figures["income an hour"].value.replace(",", "")) > 0
    assert "median" in figures["messages answered"].of_what


def test_law_a_page_among_others_says_whose_hours_it_costs(
    scarce: PortfolioMonth, ample: PortfolioMonth
) -> None:
    """Law: alone a page costs all hours on shift, among others those worked on it, and it is said which."""
    among, alone = (report_html(month.months[0].insights) for month in (scarce, ample))
    assert ("of all that were on shift for several" in among, "all hours on shift;" in among) == (True, False)
    assert ("of all that were on shift for several" in alone, "all hours on shift;" in alone) == (False, True)


def test_law_posts_not_paid_in_full_are_told(scarce: PortfolioMonth) -> None:
    """Law: of the posts that went out those are counted that are not paid in full, page by page."""
    words = " ".join(portfolio_sentences(scarce))
    good = scarce.assignments[0].client.hidden.parameters["pay.good_quality"]
    assert f"a quality below {good:g}" in words
    for one, month in zip(scarce.assignments, scarce.months, strict=True):
        made = [post.quality for post in month.log.posts if post.made]
        poor = sum(quality < good for quality in made)
        assert (f"{one.page} {poor} of {len(made)}" in words) == (poor > 0)


def test_extreme_one_client_is_not_the_least_content(ample: PortfolioMonth) -> None:
    """Extreme: of one page it is said how content its client is, and not that it is the least."""
    words = " ".join(portfolio_sentences(ample))
    assert f"The client of {LABELS[0]} is content to" in words
    assert "Least content" not in words
