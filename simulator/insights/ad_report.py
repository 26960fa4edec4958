"""The report's section on ads: figures, tables one can sort, pictures, verdicts."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from simulator.insights.ad_charts import AD_CHARTS
from simulator.insights.ad_names import set_titles
from simulator.insights.ad_words import FEW, SetVerdicts, ad_sentences, few, verdicts
from simulator.insights.drawing import Chart
from simulator.insights.metrics import METRICS
from simulator.insights.tables import Insights
from simulator.insights.words import group_title, percent
from simulator.playbook.ads import GOALS
from simulator.texts import say

if TYPE_CHECKING:
    import pandas as pd

ASKED: Final = ("spend", "results", "cost_per_result")
BROUGHT: Final = (
    "follow",
    "cost_per_follow",
    "purchase",
    "cost_per_purchase",
    "purchase_value",
    "purchase_roas",
)
SHOWN: Final = (
    "spend",
    "impressions",
    "reach",
    "frequency",
    "cpm",
    "inline_link_clicks",
    "ctr",
    "cpc",
)
"""What an ad set was asked for, what it brought besides, and how it was shown."""

SET_ASKED: Final = ("goal", "spend", "unspent", "results", "cost_per_result")
FIGURES: Final = tuple(dict.fromkeys(("spend", "unspent", *ASKED, *BROUGHT, *SHOWN)))
BREAKDOWNS: Final = ("age", "gender", "city", "district", "hour")
FEWEST: Final = 10
"""What is computed from fewer clicks, follows or sales than this is shown grey."""

RESTS_ON: Final[Mapping[str, str]] = {
    "ctr": "inline_link_clicks",
    "cpc": "inline_link_clicks",
    "cost_per_follow": "follow",
    "cost_per_purchase": "purchase",
    "purchase_value": "purchase",
    "purchase_roas": "purchase",
    "cost_per_result": "results",
}
"""On which count a figure rests."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, the number it is sorted by, and whether it rests on too little."""

    text: str
    number: float
    faint: bool = False


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
    folded: Sequence[SortableTable]
    charts: Sequence[tuple[str, Chart]]
    verdicts: Sequence[SetVerdicts]
    breakdowns: Sequence[SortableTable]
    script: str
    script_hash: str


def ad_section(insights: Insights) -> AdSection:
    """The section of a month in which ads ran."""
    script = (resources.files("simulator") / "insights" / "templates" / "sort.js").read_text("utf-8")
    sets, ads = _sets(insights), _ads(insights)
    return AdSection(
        sentences=ad_sentences(insights),
        tables=[_table("sets_asked", sets, SET_ASKED), _table("sets_brought", sets, ("spend", *BROUGHT))],
        folded=[
            _table("sets_shown", sets, SHOWN),
            _table("ads_asked", ads, ("goal", *ASKED, *BROUGHT)),
            _table("ads_shown", ads, SHOWN),
        ],
        charts=[(name, draw(insights)) for name, draw in AD_CHARTS.items()],
        verdicts=verdicts(insights),
        breakdowns=list(_breakdowns(insights)),
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


def _sets(insights: Insights) -> pd.DataFrame:
    sets = insights.advertising.ad_sets
    return _named(sets, set_titles(sets))


def _ads(insights: Insights) -> pd.DataFrame:
    ads = insights.ads
    titles = zip(set_titles(ads), ads["ad_name"], strict=True)
    return _named(ads, [f"{title}: {name}" for title, name in titles])


def _breakdowns(insights: Insights) -> Iterator[SortableTable]:
    """Who saw the ads, by every split that has somebody in it."""
    for by in BREAKDOWNS:
        table = insights.advertising.breakdown(by)
        if len(table):
            yield _table(f"by_{by}", _named(table, table["group"].tolist()), (*SHOWN, "follow", "purchase"))


def _named(table: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    return table.assign(name=[group_title(str(name)) for name in names])


def _table(name: str, table: pd.DataFrame, figures: Sequence[str]) -> SortableTable:
    first = name.partition("_")[0] if not name.startswith("by_") else name.removeprefix("by_")
    return SortableTable(
        name=f"ads-{name.replace('_', '-')}",
        title=say(f"report.ads.{name}"),
        first=say(f"report.ads.first.{first}"),
        headings=tuple(say("report.ads.goal") if name == "goal" else METRICS[name].title for name in figures),
        rows=tuple(
            (row["name"], tuple(_cell(figure, row) for figure in figures)) for row in table.to_dict("records")
        ),
    )


def _cell(figure: str, row: Mapping[Any, Any]) -> Cell:
    """A figure as the platform shows it: of few sales neither their number nor what is computed from it."""
    if figure == "goal":
        return Cell(say(f"insights.goals.{row['goal']}"), float(GOALS.index(row["goal"])))
    if _hidden(figure, row):
        return Cell(few(int(row["purchase"])) if figure in ("purchase", "results") else "–", 0.5)
    number = float(row[figure])
    if number != number:
        return Cell("–", -1.0)
    return Cell(_written(figure, number), number, figure in RESTS_ON and row[RESTS_ON[figure]] < FEWEST)


def _hidden(figure: str, row: Mapping[Any, Any]) -> bool:
    """Whether a figure would tell of sales too few to be shown."""
    rests_on = RESTS_ON.get(figure, figure)
    of_sales = rests_on == "purchase" or (rests_on == "results" and row["goal"] == "PURCHASES")
    return of_sales and 0 < row["purchase"] < FEW


def _written(figure: str, number: float) -> str:
    if METRICS[figure].unit == "share":
        return percent(number, 2)
    whole = METRICS[figure].unit in ("people", "times") and not METRICS[figure].formula
    return f"{number:,.0f}" if whole else f"{number:,.2f}"
