"""The report's section on ads: figures, tables one can sort, pictures, verdicts."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from simulator.insights.ad_charts import AD_CHARTS
from simulator.insights.ad_words import ad_sentences, few, verdicts
from simulator.insights.drawing import Chart
from simulator.insights.metrics import METRICS
from simulator.insights.tables import Insights
from simulator.insights.words import group_title, percent
from simulator.texts import say

if TYPE_CHECKING:
    import pandas as pd

FIGURES: Final = (
    "spend",
    "impressions",
    "reach",
    "frequency",
    "cpm",
    "inline_link_clicks",
    "ctr",
    "cpc",
    "follow",
    "purchase",
)
BREAKDOWNS: Final = ("age", "gender", "city", "district", "hour")


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, and the number it is sorted by."""

    text: str
    number: float


@dataclass(frozen=True, slots=True)
class SortableTable:
    """A table with a name for each row, headings, and cells."""

    name: str
    title: str
    first: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


@dataclass(frozen=True, slots=True)
class AdSection:
    """Everything the template shows of ads. ``script`` sorts the tables; ``script_hash`` allows it."""

    sentences: Sequence[str]
    tables: Sequence[SortableTable]
    charts: Sequence[tuple[str, Chart]]
    verdicts: Sequence[str]
    breakdowns: Sequence[SortableTable]
    script: str
    script_hash: str


def ad_section(insights: Insights) -> AdSection:
    """The section of a month in which ads ran."""
    advertising = insights.advertising
    sets = advertising.ad_sets.assign(group=lambda table: table["adset_name"])
    ads = advertising.ads.assign(group=lambda table: table["adset_name"] + ": " + table["ad_name"])
    tables = [_table("ad-sets", "ad_sets", "ad_set", sets), _table("ads", "ads", "ad", ads)]
    breakdowns = [_table(f"ads-by-{by}", f"by_{by}", by, advertising.breakdown(by)) for by in BREAKDOWNS]
    script = (resources.files("simulator") / "insights" / "templates" / "sort.js").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return AdSection(
        sentences=ad_sentences(insights),
        tables=tables,
        charts=[(name, draw(insights)) for name, draw in AD_CHARTS.items()],
        verdicts=verdicts(insights),
        breakdowns=[table for table in breakdowns if table.rows],
        script=script,
        script_hash=digest,
    )


def _table(name: str, title: str, first: str, table: pd.DataFrame) -> SortableTable:
    rows = tuple(
        (group_title(str(row["group"])), tuple(_cell(figure, row[figure]) for figure in FIGURES))
        for row in table.to_dict("records")
    )
    return SortableTable(
        name=name,
        title=say(f"report.ads.{title}"),
        first=say(f"report.ads.first.{first}"),
        headings=tuple(METRICS[figure].title for figure in FIGURES),
        rows=rows,
    )


def _cell(figure: str, value: Any) -> Cell:
    number = float(value)
    if number != number:
        return Cell("–", -1.0)
    if METRICS[figure].unit == "share":
        return Cell(percent(number, 2), number)
    if figure == "purchase":
        return Cell(few(int(number)), number)
    whole = METRICS[figure].unit in ("people", "times") and not METRICS[figure].formula
    return Cell(f"{number:,.0f}" if whole else f"{number:,.2f}", number)
