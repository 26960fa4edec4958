"""The report's section on newcomers: where new followers came from, and what they found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from simulator.insights.comparison import usual_title
from simulator.insights.newcomers import FoundPage, Newcomers, all_newcomers, found_page, newcomers
from simulator.insights.tables import Insights
from simulator.insights.words import listed, percent
from simulator.texts import say

FEWEST: Final = 10
"""A visit-to-follow rate of fewer people won than this is shown grey."""


@dataclass(frozen=True, slots=True)
class WayRow:
    """One way to the page: its title, visits, people won, the rate, and how long its bar is, 0-100."""

    title: str
    visits: str
    won: str
    rate: str
    faint: bool
    bar: int


@dataclass(frozen=True, slots=True)
class NewcomerSection:
    """Everything the template shows of newcomers."""

    rows: Sequence[WayRow]
    whole: WayRow
    usual: WayRow | None
    sentences: Sequence[str]


def newcomer_section(insights: Insights, before: Insights | None) -> NewcomerSection:
    """Where the month's new followers came from, beside a usual month where that is known."""
    log = insights.month.log
    ways = {way: came for way, came in newcomers(log).items() if way != "ads" or log.ads}
    most = max((came.won for came in ways.values()), default=0)
    page = found_page(insights.month)
    return NewcomerSection(
        rows=[_row(say(f"report.ways.{way}"), came, most) for way, came in ways.items()],
        whole=_row(say("report.ways.all"), all_newcomers(log)),
        usual=_usual(insights, before) if before is not None else None,
        sentences=_of_page(page) if page else (),
    )


def _row(title: str, came: Newcomers, most: int = 0) -> WayRow:
    bar = round(100 * came.won / most) if most else 0
    return WayRow(title, f"{came.visits:,}", f"{came.won:,}", percent(came.rate), came.won < FEWEST, bar)


def _usual(insights: Insights, before: Insights) -> WayRow:
    """As many usual days before."""
    scale, came = insights.month.days / before.month.days, all_newcomers(before.month.log)
    usual = Newcomers(round(came.visits * scale), round(came.won * scale))
    row = _row(usual_title(insights.month.days), usual)
    return WayRow(row.title, row.visits, row.won, percent(came.rate), came.won < FEWEST, 0)


def _of_page(page: FoundPage) -> Sequence[str]:
    """How complete the page was that they found, what is missing, and what that does."""
    words = {"complete": percent(page.complete, 0), "before": percent(page.before, 0)}
    changed = round(page.complete, 4) != round(page.before, 4)
    sentence = say("report.page.changed" if changed else "report.page.as_found", **words)
    if not page.missing:
        return (f"{sentence} {say('report.page.whole')}",)
    items = listed(say(f"glance.items.{item}") for item in page.missing)
    return (f"{sentence} {say('report.page.missing', items=items)}", say("report.page.why"))
