"""The report of a portfolio: one HTML page in the look of a month's, and tables beside it.

Names of pages are what somebody typed, so everything is escaped.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import numpy as np

from simulator.errors import Problem
from simulator.files import write_whole
from simulator.insights.inbox_picture_words import lasting
from simulator.insights.key_figure import KeyFigure
from simulator.insights.look import rendered
from simulator.insights.portfolio import PortfolioMonth
from simulator.insights.portfolio_charts import PORTFOLIO_CHARTS
from simulator.insights.portfolio_words import chance, horizon, portfolio_sentences
from simulator.insights.report import PORTFOLIO_REPORT, REPORT_FILE
from simulator.insights.tables import plain
from simulator.insights.words import grouped, percent
from simulator.texts import say
from simulator.units import money

NOTHING: Final = "–"
"""A share of nothing."""
PAY_COLUMNS: Final = (
    "paid_cents",
    "fee_cents",
    "for_posts_cents",
    "for_complaints_cents",
    "complexity",
    "months_of_service",
)
SHORT_PAY_COLUMNS: Final = (
    "fee_cents",
    "for_posts_cents",
    "for_complaints_cents",
    "paid_cents",
    "leave_chance",
)
"""What of pay fits a narrow terminal."""
PAGE_COLUMNS: Final = (
    "content",
    "leave_chance",
    "posts_planned",
    "posts_late",
    "posts_never_out",
    "worth_an_answer",
    "answered_in_a_day",
    "first_response_minutes_median",
)
TERMS: Final = (
    "complexity",
    "fee_cents",
    "for_posts_cents",
    "for_complaints_cents",
    "content",
    "leave_chance",
    "expected",
    "posts_late",
    "answered_in_a_day",
    "full",
)
"""What the report explains at its end."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the page, a link to its own report (or ""), its client, and cells as shown."""

    page: str
    link: str
    client: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a row a page: its name, words above it, headings of the cells, rows."""

    name: str
    title: str
    note: str
    first: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def write_portfolio(
    month: PortfolioMonth, folder: Path, warnings: Iterable[Problem] = (), *, linked: bool = False
) -> tuple[Path, ...]:
    """Write portfolio.html, pay.csv and summary.json to ``folder``, each whole or not at all; their paths.

    ``warnings``: what the check found. ``linked``: every page's own report lies in ``folder``/PAGE.
    """
    summary = json.dumps(plain_summary(month), indent=2, ensure_ascii=False) + "\n"
    pay = month.pay.round(6).to_csv(index=False, lineterminator="\n")
    return (
        write_whole(folder / PORTFOLIO_REPORT, portfolio_html(month, warnings, linked=linked)),
        write_whole(folder / "pay.csv", pay),
        write_whole(folder / "summary.json", summary),
    )


def plain_summary(month: PortfolioMonth) -> dict[str, Any]:
    """The summary as JSON can hold it."""
    by_page = [plain(row) for row in month.summary["by_page"]]
    return plain(month.summary) | {"by_page": by_page}


def portfolio_html(month: PortfolioMonth, warnings: Iterable[Problem] = (), *, linked: bool = False) -> str:
    """The report as one HTML page, see :func:`write_portfolio`."""
    return rendered(
        "portfolio.html",
        {
            "title": _title(month),
            "about": _about(month),
            "key_figures": key_figures(month),
            "sentences": portfolio_sentences(month),
            "warnings": grouped(warnings),
            "tables": [pay_table(month, linked=linked), page_table(month, linked=linked)],
            "charts": [(name, draw(month)) for name, draw in PORTFOLIO_CHARTS.items()],
            "terms": [(title(name), say(f"portfolio.terms.{name}")) for name in TERMS],
        },
    )


def _title(month: PortfolioMonth) -> str:
    pages = len(month.months)
    return say("portfolio.report.title_one") if pages == 1 else say("portfolio.report.title", pages=pages)


def _about(month: PortfolioMonth) -> list[tuple[str, str]]:
    """Under the heading: the dates, the seed and the size of the towns."""
    first = month.months[0].log.begin
    last = first + timedelta(days=month.summary["days"] - 1)
    return [
        ("", say("report.dates", first=first.isoformat(), last=last.isoformat())),
        (say("report.days"), str(month.summary["days"])),
        (say("report.world_seed"), str(month.summary["seed"])),
        (say("report.people"), f"{month.summary['people']:,}"),
    ]


def key_figures(month: PortfolioMonth) -> tuple[KeyFigure, ...]:
    """The figures of the head: income, an hour of it now and in the long run, hours, posts, answers."""
    summary = month.summary
    none = not summary["hours"]
    figures = {
        "income": money(summary["income_cents"]),
        "income_per_hour": NOTHING if none else money(summary["income_per_hour_cents"]),
        "expected": NOTHING if none else money(summary["expected_income_per_hour_cents"]),
        "hours": f"{summary['hours']:,.1f}",
        "posts": f"{summary['posts_made']:,}",
        "answered": f"{summary['answered']:,}",
    }
    words, silent = _key_words(month), np.isnan(summary["first_response_minutes_median"])
    said = {name: f"{name}_by_none" if name == "answered" and silent else name for name in figures}
    return tuple(
        KeyFigure(title(name), value, say(f"portfolio.key.{said[name]}", **words))
        for name, value in figures.items()
    )


def _key_words(month: PortfolioMonth) -> dict[str, str]:
    summary = month.summary
    names = ("posts_planned", "posts_late", "worth_an_answer")
    return {name: f"{summary[name]:,}" for name in names} | {
        "fee": money(int(month.pay["fee_cents"].sum())),
        "hours": f"{summary['hours']:,.1f}",
        "work": f"{summary['work_hours']:,.1f}",
        "share": percent(summary["shift_use"], 0),
        "months": str(horizon(month)),
        "median": shown("first_response_minutes_median", summary["first_response_minutes_median"]),
    }


# ---------------------------------------------------------------- tables


def title(name: str) -> str:
    """What people read above a figure."""
    return say(f"portfolio.titles.{name}")


def shown(name: str, value: Any) -> str:
    """A figure as people read it."""
    if value != value:
        return NOTHING
    if name.endswith("_cents"):
        return money(value)
    if name.endswith("_minutes_median"):
        return lasting(value)
    if name == "complexity":
        return f"{value:.2f}"
    if name == "leave_chance":
        return chance(value)
    return percent(value, 0) if isinstance(value, float) else f"{value:,}"


def pay_table(month: PortfolioMonth, columns: Sequence[str] = PAY_COLUMNS, *, linked: bool = False) -> Table:
    """What each client pays, and all together."""
    sums = {name: int(month.pay[name].sum()) for name in columns if name.endswith("_cents")}
    total = tuple(shown(name, sums[name]) if name in sums else "" for name in columns)
    rows = [_row(row, columns, linked) for row in month.pay.to_dict("records")]
    return _table("pay", columns, [*rows, Row(say("portfolio.report.all"), "", "", total)])


def page_table(month: PortfolioMonth, *, linked: bool = False) -> Table:
    """What became of each page."""
    rows = [_row(row, PAGE_COLUMNS, linked) for row in month.pages.to_dict("records")]
    return _table("pages", PAGE_COLUMNS, rows)


def _table(name: str, columns: Sequence[str], rows: Iterable[Row]) -> Table:
    return Table(
        name=name,
        title=say(f"portfolio.report.{name}"),
        note=say(f"portfolio.report.{name}_note"),
        first=title("page"),
        headings=tuple(map(title, columns)),
        rows=tuple(rows),
    )


def _row(row: Mapping[Any, Any], columns: Iterable[str], linked: bool) -> Row:
    link = f"{quote(row['page'])}/{REPORT_FILE}" if linked else ""
    return Row(row["page"], link, row["client"], tuple(shown(name, row[name]) for name in columns))
