"""The report: one HTML page with the month's figures, words, pictures and definitions.

It needs no network, and of scripts only the one that sorts the tables of ads, and says so in its
content security policy. Captions are what somebody typed, so everything is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final

from simulator.errors import Problem
from simulator.files import write_whole
from simulator.insights.ad_report import FIGURES as AD_FIGURES
from simulator.insights.ad_report import ad_section
from simulator.insights.ad_tables import COUNTS, RATES
from simulator.insights.charts import CHARTS
from simulator.insights.comparison import comparison, usual_title
from simulator.insights.hard_days import hard_day_terms
from simulator.insights.headline import key_figures
from simulator.insights.inbox_report import KEY_FIGURES as INBOX_FIGURES
from simulator.insights.inbox_report import inbox_section
from simulator.insights.look import rendered
from simulator.insights.month import Month
from simulator.insights.newcomers_report import newcomer_section
from simulator.insights.post_groups_report import GROUP_METRICS, group_section
from simulator.insights.post_report import POST_COLUMNS, post_section
from simulator.insights.presence import unattended
from simulator.insights.sections import Section, definitions
from simulator.insights.story import story
from simulator.insights.tables import Insights
from simulator.insights.words import grouped
from simulator.insights.worth_report import worth_section
from simulator.network.worth import Worth
from simulator.texts import say

REPORT_FILE: Final = "report.html"
PORTFOLIO_REPORT: Final = "portfolio.html"
"""The report of all pages of a portfolio, in the folder in which each page's lies in one of its name."""
KEY_METRICS: Final = (
    "followers",
    "reach",
    "engagement_rate",
    "sales",
    "revenue_cents",
    "margin_cents",
    "worth_cents",
)
NEWCOMER_METRICS: Final = ("visits", "new_followers", "visit_to_follow_rate")
WORTH_METRICS: Final = ("expected_margin_cents", "margin_cents", "worth_cents")
UNATTENDED_FIGURES: Final = ("messages", "worth_an_answer", "missed_customers", "backlog_end")
"""Of messages for which nobody was there."""
PICTURE_METRICS: Final = ("new_followers", "unfollows", "impressions", "sales_to_others")


def write_report(
    insights: Insights,
    folder: Path,
    warnings: Iterable[Problem] = (),
    nothing: float | None = None,
    before: Insights | None = None,
    idle: Worth | None = None,
) -> Path:
    """Write report.html to ``folder``, whole or not at all; returns its path.

    ``warnings``: what the check of the playbook found. ``nothing``: the worth in cents of
    posting nothing in the same world, ``idle``: its parts. ``before``: the insights of the months
    before. What is not given is left out. In a folder of its page's name the report leads back to that of
    the portfolio it was played in.
    """
    month = insights.month
    among = isinstance(month, Month) and month.page != "" and folder.name == month.page
    back = f"../{PORTFOLIO_REPORT}" if among else ""
    return write_whole(folder / REPORT_FILE, report_html(insights, warnings, nothing, before, idle, back))


def report_html(
    insights: Insights,
    warnings: Iterable[Problem] = (),
    nothing: float | None = None,
    before: Insights | None = None,
    idle: Worth | None = None,
    back: str = "",
) -> str:
    """The report as one HTML page, see :func:`write_report`; ``back``: where its portfolio's is, if any."""
    sections = [*_told(insights, grouped(warnings), nothing, before, idle), *_measured(insights, before)]
    columns = [*insights.summary, *((*COUNTS, *RATES) if insights.month.log.ads else ())]
    sections.append(Section("definitions", say("report.definitions"), definitions(sections, columns)))
    ads = next((section.shown for section in sections if section.name == "ads"), None)
    return page(insights, sections, ads.script if ads else "", ads.script_hash if ads else "", back)


def page(
    insights: Insights, sections: Sequence[Section], script: str, script_hash: str, back: str = ""
) -> str:
    """The sections on one page, under the client's name; ``script`` runs, and nothing else."""
    return rendered(
        REPORT_FILE,
        {
            "title": insights.month.client.file.title,
            "about": _about(insights),
            "sections": sections,
            "back": back,
            "script": script,
            "script_hash": script_hash,
        },
    )


def _told(
    insights: Insights,
    warnings: Sequence[str],
    nothing: float | None,
    before: Insights | None,
    idle: Worth | None,
) -> Iterator[Section]:
    """What the month came to, in large numbers, sentences and sums."""
    yield Section("key", say("report.key_figures"), key_figures(insights, nothing), KEY_METRICS)
    told = {"parts": story(insights, nothing, before), "warnings": warnings}
    yield Section("story", say("report.story"), told)
    worth = worth_section(insights, idle)
    yield Section("worth", say("report.worth.title"), worth, WORTH_METRICS)
    came = newcomer_section(insights, before)
    yield Section("newcomers", say("report.newcomers"), came, NEWCOMER_METRICS)


def _measured(insights: Insights, before: Insights | None) -> Iterator[Section]:
    """Tables and pictures."""
    if insights.month.log.ads:
        yield Section("ads", say("report.ads.title"), ad_section(insights), AD_FIGURES)
    if before is not None:
        rows = {"rows": comparison(insights, before), "usual": usual_title(insights.month.days)}
        yield Section("comparison", say("report.comparison"), rows)
    charts = [(name, draw(insights)) for name, draw in CHARTS.items()]
    yield Section("pictures", say("report.pictures"), charts, PICTURE_METRICS)
    if len(insights.month.log.messages):
        figures = UNATTENDED_FIGURES if unattended(insights.month) else tuple(INBOX_FIGURES)
        terms = hard_day_terms(insights)
        yield Section("inbox", say("inbox.report.title"), inbox_section(insights), figures, terms)
    if insights.posts["made"].any():
        yield Section("kinds", say("report.groups.title"), group_section(insights), GROUP_METRICS)
    yield Section("posts", say("report.posts"), post_section(insights), POST_COLUMNS)


def _about(insights: Insights) -> list[tuple[str, str]]:
    """Under the heading: the dates, the seeds and the size of the town."""
    month = insights.month
    first = month.log.begin
    last = first + timedelta(days=month.days - 1)
    return [
        ("", say("report.dates", first=first.isoformat(), last=last.isoformat())),
        (say("report.days"), str(month.days)),
        (say("report.client_seed"), month.client.label),
        (say("report.world_seed"), str(month.seed)),
        (say("report.people"), f"{month.people:,}"),
    ]
